/** The views that lie over the gallery: how they are opened, left, and gone through. */

import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { go, route } from "../router.ts";
import { filterSuffix } from "./list.ts";
import type { Place } from "./view/address.ts";

const OVER = ["job", "compare"];
/** The mark of a page that began with such a view: behind it is nothing to go back to. */
const FIRST = "first";

if (isOverNow()) history.replaceState(FIRST, "");

export const isOver: ReadonlySignal<boolean> = computed(isOverNow);

function isOverNow(): boolean {
	return OVER.includes(route.value.view);
}

/** The address of a picture in the large view. It carries the gallery's filter, whose pictures the arrows go through. */
export function pictureAddress(job: string, index: number): string {
	return `/job/${job}/${index}${filterSuffix.value}`;
}

/** The address of two pictures to compare. */
export function compareAddress(left: Place, right: Place): string {
	return `/compare/${left.job}/${left.index}/${right.job}/${right.index}${filterSuffix.value}`;
}

/** Shows another picture in the place of this one. */
export function showInstead(job: string, index: number): void {
	go(pictureAddress(job, index), { replace: true });
}

/** The card that gets the focus when the gallery is seen again, by whichever way: that of the picture that was seen last. */
export const returnTo = signal<string | null>(null);
// The browser would bring back the place of the first one.
history.scrollRestoration = "manual";

/** Goes back to what was seen before. @param focus `elsewhere` leaves the focus to something else than the card @returns when the gallery can be used */
export function leave(focus: "card" | "elsewhere" = "card"): Promise<void> {
	if (focus === "elsewhere") returnTo.value = null;
	const left = new Promise<void>((resolve) => {
		const stop = effect(() => {
			if (isOver.value) return;
			// The dialog is closed, and what it covered can get the focus.
			setTimeout(resolve);
			queueMicrotask(() => stop());
		});
	});
	if (history.state === FIRST) {
		history.replaceState(null, "");
		go(`/${filterSuffix.value}`, { replace: true });
	} else history.back();
	return left;
}
