import { describe, expect, it } from "vitest";
import { chooseDrawn, DRAWN_AHEAD, DRAWN_AT_ONCE } from "./draw.ts";
import type { Placed } from "./layout.ts";

/** One column of cards, each of 100 pixels. */
const placed: readonly Placed[] = Array.from({ length: 40 }, (_, place) => ({
	id: `${place}`,
	ratio: 1,
	column: 0,
	left: 0,
	top: place * 100,
	width: 100,
	height: 100,
}));

function choose(
	{ from, to }: { from: number; to: number },
	seen: { top: number; bottom: number },
	drawn: readonly number[] = [],
) {
	const places = Array.from({ length: to - from }, (_, at) => from + at);
	return chooseDrawn({ placed }, places, seen, ({ id }) => drawn.includes(Number(id)));
}

describe("the cards that are drawn in a frame", () => {
	it("are those that are seen, and a few beyond the window while few were", () => {
		expect(choose({ from: 0, to: 20 }, { top: 500, bottom: 700 })).toEqual([5, 6, 0, 1]);
		expect(choose({ from: 0, to: 20 }, { top: 500, bottom: 700 }, [0, 5, 6])).toEqual([1, 2, 3, 4]);
	});

	it("are no more than a frame has time for", () => {
		expect([DRAWN_AT_ONCE, DRAWN_AHEAD]).toEqual([6, 4]);
		expect(choose({ from: 0, to: 40 }, { top: 0, bottom: 4000 })).toEqual([0, 1, 2, 3, 4, 5]);
	});

	it("are none when all are there", () => {
		expect(choose({ from: 3, to: 6 }, { top: 0, bottom: 4000 }, [3, 4, 5])).toEqual([]);
	});
});
