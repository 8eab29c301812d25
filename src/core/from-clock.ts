/** Decides what a slot does of itself: when the alarm fires, and when a new instance takes over. */
import {
	cancelEffect,
	endOfCancellation,
	failed,
	fetchResultEffect,
	lookUpEffect,
	NOTHING,
	OUTCOME_UNKNOWN,
	onAnswerLost,
	pollEffect,
	type SlotDecision,
	storePending,
	submit,
	succeeded,
	withEvents,
} from "./decision.ts";
import { CANCEL_SILENCE_MS, endWithoutAllAt, givenUpAt, nextFetch } from "./schedule.ts";
import type { Slot, Transfer } from "./slot.ts";

/** @param falAccount The account at fal that a submit goes to */
export function onTick(
	state: Slot,
	submitInFlight: boolean,
	falAccount: string | undefined,
	now: number,
): SlotDecision {
	switch (state.phase) {
		case "accepted":
			if (now >= state.job.deadlineAt) return { events: [endOfCancellation("deadline")] };
			return now >= state.retryAt ? submit(state.job, falAccount, now) : NOTHING;
		case "submitting":
			return submitInFlight ? NOTHING : onAnswerLost(state, now);
		case "unknown":
			if (state.cancelling && now >= state.cancelling.since + CANCEL_SILENCE_MS) {
				return { events: [endOfCancellation(state.cancelling.why)] };
			}
			return now >= givenUpAt(state) ? failed(OUTCOME_UNKNOWN) : lookUpIfDue(state, now);
		case "queued":
		case "running":
			if (state.cancelling) {
				return now >= state.cancelling.since + CANCEL_SILENCE_MS
					? { events: [endOfCancellation(state.cancelling.why)] }
					: { effects: [cancelEffect(state)] };
			}
			if (now >= state.job.deadlineAt) {
				return { events: [{ type: "cancelling", why: "deadline" }], effects: [cancelEffect(state)] };
			}
			return { effects: [pollEffect(state)] };
		case "fetching":
			return fetchIfDue(state, now);
		case "storing":
			return mayEndWithoutAll(state.transfer, now)
				? withEvents([succeeded(state.job, now)], storePending(state))
				: storePending(state);
		case "ended":
			return storePending(state);
	}
}

/** Takes up at once what the last instance had under way. All else waits for its webhook, follower or alarm. */
export function onRestarted(state: Slot, now: number): SlotDecision {
	switch (state.phase) {
		case "submitting":
			return onAnswerLost(state, now);
		case "unknown":
			return lookUpIfDue(state, now);
		case "fetching":
			return fetchIfDue(state, now);
		case "storing":
			return storePending(state);
		default:
			return NOTHING;
	}
}

/** The alarm may be early: it was set when the last try was under way, or by an earlier instance. */
function fetchIfDue(state: Slot & { phase: "fetching" }, now: number): SlotDecision {
	return now < (nextFetch(state) ?? now) ? NOTHING : { effects: [fetchResultEffect(state)] };
}

function lookUpIfDue(state: Slot & { phase: "unknown" }, now: number): SlotDecision {
	return state.lookUpAt !== null && now >= state.lookUpAt ? { effects: [lookUpEffect(state)] } : NOTHING;
}

function mayEndWithoutAll(transfer: Transfer, now: number): boolean {
	const end = endWithoutAllAt(transfer);
	return end !== null && now >= end;
}
