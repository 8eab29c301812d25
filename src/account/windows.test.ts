import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BudgetDuration, DURATION_WORDS, dayOf, readDuration, windowAt } from "./windows.ts";

describe("windowAt", () => {
	it.each<readonly [duration: BudgetDuration, now: string, first: string, ends: string]>([
		["1d", "2026-11-29T00:00:00.000Z", "2026-11-29", "2026-11-30"],
		["1d", "2026-11-29T23:59:59.999Z", "2026-11-29", "2026-11-30"],
		["1d", "2026-12-31T12:00:00.000Z", "2026-12-31", "2027-01-01"],
		// The 29th of November 2026 is a Sunday.
		["7d", "2026-11-29T23:59:59.999Z", "2026-11-23", "2026-11-30"],
		["7d", "2026-11-30T00:00:00.000Z", "2026-11-30", "2026-12-07"],
		["7d", "2027-01-01T08:00:00.000Z", "2026-12-28", "2027-01-04"],
		["7d", "1970-01-05T00:00:00.000Z", "1970-01-05", "1970-01-12"],
		["1mo", "2026-11-01T00:00:00.000Z", "2026-11-01", "2026-12-01"],
		["1mo", "2026-11-30T23:59:59.999Z", "2026-11-01", "2026-12-01"],
		["1mo", "2026-12-31T23:59:59.999Z", "2026-12-01", "2027-01-01"],
		["1mo", "2028-02-29T12:00:00.000Z", "2028-02-01", "2028-03-01"],
	])("finds the window of %s at %s", (duration, now, first, ends) => {
		const { firstDay, endsAt } = windowAt(Date.parse(now), duration);
		expect(new Date(firstDay * 86_400_000).toISOString()).toBe(`${first}T00:00:00.000Z`);
		expect(new Date(endsAt).toISOString()).toBe(`${ends}T00:00:00.000Z`);
	});

	it.each<BudgetDuration>(["1d", "7d", "1mo"])("cuts time into windows of %s without a gap", (duration) => {
		fc.assert(
			fc.property(fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2060, 0, 1) }), (now) => {
				const window = windowAt(now, duration);
				expect(window.firstDay).toBeLessThanOrEqual(dayOf(now));
				expect(window.endsAt).toBeGreaterThan(now);
				expect(windowAt(window.endsAt - 1, duration)).toEqual(window);
				expect(windowAt(window.endsAt, duration).firstDay).toBe(dayOf(window.endsAt));
			}),
		);
	});
});

describe("readDuration", () => {
	it.each([
		["1d", "1d"],
		["24h", "1d"],
		["daily", "1d"],
		["7d", "7d"],
		["1w", "7d"],
		["weekly", "7d"],
		["30d", "1mo"],
		["1mo", "1mo"],
		["monthly", "1mo"],
		[" Monthly ", "1mo"],
		["2d", null],
		["", null],
		["toString", null],
	])("reads %j as %j", (text, duration) => {
		expect(readDuration(text)).toBe(duration);
	});

	it("lists the words that it reads", () => {
		expect(DURATION_WORDS).toEqual(["1d", "24h", "daily", "7d", "1w", "weekly", "30d", "1mo", "monthly"]);
	});
});
