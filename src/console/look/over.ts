/** The views that lie over the gallery: how they are opened, left, and gone through. */

import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { go, route } from "../router.ts";
import { filterSuffix } from "./list.ts";

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

/** Shows another picture in the place of this one. */
export function showInstead(job: string, index: number): void {
	go(pictureAddress(job, index), { replace: true });
}

/** The card that gets the focus when the gallery is seen again. */
export const returnTo = signal<string | null>(null);

/** Goes back to what was seen before. @param card the one that was looked at; null if something else gets the focus @returns when the gallery can be used */
export function leave(card: string | null): Promise<void> {
	returnTo.value = card;
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
