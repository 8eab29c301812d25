/** Reads results, as fal's answers and its webhooks bring them. The tables are in `meaning.ts`. */

import type { FalResult } from "../core/fal-answers.ts";
import { FAL_SAYS, type JobError } from "../errors.ts";
import { isJsonObject, type JsonObject } from "../json-value.ts";
import { type Failure, readFailure, statesFailure, statusIn, toJobError, toResultError } from "./failure.ts";
import { parseJson } from "./json.ts";
import { meaningOf, RESULT_MEANINGS, type Sign, signsOf, WEBHOOK_MEANINGS } from "./meaning.ts";
import { type Found, findAddresses, findOutputs, hasPlaceForPictures } from "./outputs.ts";
import { findRevisedPrompt } from "./revised-prompt.ts";

/** @param falErrorType Of the answer's header: a kind of error, which the body may leave out */
export function readResult(
	status: number,
	text: string,
	falErrorType: string | null,
	secrets: readonly string[] = [],
): FalResult {
	const body = parseJson(text);
	const failure = readFailure(body ?? text, secrets);
	const found = findOutputs(body);
	const signs = resultSigns(body, failure, found, falErrorType);
	switch (meaningOf(RESULT_MEANINGS, status, signs, "silent")) {
		case "pictures":
			return toOutputs(found, body, secrets);
		case "early":
			return { kind: "too_early", ...(failure.words === null ? {} : { error: toResultError(status, failure) }) };
		case "asking":
			return { kind: "unavailable", status, retryFor: "an_hour", error: toResultError(status, failure) };
		case "silent":
			return { kind: "unavailable", status, retryFor: "minutes", error: toResultError(status, failure) };
		case "failure":
			if (status === 200) return withoutPictures(body, failure, found, secrets);
			if (signs.has("unknown_request") && !failure.namesKind) return UNKNOWN_REQUEST;
			return failureWith(toResultError(status, { ...failure, type: failure.type ?? falErrorType }), found);
	}
}

function toOutputs({ outputs }: Found, body: unknown, secrets: readonly string[]): FalResult {
	const prompt = findRevisedPrompt(body, secrets);
	return { kind: "outputs", outputs, ...(prompt === null ? {} : { prompt }) };
}

function resultSigns(body: unknown, failure: Failure, found: Found, falErrorType: string | null): ReadonlySet<Sign> {
	const state = isJsonObject(body) ? body.status : null;
	return signsOf({
		pictures: found.outputs.length > 0,
		in_progress: isInProgress(body, failure),
		queue_status: isQueueStatus(body, failure, found),
		unknown_request: state === "NOT_FOUND" || /^request\b.*\bnot found\b/i.test(failure.words ?? ""),
		no_object: !isJsonObject(body),
		kind: failure.namesKind || statesFailure(falErrorType),
		words: failure.words !== null,
		detail: isJsonObject(body) && readFailure({ detail: body.detail }).words !== null,
	});
}

/** The queue's words for what is not done, and those that others have for it. */
const UNDONE: ReadonlySet<string> = new Set([
	...["IN_QUEUE", "IN_PROGRESS", "QUEUED", "PENDING", "WAITING", "SCHEDULED", "STARTING", "STARTED", "RUNNING"],
	"PROCESSING",
]);

/** True for an answer to the asking for a status. One that has a place for pictures, or is done and says why it has none, is a result. */
function isQueueStatus(body: unknown, { words }: Failure, { flagged }: Found): boolean {
	if (!isJsonObject(body) || typeof body.status !== "string" || flagged || hasPlaceForPictures(body)) return false;
	const state = body.status.trim().toUpperCase().replace(/[\s-]/g, "_");
	return UNDONE.has(state) || (state === "COMPLETED" && words === null && toStatedError(body, []) === null);
}

/** Words of fal's queue. Those of a kind of error are a model's, and only fal's own sentence counts in them. */
function isInProgress(body: unknown, { words, namesKind }: Failure): boolean {
	const detail = isJsonObject(body) ? body.detail : null;
	if (words === null || typeof detail !== "string" || IS_OVER.test(words)) return false;
	return /\bstill in progress\b/i.test(words) || (!namesKind && IN_PROGRESS.test(words));
}

const IN_PROGRESS =
	/\bin[ _]progress\b|\bin (?:the )?queue\b|\bin_queue\b|\bstill (?:running|processing)\b|\bnot (?:yet )?(?:ready|completed?|finished)\b/i;
/** Matches words of a failure, which may repeat what was to be drawn. */
const IS_OVER =
	/flag|polic(?:y|ies)|safety|prompt|fail|refus|block|reject|denied|error|\b(?:will|can|could|am|is) ?not (?!yet |complete|finished|ready)|\bgiv(?:e|ing) up\b/i;

const UNKNOWN_REQUEST: FalResult = {
	kind: "failure",
	error: { code: "upstream_failed", message: "fal no longer knows this request." },
};

/** A result of a run that was paid for: what it says, and where its files are, is all that is left of it. */
function withoutPictures(
	body: unknown,
	failure: Failure,
	{ flagged, named }: Found,
	secrets: readonly string[],
): FalResult {
	if (flagged) return { kind: "failure", error: toJobError(200, failure, "moderation_blocked") };
	const words = failure.words ?? wordsInPlace(body, secrets);
	const addresses = findAddresses(body);
	const said = words === null ? "" : ` ${FAL_SAYS}${words}`;
	if (addresses.length > 0) {
		return { kind: "failure", error: { code: "upstream_failed", message: `${UNREADABLE} ${KEPT}${said}` }, addresses };
	}
	if (words !== null) return { kind: "failure", error: { code: "no_media_generated", message: said.trim() } };
	return { kind: "failure", error: named ? { code: "upstream_failed", message: UNREADABLE } : NO_PICTURE };
}

/** Returns what a result says where its first picture would stand. */
function wordsInPlace(body: unknown, secrets: readonly string[]): string | null {
	const images = isJsonObject(body) ? body.images : null;
	const first: unknown = Array.isArray(images) ? images[0] : null;
	return isJsonObject(first) ? readFailure({ error: [first.error, first.reason] }, secrets).words : null;
}

const UNREADABLE = "fal's result has no pictures that Darkroom can read.";
const KEPT = "The addresses in it are kept with the job, as `result_urls`.";
const NO_PICTURE: JobError = { code: "no_media_generated", message: "The model made no picture." };

/** A failure may have pictures all the same, and they may be paid: their addresses are kept, but for those that are withheld. */
function failureWith(error: JobError, { outputs }: Found): FalResult {
	const addresses = outputs.map(({ url }) => url).filter((url) => !url.startsWith("data:"));
	const isKept = addresses.length > 0 && error.code !== "moderation_blocked";
	return { kind: "failure", error, ...(isKept ? { addresses } : {}) };
}

/** Returns null if the result has to be fetched. */
export function readWebhookResult(
	status: "OK" | "ERROR",
	{ payload, error }: JsonObject,
	secrets: readonly string[],
): FalResult | null {
	const isOk = status === "OK";
	const failure = readFailure(payload, secrets);
	const found = findOutputs(payload);
	const stated = readFailure({ error }, secrets);
	const told = isOk ? failure : { ...failure, words: failure.words ?? stated.words };
	const signs = resultSigns(payload, told, found, null);
	switch (meaningOf(WEBHOOK_MEANINGS, isOk ? 200 : 500, signs, "unexplained")) {
		case "pictures":
			return toOutputs(found, payload, secrets);
		case "fetch":
			return null;
		case "failure":
			if (isOk) return withoutPictures(payload, failure, found, secrets);
			return failureWith(toResultError(statusIn(error), told), found);
		case "unexplained":
			return { kind: "failure", error: toResultError(statusIn(error), told), unexplained: true };
	}
}

/** Reads what fal says of a failure beside its status: `error`, as words or as an object, and `error_type`. */
export function toStatedError(fields: JsonObject, secrets: readonly string[]): JobError | null {
	const { error, error_type } = fields;
	const isNamed = typeof error_type === "string" && statesFailure(error_type);
	if (!isNamed && !statesFailure(error)) return null;
	return toResultError(statusIn(error), readFailure({ error, error_type }, secrets));
}
