/** Says which room a card keeps free, before its pictures come. */

import type { Job, ListedJob } from "../api/types.ts";

/** Sides in any unit: only their ratio counts. */
export interface Shape {
	readonly width: number;
	readonly height: number;
}

export const SQUARE: Shape = { width: 1, height: 1 };

/** A card is at most this much longer than it is wide, or the other way: what is beyond is shown with bars. */
const LONGEST = 3;

/** Reads `1536x1024` or `16:9`; null for `auto` and other words. */
export function parseSize(size: string): Shape | null {
	const [, width, height] = /^(\d{1,5}(?:\.\d{1,3})?)[x×:](\d{1,5}(?:\.\d{1,3})?)$/.exec(size.trim()) ?? [];
	const shape = { width: Number(width), height: Number(height) };
	return shape.width > 0 && shape.height > 0 ? shape : null;
}

/** Returns the shape of a job as it is first seen: of its first picture if there is one, else the one that is expected. */
export function shapeOf(job: Job | ListedJob): Shape {
	const { width = null, height = null } = job.images[0] ?? {};
	if (width !== null && height !== null) return bounded({ width, height });
	return bounded(parseSize(job.expected_size ?? "") ?? parseSize(job.asked.size) ?? SQUARE);
}

/** Returns the shape of a request before there is a job. @param size null for `auto` @param input of the first reference */
export function shapeToCome(size: string | null, input: Shape | null): Shape {
	return bounded((size === null ? null : parseSize(size)) ?? input ?? SQUARE);
}

function bounded({ width, height }: Shape): Shape {
	return {
		width: Math.min(width, height * LONGEST),
		height: Math.min(height, width * LONGEST),
	};
}

/** Says how a card shows several pictures of one shape. */
export interface Grid {
	readonly columns: number;
	readonly rows: number;
	/** So many columns and rows the first picture takes. */
	readonly first: 1 | 2;
	/** Width by height of the whole. */
	readonly ratio: number;
}

/** Of a first picture that is twice as wide and as high as the others: the places that it takes beside its own. */
const LARGE_TAKES = 3;

/** Returns the grid whose whole is nearest to a square, with as few empty places as can be: a larger first picture may fill them. @param count 1 or more */
export function gridOf({ width, height }: Shape, count: number): Grid {
	const shown = Math.max(1, count);
	const ratio = width / height;
	const grids = Array.from({ length: shown }, (_, at) => at + 1).flatMap((columns): Grid[] => {
		const rows = Math.ceil(shown / columns);
		const rowsWithLarge = (shown + LARGE_TAKES) / columns;
		const plain: Grid = { columns, rows, first: 1, ratio: (ratio * columns) / rows };
		if (columns === 1 || rowsWithLarge < 2 || !Number.isInteger(rowsWithLarge)) return [plain];
		return [plain, { columns, rows: rowsWithLarge, first: 2, ratio: (ratio * columns) / rowsWithLarge }];
	});
	const [best = { columns: 1, rows: 1, first: 1, ratio }] = grids.sort((a, b) => costOf(a, shown) - costOf(b, shown));
	return best;
}

/** An empty place weighs as much as a whole that is two and a half times as long. */
const EMPTY_PLACE = Math.log(2.5);
/** Pictures of one size are better, if none of them leaves a place empty. */
const LARGE_FIRST = Math.log(1.55);

function costOf({ columns, rows, first, ratio }: Grid, count: number): number {
	const empty = first === 1 ? columns * rows - count : 0;
	return Math.abs(Math.log(ratio)) + empty * EMPTY_PLACE + (first === 1 ? 0 : LARGE_FIRST);
}

/** Compares two shapes: 0 for the same one, and the same for one twice as wide as for one half as wide. */
export function shapeDistance(a: Shape, b: Shape): number {
	return Math.abs(Math.log((a.width * b.height) / (a.height * b.width)));
}

/** Models round sides to multiples of 8 to 64 pixels. */
const ROUNDED_DISTANCE = 0.04;

/** True for two shapes that are the same but for such rounding. */
export function isNearShape(a: Shape, b: Shape): boolean {
	return shapeDistance(a, b) <= ROUNDED_DISTANCE;
}
