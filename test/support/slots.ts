/** Makes jobs of several slots, for tests of what the core decides. */
import type { JobEvent } from "../../src/core/events.ts";
import type { Effect, Input } from "../../src/core/inputs.ts";
import type { FlowResult } from "./flows.ts";
import { SINGLE, start } from "./logs.ts";
import { makeRequest } from "./make.ts";

/** A job of this many pictures, of a model that makes one a request or, if another is named, what that makes. */
export function startMany(n: number, model = SINGLE, overrides: Parameters<typeof start>[0] = {}): Input {
	return start({ request: makeRequest({ model, n }), ownSeed: 100, ...overrides });
}

/** The events' types, those of further slots as `2 submitted`, and the effects' in the same way. */
export function briefly({ log, effects }: FlowResult): { readonly log: string[]; readonly effects: string[] } {
	return {
		log: log.map(nameOf),
		effects: effects.map(({ type, slot }) => (slot === undefined ? type : `${slot} ${type}`)),
	};
}

function nameOf(event: JobEvent): string {
	if (event.type === "slot") return `${event.slot} ${event.event.type}`;
	return event.type === "slot_ended" ? `${event.slot} ended ${event.outcome}` : event.type;
}

/** Returns the slot, the request and the seed of each submit. */
export function submitsOf(effects: readonly Effect[]) {
	return effects.flatMap((effect) =>
		effect.type === "submit"
			? [{ slot: effect.slot ?? 0, count: effect.input.num_images, seed: effect.input.seed }]
			: [],
	);
}
