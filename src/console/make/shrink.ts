/** Makes room on a phone: the composer shrinks to a line while somebody scrolls down, and is whole again on the way up. */

import { useEffect } from "preact/hooks";

/** As the style sheet says it. */
const PHONE = "(width < 640px)";
/** At the top of the gallery, and a little below, it is whole. */
const TOP_PX = 80;
/** A finger that rests moves by less. */
const STEP_PX = 24;

export interface Shrunk {
	readonly isSmall: boolean;
	/** Where the page stood when that was decided, or moved on in the same direction. */
	readonly at: number;
}

/** @param y how far the page is scrolled; below zero while it springs back */
export function afterScroll({ isSmall, at }: Shrunk, y: number): Shrunk {
	if (y < TOP_PX) return { isSmall: false, at: y };
	const isOnward = isSmall ? y > at : y < at;
	if (isOnward) return { isSmall, at: y };
	return Math.abs(y - at) < STEP_PX ? { isSmall, at } : { isSmall: !isSmall, at: y };
}

/** Marks the composer with `data-small` while it is to be a line. It stays whole while somebody types in it, or chooses. */
export function useShrinking(bar: { readonly current: HTMLElement | null }): void {
	useEffect(() => {
		const { current } = bar;
		if (current === null) return;
		let state: Shrunk = { isSmall: false, at: scrollY };
		const show = (next: Shrunk) => {
			state = next;
			current.toggleAttribute("data-small", next.isSmall);
		};
		const stop = new AbortController();
		const { signal } = stop;
		const onScroll = () => {
			const isUsed = !matchMedia(PHONE).matches || current.querySelector(":focus-visible, :popover-open") !== null;
			show(isUsed ? { isSmall: false, at: scrollY } : afterScroll(state, scrollY));
		};
		// Captured: before the gallery changes its cards, which would have to be laid out for it.
		addEventListener("scroll", onScroll, { passive: true, capture: true, signal });
		addEventListener("resize", onScroll, { signal });
		current.addEventListener("focusin", () => show({ isSmall: false, at: scrollY }), { signal });
		return () => stop.abort();
	}, []);
}
