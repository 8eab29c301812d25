import { expect, it } from "vitest";
import { BILLABLE_UNITS_HEADER, readBillableUnits } from "./billable-units.ts";

it.each([
	["1", 1],
	["0.25", 0.25],
	[" 4 ", 4],
	["99999.5", 99_999.5],
	["0", null],
	["0.0", null],
	["-1", null],
	["NaN", null],
	["1e3", null],
	["1e400", null],
	["100000", null],
	["1,2", null],
	["1.2.3", null],
	["", null],
	[null, null],
])("reads %j as %s units", (header, units) => {
	expect(readBillableUnits(header)).toBe(units);
});

it("is told by fal in this header", () => {
	expect(BILLABLE_UNITS_HEADER).toBe("x-fal-billable-units");
});
