/** Decides what fal's list of requests means to a job whose submit's answer was lost. */
import {
	endOfCancellation,
	failed,
	NOT_SENT,
	NOTHING,
	OUTCOME_UNKNOWN,
	type SlotDecision,
	submitted,
	withEvents,
} from "./decision.ts";
import type { SlotEventBody } from "./events.ts";
import type { LookUp } from "./fal-answers.ts";
import { ABSENT_AFTER_MS, nextLookUp } from "./schedule.ts";
import { type Slot, upstreamWithoutUrls } from "./slot.ts";

export function onLookedUp(state: Slot, answer: LookUp, now: number): SlotDecision {
	// The submit's answer or a webhook has told more meanwhile.
	if (state.phase !== "unknown") return NOTHING;
	switch (answer.kind) {
		case "found":
			return submitted(state, upstreamWithoutUrls(answer.requestId), null);
		case "absent":
			return now < state.lostAt + ABSENT_AFTER_MS
				? waitOn(state, now)
				: withEvents(state.cancelling ? [NEVER_SENT] : [], endAs(state, failed(NOT_SENT)));
		case "unclear":
			return waitOn(state, now);
		case "forbidden":
			return lookNoMore(state, now);
	}
}

/** The end of a cancellation does not tell that fal never got the request, and so charges nothing. */
const NEVER_SENT: SlotEventBody = { type: "looked_up", lookUpAt: null, absent: true };

type Unknown = Slot & { phase: "unknown" };

function waitOn(state: Unknown, now: number): SlotDecision {
	const lookUpAt = nextLookUp(state, now);
	return lookUpAt === null ? lookNoMore(state, now) : { events: [{ type: "looked_up", lookUpAt }] };
}

/** Leaves the job to its webhook, for as long as that is waited for. A job without one has nothing left that could tell. */
function lookNoMore(state: Unknown, now: number): SlotDecision {
	if (state.job.webhook === null || now >= state.settleBy) return endAs(state, failed(OUTCOME_UNKNOWN));
	return { events: [{ type: "looked_up", lookUpAt: null }] };
}

function endAs({ cancelling }: Unknown, otherwise: SlotDecision): SlotDecision {
	return cancelling ? { events: [endOfCancellation(cancelling.why)] } : otherwise;
}
