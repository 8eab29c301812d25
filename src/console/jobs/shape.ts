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
	/** Width by height of the whole. */
	readonly ratio: number;
}

/** Returns the grid whose whole is nearest to a square, with as few empty places as can be. @param count 1 or more */
export function gridOf({ width, height }: Shape, count: number): Grid {
	const ratio = width / height;
	const grids = Array.from({ length: Math.max(1, count) }, (_, at): Grid => {
		const columns = at + 1;
		const rows = Math.ceil(Math.max(1, count) / columns);
		return { columns, rows, ratio: (ratio * columns) / rows };
	});
	const [best = { columns: 1, rows: 1, ratio }] = grids.sort((a, b) => costOf(a, count) - costOf(b, count));
	return best;
}

/** An empty place weighs as much as a whole that is a third longer. */
const EMPTY_PLACE = Math.log(4 / 3);

function costOf({ columns, rows, ratio }: Grid, count: number): number {
	return Math.abs(Math.log(ratio)) + (columns * rows - count) * EMPTY_PLACE;
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
