import { also, cancelUpstream, type Decision, type Existing, fetchResult, NOTHING } from "./decision.ts";
import type { EventBody } from "./events.ts";
import type { CancelAnswer } from "./fal-answers.ts";
import { endOf, type State } from "./state.ts";

/** What clients want of a job that exists: to end it, to delete it, to leave it, to join it. */

export function onCancel(state: Existing): Decision {
	switch (state.phase) {
		case "accepted":
			return { events: [{ type: "cancelled" }] };
		case "submitting":
		case "unknown":
			return state.cancelling ? NOTHING : { events: [{ type: "cancelling", why: "client" }] };
		case "queued":
		case "running":
			return state.cancelling
				? NOTHING
				: { events: [{ type: "cancelling", why: "client" }], effects: [cancelUpstream(state)] };
		// fal is done: the picture is paid, and is kept.
		case "fetching":
		case "storing":
		case "ended":
			return NOTHING;
	}
}

/** Upstream first, as a cancellation; what fal has made already is dropped, since nobody wants it any more. */
export function onDelete(state: Existing): Decision {
	if (state.job.deleting) return NOTHING;
	const deleting: EventBody = { type: "deleting" };
	switch (state.phase) {
		case "fetching":
		case "storing":
			return { events: [deleting, endOf("client")] };
		default:
			return also([deleting], onCancel(state));
	}
}

export function onClientGone(state: Existing, delivered: boolean): Decision {
	const { clientLeft, onDisconnect, deleting } = state.job;
	if (deleting) return NOTHING;
	if (delivered) return clientLeft ? { events: [{ type: "delivered" }] } : NOTHING;
	if (onDisconnect === "cancel") return onCancel(state);
	return clientLeft ? NOTHING : { events: [{ type: "client_left" }] };
}

/** Whether an equal request may join instead of paying again: not a job that was cancelled, nor one whose failure surely cost nothing. */
export function isJoinable(state: State): boolean {
	if (state.phase === "empty" || state.job.deleting) return false;
	if (state.phase !== "ended" || state.outcome === "succeeded") return true;
	const mayHaveCost = state.upstream !== null || state.error?.code === "upstream_outcome_unknown";
	return state.outcome === "failed" && mayHaveCost;
}

export function onCancelAnswer(state: Existing, answer: CancelAnswer): Decision {
	if ((state.phase !== "queued" && state.phase !== "running") || !state.cancelling) return NOTHING;
	switch (answer) {
		case "accepted":
		case "not_found":
			return { events: [endOf(state.cancelling.why)] };
		case "already_completed":
			if (state.job.deleting) return { events: [endOf("client")] };
			return { events: [{ type: "completed" }], effects: [fetchResult(state)] };
		case "unclear":
			return NOTHING;
	}
}
