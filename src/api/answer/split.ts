/** Sums up what became of the pictures of a job that makes several requests to fal. */

import type { Asked } from "../../core/events.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import type { JobError } from "../../errors.ts";

export interface Split {
	/** The pictures that each slot is asked for. */
	readonly asked: ReadonlyMap<number, Asked>;
	/** The reasons that pictures are not made, by their indexes. */
	readonly unmade: ReadonlyMap<number, JobError>;
}

export const CANCELLED: JobError = { code: "cancelled", message: "The job was cancelled." };
const NONE_MADE: JobError = { code: "no_media_generated", message: "The model made no picture." };

/** Folds one event in. Null for a job that makes one request. @param n The pictures that the job is asked for */
export function addToSplit(split: Split | null, event: LinkedEvent, n: number): Split | null {
	const { slot = 0 } = event;
	if (event.type === "submitting" && event.first !== undefined && event.count !== undefined) {
		const asked = new Map(split?.asked).set(slot, { first: event.first, count: event.count });
		return { asked, unmade: split?.unmade ?? new Map() };
	}
	if (split === null) return null;
	switch (event.type) {
		case "slot_ended": {
			const why = event.error ?? (event.outcome === "cancelled" ? CANCELLED : NONE_MADE);
			return { ...split, unmade: new Map([...split.unmade, ...event.missing.map((index) => [index, why] as const)]) };
		}
		case "generated": {
			// The result may come after its slot was given up.
			const { first = 0 } = split.asked.get(slot) ?? {};
			const made = (index: number) => index >= first && index < first + event.outputs.length;
			return { ...split, unmade: new Map([...split.unmade].filter(([index]) => !made(index))) };
		}
		case "succeeded":
		case "failed":
		case "cancelled": {
			// No slot begins once one has failed, or the client cancels: the rest is not made for the same reason.
			const [first] = split.unmade.values();
			const why = event.type === "failed" ? event.error : (first ?? CANCELLED);
			const begun = Math.max(...[...split.asked.values()].map((asked) => asked.first + asked.count));
			const rest = Array.from({ length: Math.max(0, n - begun) }, (_, place) => [begun + place, why] as const);
			return { ...split, unmade: new Map([...split.unmade, ...rest]) };
		}
		default:
			return split;
	}
}

/** Returns the slot that is asked for the picture of this index. */
export function slotOf(split: Split | null, index: number): number {
	const found = [...(split?.asked ?? [])].find(([, { first, count }]) => index >= first && index < first + count);
	return found?.[0] ?? 0;
}
