import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clip } from "./text.ts";

describe("clip", () => {
	it.each([
		["", 0, ""],
		["abc", 4, "abc"],
		["abc", 3, "abc"],
		["abcd", 3, "abc"],
		["abc", 0, ""],
		["猫猫", 1, "猫"],
	])("keeps at most the bound of %j: %d", (text, maxChars, clipped) => {
		expect(clip(text, maxChars)).toBe(clipped);
	});

	it.each([
		["🦊", 2, "🦊"],
		["🦊", 1, ""],
		["a🦊b", 1, "a"],
		["a🦊b", 2, "a"],
		["a🦊b", 3, "a🦊"],
		["🦊🦊", 3, "🦊"],
	])("drops a character that does not fit whole: %j, %d", (text, maxChars, clipped) => {
		expect(clip(text, maxChars)).toBe(clipped);
	});

	it("returns the longest beginning within the bound that is well-formed", () => {
		fc.assert(
			fc.property(fc.string({ unit: "grapheme" }), fc.nat({ max: 40 }), (text, maxChars) => {
				const clipped = clip(text, maxChars);
				expect(text.startsWith(clipped)).toBe(true);
				expect(clipped.isWellFormed()).toBe(true);
				expect(clipped.length).toBeLessThanOrEqual(maxChars);
				expect(clipped.length).toBeGreaterThanOrEqual(Math.min(text.length, maxChars) - 1);
			}),
		);
	});
});
