import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clip, echo, editDistance, listOf, toPlainName, withoutTerminalCodes } from "./text.ts";

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
		["\u{10ffff}", 1, ""],
		["\u{10000}", 1, ""],
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

describe("a text without a terminal's codes", () => {
	it.each([
		["\u001b[1;31mred\u001b[0m", "red"],
		["\u001b]0;title\u0007text", "text"],
		["\u001b]8;;http://a.test\u001b\\link\u001b]8;;\u001b\\", "link"],
		["\u001b[2K\u001b[1Gline", "line"],
		["\u009b31mred", "red"],
		["\u001b]0;title without an end", ""],
		["\u001b]0;title\u001b[1mtext", "text"],
		["a [b] c", "a [b] c"],
	])("is, of %j, %j", (text, clean) => {
		expect(withoutTerminalCodes(text)).toBe(clean);
	});

	it.each(["\u001b", "\u001b[", "\u001b[1", "\u001b]", "\u001b[1;"])(
		"is found quickly of %j again and again",
		(piece) => {
			const started = performance.now();
			withoutTerminalCodes(piece.repeat(100_000));
			withoutTerminalCodes(`\u001b[${"1".repeat(200_000)}`);
			expect(performance.now() - started).toBeLessThan(500);
		},
	);
});

describe("echo", () => {
	it.each([
		["", 3, ""],
		["abc", 3, "abc"],
		["abcd", 3, "abc…"],
		["🦊🦊🦊", 3, "🦊🦊🦊"],
		["🦊🦊🦊🦊", 3, "🦊🦊🦊…"],
		["🦊🦊🦊a", 3, "🦊🦊🦊…"],
		["a🦊b🦊", 4, "a🦊b🦊"],
	])("keeps at most the bound of %j, in code points: %d", (text, maxChars, repeated) => {
		expect(echo(text, maxChars)).toBe(repeated);
	});

	it("keeps 200 code points if nothing else is said", () => {
		expect(echo("x".repeat(200))).toBe("x".repeat(200));
		expect(echo("x".repeat(201))).toBe(`${"x".repeat(200)}…`);
	});
});

describe("the distance of two names", () => {
	it.each([
		["", "", 0],
		["fox", "fox", 0],
		["fox", "", 3],
		["", "fox", 3],
		["fox", "fix", 1],
		["fox", "foxy", 1],
		["foxy", "fox", 1],
		["fox", "ofx", 2],
		["kitten", "sitting", 3],
		["lawn", "flaw", 2],
		["abcdef", "xbcdyz", 3],
	])("from %j to %j is %i", (a, b, distance) => {
		expect(editDistance(a, b)).toBe(distance);
	});
});

it("a list has each word between the commas of its lines", () => {
	expect(listOf("red fox, hen", "owl")).toEqual(["red fox", "hen", "owl"]);
});

it.each([
	["numImages", "numimages"],
	["num_images", "numimages"],
	["Image-2[]", "image2"],
])("the plain name of %j is %j", (name, plain) => {
	expect(toPlainName(name)).toBe(plain);
});
