/** The steps that a mask is painted in, with undo and redo. All places are in pixels of the picture. */

export interface Point {
	readonly x: number;
	readonly y: number;
}

export interface Size {
	readonly width: number;
	readonly height: number;
}

export type Tool = "brush" | "eraser";

/** A line of a round brush. */
export interface Stroke {
	readonly kind: "stroke";
	readonly tool: Tool;
	readonly radius: number;
	readonly points: readonly Point[];
}

export type Step = Stroke | { readonly kind: "invert" } | { readonly kind: "clear" };

export interface Steps {
	readonly done: readonly Step[];
	/** The last one is done again first. */
	readonly undone: readonly Step[];
}

/** Of all steps together: some megabytes. Who paints for an hour needs a tenth of it. */
export const MAX_POINTS = 200_000;

export const NO_STEPS: Steps = { done: [], undone: [] };

/** Adds a step. What was undone cannot be done again then. */
export function withStep(steps: Steps, step: Step): Steps {
	return { done: [...steps.done, step], undone: [] };
}

export function undo({ done, undone }: Steps): Steps {
	const last = done.at(-1);
	return last === undefined ? { done, undone } : { done: done.slice(0, -1), undone: [...undone, last] };
}

export function redo({ done, undone }: Steps): Steps {
	const last = undone.at(-1);
	return last === undefined ? { done, undone } : { done: [...done, last], undone: undone.slice(0, -1) };
}

/** True if the steps hold as many points as they may: then no other one is added. */
export function isFull({ done }: Steps): boolean {
	let points = 0;
	// An inversion costs as little as a point.
	for (const step of done) points += step.kind === "stroke" ? step.points.length : 1;
	return points >= MAX_POINTS;
}

/**
 * Adds the places that a pointer went over. One that is nearer to the last than a sixth of the radius changes nothing that is seen.
 * @param most as many points as the stroke may still get
 */
export function extended(stroke: Stroke, places: readonly Point[], most = MAX_POINTS): Stroke {
	const points = [...stroke.points];
	const nearest = Math.max(stroke.radius / 6, 0.5);
	for (const place of places) {
		const last = points.at(-1);
		const isFar = last === undefined || Math.hypot(place.x - last.x, place.y - last.y) >= nearest;
		if (isFar && points.length < most) points.push(place);
	}
	return { ...stroke, points };
}
