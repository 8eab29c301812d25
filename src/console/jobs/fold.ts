/** Makes a card out of what is known of a job: all that it shows, and nothing else. */

import type { Failure } from "../api/failure.ts";
import type { Job, ListedJob, Picture } from "../api/types.ts";
import { barOf } from "./bar.ts";
import { type Asked, type Chip, chipsOf } from "./differences.ts";
import type { Entry } from "./entry.ts";
import { type JobPhase, joined, type Progress, progressFrom, progressOf, progressOfJob } from "./progress.ts";
import type { Shape } from "./shape.ts";

/** `sending`: the request is on its way. `refused`: there is no job. */
export type CardPhase = "sending" | "refused" | JobPhase;

/** A place of a card's grid. */
export type Place =
	| { readonly kind: "picture"; readonly index: number; readonly picture: Picture }
	| { readonly kind: "pending"; readonly index: number }
	/** It was asked for, and will not come. @property why empty if nobody said */
	| { readonly kind: "missing"; readonly index: number; readonly why: string };

/**
 * What a job cost. `kept`: fal may have charged, and nobody can tell. `unknown`: it is not said yet, or fal may not even have had it.
 */
export type Money = "paid" | "free" | "kept" | "unknown";

export interface Loss {
	/** Null if nobody answered. */
	readonly code: string | null;
	/** In the gateway's words; empty if it said nothing. */
	readonly message: string;
	readonly param: string | null;
	readonly money: Money;
}

export interface Card {
	readonly id: string;
	readonly phase: CardPhase;
	/** True while something may still change. */
	readonly isLive: boolean;
	readonly prompt: string;
	readonly model: string;
	readonly shape: Shape;
	readonly places: readonly Place[];
	/** Pictures that fal made, and that are still fetched. */
	readonly pendingCount: number;
	/** How many are ahead at fal; null if nobody says. */
	readonly position: number | null;
	/** Seconds until it is sent to fal again; null if that is not planned. */
	readonly retryInSeconds: number | null;
	readonly elapsedSeconds: number;
	/** 0 to 0.99; null if nothing is known, and behind the end. */
	readonly bar: number | null;
	/** How far the model says that it is, from 0 to 100; null while it does not work, or says nothing. */
	readonly percent: number | null;
	readonly logs: readonly string[];
	readonly chips: readonly Chip[];
	/** Null until the job has ended, and if nobody knows. */
	readonly cost: { readonly usd: number; readonly charge: Exclude<Money, "unknown"> } | null;
	readonly loss: Loss | null;
	/** What a cancellation now would mean: nothing is charged, it is probably paid, or nobody can tell. Null: there is nothing to cancel. */
	readonly cancelling: "free" | "paid" | "unknown" | null;
	/** True while a cancellation or a deletion is on its way. */
	readonly isAsked: boolean;
}

/** More places are not shown, whatever an answer says. */
const MAX_PLACES = 64;

/** @param now milliseconds since 1970, by the gateway's clock @param usual seconds that the model usually takes; null if nobody knows */
export function toCard(entry: Entry, now: number, usual: number | null): Card {
	const { events, job, sending } = entry;
	const told = joined(progressOf(events), job === null ? null : progressOfJob(job));
	const progress = told ?? (sending?.isAnswered ? progressFrom(sending.since) : null);
	return progress === null ? cardOfSending(entry, now) : cardOfJob(entry, progress, now, usual);
}

function cardOfJob(entry: Entry, progress: Progress, now: number, usual: number | null): Card {
	const { job, id, shape } = entry;
	const { phase, retryAt, endedAt, createdAt, told, position, logs } = progress;
	const isLive = endedAt === null;
	const asked = askedOf(entry);
	const pendingCount = job?.images_pending ?? 0;
	const places = placesOf(progress, asked.n, isLive ? MAX_PLACES : pendingCount);
	const pictures = places.flatMap((place) => (place.kind === "picture" ? [place.picture] : []));
	const used = job === null ? null : { ...job.request, model: progress.successor ?? job.model };
	const chips = chipsOf(asked, used, pictures[0] ?? null, phase === "done" ? pictures.length + pendingCount : null);
	return {
		id,
		phase,
		isLive,
		prompt: asked.prompt,
		model: used?.model ?? progress.successor ?? asked.model,
		shape,
		places,
		pendingCount,
		position,
		retryInSeconds: retryAt === null || !isLive ? null : Math.max(0, Math.ceil((retryAt - now) / 1000)),
		elapsedSeconds: Math.max(0, ((endedAt ?? now) - createdAt) / 1000),
		bar: isLive ? barOf(progress, now, usual === null ? null : usual * 1000) : null,
		percent: phase === "running" ? (told?.percent ?? null) : null,
		logs,
		chips,
		cost: job === null || job.cost === null ? null : { usd: job.cost.usd, charge: job.cost.charge },
		loss: lossOf(job, progress),
		cancelling: entry.asked === null ? CANCELLING[phase] : null,
		isAsked: entry.asked !== null,
	};
}

const CANCELLING: Readonly<Record<JobPhase, Card["cancelling"]>> = {
	queued: "free",
	resubmitting: "free",
	unknown: "unknown",
	running: "paid",
	storing: null,
	cancelling: null,
	done: null,
	failed: null,
	cancelled: null,
};

/** Before there is a job: all is as it was asked for. */
function cardOfSending(entry: Entry, now: number): Card {
	const { id, shape, sending } = entry;
	const failure = sending?.failure ?? null;
	const asked = askedOf(entry);
	return {
		id,
		phase: failure === null ? "sending" : "refused",
		isLive: failure === null,
		prompt: asked.prompt,
		model: asked.model,
		shape,
		places: failure === null ? pendingPlaces(asked.n) : [],
		pendingCount: 0,
		position: null,
		retryInSeconds: null,
		elapsedSeconds: sending === null ? 0 : Math.max(0, (now - sending.since) / 1000),
		bar: null,
		percent: null,
		logs: [],
		chips: chipsOf(asked, null, null, null),
		cost: null,
		loss: failure === null ? null : lossOfFailure(failure),
		cancelling: null,
		isAsked: entry.asked !== null,
	};
}

interface AskedOfCard extends Asked {
	readonly prompt: string;
}

/** Takes what was asked from the job, else from the request of this page, else from the first event. */
function askedOf({ job, sending, events }: Entry): AskedOfCard {
	if (job !== null) return { ...job.asked, n: job.request.n, prompt: job.request.prompt };
	if (sending !== null) {
		const { prompt, model, size, n, quality, outputFormat } = sending.draft;
		return { prompt, model, size: size ?? "auto", n, quality: quality ?? "auto", output_format: outputFormat };
	}
	const { prompt = "", model = "", n = 1 } = events[0]?.request ?? {};
	return { prompt, model, size: "auto", n, quality: "auto", output_format: null };
}

/** @param stillToCome how many of the places without a picture may yet get one */
function placesOf({ pictures, missing }: Progress, n: number, stillToCome: number): readonly Place[] {
	const count = Math.min(MAX_PLACES, Math.max(n, ...[...pictures.keys()].map((index) => index + 1)));
	let left = stillToCome;
	return pendingPlaces(count).map((place): Place => {
		const { index } = place;
		const picture = pictures.get(index);
		if (picture !== undefined) return { kind: "picture", index, picture };
		const why = missing.get(index);
		if (why !== undefined || left === 0) return { kind: "missing", index, why: why ?? "" };
		left -= 1;
		return place;
	});
}

function pendingPlaces(count: number): readonly Place[] {
	return Array.from({ length: Math.min(MAX_PLACES, count) }, (_, index) => ({ kind: "pending", index }));
}

/** Null unless the job has failed, or was cancelled. */
function lossOf(job: Job | ListedJob | null, { phase, error }: Progress): Loss | null {
	if (phase !== "failed" && phase !== "cancelled") return null;
	const { code = null, message = "", param = null } = error ?? {};
	// Nobody knows if fal had it: `kept` would say more than is known.
	const money = code === "upstream_outcome_unknown" ? "unknown" : (job?.cost?.charge ?? "unknown");
	return { code, message, param, money };
}

/** What is refused makes no job, so it costs nothing. Of a request that nobody answered, nobody knows. */
function lossOfFailure(failure: Failure): Loss {
	if (failure.kind !== "refused") return { code: null, message: "", param: null, money: "unknown" };
	const { code, message, param, status } = failure;
	return { code, message, param, money: status < 500 ? "free" : "unknown" };
}
