/** Finds the field of the form that an error of the API speaks of. */

import type { KeyField } from "./form.ts";

export interface Blamed {
	readonly field: KeyField;
	/** Of a list: the entry, counted from 0. */
	readonly row: number | null;
}

const PARAM = /^([a-z_]{1,40})(?:\[(\d{1,3})\])?(?:\.[a-z_]{1,40})?$/;

const FIELDS: readonly KeyField[] = [
	"account",
	"name",
	"models",
	"max_budget",
	"budget_duration",
	"budget_limits",
	"rpm_limit",
	"max_parallel_requests",
	"images_per_day",
	"expires_at",
	"webhook_url",
];

/** @param param such as `budget_limits[0].max_budget` @returns null if the form has no such field */
export function blamedField(param: string | null): Blamed | null {
	const [, name, row] = PARAM.exec(param ?? "") ?? [];
	const field = FIELDS.find((one) => one === name);
	return field === undefined ? null : { field, row: row === undefined ? null : Number(row) };
}
