/** Moves the focus between cards by keys: over the edge of a column to the nearest card beside, up and down within the column. */

import type { Layout, Placed } from "./layout.ts";

type Move = (layout: Layout, from: Placed, page: number) => Placed | undefined;

const MOVES: ReadonlyMap<string, Move> = new Map<string, Move>([
	["ArrowLeft", (layout, from) => beside(layout, from, -1)],
	["ArrowRight", (layout, from) => beside(layout, from, 1)],
	["ArrowUp", (layout, from) => inColumn(layout, from, -1)],
	["ArrowDown", (layout, from) => inColumn(layout, from, 1)],
	["PageUp", (layout, from, page) => near(layout, from.column, from.top - page)],
	["PageDown", (layout, from, page) => near(layout, from.column, from.top + page)],
	["Home", ({ placed }) => placed[0]],
	["End", ({ placed }) => placed.at(-1)],
]);

export function isMove(key: string): boolean {
	return MOVES.has(key);
}

/** Returns the id of the card that a key moves to; of the same card at an edge, and of the first one if no card had the focus. @param page The height of the window in pixels */
export function moveBy(key: string, from: string | null, layout: Layout, page: number): string | null {
	const card = layout.placed.find(({ id }) => id === from);
	if (card === undefined) return layout.placed[0]?.id ?? null;
	return MOVES.get(key)?.(layout, card, page)?.id ?? card.id;
}

function inColumn({ placed, columns }: Layout, from: Placed, by: 1 | -1): Placed | undefined {
	const places = columns[from.column] ?? [];
	const at = places.findIndex((place) => placed[place]?.id === from.id);
	return placed[places[at + by] ?? -1];
}

function beside(layout: Layout, from: Placed, by: 1 | -1): Placed | undefined {
	return near(layout, from.column + by, from.top);
}

/** Returns the card of a column whose top is the nearest to a height. */
function near({ placed, columns }: Layout, column: number, top: number): Placed | undefined {
	let best: Placed | undefined;
	for (const place of columns[column] ?? []) {
		const card = placed[place];
		if (card === undefined) continue;
		if (best === undefined || Math.abs(card.top - top) < Math.abs(best.top - top)) best = card;
	}
	return best;
}
