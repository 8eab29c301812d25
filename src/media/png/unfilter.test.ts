import { describe, expect, it } from "vitest";
import { MARGIN_BYTES, PAETH, unfilter } from "./unfilter.ts";

function withMargin(...bytes: readonly number[]): Uint8Array {
	return Uint8Array.from([...Array.from({ length: MARGIN_BYTES }, () => 0), ...bytes]);
}

describe("the filter Paeth", () => {
	/** The first pixel becomes `left`, by what is above it; the second one's byte is 5. */
	it.each<readonly [nearest: string, corner: number, up: number, left: number, second: number]>([
		["left, if that is as near as the corner", 100, 110, 80, 85],
		["above, if that is as near as the corner", 100, 80, 110, 85],
		["the corner", 100, 110, 90, 105],
		["left", 100, 100, 50, 55],
		["above", 100, 50, 100, 55],
	])("adds what is nearest: %s", (_, corner, up, left, second) => {
		const row = withMargin(left - corner, 5);
		expect(unfilter(PAETH, row, withMargin(corner, up), { first: 0, step: 1, pixelBytes: 1 })).toBe(true);
		expect([...row.subarray(MARGIN_BYTES)]).toEqual([left, second]);
	});
});
