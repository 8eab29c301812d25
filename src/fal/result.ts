/** Reads results, as fal's answers and its webhooks bring them. The tables are in `meaning.ts`. */

import type { FalResult } from "../core/fal-answers.ts";
import { FAL_SAYS, type JobError } from "../errors.ts";
import { isJsonObject, type JsonObject } from "../json-value.ts";
import { type Failure, readFailure, statusIn, toJobError, toResultError } from "./failure.ts";
import { parseJson } from "./json.ts";
import { meaningOf, RESULT_MEANINGS, type Sign, signsOf, WEBHOOK_MEANINGS } from "./meaning.ts";
import { type Found, findAddresses, findOutputs } from "./outputs.ts";
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
			return { kind: "too_early" };
		case "asking":
			return { kind: "unavailable", status, retryFor: "an_hour", error: toResultError(status, failure) };
		case "silent":
			return { kind: "unavailable", status, retryFor: "minutes", error: toResultError(status, failure) };
		case "failure":
			if (status === 200) return withoutPictures(body, failure, found);
			if (signs.has("unknown_request") && !failure.namesKind) return UNKNOWN_REQUEST;
			return { kind: "failure", error: toResultError(status, { ...failure, type: failure.type ?? falErrorType }) };
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
		queue_status: QUEUE_STATES.has(state),
		unknown_request: state === "NOT_FOUND" || /^request\b.*\bnot found\b/i.test(failure.words ?? ""),
		no_object: !isJsonObject(body),
		kind: failure.namesKind || falErrorType !== null,
		words: failure.words !== null,
	});
}

const QUEUE_STATES: ReadonlySet<unknown> = new Set(["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]);

/** Words of fal's queue. Those of a kind of error are a model's, and only fal's own sentence counts in them. */
function isInProgress(body: unknown, { words, namesKind }: Failure): boolean {
	const detail = isJsonObject(body) ? body.detail : null;
	if (words === null || typeof detail !== "string") return false;
	return /\bstill in progress\b/i.test(words) || (!namesKind && IN_PROGRESS.test(words));
}

const IN_PROGRESS =
	/\bin[ _]progress\b|\bin (?:the )?queue\b|\bin_queue\b|\bstill (?:running|processing)\b|\bnot (?:yet )?(?:ready|completed?|finished)\b/i;

const UNKNOWN_REQUEST: FalResult = {
	kind: "failure",
	error: { code: "upstream_failed", message: "fal no longer knows this request." },
};

/** A result of a run that was paid for: what it says, and where its files are, is all that is left of it. */
function withoutPictures(body: unknown, failure: Failure, { flagged, named }: Found): FalResult {
	if (flagged) return { kind: "failure", error: toJobError(200, failure, "moderation_blocked") };
	const { words } = failure;
	const addresses = findAddresses(body);
	const said = words === null ? "" : ` ${FAL_SAYS}${words}`;
	if (addresses.length > 0) {
		return { kind: "failure", error: { code: "upstream_failed", message: `${UNREADABLE} ${KEPT}${said}` }, addresses };
	}
	if (words !== null) return { kind: "failure", error: { code: "no_media_generated", message: said.trim() } };
	return { kind: "failure", error: named ? { code: "upstream_failed", message: UNREADABLE } : NO_PICTURE };
}

const UNREADABLE = "fal's result has no pictures that Darkroom can read.";
const KEPT = "The addresses in it are kept with the job, as `result_urls`.";
const NO_PICTURE: JobError = { code: "no_media_generated", message: "The model made no picture." };

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
			if (isOk) return withoutPictures(payload, failure, found);
			return { kind: "failure", error: toResultError(statusIn(error), told) };
		case "unexplained":
			return { kind: "failure", error: toResultError(statusIn(error), told), unexplained: true };
	}
}

/** Reads what fal says of a failure beside its status: `error`, as words or as an object, and `error_type`. */
export function toStatedError(fields: JsonObject, secrets: readonly string[]): JobError | null {
	const { error, error_type } = fields;
	const named = typeof error_type === "string" && error_type !== "";
	const stated = error !== null && error !== undefined && error !== "" && error !== false;
	if (!named && !stated) return null;
	return toResultError(statusIn(error), readFailure({ error, error_type }, secrets));
}
