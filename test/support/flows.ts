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
export function runFlow(inputs: readonly Input[], { everyMs = 1_000 } = {}): FlowResult {
	return runTimed(inputs.map((input, index) => [input, index * everyMs] as const));
}

/** Takes each input as long after `NOW` as it says. */
export function runTimed(inputs: readonly (readonly [input: Input, ageMs: number])[]): FlowResult {
	let state: State = EMPTY;
	const log: JobEvent[] = [];
	const effects: Effect[] = [];
	for (const [input, ageMs] of inputs) {
		const taken = step(state, input, NOW + ageMs);
		state = taken.state;
		log.push(...taken.events);
		effects.push(...taken.effects);
	}
	return { state, log, effects };
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
