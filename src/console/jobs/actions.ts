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
	/** Takes back a request that was refused, so that it can be mended. */
	readonly mend: (draft: Draft) => void;
	/** Asks once, and deletes. */
	readonly remove: (id: string) => void;
}

const current = signal<CardActions | null>(null);

/** Null before the rooms are there. */
export const cardActions: ReadonlySignal<CardActions | null> = current;

export function setCardActions(actions: CardActions): void {
	current.value = actions;
}

/** Puts a refused request back into the composer: its card goes. */
export function mend(id: string, draft: Draft, actions: CardActions): void {
	actions.mend(draft);
	jobs.remove(id);
}
