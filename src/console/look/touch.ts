/** Selects by touch: a long press selects a card, and the finger that goes on sweeps over others. While cards are selected, a swipe to the side sweeps at once. */

import { shown } from "./list.ts";
import { isSelecting, selection, setSelection } from "./selected.ts";
import { type Selection, sweep, toggle } from "./selection.ts";

const LONG_PRESS_MS = 450;
/** A finger that moves further scrolls, or swipes. */
const STILL_PX = 10;

/** Follows the fingers on a grid. Returns a function that stops it. @param cardAt the id of the card at a point of the window */
export function selectByTouch(grid: HTMLElement, cardAt: (target: Element | null) => string | null): () => void {
	let press: { readonly id: string; readonly x: number; readonly y: number; readonly timer: number } | null = null;
	let sweeping: { readonly from: string; readonly before: Selection } | null = null;
	/** The click that follows a press which selected. */
	let isClickOurs = false;

	function start(event: TouchEvent): void {
		stop();
		isClickOurs = false;
		const [touch] = event.touches;
		const id = event.target instanceof Element ? cardAt(event.target) : null;
		if (touch === undefined || event.touches.length > 1 || id === null) return;
		const timer = setTimeout(() => {
			sweeping = { from: id, before: selection.peek() };
			setSelection(toggle(selection.peek(), id));
			isClickOurs = true;
			navigator.vibrate?.(10);
		}, LONG_PRESS_MS);
		press = { id, x: touch.clientX, y: touch.clientY, timer };
	}

	function move(event: TouchEvent): void {
		const [touch] = event.touches;
		if (touch === undefined || press === null) return;
		if (sweeping === null) {
			const [dx, dy] = [Math.abs(touch.clientX - press.x), Math.abs(touch.clientY - press.y)];
			if (Math.max(dx, dy) <= STILL_PX) return;
			clearTimeout(press.timer);
			if (!isSelecting.peek() || dy > dx) {
				press = null;
				return;
			}
			sweeping = { from: press.id, before: selection.peek() };
			isClickOurs = true;
		}
		// The page stays where it is.
		event.preventDefault();
		const over = cardAt(document.elementFromPoint(touch.clientX, touch.clientY));
		if (over !== null) setSelection(sweep(sweeping.before, sweeping.from, over, shown.peek()));
	}

	function stop(): void {
		if (press !== null) clearTimeout(press.timer);
		press = null;
		sweeping = null;
	}

	/** The browser's own menu of a long press. */
	function menu(event: Event): void {
		if (press !== null) event.preventDefault();
	}

	function click(event: Event): void {
		if (!isClickOurs) return;
		isClickOurs = false;
		event.preventDefault();
		event.stopPropagation();
	}

	grid.addEventListener("touchstart", start, { passive: true });
	grid.addEventListener("touchmove", move, { passive: false });
	grid.addEventListener("touchend", stop);
	grid.addEventListener("touchcancel", stop);
	grid.addEventListener("contextmenu", menu);
	grid.addEventListener("click", click, true);
	return () => {
		stop();
		grid.removeEventListener("touchstart", start);
		grid.removeEventListener("touchmove", move);
		grid.removeEventListener("touchend", stop);
		grid.removeEventListener("touchcancel", stop);
		grid.removeEventListener("contextmenu", menu);
		grid.removeEventListener("click", click, true);
	};
}
