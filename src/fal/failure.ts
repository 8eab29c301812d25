/** Reads fal's failures, and says them in the API's codes, messages and fields. */

import { FAL_SAYS, type JobError, type JobErrorCode } from "../errors.ts";
import { isJsonObject, type JsonObject } from "../json-value.ts";
import { scrubSecrets } from "../scrub.ts";
import { clip, echo, withoutTerminalCodes } from "../text.ts";

const MAX_MESSAGE_CHARS = 300;
/** Words are cut to this before anything looks at them. */
const MAX_READ_CHARS = 4_000;
/** Of a list of details this many are looked at. */
const MAX_DETAILS = 8;

/** A failure as a body tells it. `input` is never read: it echoes the prompt. */
export interface Failure {
	/** As a person may read them; null for none. They hold no secret, but may still echo the prompt. */
	readonly words: string | null;
	/** fal's name for the kind. */
	readonly type: string | null;
	/** fal's name for the input that is to blame. */
	readonly field: string | null;
	/** It names its kind, or lists details, as a model does. Others come from the way to fal, and say nothing of the job. */
	readonly namesKind: boolean;
}

/**
 * Reads a body of any form: parsed JSON, or a text that is none.
 * @param secrets Taken out of the words wherever they stand
 */
export function readFailure(body: unknown, secrets: readonly string[] = []): Failure {
	if (!isJsonObject(body)) return { words: toWords(body, secrets), type: null, field: null, namesKind: false };
	const { detail, error_type } = body;
	const first = firstDetail(detail);
	const type = textOf(first?.type) ?? textOf(error_type);
	return {
		words: toWords(wordsOf(body, first), secrets),
		type,
		field: fieldOf(first?.loc),
		namesKind: Array.isArray(detail) || textOf(error_type) !== null,
	};
}

/** Of a list, the first detail that says something. */
function firstDetail(detail: unknown): JsonObject | null {
	if (isJsonObject(detail)) return detail;
	if (!Array.isArray(detail)) return null;
	const details = detail.slice(0, MAX_DETAILS).filter(isJsonObject);
	return details.find(({ msg, type }) => textOf(msg) !== null || textOf(type) !== null) ?? details[0] ?? null;
}

/** Fields that hold words, the likeliest first. A model that does not draw speaks in `description` or `text`. */
const WORD_FIELDS = [
	"message",
	"msg",
	"error",
	"error_message",
	"errors",
	"reason",
	"title",
	"description",
	"text",
] as const;
const INNER_FIELDS = ["msg", "message", "detail", "error", "reason", "description"] as const;

function wordsOf(body: JsonObject, first: JsonObject | null): string | null {
	const { detail } = body;
	const said = textOf(detail) ?? (first === null ? null : innerWords(first));
	if (said !== null) return said;
	const listed = Array.isArray(detail) ? detail.slice(0, MAX_DETAILS).find((one) => textOf(one) !== null) : null;
	if (typeof listed === "string") return listed;
	for (const name of WORD_FIELDS) {
		const value = Array.isArray(body[name]) ? body[name][0] : body[name];
		const words = textOf(value) ?? (isJsonObject(value) ? innerWords(value) : null);
		if (words !== null) return words;
	}
	return null;
}

function innerWords(fields: JsonObject): string | null {
	const name = INNER_FIELDS.find((one) => textOf(fields[one]) !== null);
	return name === undefined ? null : textOf(fields[name]);
}

/** Returns null for an empty text, too. */
function textOf(value: unknown): string | null {
	return typeof value === "string" && value.trim() !== "" ? value : null;
}

function fieldOf(loc: unknown): string | null {
	if (!Array.isArray(loc)) return null;
	const field = loc.slice(0, MAX_DETAILS).findLast((part) => typeof part === "string" && part !== "body");
	return typeof field === "string" ? clip(field, MAX_FIELD_CHARS) : null;
}

const MAX_FIELD_CHARS = 64;

/** Matches words that say nothing: the names of statuses, and of no value. */
const SAYS_NOTHING =
	/^(?:(?:http )?(?:error )?(?:invalid status code:? ?)?\d{0,3}[ :-]{0,3})?(?:bad request|unauthori[sz]ed|payment required|forbidden|not found|method not allowed|request timeout|conflict|gone|unprocessable (?:entity|content)|too many requests|internal server error|internal error|server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|error|unknown(?: error)?|failed|failure|null|none|undefined|true|false)?[.!]?$/i;
/** Matches fal's words for a failed run, whatever stands behind them. */
const STATED_STATUS = /^invalid status code:? ?([45]\d{2})\b/i;
const PAGE = /^\s*(?:<!doctype|<html|<head|<body|<\?xml|<!--|<h\d|<center|<title)/i;

/** True for a page of a proxy: what it says is not fal's. */
export function isPage(text: string): boolean {
	return PAGE.test(text.slice(0, MAX_READ_CHARS));
}

function toWords(said: unknown, secrets: readonly string[]): string | null {
	if (typeof said !== "string" || isPage(said)) return null;
	const plain = toPlain(clip(said, MAX_READ_CHARS));
	if (SAYS_NOTHING.test(plain)) return null;
	const shown = clip(scrubSecrets(plain, secrets), MAX_MESSAGE_CHARS);
	return /[\p{L}\p{N}]/u.test(shown) ? shown : null;
}

/**
 * Reads the status of a failed run from fal's words: "Invalid status code: 422". Null if they name none. A number among other words is no
 * status: a model may count pixels with it.
 */
export function statusIn(said: unknown): number | null {
	if (typeof said !== "string") return null;
	const text = toPlain(clip(said, MAX_READ_CHARS));
	const status = STATED_STATUS.exec(text)?.[1] ?? (SAYS_NOTHING.test(text) ? /[45]\d{2}/.exec(text)?.[0] : undefined);
	return status === undefined ? null : Number(status);
}

/** One line, without control characters. */
function toPlain(text: string): string {
	return withoutTerminalCodes(text)
		.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
		.trim();
}

/** fal's error types that mean something else to a client than "fal failed". */
const CODES_BY_TYPE: ReadonlyMap<string, JobErrorCode> = new Map([
	["content_policy_violation", "moderation_blocked"],
	["no_media_generated", "no_media_generated"],
	["request_timeout", "deadline_exceeded"],
	["startup_timeout", "upstream_failed"],
]);

/** Our words, in place of fal's or for want of them. */
const MESSAGES: Partial<Readonly<Record<JobErrorCode, string>>> = {
	upstream_key_refused: "fal refused the key of this gateway. Its operator must set a valid FAL_API_KEY.",
	upstream_account_locked: "fal has locked the account of this gateway. Its operator must ask fal's support.",
	upstream_permission_missing: "The fal account of this gateway may not use this model.",
	insufficient_quota: "The fal balance of this gateway is exhausted. Its operator must top it up at fal.ai.",
	moderation_blocked: "The picture was blocked by the model's content policy. Try another prompt.",
	model_not_found: "fal no longer offers this model.",
	deadline_exceeded: "fal did not start this request in time.",
};

/** fal's inputs, and the API's fields that they come from. */
const PARAMS: ReadonlyMap<string, string> = new Map([
	["prompt", "prompt"],
	["num_images", "n"],
	["aspect_ratio", "size"],
	["image_size", "size"],
	["resolution", "quality"],
	["quality", "quality"],
	["seed", "seed"],
	["output_format", "output_format"],
]);

/** @param code The status's own meaning, for a failure of a kind that is not in the table */
export function toJobError(status: number, { words, type, field }: Failure, code: JobErrorCode): JobError {
	const named = CODES_BY_TYPE.get(type ?? "") ?? code;
	return {
		code: named,
		message: messageOf(status, named, words),
		...(named === "invalid_input" && field !== null ? { param: PARAMS.get(field) ?? `fal.${echo(field)}` } : {}),
	};
}

function messageOf(status: number, code: JobErrorCode, words: string | null): string {
	const own = MESSAGES[code];
	if (words === null) return own ?? `fal answered ${status}.`;
	if (own !== undefined && TOLD_WITH_WORDS.has(code)) return `${own} ${FAL_SAYS}${words}`;
	return own === undefined || saysMore(status, code, words) ? `${FAL_SAYS}${words}` : own;
}

/** fal's words give the reason, ours what to do. */
const TOLD_WITH_WORDS: ReadonlySet<JobErrorCode> = new Set(["upstream_account_locked", "upstream_permission_missing"]);

/** Two of fal's statuses have several reasons, which only its words tell apart. */
function saysMore(status: number, code: JobErrorCode, words: string): boolean {
	if (code === "upstream_key_refused") return status === 403;
	return code === "model_not_found" && !/^application\b.* not found\.?$/i.test(words);
}

/**
 * Returns the error of a request that fal accepted, and that failed. No code of it invites a client to try again: it may have been paid.
 * @param status Null if fal does not say
 */
export function toResultError(status: number | null, failure: Failure): JobError {
	const error = toJobError(status ?? 500, failure, status === 422 ? "invalid_input" : "upstream_failed");
	const isFalsFault = (status !== null && status >= 500) || FAULTS_OF_FAL.test(failure.type ?? "");
	return isFalsFault ? { ...error, free: true } : error;
}

/** The types of fal's own 5xx, which a webhook may name without their status. */
const FAULTS_OF_FAL = /^(?:request_timeout|startup_timeout|runner_[a-z_]+|internal_error)$/;
