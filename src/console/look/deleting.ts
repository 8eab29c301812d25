/** Asks whether jobs shall be deleted. The question, and all that follows, is loaded then. */

import { type ReadonlySignal, signal } from "@preact/signals";

export interface Deletion {
	readonly ids: readonly string[];
	/** Called once the person has said yes. */
	readonly onDeleted?: () => void;
}

const current = signal<Deletion | null>(null);

/** The question that is open; null if none is. */
export const askedToDelete: ReadonlySignal<Deletion | null> = current;

/** Asks whether jobs shall go. @param onDeleted called once the person has said yes */
export function askToDelete(ids: readonly string[], onDeleted?: () => void): void {
	current.value = ids.length === 0 ? null : { ids, ...(onDeleted === undefined ? {} : { onDeleted }) };
}

export function askNoMore(): void {
	current.value = null;
}
