/** Chooses the cards that are drawn in a frame: a few, so that no frame is long, and those that are seen first. */

import type { Layout, Placed, Span } from "./layout.ts";

/** If more are seen at once, their places stay bare until the next frame. */
export const DRAWN_AT_ONCE = 6;
/** Cards that nobody sees yet are drawn while fewer were. */
export const DRAWN_AHEAD = 4;

/** Returns the places of the cards that are drawn now. @param places those that have their card in the page, in their order @param isDrawn true for a card that is there already */
export function chooseDrawn(
	{ placed }: Pick<Layout, "placed">,
	places: readonly number[],
	seen: Span,
	isDrawn: (card: Placed) => boolean,
): readonly number[] {
	const [first, ahead]: [number[], number[]] = [[], []];
	for (const place of places) {
		const card = placed[place];
		if (card !== undefined && !isDrawn(card)) (isIn(card, seen) ? first : ahead).push(place);
	}
	const now = first.slice(0, DRAWN_AT_ONCE);
	return [...now, ...ahead.slice(0, Math.max(0, DRAWN_AHEAD - now.length))];
}

/** True if a span touches the card. */
export function isIn({ top, height }: Placed, span: Span): boolean {
	return top < span.bottom && top + height > span.top;
}
