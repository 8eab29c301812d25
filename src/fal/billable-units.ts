/** Reads how many units fal charges for a request: the header of its result's answer. */

export const BILLABLE_UNITS_HEADER = "x-fal-billable-units";

/** A part of a unit may be charged. A hundred thousand units and more are no answer. */
const UNITS = /^\d{1,5}(?:\.\d{1,9})?$/;

/** Returns null if fal does not say, or says what cannot be: a picture that was made is never free. */
export function readBillableUnits(header: string | null): number | null {
	const units = header !== null && UNITS.test(header.trim()) ? Number(header) : 0;
	return units > 0 ? units : null;
}
