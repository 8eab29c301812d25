/** A slot's decision: an input's meaning to one request to fal. */
import { FAL_FIELD, FAL_SAYS, type JobError } from "../errors.ts";
import { scrubEcho } from "../scrub.ts";
import { type SlotDecision, submit } from "./decision.ts";
import type { SlotEventBody, Terminal } from "./events.ts";
import { onCancel, onCancelAnswer, onDelete } from "./from-client.ts";
import { onRestarted, onTick } from "./from-clock.ts";
import { onStatus, onStatusUnreadable, onStored, onStoreFailed, onSubmitAnswer } from "./from-fal.ts";
import { onLookedUp } from "./from-list.ts";
import { onResult } from "./from-result.ts";
import type { Input, JobInput } from "./inputs.ts";
import type { Slot } from "./slot.ts";

/** An input to one slot: its alarm only says if its own submit is under way. */
export type SlotInput =
	| Exclude<Input, JobInput | { type: "tick" }>
	| { readonly type: "tick"; readonly submitInFlight: boolean };

/**
 * Pure and total: an input that tells a slot nothing new changes nothing.
 * @param falAccounts The accounts at fal that may be asked, the first one first
 */
export function decide(slot: Slot, input: SlotInput, falAccounts: readonly string[], now: number): SlotDecision {
	const { events, ...decision } = decisionOf(slot, input, falAccounts, now);
	return events === undefined ? decision : { ...decision, events: events.map((event) => withoutEcho(event, slot)) };
}

function decisionOf(slot: Slot, input: SlotInput, falAccounts: readonly string[], now: number): SlotDecision {
	switch (input.type) {
		case "start":
			return submit(slot.job, falAccounts[0], now);
		case "submit_answered":
			return onSubmitAnswer(slot, input.answer, falAccounts, now);
		case "looked_up":
			return onLookedUp(slot, input.answer, now);
		case "status":
			return onStatus(slot, input.status);
		case "status_unreadable":
			return onStatusUnreadable(slot, input.inARow, now);
		case "result":
			return onResult(slot, input, now);
		case "stored":
			return onStored(slot, input.image, now);
		case "store_failed":
			return onStoreFailed(slot, input, now);
		case "cancel_answered":
			return onCancelAnswer(slot, input.answer);
		case "delete":
			return onDelete(slot);
		// A client that leaves may cancel its job.
		case "cancel":
		case "client_disconnected":
			return onCancel(slot);
		case "tick":
			return onTick(slot, input.submitInFlight, falAccounts[0], now);
		case "restarted":
			return onRestarted(slot, now);
	}
}

/** Takes the prompt out of what fal says of a failure: errors are logged and shown where prompts are not. */
function withoutEcho(body: SlotEventBody | Terminal, { job }: Slot): SlotEventBody | Terminal {
	if (!("error" in body) || body.error === undefined) return body;
	const { prompt, fal } = job.request;
	const asked = [
		prompt,
		...Object.keys(fal)
			.filter(isPrompt)
			.map((name) => String(fal[name])),
	];
	const scrub = (words: string) => asked.reduce(scrubEcho, words);
	return { ...body, error: withoutEchoedParam(withoutEchoedWords(body.error, scrub), scrub) };
}

type Scrub = (words: string) => string;

function withoutEchoedWords(error: JobError, scrub: Scrub): JobError {
	const at = error.message.indexOf(FAL_SAYS);
	if (at < 0) return error;
	const said = at + FAL_SAYS.length;
	return { ...error, message: `${error.message.slice(0, said)}${scrub(error.message.slice(said))}` };
}

/** A name in fal's words may be one that the person wrote; names of the API's own say nothing of the prompt. */
function withoutEchoedParam({ param, ...error }: JobError, scrub: Scrub): JobError {
	if (param === undefined || (param.startsWith(FAL_FIELD) && scrub(param) !== param)) return error;
	return { ...error, param };
}

function isPrompt(name: string): boolean {
	return /prompt/i.test(name);
}
