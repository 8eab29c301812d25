/** Reads days and months of queries, in UTC. */

import * as z from "zod/mini";
import type { Range } from "./buckets.ts";

/** Months and days may have one digit, as some chat clients write them. */
const DAY = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const MONTH = /^(\d{4})-(\d{2})$/;

/** A parameter that is a day such as `2026-11-29`. Its beginning, in milliseconds since 1970. */
export function day() {
	return readBy(readDay, "2026-11-29");
}

/** A parameter that is a month such as `2026-11`. Its beginning and its end, in milliseconds since 1970. */
export function month() {
	return readBy(readMonth, "2026-11");
}

function readBy<T>(read: (text: string) => T | null, example: string) {
	const schema = z.pipe(
		z.string(),
		z.transform<string, T>((text, context) => {
			const found = read(text);
			if (found !== null) return found;
			context.issues.push({ code: "custom", input: text, params: { fault: { is: "unlike", example } } });
			return z.NEVER;
		}),
	);
	z.globalRegistry.add(schema, { override: { type: "string", examples: [example] } });
	return schema;
}

/** A day behind the end of its month is one of the next month. */
function readDay(text: string): number | null {
	const [, year, number, date] = DAY.exec(text) ?? [];
	const isDay = inside(number, 12) && inside(date, 31);
	return isDay ? Date.UTC(Number(year), Number(number) - 1, Number(date)) : null;
}

function readMonth(text: string): Range | null {
	const [, year, number] = MONTH.exec(text) ?? [];
	if (!inside(number, 12)) return null;
	return { start: Date.UTC(Number(year), Number(number) - 1), end: Date.UTC(Number(year), Number(number)) };
}

function inside(number: string | undefined, max: number): boolean {
	return Number(number) >= 1 && Number(number) <= max;
}
