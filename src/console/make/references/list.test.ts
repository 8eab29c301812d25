import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { admit, beyond, moved, placeOf, wayOf } from "./list.ts";

const MIB = 1024 * 1024;

function picture(name: string, bytes = 1000) {
	return { name, bytes };
}

function pictures(count: number, bytes = 1000) {
	return Array.from({ length: count }, (_, index) => picture(`${index}.png`, bytes));
}

describe("admit", () => {
	it("takes pictures in their order", () => {
		const [a, b] = [picture("a.png"), picture("b.png")];
		expect(admit([], [a, b], 16)).toEqual({ taken: [a, b], refused: [] });
	});

	it("takes as many as the model does", () => {
		const { taken, refused } = admit(pictures(2), [picture("a.png"), picture("b.png")], 3);
		expect(taken).toEqual([picture("a.png")]);
		expect(refused).toEqual([{ name: "b.png", why: "too_many" }]);
	});

	it("takes no more than sixteen, whatever the model says", () => {
		expect(admit([], pictures(17), 100).taken).toHaveLength(16);
	});

	it("takes none for a model that draws from words alone, or that has too many already", () => {
		expect(admit([], [picture("a.png")], 0).refused).toEqual([{ name: "a.png", why: "too_many" }]);
		expect(admit(pictures(5), [picture("a.png")], 3).refused).toEqual([{ name: "a.png", why: "too_many" }]);
	});

	it("takes 100 MiB together, and a small one behind one that is too large", () => {
		const held = [picture("held.png", 60 * MIB)];
		const { taken, refused } = admit(
			held,
			[picture("large.png", 40 * MIB + 1), picture("just.png", 40 * MIB), picture("one.png", 1)],
			16,
		);
		expect(taken).toEqual([picture("just.png", 40 * MIB)]);
		expect(refused).toEqual([
			{ name: "large.png", why: "too_large" },
			{ name: "one.png", why: "too_large" },
		]);
	});

	it("refuses an empty file", () => {
		expect(admit([], [picture("a.png", 0)], 16).refused).toEqual([{ name: "a.png", why: "empty" }]);
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
