/** The cards that are selected now. */

import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { shown } from "./list.ts";
import { keepOnly, NONE_SELECTED, type Selection } from "./selection.ts";

const current = signal<Selection>(NONE_SELECTED);

export const selection: ReadonlySignal<Selection> = current;
export const isSelecting: ReadonlySignal<boolean> = computed(() => current.value.ids.size > 0);

export function setSelection(next: Selection): void {
	current.value = next;
}

export function clearSelection(): void {
	current.value = NONE_SELECTED;
}

// A card that is gone is not selected any more.
effect(() => {
	current.value = keepOnly(current.value, shown.value);
});
