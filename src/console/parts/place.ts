/** Places a popover beside the button that opens it, and within the window. */

interface Size {
	readonly width: number;
	readonly height: number;
}

export interface Box {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

/** In pixels, from the edges of the window. Null leaves an edge free: the popover may grow to there. */
export interface Place {
	readonly left: number;
	readonly top: number | null;
	readonly bottom: number | null;
	readonly maxHeight: number;
}

/** `below`: above where there is no room below it. `above`: always, and it grows from its foot. */
export type Side = "below" | "above";

const GAP = 6;
const MARGIN = 8;

/** A popover below its button ends where that ends, and one above begins where that begins. */
export function placeBeside(button: Box, popover: Size, window: Size, side: Side): Place {
	const width = Math.min(popover.width, window.width - 2 * MARGIN);
	const wanted = side === "below" ? button.right - width : button.left;
	const left = Math.min(Math.max(MARGIN, wanted), window.width - width - MARGIN);
	const room = { below: window.height - button.bottom - GAP - MARGIN, above: button.top - GAP - MARGIN };
	const isBelow = side === "below" && (popover.height <= room.below || room.below >= room.above);
	return isBelow
		? { left, top: button.bottom + GAP, bottom: null, maxHeight: room.below }
		: { left, top: null, bottom: window.height - button.top + GAP, maxHeight: room.above };
}

/** Places a popover that is open. */
export function place(button: HTMLElement | null, popover: HTMLElement | null, side: Side): void {
	if (button === null || popover === null) return;
	const window = { width: innerWidth, height: innerHeight };
	const size = { width: popover.offsetWidth, height: popover.scrollHeight };
	const { left, top, bottom, maxHeight } = placeBeside(button.getBoundingClientRect(), size, window, side);
	const toLength = (pixels: number | null) => (pixels === null ? "auto" : `${pixels}px`);
	popover.style.left = toLength(left);
	popover.style.top = toLength(top);
	popover.style.bottom = toLength(bottom);
	popover.style.maxHeight = toLength(maxHeight);
}
