/** Decides what a client's wish means to a job that exists: to cancel it, to delete it, to leave it, to join it. */

import { cancelEffect, type Decision, endOfCancellation, fetchResultEffect, NOTHING, withEvents } from "./decision.ts";
import type { EventBody } from "./events.ts";
import type { CancelAnswer } from "./fal-answers.ts";
import type { StartedState, State } from "./state.ts";

export function onCancel(state: StartedState): Decision {
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
				: { events: [{ type: "cancelling", why: "client" }], effects: [cancelEffect(state)] };
		// fal is done: the picture is paid, so it is kept.
		case "fetching":
		case "storing":
		case "ended":
			return NOTHING;
	}
}

export function onCancelAnswer(state: StartedState, answer: CancelAnswer): Decision {
	if ((state.phase !== "queued" && state.phase !== "running") || !state.cancelling) return NOTHING;
	switch (answer) {
		case "accepted":
		case "not_found":
			return { events: [endOfCancellation(state.cancelling.why)] };
		case "already_completed":
			if (state.job.deleting) return { events: [endOfCancellation("client")] };
			return { events: [{ type: "completed" }], effects: [fetchResultEffect(state)] };
		case "unclear":
			return NOTHING;
	}
}

/** fal is asked to stop first, as for a cancellation. A picture that fal has made is dropped: nobody wants it any more. */
export function onDelete(state: StartedState): Decision {
	if (state.job.deleting) return NOTHING;
	const deleting: EventBody = { type: "deleting" };
	switch (state.phase) {
		case "fetching":
		case "storing":
			return { events: [deleting, endOfCancellation("client")] };
		default:
			return withEvents([deleting], onCancel(state));
	}
}

export function onClientDisconnected(state: StartedState, delivered: boolean): Decision {
	const { clientLeft, onDisconnect, deleting } = state.job;
	if (deleting) return NOTHING;
	if (delivered) return clientLeft ? { events: [{ type: "delivered" }] } : NOTHING;
	// A picture that fal has made is paid: it is left for an equal request, and not cancelled.
	const isAtFal = state.phase !== "fetching" && state.phase !== "storing" && state.phase !== "ended";
	if (onDisconnect === "cancel" && isAtFal) return onCancel(state);
	return clientLeft ? NOTHING : { events: [{ type: "client_left" }] };
}

/**
 * True if an equal request may join instead of paying again: not after a cancellation or a failure that surely cost nothing.
 */
export function isJoinable(state: State): boolean {
	if (state.phase === "empty" || state.job.deleting) return false;
	if (state.phase !== "ended" || state.outcome === "succeeded") return true;
	const mayHaveCost = state.upstream !== null || state.error?.code === "upstream_outcome_unknown";
	return state.outcome === "failed" && mayHaveCost;
}
