/** Follows a job through its events: how far it is, and what it shows by then. */

import { percentOf } from "../../core/percent.ts";
import type { Job, JobEvent, ListedJob, Picture } from "../api/types.ts";
import { isWhole } from "./entry.ts";
import { type LivePhase, leastOf, phaseOfSlots, type SlotPhase, toMs, withSlot } from "./slot-phases.ts";

export type JobPhase = LivePhase | "done" | "failed" | "cancelled";

export interface JobError {
	readonly code: string | null;
	readonly message: string;
	readonly param: string | null;
}

export interface Progress {
	readonly phase: JobPhase;
	/** How many are ahead at fal; null if it does not say. */
	readonly position: number | null;
	/** When it is sent to fal again. Milliseconds since 1970, as all times here. */
	readonly retryAt: number | null;
	readonly createdAt: number;
	readonly endedAt: number | null;
	/** The newest lines of the model's log. */
	readonly logs: readonly string[];
	readonly told: Told | null;
	/** By index. */
	readonly pictures: ReadonlyMap<number, Picture>;
	/** Why a picture will not come, by index. */
	readonly missing: ReadonlyMap<number, string>;
	readonly error: JobError | null;
	/** The model that goes on in the place of one that is gone. */
	readonly successor: string | null;
}

/** How far the model's own log says that it is. */
export interface Told {
	/** The most that it said, from 0 to 100. */
	readonly percent: number;
	/** When it said something first. */
	readonly since: number;
}

interface State extends Progress {
	readonly slots: ReadonlyMap<number, SlotPhase>;
	readonly end: "done" | "failed" | "cancelled" | null;
}

/** Begins a job of which nothing else is known. */
export function progressFrom(createdAt: number): Progress {
	return {
		phase: "queued",
		position: null,
		retryAt: null,
		createdAt,
		endedAt: null,
		logs: [],
		told: null,
		pictures: new Map(),
		missing: new Map(),
		error: null,
		successor: null,
	};
}

/** Folds events in their order. Null if there are none. */
export function progressOf(events: readonly JobEvent[]): Progress | null {
	const [first] = events;
	if (first === undefined) return null;
	const begun: State = { ...progressFrom(first.at * 1000), slots: new Map(), end: null };
	const { slots, end, ...state } = events.reduce(next, begun);
	if (end !== null) return { ...state, phase: end, position: null, retryAt: null };
	return {
		...state,
		phase: phaseOfSlots(slots),
		position: leastOf(slots, "position"),
		retryAt: leastOf(slots, "retryAt"),
	};
}

function next(state: State, event: JobEvent): State {
	const slots = withSlot(state.slots, event);
	switch (event.type) {
		case "running": {
			const logs = event.logs ?? [];
			return { ...state, slots, logs: logs.length > 0 ? logs : state.logs, told: toldBy(logs, event.at, state.told) };
		}
		case "output": {
			if (event.output === undefined) return state;
			const { type: _, ...picture } = event.output;
			return { ...state, slots, pictures: new Map(state.pictures).set(picture.index, picture) };
		}
		case "output_lost":
			return { ...state, missing: withMissing(state.missing, [event.index ?? 0], event.message ?? "") };
		case "request_ended":
			return { ...state, slots, missing: withMissing(state.missing, event.missing ?? [], event.error?.message ?? "") };
		case "rerouted":
			return { ...state, slots, successor: event.to ?? state.successor };
		case "succeeded":
			return ended({ ...state, end: state.end ?? "done" }, event);
		case "failed":
			return ended({ ...state, end: state.end ?? "failed", error: state.error ?? event.error ?? null }, event);
		case "cancelled":
			return ended({ ...state, end: state.end ?? "cancelled" }, event);
		default:
			return slots === state.slots ? state : { ...state, slots };
	}
}

function ended(state: State, { at }: JobEvent): State {
	return { ...state, endedAt: state.endedAt ?? at * 1000 };
}

function withMissing(missing: Progress["missing"], indexes: readonly number[], why: string): Progress["missing"] {
	return new Map([...missing, ...indexes.map((index) => [index, why] as const)]);
}

function toldBy(logs: readonly string[], at: number, before: Told | null): Told | null {
	const percent = percentOf(logs);
	if (percent === null) return before;
	return { percent: Math.max(percent, before?.percent ?? 0), since: before?.since ?? at * 1000 };
}

const PHASES = {
	queued: "queued",
	in_progress: "running",
	storing: "storing",
	cancelling: "cancelling",
	succeeded: "done",
	failed: "failed",
	cancelled: "cancelled",
} as const satisfies Readonly<Record<Job["status"], JobPhase>>;

/** Reads the same from an answer about the job. */
export function progressOfJob(job: Job | ListedJob): Progress {
	const { queue_position, logs } = isWhole(job) ? job.progress : { queue_position: null, logs: [] };
	return {
		phase: PHASES[job.status],
		position: queue_position,
		retryAt: null,
		createdAt: job.created_at * 1000,
		endedAt: toMs(job.ended_at),
		logs,
		told: toldBy(logs, job.started_at ?? job.created_at, null),
		pictures: new Map(job.images.map((image) => [image.index, image])),
		missing: new Map(job.images_missing.map(({ index, error }) => [index, error.message])),
		error: job.error,
		successor: null,
	};
}

const RANKS: Readonly<Record<JobPhase, number>> = {
	queued: 0,
	resubmitting: 0,
	unknown: 0,
	running: 1,
	storing: 2,
	cancelling: 3,
	done: 4,
	failed: 4,
	cancelled: 4,
};

/** Joins both: the one that is further says how far the job is, and the events if both are as far. An ended job's answer says more than its events. */
export function joined(told: Progress | null, asked: Progress | null): Progress | null {
	if (told === null || asked === null) return told ?? asked;
	const [further, other] =
		RANKS[asked.phase] > RANKS[told.phase] || asked.endedAt !== null ? [asked, told] : [told, asked];
	return {
		...further,
		// With fractions of a second.
		createdAt: told.createdAt,
		endedAt: told.endedAt ?? asked.endedAt,
		logs: further.logs.length > 0 ? further.logs : other.logs,
		told: told.told ?? asked.told,
		pictures: new Map([...told.pictures, ...asked.pictures]),
		missing: new Map([...told.missing, ...asked.missing]),
		successor: told.successor,
	};
}
