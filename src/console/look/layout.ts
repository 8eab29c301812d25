/** Lays out cards of known shapes in columns, the next one always under the shortest, and tells which of them are near the window. */

/** What the layout knows of a card. */
export interface Item {
	readonly id: string;
	/** Height by width of what it shows. */
	readonly ratio: number;
}

export interface Geometry {
	readonly columns: number;
	/** The width of a card. Pixels, as all lengths here. */
	readonly width: number;
	readonly gap: number;
	/** The height of what stands under each picture. */
	readonly foot: number;
}

export interface Placed extends Item {
	readonly column: number;
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

export interface Layout {
	readonly geometry: Geometry;
	/** In the order of the items. */
	readonly placed: readonly Placed[];
	/** The places in `placed` of the cards of each column, from the top. */
	readonly columns: readonly (readonly number[])[];
	readonly height: number;
}

export interface Span {
	readonly top: number;
	readonly bottom: number;
}

export interface Box extends Span {
	readonly left: number;
	readonly right: number;
}

/** A card is at least as wide, unless two columns would not fit otherwise. */
const CARD_MIN_PX = 216;
const MIN_COLUMNS = 2;
/** A narrower or a wider picture is shown whole in a box of this ratio. */
const RATIO_MIN = 0.5;
const RATIO_MAX = 1.8;

/** Fits columns into a width. */
export function toGeometry(available: number, gap: number, foot: number): Geometry {
	const columns = Math.max(MIN_COLUMNS, Math.floor((available + gap) / (CARD_MIN_PX + gap)));
	return { columns, width: Math.max(1, Math.floor((available - gap * (columns - 1)) / columns)), gap, foot };
}

function boundRatio(ratio: number): number {
	return Math.min(RATIO_MAX, Math.max(RATIO_MIN, ratio));
}

/**
 * Places items from the top. It gives what it would give without an earlier layout, but takes over the cards before the first change,
 * so that a further page costs its own items only.
 */
export function arrange(earlier: Layout | null, items: readonly Item[], geometry: Geometry): Layout {
	const kept = earlier !== null && isSameGeometry(earlier.geometry, geometry) ? keptFrom(earlier.placed, items) : [];
	const columns = Array.from({ length: geometry.columns }, (_, column) =>
		(earlier?.columns[column] ?? []).filter((place) => place < kept.length),
	);
	const placed = [...kept];
	const ends = columns.map((places) => endOf(placed[places.at(-1) ?? -1], geometry.gap));
	for (const { id, ratio } of items.slice(kept.length)) {
		const column = shortest(ends);
		const { width, gap, foot } = geometry;
		const top = ends[column] ?? 0;
		const height = Math.round(width * boundRatio(ratio)) + foot;
		columns[column]?.push(placed.length);
		ends[column] = top + height + gap;
		placed.push({ id, ratio, column, left: column * (width + gap), top, width, height });
	}
	return { geometry, placed, columns, height: Math.max(0, ...ends.map((end) => end - geometry.gap)) };
}

function isSameGeometry(a: Geometry, b: Geometry): boolean {
	return a.columns === b.columns && a.width === b.width && a.gap === b.gap && a.foot === b.foot;
}

function keptFrom(placed: readonly Placed[], items: readonly Item[]): readonly Placed[] {
	const changed = placed.findIndex(({ id, ratio }, index) => items[index]?.id !== id || items[index]?.ratio !== ratio);
	return changed === -1 ? placed : placed.slice(0, changed);
}

function endOf(card: Placed | undefined, gap: number): number {
	return card === undefined ? 0 : card.top + card.height + gap;
}

/** Returns the leftmost of the shortest columns. */
function shortest(ends: readonly number[]): number {
	let best = 0;
	for (let column = 1; column < ends.length; column += 1) if ((ends[column] ?? 0) < (ends[best] ?? 0)) best = column;
	return best;
}

/** Returns the places of the cards that a span touches, in the order of the items. */
export function placesIn({ placed, columns }: Layout, { top, bottom }: Span): readonly number[] {
	return columns
		.flatMap((places) => {
			const from = firstPlace(places, (card) => card.top + card.height > top, placed);
			const to = firstPlace(places, (card) => card.top >= bottom, placed);
			return places.slice(from, to);
		})
		.toSorted((a, b) => a - b);
}

/** Returns the cards that a box touches, in the order of the items. */
export function cardsInBox(layout: Layout, box: Box): readonly Placed[] {
	return placesIn(layout, box)
		.flatMap((place) => layout.placed[place] ?? [])
		.filter((card) => card.left < box.right && card.left + card.width > box.left);
}

/** Finds the first place of a column from which on a card passes. */
function firstPlace(places: readonly number[], passes: (card: Placed) => boolean, placed: readonly Placed[]): number {
	let [low, high] = [0, places.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		const card = placed[places[middle] ?? -1];
		if (card === undefined || passes(card)) high = middle;
		else low = middle + 1;
	}
	return low;
}
