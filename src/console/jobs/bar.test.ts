import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barOf } from "./bar.ts";
import type { Progress } from "./progress.ts";

const PROGRESS: Progress = {
	phase: "running",
	position: null,
	retryAt: null,
	createdAt: 0,
	endedAt: null,
	logs: [],
	told: null,
	pictures: new Map(),
	missing: new Map(),
	error: null,
	successor: null,
};

describe("the bar", () => {
	it.each([
		["at the beginning", 0, 0],
		["half of the usual time", 5_000, 0.4],
		["the usual time", 10_000, 0.8],
		["twice the usual time", 20_000, 0.9],
		["twenty times the usual time", 200_000, 0.99],
	])("%s", (_, now, bar) => {
		expect(barOf(PROGRESS, now, 10_000)).toBeCloseTo(bar, 6);
	});

	it("is unknown without a usual time", () => {
		expect(barOf(PROGRESS, 5_000, null)).toBeNull();
		expect(barOf(PROGRESS, 5_000, 0)).toBeNull();
	});

	it("is nearly full when fal is done", () => {
		expect(barOf({ ...PROGRESS, phase: "storing" }, 100, null)).toBe(0.95);
		expect(barOf({ ...PROGRESS, phase: "storing" }, 200_000, 10_000)).toBe(0.99);
	});

	it("follows the model's log if that tells, from where it was", () => {
		const told = { percent: 0, since: 5_000 };
		expect(barOf({ ...PROGRESS, told }, 9_000, 10_000)).toBeCloseTo(0.4, 6);
		expect(barOf({ ...PROGRESS, told: { ...told, percent: 50 } }, 9_000, 10_000)).toBeCloseTo(0.675, 6);
		expect(barOf({ ...PROGRESS, told: { ...told, percent: 50 } }, 9_000, null)).toBeCloseTo(0.475, 6);
		expect(barOf({ ...PROGRESS, told: { percent: 100, since: 200_000 } }, 9_000, 10_000)).toBeLessThan(1);
	});

	it("stands at 0 if this clock is behind the gateway's", () => {
		expect(barOf(PROGRESS, -5_000, 10_000)).toBe(0);
	});

	it("never goes back, and is never full", () => {
		const ms = fc.integer({ min: 0, max: 1e9 });
		fc.assert(
			fc.property(ms, ms, fc.integer({ min: 1, max: 1e6 }), (a, b, usual) => {
				const [sooner, later] = [barOf(PROGRESS, Math.min(a, b), usual), barOf(PROGRESS, Math.max(a, b), usual)];
				expect(sooner).toBeLessThanOrEqual(later ?? 0);
				expect(later).toBeLessThan(1);
			}),
		);
	});
});
