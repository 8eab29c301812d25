/** Keeps facts about a job's slots that are not in the log: they last as long as the instance. */
import type { JobEvent } from "../../core/events.ts";
import type { FalOutput } from "../../core/fal-answers.ts";
import { isSubmitSettled } from "../../core/from-fal.ts";
import type { Input } from "../../core/inputs.ts";
import { flatten } from "../../core/linked.ts";
import { cancellationOf, transferOf } from "../../core/slot.ts";
import type { State } from "../../core/state.ts";

export interface SlotMemory {
	/** Takes what a turn made of an input. */
	learn(input: Input, turn: { readonly state: State; readonly events: readonly JobEvent[] }): void;
	/** Ends the wait for the answer to a slot's submit: fal is known to have the request. */
	settled(slot: number): AbortSignal;
	/** Ends what comes before a slot's submit: the slot is being cancelled. */
	givenUp(slot: number): AbortSignal;
	/** Returns fal's outputs as this instance got them, with their `data:` URIs; null if it got none. */
	outputs(slot: number): readonly FalOutput[] | null;
	/** True if this instance got fal's last word on a slot's result: pictures, or a failure. */
	isTold(slot: number): boolean;
	/** Counts a status that cannot be read. Returns how many came in a row. */
	countUnreadable(slot: number): number;
}

export function createSlotMemory(): SlotMemory {
	const waits = createSignals();
	const cancellations = createSignals();
	const outputs = new Map<number, readonly FalOutput[]>();
	const told = new Map<number, boolean>();
	const unreadable = new Map<number, number>();

	return {
		learn: (input, { state, events }) => {
			const { slot = 0 } = input;
			if (input.type === "status") unreadable.delete(slot);
			if (input.type === "result") {
				const kind = input.result?.kind;
				told.set(slot, kind === "outputs" || kind === "failure");
			}
			const isTaken = events.some((event) => flatten(event).type === "generated");
			if (isTaken && input.type === "result" && input.result?.kind === "outputs")
				outputs.set(slot, input.result.outputs);
			for (const [index, one] of state.slots.entries()) {
				if (isSubmitSettled(one)) waits.of(index).abort();
				if (cancellationOf(one) !== null) cancellations.of(index).abort();
				// They may be as long as the pictures themselves.
				if (transferOf(one)?.pending.length === 0) outputs.delete(index);
			}
		},
		settled: (slot) => waits.of(slot).signal,
		givenUp: (slot) => cancellations.of(slot).signal,
		outputs: (slot) => outputs.get(slot) ?? null,
		isTold: (slot) => told.get(slot) ?? false,
		countUnreadable: (slot) => {
			const inARow = (unreadable.get(slot) ?? 0) + 1;
			unreadable.set(slot, inARow);
			return inARow;
		},
	};
}

/** One for each slot. */
function createSignals() {
	const controllers = new Map<number, AbortController>();
	return {
		of: (slot: number): AbortController => {
			const controller = controllers.get(slot) ?? new AbortController();
			controllers.set(slot, controller);
			return controller;
		},
	};
}
