/** Reads fal's failures, and says them in the API's codes, messages and fields. */

import { FAL_FIELD, FAL_SAYS, type JobError, type JobErrorCode } from "../errors.ts";
import { isJsonObject, type JsonObject } from "../json-value.ts";
import { scrubSecrets } from "../scrub.ts";
import { clip, withoutTerminalCodes } from "../text.ts";
import { parseInnerJson } from "./json.ts";

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
	// A list alone is one of details.
	const said = Array.isArray(body) ? { detail: body } : body;
	const words = wordsIn(said, secrets);
	if (!isJsonObject(said)) return { words, type: null, field: null, namesKind: false };
	const details = detailsOf(said);
	const first = details.find(({ msg, type }) => nameOf(msg) !== null || nameOf(type) !== null) ?? details[0];
	const type = nameOf(first?.type) ?? nameOf(said.error_type);
	return {
		words,
		type,
		field: fieldOf(first?.loc, secrets) ?? fieldOf(namesIn(said.errors), secrets),
		namesKind: nameOf(said.error_type) !== null || saysKind(said.detail),
	};
}

/** Lists what may describe a failure, the likeliest first. */
function detailsOf({ detail, errors, error }: JsonObject): readonly JsonObject[] {
	const inner = isJsonObject(detail) ? detail.errors : null;
	return [detail, inner, errors, error].flatMap(entriesOf).filter(isJsonObject);
}

function entriesOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value.slice(0, MAX_DETAILS) : [value];
}

/** True for a list in which something is said, as models do. */
function saysKind(detail: unknown): boolean {
	if (!Array.isArray(detail)) return false;
	return entriesOf(detail).some((one) => wordsIn(one, []) !== null || (isJsonObject(one) && nameOf(one.type) !== null));
}

/** Fields that hold words, the likeliest first. A model that does not draw speaks in `description` or `text`. */
const WORD_FIELDS = [
	"detail",
	"msg",
	"message",
	"error",
	"error_message",
	"errors",
	"reason",
	"title",
	"description",
	"text",
	"warnings",
	"output",
	"result",
] as const;
/** Fields of an object that describes one failure: other names in its place are those of inputs. */
const NO_INPUTS: ReadonlySet<string> = new Set([
	...WORD_FIELDS,
	"input",
	"type",
	"code",
	"status",
	"loc",
	"ctx",
	"url",
]);
/** Words are looked for so deep, and in so many texts. */
const MAX_WORD_LEVELS = 5;
const MAX_TEXTS = 32;

/** Returns the first words that say something. */
function wordsIn(said: unknown, secrets: readonly string[]): string | null {
	let texts = 0;
	for (const text of textsIn(said, MAX_WORD_LEVELS)) {
		texts += 1;
		const words = toWords(text, secrets);
		if (words !== null || texts >= MAX_TEXTS) return words;
	}
	return null;
}

function* textsIn(value: unknown, levels: number): Generator<string> {
	if (typeof value === "string") {
		const inner = value.length > MAX_READ_CHARS ? undefined : parseInnerJson(value);
		if (inner === undefined) yield value;
		else yield* textsIn(inner, levels - 1);
	} else if (levels > 0 && Array.isArray(value)) {
		for (const one of entriesOf(value)) yield* textsIn(one, levels - 1);
	} else if (levels > 0 && isJsonObject(value)) {
		for (const name of WORD_FIELDS) yield* textsIn(value[name], levels - 1);
		for (const name of namesIn(value.errors)) yield* textsIn(mapOf(value.errors)[name], levels - 1);
	}
}

/** Lists the inputs of a map of errors: each has its words. */
function namesIn(errors: unknown): readonly string[] {
	return Object.keys(mapOf(errors))
		.slice(0, MAX_DETAILS)
		.filter((name) => !NO_INPUTS.has(name));
}

function mapOf(errors: unknown): JsonObject {
	return isJsonObject(errors) ? errors : {};
}

/** Matches the names of no value, and of no failure. */
const STATES_NOTHING = /^(?:null|none|nil|undefined|nan|false|0|n\/a|no error|ok|success)?$/i;
const MAX_STATED_LEVELS = 4;

/** Returns null for a text that names nothing. */
function nameOf(value: unknown): string | null {
	return typeof value === "string" && !STATES_NOTHING.test(value.trim()) ? value : null;
}

/** True for what states a failure: none is stated by nothing, 0, "None" or an object of those. */
export function statesFailure(value: unknown, levels = MAX_STATED_LEVELS): boolean {
	if (typeof value === "string") return nameOf(value) !== null;
	if (typeof value !== "object" || value === null) return Boolean(value);
	return Object.values(value)
		.slice(0, MAX_DETAILS)
		.some((one) => levels === 0 || statesFailure(one, levels - 1));
}

/** Returns the last part of a place that is surely the name of an input, one that the API has first: any other may be what the person sent, or a secret. */
function fieldOf(loc: unknown, secrets: readonly string[]): string | null {
	if (!Array.isArray(loc)) return null;
	const isField = (part: unknown) => typeof part === "string" && part !== "body" && isName(part, secrets);
	const names = loc.slice(0, MAX_DETAILS).filter(isField);
	return names.findLast((name) => PARAMS.has(name)) ?? names.at(-1) ?? null;
}

const NAME = /^[a-z_][a-z0-9_.-]{0,63}$/i;

function isName(text: string, secrets: readonly string[]): boolean {
	return NAME.test(text) && scrubSecrets(text, secrets) === text;
}

/** Matches words that say nothing: the names of statuses, and of no value. */
const SAYS_NOTHING =
	/^(?:http )?(?:error )?(?:invalid status code:? ?)?\d{0,3}[ :-]{0,3}(?:bad request|unauthori[sz]ed|payment required|forbidden|(?:page |path |route |resource )?not found|method not allowed|not acceptable|proxy authentication required|request timeout|timeout|conflict|gone|length required|misdirected request|upgrade required|client closed request|unprocessable (?:entity|content)|too many requests|internal server error|internal error|server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|error|unknown(?: error)?|failed|failure|true)?[.!]?$/i;
/** Matches fal's words for a failed run, whatever stands behind them. */
const STATED_STATUS = /^invalid status code:? ?([45]\d{2})\b/i;
const PAGE = /^\s*(?:<!doctype|<html|<head|<body|<\?xml|<!--|<h\d|<center|<title)/i;

/** True for a page of a proxy: what it says is not fal's. */
export function isPage(text: string): boolean {
	return PAGE.test(text.slice(0, MAX_READ_CHARS));
}

/** Matches JSON that could not be read. */
const BROKEN_JSON = /^\s*[[{]\s*["{[]/;

function toWords(said: string, secrets: readonly string[]): string | null {
	if (isPage(said) || BROKEN_JSON.test(said)) return null;
	const plain = toPlain(clip(said, MAX_READ_CHARS));
	if (STATES_NOTHING.test(plain) || SAYS_NOTHING.test(plain.replaceAll("_", " "))) return null;
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
	["image_url", "image"],
	["image_urls", "image"],
	["mask_url", "mask"],
	["mask_image_url", "mask"],
]);

/** @param code The status's own meaning, for a failure of a kind that is not in the table */
export function toJobError(status: number, { words, type, field }: Failure, code: JobErrorCode): JobError {
	const named = CODES_BY_TYPE.get(type ?? "") ?? code;
	return {
		code: named,
		message: messageOf(status, named, words),
		...(named === "invalid_input" && field !== null ? { param: PARAMS.get(field) ?? `${FAL_FIELD}${field}` } : {}),
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
