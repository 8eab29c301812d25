import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toMicroUsd, toUsd } from "./money.ts";

describe("micro-dollars", () => {
	it.each([
		[0, 0],
		[0.08, 80_000],
		[0.0398, 39_800],
		// 0.1 + 0.2 is a little more than 0.3.
		[0.1 + 0.2, 300_000],
		[0.003 * 7, 21_000],
		[0.000_000_1, 1],
		[0.021_000_4, 21_001],
		[1_234.567_891, 1_234_567_891],
	])("of $%f are %i", (usd, micro) => {
		expect(toMicroUsd(usd)).toBe(micro);
	});

	it("stay the same on the way to dollars and back", () => {
		fc.assert(
			fc.property(fc.nat(1_000_000_000), (micro) => {
				expect(toMicroUsd(toUsd(micro))).toBe(micro);
			}),
		);
	});
});
