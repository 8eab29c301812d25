/** Selects all that the filter names: loads what the gallery has not shown yet, and selects it as it comes. */

import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { toast } from "../parts/toast.tsx";
import { session } from "../session/session.ts";
import { failure, filter, hasMore, loadMore, shown } from "./list.ts";
import { isSelecting, selection, setSelection } from "./selected.ts";
import { add, behind } from "./selection.ts";
import { words } from "./selection-words.ts";

/** The page keeps all that it has loaded. */
const MAX_SHOWN = 10_000;
/** The API's largest page. */
const PAGE_SIZE = 100;

const current = signal(false);

/** True while it goes on. */
export const isGathering: ReadonlySignal<boolean> = current;

export function stopGathering(): void {
	current.value = false;
}

/** Selects the cards that are not selected, and all that come. A card that is taken out meanwhile stays out. */
export async function gather(): Promise<void> {
	if (current.value) return;
	current.value = true;
	let before: readonly string[] = [];
	for (;;) {
		const order = shown.value;
		setSelection(add(selection.value, behind(before, order)));
		before = order;
		if (!hasMore.value || order.length >= MAX_SHOWN) break;
		await loadMore(PAGE_SIZE);
		if (!current.value) return;
		if (failure.value !== null) {
			toast(words().notGathered);
			break;
		}
	}
	if (hasMore.value && before.length >= MAX_SHOWN) toast(words().mostSelected(before.length));
	stopGathering();
}

// Another filter or person has other jobs, and a cleared selection stays clear.
effect(() => {
	filter.value;
	session.value;
	stopGathering();
});
effect(() => {
	if (!isSelecting.value) stopGathering();
});
