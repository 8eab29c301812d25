import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ticksOf } from "./scale.ts";

describe("the lines of an axis", () => {
	it.each<readonly [max: number, isWhole: boolean, ticks: readonly number[]]>([
		[0, true, [0, 1]],
		[0, false, [0, 0.5]],
		[1, true, [0, 1]],
		[3, true, [0, 1, 2, 3]],
		[7, true, [0, 5, 10]],
		[10, true, [0, 5, 10]],
		[100, true, [0, 50, 100]],
		[1_234, true, [0, 500, 1_000, 1_500]],
		[0.3, false, [0, 0.1, 0.2, 0.3]],
		[0.039, false, [0, 0.02, 0.04]],
		[2.7, false, [0, 1, 2, 3]],
		[12.5, false, [0, 5, 10, 15]],
	])("up to %d (whole: %s) are %j", (max, isWhole, ticks) => {
		expect(ticksOf(max, 3, isWhole)).toEqual(ticks);
	});

	it("are few, evenly apart, and reach the largest value", () => {
		fc.assert(
			fc.property(fc.double({ min: 0.000001, max: 1e9, noNaN: true }), fc.integer({ min: 1, max: 8 }), (max, lines) => {
				const ticks = ticksOf(max, lines, false);
				const [step = 0, last = 0] = [ticks[1], ticks.at(-1)];
				expect(ticks.length - 1).toBeLessThanOrEqual(lines);
				expect(last).toBeGreaterThanOrEqual(max * (1 - 1e-8));
				expect(last - step).toBeLessThan(max * (1 + 1e-8));
			}),
		);
	});
});
