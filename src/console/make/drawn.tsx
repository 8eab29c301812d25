/** Draws a shape as a small rectangle. */

import type { Shape } from "../jobs/shape.ts";

const SQUARE: Shape = { width: 1, height: 1 };
/** Of the square in which a shape is drawn, in pixels. */
const DRAWN_SIDE = 22;
const SHORTEST = 5;

/** A small rectangle of a shape; a broken one if the model chooses. */
export function Drawn({ shape }: { readonly shape: Shape | null }) {
	const { width, height } = shape ?? SQUARE;
	const scale = DRAWN_SIDE / Math.max(width, height);
	const sides = [width, height].map((side) => Math.max(SHORTEST, Math.round(side * scale)));
	return (
		<span class="make-drawn" aria-hidden="true">
			<span
				class={shape === null ? "make-drawn-auto" : ""}
				style={{ width: `${sides[0]}px`, height: `${sides[1]}px` }}
			/>
		</span>
	);
}
