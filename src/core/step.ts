/** The job's one decision: an input's meaning to a state, as events to write and effects to run. */

import { billIfDue, onBillAnswered } from "./bills.ts";
import { type Decision, NOTHING, submit } from "./decision.ts";
import { isTerminal, type JobEvent } from "./events.ts";
import { onClientDisconnected } from "./from-client.ts";
import type { Effect, Input } from "./inputs.ts";
import { noticeIfDue, onNoticeAnswered } from "./notices.ts";
import { changesSettlement } from "./settlement.ts";
import { addressedBy, decideSlot, endIfOver, inSlot, isOfJob, slotInTurn } from "./slots.ts";
import { areSlotsOver, detailsOf, evolve, isErasable, type State } from "./state.ts";
import { onThumbnail } from "./thumbnails.ts";

export interface Step {
	readonly state: State;
	readonly events: readonly JobEvent[];
	readonly effects: readonly Effect[];
}

/**
 * Pure and total: an input that tells a state nothing new changes nothing.
 * @param falAccounts The accounts at fal that a submit may go to, by their fingerprints, the first one first. Absent: they have no names
 */
export function step(before: State, input: Input, now: number, falAccounts: readonly string[] = []): Step {
	let turn: Step = { state: before, events: [], effects: [] };
	const take = (decision: Decision) => {
		turn = add(turn, decision, now);
	};
	if (input.type === "tick" && isErasable(before, now)) return { ...turn, effects: [{ type: "erase" }] };

	take(decideJob(before, input, now));
	if (!isOfJob(input)) {
		for (const index of addressedBy(input, before))
			take(inSlot(turn.state, index, decideSlot(turn.state, index, input, falAccounts, now)));
	}
	for (let next = slotInTurn(turn.state, now); next !== null; next = slotInTurn(turn.state, now)) {
		take(inSlot(turn.state, turn.state.slots.length, submit(next.job, falAccounts[0], now)));
	}
	take(endIfOver(turn.state, now));

	const { state, events } = turn;
	// A deleted job is erased as soon as it has ended, however it ended, and nothing more may come of it that counts.
	const isUncounted = input.type === "delete" && input.atOnce === true && isUnwanted(state);
	if (isUncounted || (events.length > 0 && isErasable(state, now))) return { ...turn, effects: [{ type: "erase" }] };
	// A picture that was on its way may come behind the others.
	if (isUnwanted(state) && (!isUnwanted(before) || input.type === "stored"))
		take({ effects: [{ type: "drop_pictures" }] });
	if (input.type === "tick" || events.some(isTerminal)) take({ effects: noticeIfDue(state, now) });
	if (input.type === "tick") take({ effects: billIfDue(state, now) });
	if (state.end !== null && events.some(changesSettlement)) take({ effects: [{ type: "settle" }] });
	return turn;
}

/** True for a deleted job that is over. */
function isUnwanted(state: State): boolean {
	return state.end !== null && detailsOf(state)?.deleting === true && areSlotsOver(state);
}

function add(turn: Step, { events: bodies = [], effects = [] }: Decision, now: number): Step {
	const events = bodies.map((body, index): JobEvent => ({ ...body, seq: turn.state.seq + 1 + index, at: now }));
	return {
		state: events.reduce(evolve, turn.state),
		events: [...turn.events, ...events],
		effects: [...turn.effects, ...effects],
	};
}

/** Decides what an input means to the job as a whole. */
function decideJob(state: State, input: Input, now: number): Decision {
	const job = detailsOf(state);
	if (job === null) {
		return input.type === "start" ? { events: [{ type: "accepted", ...input.accepted }] } : NOTHING;
	}
	switch (input.type) {
		case "delete":
			return job.deleting ? NOTHING : { events: [{ type: "deleting" }] };
		case "client_disconnected": {
			const type = onClientDisconnected(state, input.delivered);
			// The cancellation may come too late for a picture. That one is left for an equal request.
			if (type === "cancel") return job.clientLeft ? NOTHING : { events: [{ type: "client_left" }] };
			return type === null ? NOTHING : { events: [{ type }] };
		}
		case "thumbnail_brought":
		case "thumbnail_kept":
			return onThumbnail(state, input, now);
		case "notice_answered":
			return onNoticeAnswered(state, input.answer, now);
		case "bill_answered":
			return onBillAnswered(state, input.costs, now);
		default:
			return NOTHING;
	}
}
