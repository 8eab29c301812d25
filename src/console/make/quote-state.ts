/** Asks what the draft would cost and what would really be made, a moment after each change. */

import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Failure } from "../api/failure.ts";
import type { Quote } from "../api/types.ts";
import { jobs } from "../jobs/store.ts";
import { session } from "../session/session.ts";
import { draft, obstacle } from "./draft-state.ts";
import { RETRY_MS } from "./load-again.ts";
import { toQuoteBody } from "./quote-fields.ts";

/** Of a pause between two changes, such as keys that are typed. */
const PAUSE_MS = 300;

export interface Quoted {
	/** Of the draft as it is, or was a moment ago; null for none. */
	readonly quote: Quote | null;
	/** Why the draft would be refused. */
	readonly failure: Failure | null;
	/** True until the answer is that of the draft as it is. */
	readonly isAsking: boolean;
}

const NOTHING: Quoted = { quote: null, failure: null, isAsking: false };
const current = signal<Quoted>(NOTHING);
export const quoted: ReadonlySignal<Quoted> = current;

/** Equal texts have equal answers, but for the limits. */
const body = computed(() => {
	const now = draft.value;
	// The price of what is not described yet shows all the same.
	const isAnswered = obstacle.value === null || obstacle.value.kind === "prompt_missing";
	return now !== null && isAnswered ? JSON.stringify(toQuoteBody(now)) : null;
});
const asked = signal(0);

/** Asks once more. */
function quoteAgain(): void {
	asked.value += 1;
}

effect(() => {
	const [text, signedIn] = [body.value, session.value];
	asked.value;
	if (text === null || signedIn === null) {
		current.value = NOTHING;
		return;
	}
	current.value = { ...current.peek(), isAsking: true };
	const stop = new AbortController();
	let timer = setTimeout(async () => {
		const call = { method: "POST", body: JSON.parse(text), signal: stop.signal } as const;
		const answer = await signedIn.api.ask<Quote>("/v1/quote", call);
		if (stop.signal.aborted) return;
		current.value = answer.ok
			? { quote: answer.value, failure: null, isAsking: false }
			: { quote: null, failure: answer.error, isAsking: false };
		if (!answer.ok && answer.error.kind === "unreachable") timer = setTimeout(quoteAgain, RETRY_MS);
	}, PAUSE_MS);
	return () => {
		clearTimeout(timer);
		stop.abort();
	};
});

// A job that was made counts against the limits.
effect(() => {
	if (jobs.answered.value > 0) untracked(quoteAgain);
});

// A job that has ended may free what a limit was full of.
effect(() => {
	jobs.ended.value;
	if (current.peek().quote?.limit) untracked(quoteAgain);
});
