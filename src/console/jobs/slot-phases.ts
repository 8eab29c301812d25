/** Follows how far each request to fal of a job is. Most jobs have one. */

import type { JobEvent } from "../api/types.ts";

/**
 * How far a job is that goes on. `resubmitting`: fal surely took nothing, and is asked again. `unknown`: fal may have it, and nobody can tell yet.
 */
export type LivePhase = "queued" | "resubmitting" | "unknown" | "running" | "storing" | "cancelling";

export interface SlotPhase {
	readonly phase: LivePhase | "over";
	readonly position: number | null;
	readonly retryAt: number | null;
}

const NEW_SLOT: SlotPhase = { phase: "queued", position: null, retryAt: null };

/** By slot. */
export type SlotPhases = ReadonlyMap<number, SlotPhase>;

/** Folds one event in. */
export function withSlot(slots: SlotPhases, event: JobEvent): SlotPhases {
	const { slot = 0 } = event;
	const before = slots.get(slot) ?? NEW_SLOT;
	const after = nextSlot(before, event);
	return after === before ? slots : new Map(slots).set(slot, after);
}

function nextSlot(slot: SlotPhase, event: JobEvent): SlotPhase {
	if (slot.phase === "over") return slot;
	const isStopping = slot.phase === "cancelling";
	const position = event.queue_position ?? null;
	switch (event.type) {
		case "submitting":
			return { ...slot };
		case "refused":
			return isStopping ? slot : { phase: "resubmitting", position: null, retryAt: toMs(event.retry_at) };
		case "account_refused":
			return isStopping ? slot : { phase: "resubmitting", position: null, retryAt: null };
		case "answer_lost":
			return isStopping ? slot : { phase: "unknown", position: null, retryAt: null };
		case "submitted":
		case "queued":
			return { phase: isStopping ? "cancelling" : "queued", position, retryAt: null };
		case "running":
			return { phase: isStopping ? "cancelling" : "running", position: null, retryAt: null };
		case "completed":
		case "generated":
			return { phase: "storing", position: null, retryAt: null };
		case "cancelling":
		case "deleting":
			return { ...slot, phase: "cancelling" };
		case "request_ended":
			return { phase: "over", position: null, retryAt: null };
		default:
			return slot;
	}
}

/** A job of several requests to fal is as far as all of them, or at work between. */
export function phaseOfSlots(slots: SlotPhases): LivePhase {
	const live = liveOf(slots);
	if (slots.size > 0 && live.length === 0) return "storing";
	const phases = new Set(live.map(({ phase }) => phase));
	const [first = "queued"] = phases;
	if (phases.has("cancelling")) return "cancelling";
	if (phases.size === 1 && first !== "over") return first;
	if (phases.has("running") || phases.has("storing")) return "running";
	return WAITING.find((phase) => phases.has(phase)) ?? "queued";
}

const WAITING = ["unknown", "resubmitting"] as const;

/** Returns the least of those that have not ended; null if none has one. */
export function leastOf(slots: SlotPhases, field: "position" | "retryAt"): number | null {
	const values = liveOf(slots).flatMap((slot) => slot[field] ?? []);
	return values.length === 0 ? null : Math.min(...values);
}

function liveOf(slots: SlotPhases): readonly SlotPhase[] {
	return [...slots.values()].filter(({ phase }) => phase !== "over");
}

/** Returns milliseconds since 1970; null for none. */
export function toMs(seconds: number | null | undefined): number | null {
	return seconds === null || seconds === undefined ? null : seconds * 1000;
}
