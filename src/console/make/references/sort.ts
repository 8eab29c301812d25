/** Sorts the row of references by dragging: at once with a mouse or a pen, and after a long press with a finger, which else scrolls the row. */

import { useEffect, useRef, useState } from "preact/hooks";
import { placeOf } from "./list.ts";

/** A tile on its way. */
export interface Drag {
	readonly id: string;
	readonly from: number;
	readonly to: number;
	/** In pixels, from where it was. */
	readonly distance: number;
}

/** A press that moves less is none that drags. */
const SLACK_PIXELS = 6;
const LONG_PRESS_MS = 250;
/** Near an end of the row, a drag scrolls it. */
const EDGE_PIXELS = 40;
const SCROLL_PIXELS = 12;

interface Press {
	readonly id: string;
	readonly from: number;
	readonly pointer: number;
	readonly x: number;
	/** How far the row was scrolled. */
	readonly scrolled: number;
	readonly tile: HTMLElement;
}

/**
 * @param count of the tiles, all equally wide
 * @param onDrop called with the place that a tile was taken to
 */
export function useSort(count: number, onDrop: (id: string, to: number) => void) {
	const row = useRef<HTMLUListElement>(null);
	const press = useRef<(Press & { readonly timer: ReturnType<typeof setTimeout> | null }) | null>(null);
	/** What is shown may be older than the last event. */
	const current = useRef<Drag | null>(null);
	const [drag, showDrag] = useState<Drag | null>(null);

	function setDrag(next: Drag | null): void {
		current.current = next;
		showDrag(next);
	}

	useEffect(() => {
		const element = row.current;
		// A finger that drags must not scroll. Only a listener that is not passive can say so.
		const hold = (event: TouchEvent) => current.current !== null && event.preventDefault();
		element?.addEventListener("touchmove", hold, { passive: false });
		return () => element?.removeEventListener("touchmove", hold);
	});

	function begin({ id, from, pointer, tile }: Press): void {
		tile.setPointerCapture(pointer);
		setDrag({ id, from, to: from, distance: 0 });
	}

	function end(): void {
		if (press.current?.timer != null) clearTimeout(press.current.timer);
		press.current = null;
		setDrag(null);
	}

	function down(event: PointerEvent & { readonly currentTarget: HTMLElement }, id: string, from: number): void {
		if (event.button !== 0 || press.current !== null || row.current === null) return;
		const { pointerId: pointer, clientX: x, currentTarget: tile } = event;
		const pressed = { id, from, pointer, x, scrolled: row.current.scrollLeft, tile };
		const isTouch = event.pointerType === "touch";
		// Its end is seen wherever it is, as that of a finger is without being asked.
		if (!isTouch) tile.setPointerCapture(pointer);
		const timer = isTouch ? setTimeout(() => begin(pressed), LONG_PRESS_MS) : null;
		press.current = { ...pressed, timer };
	}

	function move(event: PointerEvent): void {
		const [pressed, element] = [press.current, row.current];
		if (pressed === null || element === null || pressed.pointer !== event.pointerId) return;
		// The tile was removed meanwhile, and the end of the press with it.
		if (event.buttons === 0) {
			end();
			return;
		}
		if (current.current === null) {
			if (Math.abs(event.clientX - pressed.x) <= SLACK_PIXELS) return;
			// A finger that moves before the long press scrolls.
			if (pressed.timer !== null) {
				end();
				return;
			}
			begin(pressed);
		}
		const { left, right } = element.getBoundingClientRect();
		if (event.clientX > right - EDGE_PIXELS) element.scrollLeft += SCROLL_PIXELS;
		if (event.clientX < left + EDGE_PIXELS) element.scrollLeft -= SCROLL_PIXELS;
		const distance = event.clientX - pressed.x + element.scrollLeft - pressed.scrolled;
		const to = placeOf(pressed.from, distance, { pitch: pitchOf(element), count });
		setDrag({ id: pressed.id, from: pressed.from, to, distance });
	}

	function up(event: PointerEvent): void {
		if (press.current?.pointer !== event.pointerId) return;
		const dropped = current.current;
		end();
		if (dropped !== null && dropped.to !== dropped.from) onDrop(dropped.id, dropped.to);
	}

	return { row, drag, down, move, up, end };
}

/** From one tile to the next. */
function pitchOf(row: HTMLElement): number {
	const [first, second] = row.children;
	if (!(first instanceof HTMLElement) || !(second instanceof HTMLElement)) return 1;
	return Math.max(1, second.offsetLeft - first.offsetLeft);
}
