/** Decides about the brush: its sizes, and where the arrow keys lead it. Sizes are diameters, in pixels of the picture. */

import type { Point, Size } from "./steps.ts";

export const LEAST_BRUSH = 1;
/** By the keys. */
const STEP = 1.25;

/** A brush covers at most the shorter side. */
export function largestBrush({ width, height }: Size): number {
	return Math.max(LEAST_BRUSH, Math.min(width, height));
}

/** Returns the brush to begin with: good for a hand or a face of the picture. */
export function firstBrush(size: Size): number {
	return Math.max(LEAST_BRUSH, Math.round(largestBrush(size) / 12));
}

/** @param by 1 for the next larger one, -1 for the next smaller one */
export function resized(brush: number, by: 1 | -1, size: Size): number {
	const next = by === 1 ? Math.max(brush + 1, Math.round(brush * STEP)) : Math.min(brush - 1, Math.round(brush / STEP));
	return Math.max(LEAST_BRUSH, Math.min(largestBrush(size), next));
}

/** A slider whose steps feel equal: each makes the brush larger by the same part. */
export const SLIDER_STEPS = 100;

export function toSlider(brush: number, size: Size): number {
	const largest = Math.log(largestBrush(size));
	return largest === 0 ? 0 : Math.round((Math.log(brush) / largest) * SLIDER_STEPS);
}

export function fromSlider(step: number, size: Size): number {
	return Math.round(largestBrush(size) ** (step / SLIDER_STEPS));
}

const WAYS: ReadonlyMap<string, Point> = new Map([
	["ArrowLeft", { x: -1, y: 0 }],
	["ArrowRight", { x: 1, y: 0 }],
	["ArrowUp", { x: 0, y: -1 }],
	["ArrowDown", { x: 0, y: 1 }],
]);

/**
 * Returns where an arrow key leads the cursor; null for another key. It goes by a quarter of the brush, so that lines have no gaps.
 * @param isFast goes by two brushes
 */
export function led(cursor: Point, key: string, brush: number, isFast: boolean, { width, height }: Size): Point | null {
	const way = WAYS.get(key);
	if (way === undefined) return null;
	const by = Math.max(1, Math.round(isFast ? brush * 2 : brush / 4));
	return {
		x: Math.max(0, Math.min(width, cursor.x + way.x * by)),
		y: Math.max(0, Math.min(height, cursor.y + way.y * by)),
	};
}
