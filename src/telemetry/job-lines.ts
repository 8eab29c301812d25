/** Says in lines of the log what became of a job: one when it ends, and one for each thing that comes behind that. */

import { isTerminal, type JobEvent } from "../core/events.ts";
import { type FlatEvent, flatten } from "../core/linked.ts";
import type { Settlement } from "../core/settlement.ts";
import type { JobErrorCode } from "../errors.ts";
import { toPublicKeyId } from "../key-id.ts";
import { toUsd } from "../money.ts";
import { ownWordsOf } from "../words/job-errors.ts";
import { toShown } from "./shown.ts";

/** Its fields stand in this order: first what a person looks for. No field holds a text of a client's or of fal's. */
export interface EndedLine {
	readonly event: "job.ended";
	readonly outcome: Settlement["status"];
	/** Null if it did not fail. */
	readonly code: JobErrorCode | null;
	/** Our own words for it; null if only fal has some, and if it did not fail. */
	readonly message: string | null;
	readonly job: string;
	readonly account: string;
	/** The public id of the issued key that made it; null for a key of the operator's. */
	readonly key: string | null;
	readonly api: "images" | "chat" | "responses";
	readonly source: Settlement["source"];
	/** The model that really drew. */
	readonly model: string;
	readonly endpoint: string;
	/** The ids of its requests to fal, in the order in which fal took them. */
	readonly falRequests: readonly string[];
	readonly size: string;
	readonly asked: number;
	readonly pictures: number;
	/** Pictures that fal made and that could not be stored so far. */
	readonly lost: number;
	readonly bytes: number;
	/** In USD. */
	readonly cost: number;
	readonly basis: Settlement["basis"];
	readonly charge: Settlement["charge"];
	/** Until fal took the first request. These four are null if the job did not come so far, or if fal did not say. */
	readonly submitSeconds: number | null;
	/** From there until fal was first seen at work. */
	readonly queueSeconds: number | null;
	/** From there until fal was done with the last request. */
	readonly runSeconds: number | null;
	/** From there to the end. */
	readonly storeSeconds: number | null;
	readonly totalSeconds: number;
	/** Somebody waited for the end. */
	readonly watched: boolean;
	/** The last client that waited had left without the answer. */
	readonly clientLeft: boolean;
}

/** A picture that came after the end. */
export interface LateLine {
	readonly event: "job.late";
	readonly job: string;
	readonly account: string;
	readonly key: string | null;
	/** The picture's. */
	readonly index: number;
	readonly bytes: number;
	readonly secondsAfterEnd: number;
	/** What the job comes to now, in USD. */
	readonly cost: number;
	readonly charge: Settlement["charge"];
}

/** A client left without its whole answer: it went, or the connection broke. */
export interface LeftLine {
	readonly event: "client.left";
	readonly job: string;
	readonly account: string;
	readonly key: string | null;
	readonly api: EndedLine["api"];
	/** The job's; null if it had not ended. */
	readonly outcome: Settlement["status"] | null;
	/** Since the job was accepted. */
	readonly seconds: number;
}

export type JobLine = EndedLine | LateLine | LeftLine;

/** A job as it stands after a turn. */
export interface ReportedJob {
	readonly id: string;
	readonly log: readonly JobEvent[];
	/** Null while it has not ended. */
	readonly settlement: Settlement | null;
	/** A watcher is there. */
	readonly watched: boolean;
}

/** True for an event that has a line. */
export function isReported(event: JobEvent): boolean {
	return isTerminal(event) || REPORTED.has(flatten(event).type);
}

const REPORTED: ReadonlySet<FlatEvent["type"]> = new Set(["late_image", "client_left"]);

/** Returns the lines of the events that one turn wrote. @param job With these events in its log */
export function toJobLines(turn: readonly JobEvent[], job: ReportedJob): readonly JobLine[] {
	const { id, settlement } = job;
	const log = job.log.map(flatten);
	const accepted = log.find((event) => event.type === "accepted");
	if (accepted === undefined) return [];
	const { account, apiKey = null, rendering } = accepted;
	const owned = { job: id, account, key: toPublicKeyId({ account, id: apiKey }) };
	return turn.map(flatten).flatMap((event): JobLine[] => {
		if (event.type === "client_left") {
			const outcome = settlement?.status ?? null;
			const seconds = secondsBetween(accepted.at, event.at);
			return [{ event: "client.left", ...owned, api: rendering.api, outcome, seconds }];
		}
		if (settlement === null) return [];
		const { cost, charge, endedAt } = settlement;
		if (event.type === "late_image") {
			const { index, bytes, at } = event;
			const secondsAfterEnd = secondsBetween(endedAt, at);
			return [{ event: "job.late", ...owned, index, bytes, secondsAfterEnd, cost: toUsd(cost), charge }];
		}
		return isTerminal(event) ? [toEndedLine(log, accepted, settlement, job)] : [];
	});
}

type AcceptedEvent = Extract<FlatEvent, { type: "accepted" }>;

function toEndedLine(
	log: readonly FlatEvent[],
	{ account, apiKey, rendering, request }: AcceptedEvent,
	settlement: Settlement,
	{ id, watched }: ReportedJob,
): EndedLine {
	const { acceptedAt, startedAt, endedAt, cost } = settlement;
	const error = log.find((event) => event.type === "failed")?.error;
	const submitted = log.filter((event) => event.type === "submitted");
	const doneAt = doneAtOf(log);
	const left = log.findLast(({ type }) => type === "client_left" || type === "delivered");
	return {
		event: "job.ended",
		outcome: settlement.status,
		code: error?.code ?? null,
		message: error === undefined ? null : ownWordsOf(error.message),
		job: id,
		account,
		key: toPublicKeyId({ account, id: apiKey ?? null }),
		api: rendering.api,
		source: settlement.source,
		model: toShown(settlement.model),
		endpoint: toShown(settlement.endpoint),
		falRequests: [...new Set(log.flatMap(requestIdsOf))].map(toShown),
		size: toShown(settlement.size),
		asked: request.n,
		pictures: settlement.pictures,
		lost: log.filter((event) => event.type === "image_lost").length,
		bytes: settlement.bytes,
		cost: toUsd(cost),
		basis: settlement.basis,
		charge: settlement.charge,
		submitSeconds: secondsBetween(acceptedAt, submitted[0]?.at ?? null),
		queueSeconds: secondsBetween(submitted[0]?.at ?? null, startedAt),
		runSeconds: secondsBetween(startedAt, doneAt),
		storeSeconds: secondsBetween(doneAt, endedAt),
		totalSeconds: secondsBetween(acceptedAt, endedAt),
		watched,
		clientLeft: left?.type === "client_left",
	};
}

/** A result may come before the submit's answer. */
function requestIdsOf(event: FlatEvent): readonly string[] {
	return event.type === "submitted" || event.type === "generated" ? [event.requestId] : [];
}

/** When fal was done with the last of its requests; null if it was done with none. */
function doneAtOf(log: readonly FlatEvent[]): number | null {
	const doneAt = new Map<number, number>();
	for (const { type, slot = 0, at } of log) {
		if ((type === "completed" || type === "generated") && !doneAt.has(slot)) doneAt.set(slot, at);
	}
	return doneAt.size === 0 ? null : Math.max(...doneAt.values());
}

function secondsBetween(from: number, to: number): number;
function secondsBetween(from: number | null, to: number | null): number | null;
function secondsBetween(from: number | null, to: number | null): number | null {
	return from === null || to === null ? null : (to - from) / 1_000;
}
