import {
	cancelUpstream,
	type Decision,
	type Existing,
	failed,
	fetchResult,
	lost,
	NOTHING,
	OUTCOME_UNKNOWN,
	storePending,
	submit,
} from "./decision.ts";
import { CANCEL_SILENCE_MS } from "./schedule.ts";
import { endOf } from "./state.ts";

/** What a job does of itself: when its alarm rings, and when a new instance meets its log. */

export function onTick(state: Existing, submitInFlight: boolean, now: number): Decision {
	switch (state.phase) {
		case "accepted":
			if (now >= state.job.deadlineAt) return { events: [endOf("deadline")] };
			return now >= state.retryAt ? submit(state.job, now) : NOTHING;
		case "submitting":
			return submitInFlight ? NOTHING : lost(state, now);
		case "unknown":
			if (state.cancelling && now >= state.cancelling.since + CANCEL_SILENCE_MS)
				return { events: [endOf(state.cancelling.why)] };
			return now >= state.settleBy ? failed(OUTCOME_UNKNOWN) : NOTHING;
		case "queued":
		case "running":
			if (state.cancelling) {
				return now >= state.cancelling.since + CANCEL_SILENCE_MS
					? { events: [endOf(state.cancelling.why)] }
					: { effects: [cancelUpstream(state)] };
			}
			if (now >= state.job.deadlineAt) {
				return { events: [{ type: "cancelling", why: "deadline" }], effects: [cancelUpstream(state)] };
			}
			return { effects: [{ type: "poll", upstream: state.upstream, endpoint: state.job.endpoint }] };
		case "fetching":
			return { effects: [fetchResult(state)] };
		case "storing":
			return storePending(state, state.delivery);
		case "ended":
			return state.job.deleting || now >= state.job.expiresAt
				? { effects: [{ type: "erase" }] }
				: storePending(state, state.delivery);
	}
}

/** What was under way when the last instance died is taken up at once; the rest waits for its news or alarm. */
export function onWoke(state: Existing, now: number): Decision {
	switch (state.phase) {
		case "submitting":
			return lost(state, now);
		case "fetching":
			return { effects: [fetchResult(state)] };
		case "storing":
			return storePending(state, state.delivery);
		default:
			return NOTHING;
	}
}
