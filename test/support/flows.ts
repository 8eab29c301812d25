/** Runs a job through inputs, for tests of what the core decides. */
import type { EventBody, JobEvent } from "../../src/core/events.ts";
import type { Effect, Input } from "../../src/core/inputs.ts";
import type { Slot } from "../../src/core/slot.ts";
import { EMPTY, type State } from "../../src/core/state.ts";
import { step } from "../../src/core/step.ts";
import { NOW } from "./make.ts";

/** A row of a table: a job that takes these inputs, one second apart, writes these events and asks for these effects. */
export type Flow = readonly [
	does: string,
	inputs: readonly Input[],
	events: readonly EventBody["type"][],
	effects: readonly Effect["type"][],
];

export interface FlowResult {
	readonly state: State;
	readonly log: readonly JobEvent[];
	readonly effects: readonly Effect[];
}

/** Takes inputs, the first at `NOW`. */
export function runFlow(
	inputs: readonly Input[],
	{ everyMs = 1_000, falAccounts = [] }: { everyMs?: number; falAccounts?: readonly string[] } = {},
): FlowResult {
	return runTimed(
		inputs.map((input, index) => [input, index * everyMs] as const),
		EMPTY,
		falAccounts,
	);
}

/** Takes each input as long after `NOW` as it says. @param before The state of the job; by default it does not exist */
export function runTimed(
	inputs: readonly (readonly [input: Input, ageMs: number])[],
	before: State = EMPTY,
	falAccounts: readonly string[] = [],
): FlowResult {
	const job = createJob(before, falAccounts);
	for (const [input, ageMs] of inputs) job.take(input, NOW + ageMs);
	const effects = job.turns.flatMap((turn) => turn.effects);
	return { state: job.state(), log: job.log, effects };
}

/** One input, and what a job made of it. */
export interface Turn {
	readonly input: Input;
	readonly before: State;
	readonly events: readonly JobEvent[];
	readonly effects: readonly Effect[];
}

/** A job that takes inputs one by one. */
export interface SteppedJob {
	/** Grows with each input. */
	readonly log: readonly JobEvent[];
	/** Grows with each input. */
	readonly turns: readonly Turn[];
	state(): State;
	/** Returns the effects that the job asks for. */
	take(input: Input, now: number): readonly Effect[];
}

/** @param falAccounts Those that a submit may go to, by their fingerprints */
export function createJob(before: State = EMPTY, falAccounts: readonly string[] = []): SteppedJob {
	let state = before;
	const log: JobEvent[] = [];
	const turns: Turn[] = [];
	return {
		log,
		turns,
		state: () => state,
		take: (input, now) => {
			const { events, effects: all, state: after } = step(state, input, now, falAccounts);
			// Every end asks for it, and it has no outcome: one test of `step` holds it for all.
			const effects = all.filter(({ type }) => type !== "settle");
			log.push(...events);
			turns.push({ input, before: state, events, effects });
			state = after;
			return effects;
		},
	};
}

/** The state of a job with one slot. */
export function onlySlot({ slots }: State): Slot {
	const [slot, ...more] = slots;
	if (slot === undefined || more.length > 0) throw new Error(`the job has ${slots.length} slots`);
	return slot;
}

/** The types alone, as a `Flow` names them. */
export function typesOf({ log, effects }: FlowResult): [EventBody["type"][], Effect["type"][]] {
	return [log.map(({ type }) => type), effects.map(({ type }) => type)];
}

/** A log of these events, all of one moment. */
export function makeLog(...bodies: readonly EventBody[]): readonly JobEvent[] {
	return bodies.map((body, index) => ({ ...body, seq: index + 1, at: NOW }));
}
