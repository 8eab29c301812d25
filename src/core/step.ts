/** The job's one decision: an input's meaning to a state, as events to write and effects to run. */
import { FAL_SAYS } from "../errors.ts";
import { scrubEcho } from "../scrub.ts";
import { type Decision, NOTHING, submit, withEvents } from "./decision.ts";
import { type Accepted, type EventBody, isTerminal, type JobEvent } from "./events.ts";
import { onCancel, onCancelAnswer, onClientDisconnected, onDelete } from "./from-client.ts";
import { onRestarted, onTick } from "./from-clock.ts";
import { onStatus, onStatusUnreadable, onStored, onStoreFailed, onSubmitAnswer } from "./from-fal.ts";
import { onLookedUp } from "./from-list.ts";
import { onResult } from "./from-result.ts";
import type { Effect, Input } from "./inputs.ts";
import { noticeIfDue, onNoticeAnswered } from "./notices.ts";
import { evolve, type State } from "./state.ts";

export interface Step {
	readonly state: State;
	readonly events: readonly JobEvent[];
	readonly effects: readonly Effect[];
}

/** Pure and total: an input that tells a state nothing new changes nothing. */
export function step(state: State, input: Input, now: number): Step {
	const { events: bodies = [], effects = [] } = decide(state, input, now);
	const events = bodies.map(
		(body, index): JobEvent => ({ ...withoutEcho(body, state), seq: state.seq + 1 + index, at: now }),
	);
	const after = events.reduce(evolve, state);
	// A deleted job is erased as soon as it has ended, however it ended.
	if (events.length > 0 && after.phase === "ended" && after.job.deleting)
		return { state: after, events, effects: [{ type: "erase" }] };
	const notice = after.phase !== "empty" && events.some(isTerminal) ? noticeIfDue(after, now) : [];
	return { state: after, events, effects: [...effects, ...notice] };
}

/** Takes the prompt out of what fal says of a failure: errors are logged and shown where prompts are not. */
function withoutEcho(body: EventBody, state: State): EventBody {
	if ((body.type !== "failed" && body.type !== "completed") || body.error === undefined || state.phase === "empty") {
		return body;
	}
	const { error } = body;
	const [own = "", ...said] = error.message.split(FAL_SAYS);
	if (said.length === 0) return body;
	const { prompt, fal } = state.job.request;
	const asked = [
		prompt,
		...Object.entries(fal).flatMap(([name, value]) => (/prompt/i.test(name) ? [String(value)] : [])),
	];
	const shown = asked.reduce((words, text) => scrubEcho(words, text), said.join(FAL_SAYS));
	return { ...body, error: { ...error, message: `${own}${FAL_SAYS}${shown}` } };
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
		case "status_unreadable":
			return onStatusUnreadable(state, input.inARow, now);
		case "result":
			return onResult(state, input, now);
		case "stored":
			return onStored(state, input.image, now);
		case "store_failed":
			return onStoreFailed(state, input, now);
		case "cancel":
			return onCancel(state);
		case "cancel_answered":
			return onCancelAnswer(state, input.answer);
		case "notice_answered":
			return onNoticeAnswered(state, input.answer, now);
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
