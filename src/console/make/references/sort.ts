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
	readonly timer: ReturnType<typeof setTimeout> | null;
}

/**
 * @param count of the tiles, all equally wide
 * @param onDrop called with the place that a tile was taken to
 */
export function useSort(count: number, onDrop: (id: string, to: number) => void) {
	const row = useRef<HTMLUListElement>(null);
	const press = useRef<Press | null>(null);
	const [drag, setDrag] = useState<Drag | null>(null);
	const isDragging = useRef(false);

	useEffect(() => {
		const element = row.current;
		// A finger that drags must not scroll. Only a listener that is not passive can say so.
		const hold = (event: TouchEvent) => isDragging.current && event.preventDefault();
		element?.addEventListener("touchmove", hold, { passive: false });
		return () => element?.removeEventListener("touchmove", hold);
	});

	function begin(): void {
		const { current } = press;
		if (current === null) return;
		isDragging.current = true;
		current.tile.setPointerCapture(current.pointer);
		setDrag({ id: current.id, from: current.from, to: current.from, distance: 0 });
	}

	function end(): void {
		if (press.current?.timer != null) clearTimeout(press.current.timer);
		press.current = null;
		isDragging.current = false;
		setDrag(null);
	}

	function down(event: PointerEvent & { readonly currentTarget: HTMLElement }, id: string, from: number): void {
		if (event.button !== 0 || press.current !== null || row.current === null) return;
		press.current = {
			id,
			from,
			pointer: event.pointerId,
			x: event.clientX,
			scrolled: row.current.scrollLeft,
			tile: event.currentTarget,
			timer: event.pointerType === "touch" ? setTimeout(begin, LONG_PRESS_MS) : null,
		};
	}

	function move(event: PointerEvent): void {
		const [current, element] = [press.current, row.current];
		if (current === null || element === null || current.pointer !== event.pointerId) return;
		const isFar = Math.abs(event.clientX - current.x) > SLACK_PIXELS;
		if (!isDragging.current && isFar) {
			// A finger that moves before the long press scrolls.
			if (current.timer === null) begin();
			else end();
		}
		if (!isDragging.current) return;
		const { left, right } = element.getBoundingClientRect();
		if (event.clientX > right - EDGE_PIXELS) element.scrollLeft += SCROLL_PIXELS;
		if (event.clientX < left + EDGE_PIXELS) element.scrollLeft -= SCROLL_PIXELS;
		const distance = event.clientX - current.x + element.scrollLeft - current.scrolled;
		const to = placeOf(current.from, distance, { pitch: pitchOf(element), count });
		setDrag({ id: current.id, from: current.from, to, distance });
	}

	function up(event: PointerEvent): void {
		if (press.current?.pointer !== event.pointerId) return;
		const dropped = isDragging.current ? drag : null;
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
