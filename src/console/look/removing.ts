/** Deletes many jobs, a few at a time. It can be stopped: what is not deleted by then stays. */

import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { jobs } from "../jobs/store.ts";
import { toast } from "../parts/toast.tsx";
import { runAhead } from "./ahead.ts";
import { isSelecting } from "./selected.ts";
import { words } from "./selection-words.ts";

export interface Removal {
	readonly done: number;
	readonly total: number;
	readonly stop: () => void;
}

/** The gateway has others to answer, too. */
const AT_ONCE = 4;

const current = signal<Removal | null>(null);

/** The deletion that runs; null if none does. */
export const removal: ReadonlySignal<Removal | null> = current;

export async function removeAll(ids: readonly string[]): Promise<void> {
	const w = words();
	let isStopped = false;
	let [done, failed] = [0, 0];
	const stop = () => {
		isStopped = true;
	};
	const tell = () => {
		current.value = { done, total: ids.length, stop };
	};
	tell();
	const wasSelecting = isSelecting.peek();
	// Whoever clears the selection means what is left of it, too.
	const unwatch = effect(() => {
		if (wasSelecting && !isSelecting.value) stop();
	});
	const tasks = ids.map((id) => async () => (isStopped ? null : jobs.remove(id)));
	for await (const removed of runAhead(tasks, AT_ONCE)) {
		if (removed === null) continue;
		if (removed.ok) done += 1;
		else failed += 1;
		tell();
	}
	unwatch();
	current.value = null;
	if (done > 0 || failed === 0) toast(w.deleted(done));
	if (failed > 0) toast(w.notDeleted(failed));
}
