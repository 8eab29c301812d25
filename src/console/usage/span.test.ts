import { describe, expect, it } from "vitest";
import { daysOf, monthsUpTo } from "./span.ts";

const at = (time: string) => Date.parse(time);
const inSeconds = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000;

describe("the days of a report", () => {
	it("are the UTC days up to today", () => {
		const days = ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29"];
		for (const now of ["2026-11-29T00:00:00Z", "2026-11-29T13:40:00Z", "2026-11-29T23:59:59.999Z"])
			expect(daysOf(7, at(now))).toEqual(days.map(inSeconds));
	});

	it("begin at midnight in UTC, also where the clock is changed", () => {
		const days = daysOf(90, at("2026-11-29T13:40:00Z"));
		expect(days).toHaveLength(90);
		expect(days[0]).toBe(inSeconds("2026-09-01"));
		expect(days.every((day) => day % 86_400 === 0)).toBe(true);
	});
});

it("lists months, the newest first, over the end of a year", () => {
	expect(monthsUpTo(at("2027-01-31T23:00:00Z"), 3)).toEqual(["2027-01", "2026-12", "2026-11"]);
});
