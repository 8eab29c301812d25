/** Puts the slots of a job together: which of them an input speaks to, whose turn it is, and what their ends make of the job. */
import type { JobError } from "../errors.ts";
import { type Decision, NOTHING, type SlotDecision, succeeded } from "./decision.ts";
import { type EventBody, isTerminal, type SlotEventBody, type Terminal } from "./events.ts";
import { onClientDisconnected } from "./from-client.ts";
import { isSubmitSettled } from "./from-fal.ts";
import type { Effect, Input, JobInput, SlotsInput } from "./inputs.ts";
import { type Ended, mayHaveCost, type Slot, transferOf } from "./slot.ts";
import { decide } from "./slot-step.ts";
import { areSlotsOver, detailsOf, hasPicture, nextSlot, type State } from "./state.ts";

/** A Worker has six connections. */
export const MAX_SUBMITS_AT_ONCE = 5;

const OF_JOB: ReadonlySet<Input["type"]> = new Set([
	"thumbnail_brought",
	"thumbnail_kept",
	"notice_answered",
	"bill_answered",
]);

export function isOfJob(input: Input): input is JobInput {
	return OF_JOB.has(input.type);
}

/** Returns the slots that an input speaks to. */
export function addressedBy(input: SlotsInput, state: State): readonly number[] {
	const all = [...state.slots.keys()];
	switch (input.type) {
		case "start":
			return all.length === 0 ? [0] : [];
		case "cancel":
		case "tick":
		case "restarted":
			return all;
		case "delete":
			return detailsOf(state)?.deleting ? [] : all;
		case "client_disconnected":
			return onClientDisconnected(state, input.delivered) === "cancel" ? all : [];
		default:
			return all.filter((index) => index === (input.slot ?? 0));
	}
}

/** Decides what an input means to one slot. */
export function decideSlot(
	state: State,
	index: number,
	input: SlotsInput,
	falAccounts: readonly string[],
	now: number,
): SlotDecision {
	const slot = state.slots[index];
	if (slot === undefined) return NOTHING;
	if (input.type !== "tick") return decide(slot, input, falAccounts, now);
	const { submitsInFlight = [], followed = [] } = input;
	if (isWaiting(slot, state) && now < slot.job.deadlineAt) return NOTHING;
	const decision = decide(slot, { type: "tick", submitInFlight: submitsInFlight.includes(index) }, falAccounts, now);
	// fal is asked for those that nobody follows: the alarm is theirs.
	const isOthers = followed.includes(index) && state.slots.some((one, at) => isAtFal(one) && !followed.includes(at));
	const { effects = [] } = decision;
	return isOthers ? { ...decision, effects: effects.filter(({ type }) => type !== "poll") } : decision;
}

/** True for a slot whose submit waits for others to be answered. */
export function isWaiting(slot: Slot, state: State): boolean {
	return slot.phase === "accepted" && !maySubmit(state);
}

function maySubmit({ slots }: State): boolean {
	return slots.filter(({ phase }) => phase === "submitting").length < MAX_SUBMITS_AT_ONCE;
}

function isAtFal(slot: Slot): boolean {
	return slot.phase === "queued" || slot.phase === "running";
}

/** Returns the slot that begins now; null if none does. */
export function slotInTurn(state: State, now: number): Slot | null {
	const [first] = state.slots;
	if (first === undefined || state.end !== null || state.stopped || first.job.deleting) return null;
	if (!isSubmitSettled(first) || now >= first.job.deadlineAt || !maySubmit(state)) return null;
	return nextSlot(state, now);
}

/** Writes what a slot decides as the job's log has it. The end of a job's only slot is the job's own. */
export function inSlot(state: State, index: number, { events = [], effects = [] }: SlotDecision): Decision {
	return {
		events: events.map((event) => toLog(event, state, index)),
		effects: index === 0 ? effects : effects.map((effect): Effect => ({ ...effect, slot: index })),
	};
}

function toLog(event: SlotEventBody | Terminal, state: State, index: number): EventBody {
	if (isTerminal(event)) {
		if (index === 0 && state.slots.length === 1) return event;
		const error = event.type === "failed" ? { error: event.error } : {};
		return { type: "slot_ended", slot: index, outcome: event.type, ...error, missing: missingOf(state, index) };
	}
	const isPicture = event.type === "image" || event.type === "late_image";
	// The job's end counts, and not the slot's.
	const told = isPicture
		? { ...event, type: state.end === null ? ("image" as const) : ("late_image" as const) }
		: event;
	return index === 0 ? told : { type: "slot", slot: index, event: told };
}

/** Returns the indexes of the pictures that fal did not make for a slot. */
function missingOf(state: State, index: number): readonly number[] {
	const slot = state.slots[index] ?? nextSlot(state, 0);
	if (slot === null) return [];
	const { first, count } = slot.job;
	const made = transferOf(slot)?.outputs.length ?? 0;
	return Array.from({ length: Math.max(0, count - made) }, (_, place) => first + made + place);
}

/** Ends a job of several slots when all of them have ended. */
export function endIfOver(state: State, now: number): Decision {
	const job = detailsOf(state);
	if (job === null || state.end !== null || !areSlotsOver(state)) return NOTHING;
	if (job.deleting) return { events: [{ type: "cancelled" }] };
	if (hasPicture(state)) return { events: [succeeded(job, now)] };
	const ended = state.slots.filter((slot): slot is Ended => slot.phase === "ended");
	if (ended.some(({ outcome }) => outcome === "cancelled")) return { events: [{ type: "cancelled" }] };
	const error = (ended.find(mayHaveCost) ?? ended[0])?.error ?? NOTHING_MADE;
	return { events: [{ type: "failed", error }] };
}

const NOTHING_MADE: JobError = { code: "no_media_generated", message: "The model made no picture." };
