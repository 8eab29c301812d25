import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { parseQuery } from "../request/fields.ts";
import { day, month } from "./dates.ts";

describe("a day", () => {
	it.each([
		["1970-01-02", 86_400_000],
		["2026-11-29", 1_795_910_400_000],
		["2026-1-2", 1_767_312_000_000],
		["2026-11-31", 1_796_083_200_000],
	])("%s begins at midnight in UTC", (text, at) => expect(z.parse(day(), text)).toBe(at));

	it.each([
		"",
		"yesterday",
		"2026-13-01",
		"2026-00-01",
		"2026-01-32",
		"2026-01-00",
		"26-01-01",
		"2026-11-29T00:00",
		"12026-11-29",
	])("is not %j", (text) => expect(z.safeParse(day(), text).success).toBe(false));
});

describe("a month", () => {
	it.each([
		["2026-11", 1_793_491_200_000, 1_796_083_200_000],
		["2026-12", 1_796_083_200_000, 1_798_761_600_000],
	])("%s ends where the next begins", (text, start, end) => expect(z.parse(month(), text)).toEqual({ start, end }));

	it.each(["", "2026", "2026-13", "2026-00", "2026-1", "2026-11-01", "12026-11"])("is not %j", (text) =>
		expect(z.safeParse(month(), text).success).toBe(false),
	);
});

it("what is no date is blamed by an example", () => {
	const Query = z.object({ from: day(), month: month() });
	const read = (query: string) => parseQuery(Query, `https://gateway.test/?${query}`);
	const fault = (param: string, example: string) => ({
		ok: false,
		error: { kind: "invalid_value", param, fault: { is: "unlike", example } },
	});
	expect(read("from=today&month=2026-11")).toEqual(fault("from", "2026-11-29"));
	expect(read("from=2026-11-29&month=now")).toEqual(fault("month", "2026-11"));
});
