/** The job's one decision: an input's meaning to a state, as events to write and effects to run. */
import { type Decision, NOTHING, submit, withEvents } from "./decision.ts";
import type { Accepted, JobEvent } from "./events.ts";
import { onCancel, onCancelAnswer, onClientDisconnected, onDelete } from "./from-client.ts";
import { onRestarted, onTick } from "./from-clock.ts";
import { onResult, onStatus, onStored, onStoreFailed, onSubmitAnswer } from "./from-fal.ts";
import { onLookedUp } from "./from-list.ts";
import type { Effect, Input } from "./inputs.ts";
import { evolve, type State } from "./state.ts";

export interface Step {
	readonly state: State;
	readonly events: readonly JobEvent[];
	readonly effects: readonly Effect[];
}

/** Pure and total: an input that tells a state nothing new changes nothing. */
export function step(state: State, input: Input, now: number): Step {
	const { events: bodies = [], effects = [] } = decide(state, input, now);
	const events = bodies.map((body, index): JobEvent => ({ ...body, seq: state.seq + 1 + index, at: now }));
	const after = events.reduce(evolve, state);
	// A deleted job is erased as soon as it has ended, however it ended.
	const erases = events.length > 0 && after.phase === "ended" && after.job.deleting;
	return { state: after, events, effects: erases ? [{ type: "erase" }] : effects };
}

function decide(state: State, input: Input, now: number): Decision {
	if (state.phase === "empty") {
		if (input.type !== "start") return NOTHING;
		const accepted: Accepted = { type: "accepted", ...input.accepted };
		const { model } = input.accepted.request;
		return withEvents([accepted], submit({ ...input.accepted, model }, now));
	}
	switch (input.type) {
		case "start":
			return NOTHING;
		case "submit_answered":
			return onSubmitAnswer(state, input.answer, now);
		case "looked_up":
			return onLookedUp(state, input.answer, now);
		case "status":
			return onStatus(state, input.status);
		case "result":
			return onResult(state, input.requestId, input.result, now);
		case "stored":
			return onStored(state, input.image, now);
		case "store_failed":
			return onStoreFailed(state, input, now);
		case "cancel":
			return onCancel(state);
		case "cancel_answered":
			return onCancelAnswer(state, input.answer);
		case "delete":
			return onDelete(state);
		case "client_disconnected":
			return onClientDisconnected(state, input.delivered);
		case "tick":
			return onTick(state, input.submitInFlight, now);
		case "restarted":
			return onRestarted(state, now);
	}
}
