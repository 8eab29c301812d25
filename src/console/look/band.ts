/** Selects by a rubber band: the mouse goes down where no control is, and the selection follows it. */

import { signal } from "@preact/signals";
import { layout } from "./arranged.ts";
import { type Box, cardsInBox } from "./layout.ts";
import { selection, setSelection } from "./selected.ts";
import { band, NONE_SELECTED } from "./selection.ts";

/** The band that is drawn, in the grid's pixels. */
export const drawnBand = signal<Box | null>(null);

/** A shorter way is a click. */
const MIN_PX = 6;
/** So near to the window's edge, the page scrolls. */
const EDGE_PX = 56;
const SCROLL_PX = 14;

/** Begins a band. @param grid what the boxes of the layout count from @param isOnCard true if the press is on a card, which takes the click */
export function beginBand(event: PointerEvent, grid: HTMLElement, isOnCard: boolean): void {
	const start = toGrid(event, grid);
	const isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
	const before = isAdding ? selection.peek() : NONE_SELECTED;
	let last = event;
	let frame = 0;

	function follow(): void {
		const box = boxOf(start, toGrid(last, grid));
		if (drawnBand.peek() === null && box.right - box.left < MIN_PX && box.bottom - box.top < MIN_PX) return;
		drawnBand.value = box;
		const now = layout.peek();
		if (now !== null)
			setSelection(
				band(
					before,
					cardsInBox(now, box).map(({ id }) => id),
				),
			);
	}

	function scroll(): void {
		const speed = last.clientY < EDGE_PX ? -SCROLL_PX : last.clientY > innerHeight - EDGE_PX ? SCROLL_PX : 0;
		if (speed !== 0 && drawnBand.peek() !== null) {
			scrollBy({ top: speed, behavior: "instant" });
			follow();
		}
		frame = requestAnimationFrame(scroll);
	}

	function move(moved: PointerEvent): void {
		last = moved;
		follow();
	}

	function end(): void {
		cancelAnimationFrame(frame);
		if (drawnBand.peek() !== null) {
			// The click that ends a band is none on a card.
			addEventListener("click", swallow, true);
			setTimeout(() => removeEventListener("click", swallow, true));
		} else if (!isAdding && !isOnCard) setSelection(NONE_SELECTED);
		drawnBand.value = null;
		removeEventListener("pointermove", move);
		removeEventListener("pointerup", end);
		removeEventListener("pointercancel", end);
	}

	addEventListener("pointermove", move);
	addEventListener("pointerup", end);
	addEventListener("pointercancel", end);
	frame = requestAnimationFrame(scroll);
}

function swallow(event: Event): void {
	event.stopPropagation();
}

interface Point {
	readonly x: number;
	readonly y: number;
}

function toGrid({ clientX, clientY }: PointerEvent, grid: HTMLElement): Point {
	const { left, top } = grid.getBoundingClientRect();
	return { x: clientX - left, y: clientY - top };
}

function boxOf(a: Point, b: Point): Box {
	return {
		left: Math.min(a.x, b.x),
		right: Math.max(a.x, b.x),
		top: Math.min(a.y, b.y),
		bottom: Math.max(a.y, b.y),
	};
}
