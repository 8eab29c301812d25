/** Decides what a client's wish means to a job that exists: to cancel it, to delete it, to leave it, to join it. */

import { cancelEffect, endOfCancellation, fetchResultEffect, NOTHING, type SlotDecision } from "./decision.ts";
import type { CancelAnswer } from "./fal-answers.ts";
import { cancellationOf, mayHaveCost, type Slot, transferOf } from "./slot.ts";
import { detailsOf, type State } from "./state.ts";

export function onCancel(state: Slot): SlotDecision {
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

export function onCancelAnswer(state: Slot, answer: CancelAnswer): SlotDecision {
	if ((state.phase !== "queued" && state.phase !== "running") || !state.cancelling) return NOTHING;
	switch (answer) {
		case "accepted":
		case "not_found":
			return { events: [endOfCancellation(state.cancelling.why)] };
		case "already_completed":
			// The picture is paid, and its cost counts, whether anybody still wants it or not.
			return state.job.deleting
				? { events: [{ type: "completed" }, endOfCancellation("client")] }
				: { events: [{ type: "completed" }], effects: [fetchResultEffect(state)] };
		case "unclear":
			return NOTHING;
	}
}

/** fal is asked to stop first, as for a cancellation. A picture that fal has made is dropped: nobody wants it any more. */
export function onDelete(state: Slot): SlotDecision {
	switch (state.phase) {
		case "fetching":
		case "storing":
			return { events: [endOfCancellation("client")] };
		default:
			return onCancel(state);
	}
}

/**
 * Says what a job makes of it that its last client is gone: it writes that down, and with `cancel` it is cancelled, too: but for
 * pictures that fal has made, which are paid, and left for an equal request. Null for nothing.
 */
export function onClientDisconnected(state: State, delivered: boolean): "cancel" | "client_left" | "delivered" | null {
	const job = detailsOf(state);
	if (job === null || job.deleting) return null;
	if (delivered) return job.clientLeft ? "delivered" : null;
	if (job.onDisconnect === "cancel") return "cancel";
	return job.clientLeft ? null : "client_left";
}

/**
 * True if its last client left without the answer, and an equal request can have that. One that is being cancelled has none to give,
 * unless fal has made a picture: that is paid, and kept.
 */
export function isLeft(state: State): boolean {
	if (detailsOf(state)?.clientLeft !== true) return false;
	const { slots } = state;
	return slots.every((slot) => cancellationOf(slot) === null) || slots.some((slot) => transferOf(slot) !== null);
}

/**
 * True if an equal request may join instead of paying again: not after a cancellation or a failure that surely cost nothing.
 */
export function isJoinable(state: State): boolean {
	const job = detailsOf(state);
	if (job === null || job.deleting) return false;
	if (state.end === null || state.end.outcome === "succeeded") return true;
	return state.end.outcome === "failed" && state.slots.some(mayHaveCost);
}
