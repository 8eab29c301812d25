/** How the picture lies in the editor's stage: a point of it is shown at `point × scale + offset`. */

import type { Point, Size } from "./steps.ts";

export interface View {
	readonly scale: number;
	/** Of the picture's corner, in pixels of the stage. */
	readonly x: number;
	readonly y: number;
}

/** A pixel of the picture is at most as many pixels wide. */
export const MAX_SCALE = 32;
/** The picture can be made as much smaller than it fits. */
const MIN_OF_FIT = 0.5;
/** As much of the stage stays covered by the picture, unless that is smaller. */
const KEPT_PIXELS = 48;

/** Shows the picture whole, in the middle. A small one is not made larger than four times. */
export function fitted(size: Size, stage: Size, margin: number): View {
	const free = { width: stage.width - 2 * margin, height: stage.height - 2 * margin };
	const scale = Math.max(1 / MAX_SCALE ** 2, Math.min(free.width / size.width, free.height / size.height, 4));
	return { scale, x: (stage.width - size.width * scale) / 2, y: (stage.height - size.height * scale) / 2 };
}

export function toPicture(view: View, place: Point): Point {
	return { x: (place.x - view.x) / view.scale, y: (place.y - view.y) / view.scale };
}

export function toStage(view: View, point: Point): Point {
	return { x: point.x * view.scale + view.x, y: point.y * view.scale + view.y };
}

/** Zooms so that what is at a place of the stage stays there. */
export function zoomed(
	view: View,
	factor: number,
	at: Point,
	bounds: { readonly size: Size; readonly stage: Size },
): View {
	const least = fitted(bounds.size, bounds.stage, 0).scale * MIN_OF_FIT;
	const scale = Math.max(Math.min(least, view.scale), Math.min(MAX_SCALE, view.scale * factor));
	const point = toPicture(view, at);
	return kept({ scale, x: at.x - point.x * scale, y: at.y - point.y * scale }, bounds);
}

export function panned(view: View, by: Point, bounds: { readonly size: Size; readonly stage: Size }): View {
	return kept({ ...view, x: view.x + by.x, y: view.y + by.y }, bounds);
}

type Pair = readonly [Point, Point];

/** Follows two fingers: zooms by their distance, and moves with the middle of them. */
export function pinched(view: View, from: Pair, to: Pair, bounds: { readonly size: Size; readonly stage: Size }): View {
	const [before, after] = [middleOf(from), middleOf(to)];
	const factor = distanceOf(to) / Math.max(1, distanceOf(from));
	return zoomed(panned(view, { x: after.x - before.x, y: after.y - before.y }, bounds), factor, after, bounds);
}

function middleOf([a, b]: Pair): Point {
	return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function distanceOf([a, b]: Pair): number {
	return Math.hypot(a.x - b.x, a.y - b.y);
}

/** Follows a window that gets another size: a picture that was seen whole is seen whole again, and one that was zoomed keeps its middle. */
export function restaged(view: View, size: Size, before: Size, after: Size, margin: number): View {
	const whole = fitted(size, before, margin);
	const isWhole = view.scale === whole.scale && view.x === whole.x && view.y === whole.y;
	if (isWhole) return fitted(size, after, margin);
	const by = { x: (after.width - before.width) / 2, y: (after.height - before.height) / 2 };
	return panned(view, by, { size, stage: after });
}

/** Moves just as much as is needed to see a point, as when the arrow keys lead to it. */
export function revealing(view: View, point: Point, stage: Size, margin: number): View {
	const place = toStage(view, point);
	const into = (value: number, length: number) => Math.max(margin, Math.min(length - margin, value));
	return {
		...view,
		x: view.x + into(place.x, stage.width) - place.x,
		y: view.y + into(place.y, stage.height) - place.y,
	};
}

/** A picture that was pushed out of the stage would be hard to find. */
function kept(view: View, { size, stage }: { readonly size: Size; readonly stage: Size }): View {
	const along = (offset: number, picture: number, length: number) => {
		const least = Math.min(KEPT_PIXELS, picture);
		return Math.max(least - picture, Math.min(length - least, offset));
	};
	return {
		...view,
		x: along(view.x, size.width * view.scale, stage.width),
		y: along(view.y, size.height * view.scale, stage.height),
	};
}
