import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrange, cardsInBox, type Item, type Layout, placesIn, toGeometry } from "./layout.ts";

const GEOMETRY = { columns: 3, width: 100, gap: 10, foot: 20 };

function square(id: string): Item {
	return { id, ratio: 1 };
}

const anItem = fc.record({ id: fc.uuid(), ratio: fc.double({ min: 0.05, max: 20, noNaN: true }) });
const someItems = fc.uniqueArray(anItem, { selector: ({ id }) => id, maxLength: 60 });
const aGeometry = fc.record({
	columns: fc.integer({ min: 1, max: 7 }),
	width: fc.integer({ min: 40, max: 400 }),
	gap: fc.integer({ min: 0, max: 24 }),
	foot: fc.integer({ min: 0, max: 80 }),
});

function placesOf({ placed }: Layout) {
	return placed.map(({ id, left, top, height }) => [id, left, top, height]);
}

describe("arrange", () => {
	it("puts the next card under the shortest column, the leftmost of equal ones", () => {
		const items = [square("a"), { id: "b", ratio: 0.5 }, square("c"), square("d"), square("e"), square("f")];
		expect(placesOf(arrange(null, items, GEOMETRY))).toEqual([
			["a", 0, 0, 120],
			["b", 110, 0, 70],
			["c", 220, 0, 120],
			["d", 110, 80, 120],
			["e", 0, 130, 120],
			["f", 220, 130, 120],
		]);
		expect(arrange(null, items, GEOMETRY).height).toBe(250);
	});

	it("is empty without cards", () => {
		expect(arrange(null, [], GEOMETRY)).toMatchObject({ placed: [], height: 0 });
	});

	it("bounds the shape of a card", () => {
		const items = [
			{ id: "tall", ratio: 8 },
			{ id: "flat", ratio: 0.125 },
		];
		expect(arrange(null, items, GEOMETRY).placed.map(({ height }) => height)).toEqual([200, 70]);
	});

	it("takes over the cards before a further page as they are", () => {
		const first = arrange(null, [square("a"), square("b")], GEOMETRY);
		const second = arrange(first, [square("a"), square("b"), square("c")], GEOMETRY);
		expect(second.placed.slice(0, 2).map((card, index) => card === first.placed[index])).toEqual([true, true]);
		expect(placesOf(second)).toEqual([
			["a", 0, 0, 120],
			["b", 110, 0, 120],
			["c", 220, 0, 120],
		]);
	});

	it("gives after any change what it gives at once", () => {
		fc.assert(
			fc.property(someItems, someItems, aGeometry, aGeometry, fc.nat(), (before, extra, one, other, at) => {
				const place = at % (before.length + 1);
				const after = [...before.slice(0, place), ...extra, ...before.slice(place + 1)];
				for (const geometry of [one, other])
					expect(arrange(arrange(null, before, one), after, geometry)).toEqual(arrange(null, after, geometry));
			}),
		);
	});

	it("keeps the order, overlaps nothing, and stays within its width and height", () => {
		fc.assert(
			fc.property(someItems, aGeometry, (items, geometry) => {
				const { placed, height } = arrange(null, items, geometry);
				expect(placed.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
				const total = geometry.columns * (geometry.width + geometry.gap) - geometry.gap;
				for (const [index, a] of placed.entries()) {
					expect(a.left + a.width).toBeLessThanOrEqual(total);
					expect(a.top + a.height).toBeLessThanOrEqual(height);
					for (const b of placed.slice(index + 1)) {
						const apart =
							a.left + a.width + geometry.gap <= b.left ||
							b.left + b.width + geometry.gap <= a.left ||
							a.top + a.height + geometry.gap <= b.top ||
							b.top + b.height + geometry.gap <= a.top;
						expect(apart).toBe(true);
					}
				}
			}),
		);
	});

	it("places ten thousand cards, then a page, in less than a frame", () => {
		const items = Array.from({ length: 10_000 }, (_, index) => ({ id: `job-${index}`, ratio: 0.5 + (index % 7) / 6 }));
		const all = arrange(null, items, GEOMETRY);
		const start = performance.now();
		arrange(all, [...items, square("next")], GEOMETRY);
		arrange(all, [square("newest"), ...items], GEOMETRY);
		expect(performance.now() - start).toBeLessThan(200);
	});
});

describe("placesIn and cardsInBox", () => {
	it("returns all cards that a span touches, and no other, in order", () => {
		fc.assert(
			fc.property(
				someItems,
				aGeometry,
				fc.integer({ min: -500, max: 9000 }),
				fc.nat(2000),
				(items, geometry, top, size) => {
					const layout = arrange(null, items, geometry);
					const bottom = top + size;
					const touched = layout.placed.flatMap((card, place) =>
						card.top < bottom && card.top + card.height > top ? place : [],
					);
					expect(placesIn(layout, { top, bottom })).toEqual(touched);
				},
			),
		);
	});

	it("returns only the cards of the columns that a box touches", () => {
		const layout = arrange(null, ["a", "b", "c", "d", "e", "f"].map(square), GEOMETRY);
		const ids = (left: number, right: number, top: number, bottom: number) =>
			cardsInBox(layout, { left, right, top, bottom }).map(({ id }) => id);
		expect(ids(0, 320, 0, 1)).toEqual(["a", "b", "c"]);
		expect(ids(105, 109, 0, 300)).toEqual([]);
		expect(ids(150, 160, 0, 300)).toEqual(["b", "e"]);
		expect(ids(90, 230, 125, 140)).toEqual(["d", "e", "f"]);
	});
});

describe("toGeometry", () => {
	it("fits as many columns as cards of the least width allow, but two", () => {
		const columnsOf = (width: number) => toGeometry(width, 12, 0).columns;
		expect([200, 336, 443, 444, 672, 1216].map(columnsOf)).toEqual([2, 2, 2, 2, 3, 5]);
		expect(toGeometry(336, 12, 40)).toEqual({ columns: 2, width: 162, gap: 12, foot: 40 });
	});
});
