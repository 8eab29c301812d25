/** What a card can ask the other rooms for. They say how it is done. */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { Job, ListedJob } from "../api/types.ts";
import type { Draft } from "../make/draft.ts";
import { jobs } from "./store.ts";

export interface CardActions {
	/** Takes a picture as a reference, and goes to the prompt. */
	readonly edit: (job: Job | ListedJob, index: number) => void;
	/** Takes all settings of a job. */
	readonly reuse: (job: Job | ListedJob) => void;
	readonly again: (job: Job | ListedJob, how: { readonly sameSeed: boolean }) => void;
	/** Takes back a request that was refused, so that it can be mended. Returns false if some of it did not come back. */
	readonly mend: (draft: Draft) => Promise<boolean>;
	/** Asks once, and deletes. */
	readonly remove: (id: string) => void;
}

const current = signal<CardActions | null>(null);

/** Null before the rooms are there. */
export const cardActions: ReadonlySignal<CardActions | null> = current;

export function setCardActions(actions: CardActions): void {
	current.value = actions;
}

/** Requests that are on their way into the composer. */
const mending = new Set<string>();

/** Puts a refused request back into the composer. Its card goes when all of it is there. */
export async function mend(id: string, draft: Draft, actions: CardActions): Promise<void> {
	if (mending.has(id)) return;
	mending.add(id);
	try {
		const isBack = await actions.mend(draft);
		// It may have been sent again meanwhile.
		if (isBack && jobs.entry(id).peek()?.sending?.failure) await jobs.remove(id);
	} finally {
		mending.delete(id);
	}
}
