/** Decides when fal is asked what it charged for an ended job, and when that is given up. */

import type { Decision } from "./decision.ts";
import type { Billed } from "./events.ts";
import type { Effect } from "./inputs.ts";
import { nextBill } from "./schedule.ts";
import { requestToBill } from "./slot.ts";
import { detailsOf, type State } from "./state.ts";

/** Returns the effect that asks fal; none before it is due, or if nobody may ask. */
export function billIfDue(state: State, now: number): readonly Effect[] {
	const bill = state.end?.bill ?? null;
	const job = detailsOf(state);
	if (bill === null || job === null || now < bill.dueAt) return [];
	return [{ type: "bill", requestIds: requestsOf(state), since: job.acceptedAt }];
}

/** @param told What fal told. It tells late, and of a request for which it charges nothing it never does */
export function onBillAnswered(state: State, told: readonly Billed[], now: number): Decision {
	const bill = state.end?.bill ?? null;
	if (bill === null) return {};
	const asked = requestsOf(state);
	const costs = told.filter(({ requestId }) => asked.includes(requestId));
	const isWhole = asked.every((id) => costs.some(({ requestId }) => requestId === id));
	return { events: [{ type: "billed", costs, retryAt: isWhole ? null : nextBill(bill.since, now) }] };
}

function requestsOf({ slots }: State): readonly string[] {
	return slots.map(requestToBill).filter((id) => id !== null);
}
