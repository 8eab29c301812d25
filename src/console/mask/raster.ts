/** Draws the steps of a mask row by row, at the picture's own size. It holds one row, whatever the size. */

import type { BitRows } from "./bits.ts";
import type { Point, Step } from "./steps.ts";

/** Fills a row: 1 where it is painted, 0 elsewhere. Rows are asked for from the first to the last. */
export type DrawRow = (y: number, row: Uint8Array) => void;

/** The lines of as many rows are looked for at once. */
const BAND_ROWS = 128;

/** A line with round ends, as wide as the brush. */
interface Segment {
	readonly from: Point;
	readonly to: Point;
	readonly radius: number;
	/** Leads from the line to its long side. */
	readonly across: Point;
	/** The rows that it reaches. */
	readonly top: number;
	readonly bottom: number;
}

type Layer =
	| { readonly kind: "invert" }
	| { readonly kind: "clear" }
	| { readonly kind: "stroke"; readonly value: 0 | 1; readonly segments: readonly Segment[] };

/** @param base what was painted before the steps; null for nothing */
export function createRows(base: BitRows | null, steps: readonly Step[]): DrawRow {
	const layers = layersOf(steps);
	let band = -1;
	let near: readonly Layer[] = [];
	return (y, row) => {
		const here = Math.floor(y / BAND_ROWS);
		if (here !== band) near = layers.map((layer) => within(layer, here * BAND_ROWS, (here + 1) * BAND_ROWS));
		band = here;
		if (base === null) row.fill(0);
		else base.read(y, row);
		for (const layer of near) drawLayer(layer, y, row);
	};
}

/** What stands before the last step that clears all is not seen. */
function layersOf(steps: readonly Step[]): readonly Layer[] {
	const begin = steps.findLastIndex(({ kind }) => kind === "clear");
	return steps.slice(Math.max(0, begin)).map((step): Layer => {
		if (step.kind !== "stroke") return step;
		const { points, radius, tool } = step;
		const segments = points.map((to, at) => segmentOf(points[at - 1] ?? to, to, radius));
		return { kind: "stroke", value: tool === "brush" ? 1 : 0, segments };
	});
}

function segmentOf(from: Point, to: Point, radius: number): Segment {
	// A dot has no long sides.
	const part = radius / (Math.hypot(to.x - from.x, to.y - from.y) || 1);
	return {
		from,
		to,
		radius,
		across: { x: (to.y - from.y) * part, y: (from.x - to.x) * part },
		top: Math.min(from.y, to.y) - radius,
		bottom: Math.max(from.y, to.y) + radius,
	};
}

/** Leaves out the lines that reach no row of a band. */
function within(layer: Layer, top: number, bottom: number): Layer {
	if (layer.kind !== "stroke") return layer;
	return { ...layer, segments: layer.segments.filter((one) => one.top < bottom && one.bottom > top) };
}

function drawLayer(layer: Layer, y: number, row: Uint8Array): void {
	if (layer.kind === "clear") row.fill(0);
	else if (layer.kind === "invert") for (let x = 0; x < row.length; x += 1) row[x] = 1 - (row[x] ?? 0);
	else for (const segment of layer.segments) drawSegment(segment, layer.value, y + 0.5, row);
}

/** A row cuts a segment in one span, since the shape is convex: from the leftmost to the rightmost point of its outline on that row. */
function drawSegment(
	{ from, to, radius, across, top, bottom }: Segment,
	value: 0 | 1,
	y: number,
	row: Uint8Array,
): void {
	if (y < top || y > bottom) return;
	const fromHalf = Math.sqrt(radius * radius - (y - from.y) * (y - from.y));
	const toHalf = Math.sqrt(radius * radius - (y - to.y) * (y - to.y));
	let low = Number.POSITIVE_INFINITY;
	let high = Number.NEGATIVE_INFINITY;
	// Not a number: the row is beyond that end's circle.
	if (fromHalf >= 0) {
		low = from.x - fromHalf;
		high = from.x + fromHalf;
	}
	if (toHalf >= 0) {
		low = Math.min(low, to.x - toHalf);
		high = Math.max(high, to.x + toHalf);
	}
	for (let side = -1; side <= 1; side += 2) {
		const part = (y - from.y - side * across.y) / (to.y - from.y);
		if (!(part >= 0 && part <= 1)) continue;
		const x = from.x + side * across.x + part * (to.x - from.x);
		low = Math.min(low, x);
		high = Math.max(high, x);
	}
	// A pixel belongs to the segment if its centre does.
	const begin = Math.max(0, Math.ceil(low - 0.5));
	const end = Math.floor(high - 0.5) + 1;
	if (begin < end) row.fill(value, begin, end);
}
