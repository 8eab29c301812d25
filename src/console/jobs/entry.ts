/** What this page knows of one job: the newest answer about it, its events, and the request that makes it. */

import type { Failure } from "../api/failure.ts";
import type { Job, JobEvent, ListedJob } from "../api/types.ts";
import type { Draft } from "../make/draft.ts";
import type { Shape } from "./shape.ts";

export interface Entry {
	/** The job's id, or `local-…` until it is known. */
	readonly id: string;
	/** Stays when the job's id becomes known: the key of a list. */
	readonly key: string;
	readonly job: Job | ListedJob | null;
	/** By their number, each once. */
	readonly events: readonly JobEvent[];
	/** A request of this page that is not answered yet, or was refused. */
	readonly sending: Sending | null;
	/** The shape that is kept free for a picture: as the job was first seen. */
	readonly shape: Shape;
	/** How often its stream broke off. */
	readonly cuts: number;
	/** Events that came a second time, and were dropped. */
	readonly repeated: number;
	/** A cancellation or a deletion that is on its way. */
	readonly asked: "cancel" | "remove" | null;
}

/** A request that makes a job. */
export interface Sending {
	readonly draft: Draft;
	/** Sent with each try, so that a lost answer never makes a second job. */
	readonly idempotencyKey: string;
	/** When it was sent first, in milliseconds since 1970. */
	readonly since: number;
	/** Null while it is on its way, and if it was taken. */
	readonly failure: Failure | null;
	/** True once there is a job. */
	readonly isAnswered: boolean;
}

/** True for the answer with all fields. */
export function isWhole(job: Job | ListedJob): job is Job {
	return "progress" in job;
}

export function hasEnded({ job, events }: Pick<Entry, "job" | "events">): boolean {
	return (job !== null && job.ended_at !== null) || events.some(isEnd);
}

/** True while something may still come of it, and cost something: also before there is a job. */
export function isGoingOn(entry: Pick<Entry, "job" | "events" | "sending">): boolean {
	return !hasEnded(entry) && entry.sending?.failure == null;
}

/** True for the event that ends a job. */
export function isEnd({ type }: JobEvent): boolean {
	return END_EVENTS.has(type);
}

const END_EVENTS: ReadonlySet<JobEvent["type"]> = new Set(["succeeded", "failed", "cancelled"]);

/** Takes an answer about a job. An answer of the list does not replace a whole one that is as far. */
export function withJob(entry: Entry, job: Job | ListedJob): Entry {
	const { job: before } = entry;
	if (before === null) return { ...entry, job };
	// Answers may overtake each other: an end is not taken back.
	if (before.ended_at !== null && job.ended_at === null) return entry;
	return { ...entry, job: isWhole(before) && !isWhole(job) ? merged(before, job) : job };
}

function merged(whole: Job, { key: _, ...listed }: ListedJob): Job {
	const { prompt } = whole.request;
	return { ...whole, ...listed, request: { ...whole.request, ...listed.request, prompt } };
}

/** Takes events in any order. One that is there is dropped, and counted. */
export function withEvents(entry: Entry, events: readonly JobEvent[]): Entry {
	const there = new Set(entry.events.map(({ sequence_number }) => sequence_number));
	const fresh: JobEvent[] = [];
	for (const event of events) {
		if (there.has(event.sequence_number)) continue;
		there.add(event.sequence_number);
		fresh.push(event);
	}
	const repeated = entry.repeated + events.length - fresh.length;
	if (fresh.length === 0) return repeated === entry.repeated ? entry : { ...entry, repeated };
	const all = [...entry.events, ...fresh].sort((a, b) => a.sequence_number - b.sequence_number);
	return { ...entry, events: all, repeated };
}

/** Returns the number up to which all events are there: a stream goes on behind it. */
export function lastOf({ events }: Pick<Entry, "events">): number {
	let last = 0;
	for (const { sequence_number } of events) {
		if (sequence_number !== last + 1) break;
		last = sequence_number;
	}
	return last;
}
