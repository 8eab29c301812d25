import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beyond, moved, placeOf, refusalOf, wayOf } from "./list.ts";

const MIB = 1024 * 1024;

function picture(name: string, bytes = 1000) {
	return { name, bytes };
}

function pictures(count: number, bytes = 1000) {
	return Array.from({ length: count }, (_, index) => picture(`${index}.png`, bytes));
}

describe("refusalOf", () => {
	it.each([
		["one more than there are", [], picture("a.png"), 16, null],
		["the last that the model takes", pictures(2), picture("a.png"), 3, null],
		["one beyond it", pictures(3), picture("a.png"), 3, "too_many"],
		["one for a model that draws from words alone", [], picture("a.png"), 0, "too_many"],
		["the sixteenth", pictures(15), picture("a.png"), 100, null],
		["the seventeenth, whatever the model says", pictures(16), picture("a.png"), 100, "too_many"],
		["100 MiB together", [picture("b.png", 60 * MIB)], picture("a.png", 40 * MIB), 16, null],
		["a byte more", [picture("b.png", 60 * MIB)], picture("a.png", 40 * MIB + 1), 16, "too_large"],
		["an empty file", [], picture("a.png", 0), 16, "empty"],
		["a file of another type, whose bytes may be a picture's", [], { ...picture("a.txt"), isOther: true }, 16, null],
		["such a file without a place", pictures(3), { ...picture("a.txt"), isOther: true }, 3, "not_a_picture"],
		["such a large file", [], { ...picture("a.mp4", 101 * MIB), isOther: true }, 3, "not_a_picture"],
	] as const)("of %s", (_, held, one, max, why) => {
		expect(refusalOf(held, one, max)).toBe(why);
	});
});

describe("moved", () => {
	it.each([
		[0, 2, "bcad"],
		[3, 0, "dabc"],
		[1, 1, "abcd"],
		[1, -1, "bacd"],
		[1, 9, "acdb"],
		[7, 0, "abcd"],
	])("moves %i to %i", (from, to, wanted) => {
		expect(moved([..."abcd"], from, to).join("")).toBe(wanted);
	});

	it("loses and doubles none", () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.nat()), fc.integer(), fc.integer(), (list, from, to) => {
				expect(moved(list, from, to).toSorted()).toEqual(list.toSorted());
			}),
		);
	});
});

it.each([
	[3, "d"],
	[0, "abcd"],
	[4, ""],
	[-1, "abcd"],
])("leaves those beyond %i aside", (max, wanted) => {
	expect(beyond([..."abcd"], max).join("")).toBe(wanted);
});

describe("a drag along the row", () => {
	const row = { pitch: 72, count: 4 };

	it.each([
		[0, 35, 0],
		[0, 37, 1],
		[0, 1000, 3],
		[2, -80, 1],
		[2, -1000, 0],
		[1, 0, 1],
	])("takes the tile from %i by %i pixels to %i", (from, distance, wanted) => {
		expect(placeOf(from, distance, row)).toBe(wanted);
	});

	it("lets the tiles between make way", () => {
		const ways = (from: number, to: number) => [0, 1, 2, 3].map((index) => wayOf(index, from, to));
		expect(ways(0, 2)).toEqual([0, -1, -1, 0]);
		expect(ways(3, 1)).toEqual([0, 1, 1, 0]);
		expect(ways(1, 1)).toEqual([0, 0, 0, 0]);
	});
});
