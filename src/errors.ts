/**
 * Declares everything that can go wrong for a client as data, and the tables from there to the wire. A job's failure is stored in its
 * log; a request's failure is answered before there is a job.
 */

import type { BodyForm, Fault } from "./faults.ts";
import type { Language } from "./language.ts";
import { echo } from "./text.ts";
import { sayRefusal } from "./words/refusals.ts";

/** Says why a job failed. `message` is safe to show: it never holds fal's `input` echo, a key or an address. */
export interface JobError {
	readonly code: JobErrorCode;
	readonly message: string;
	/** The request's field that is to blame, if fal names one. */
	readonly param?: string;
	/** fal failed by its own fault, and charges nothing for it. Absent: it may have charged. */
	readonly free?: true;
}

/** Stands before what fal said. Only behind it can a message hold an echo of the prompt. */
export const FAL_SAYS = "fal says: ";

/** Stands before the name of an input in fal's words, which is a field of a request's `fal`. */
export const FAL_FIELD = "fal.";

export type JobErrorCode =
	| "moderation_blocked"
	| "invalid_input"
	| "no_media_generated"
	| "upstream_key_refused"
	| "upstream_account_locked"
	| "upstream_permission_missing"
	| "insufficient_quota"
	| "model_not_found"
	| "rate_limit_exceeded"
	| "upstream_unavailable"
	| "upstream_outcome_unknown"
	| "deadline_exceeded"
	| "upstream_failed"
	| "storing_failed"
	| "cancelled";

/** The things that an id may name, in users' words. */
export type Thing = "key" | "account" | "job" | "task" | "completion" | "response" | "picture" | "thumbnail";

export type BodyBound =
	| "values"
	| "depth"
	| "text"
	| "blocks"
	| "parts"
	| "part_head"
	| "field"
	| "fields"
	| "files"
	| "file_bytes";

/** The place of a form's fault: its header, its end, or the head of a part. */
export type FormFault = "boundary" | "cut" | "part" | "not_utf8";

export type KeyRefusedWhy = "revoked" | "expired" | "blocked";

/** A limit of an account or of an issued key that is no budget. */
export type RateName = "max_open_jobs" | "rpm_limit" | "max_parallel_requests" | "images_per_day";

interface LimitReached {
	readonly value: number;
	readonly of: "key" | "account";
	/** Milliseconds since 1970; null if nobody knows. */
	readonly endsAt: number | null;
	/** The same from now on. */
	readonly endsInMs: number | null;
	/** The request alone is more than the whole limit: no time makes it pass. */
	readonly isBeyond?: true;
}

/** Says why a request made no job. */
export type RequestError =
	/** `files`: the route takes a form with files in place of JSON. */
	| { readonly kind: "invalid_json"; readonly body: BodyForm; readonly files?: true }
	/** The body broke off before its end. Mostly nobody is there any more to read this. */
	| { readonly kind: "client_left" }
	/** `param`: the field that is to blame, if it is one. */
	| { readonly kind: "invalid_form"; readonly fault: FormFault; readonly param?: string }
	| { readonly kind: "invalid_value"; readonly param: string | null; readonly fault: Fault }
	/** `decoded`: as it was sent, it is not. */
	| { readonly kind: "body_too_large"; readonly maxBytes: number; readonly decoded?: true }
	/** `param`: the field that passes the bound, if it is one. */
	| {
			readonly kind: "body_too_complex";
			readonly bound: BodyBound;
			readonly max: number;
			readonly param?: string;
	  }
	/** `cut`: it ends before its end. */
	| { readonly kind: "body_undecodable"; readonly encoding: string; readonly cut: boolean }
	| { readonly kind: "encoding_unsupported"; readonly encoding: string; readonly supported: readonly string[] }
	| {
			readonly kind: "model_not_found";
			readonly model: string;
			readonly near: readonly string[];
			/** It is known as a model that talks, and draws nothing. */
			readonly talks: boolean;
			/** The operator lists all that may be used, so no other id of fal's works. */
			readonly closed?: true;
			/** The field. Absent: `model`. */
			readonly param?: string;
			/** A name that always works here: the default model's. */
			readonly instead?: string;
	  }
	/** fal's schema of an endpoint cannot be had now, and nobody knows how it is asked without it. */
	| { readonly kind: "schema_unavailable"; readonly model: string }
	/** Nobody may ask fal what it charges: there is no `FAL_ADMIN_KEY`. */
	| { readonly kind: "no_admin_key" }
	| { readonly kind: "unauthorized"; readonly missing: boolean }
	/** An issued key that is not good any more, or not now. `revoked`: it was deleted, or another one took its place. */
	| { readonly kind: "key_refused"; readonly why: KeyRefusedWhy }
	/** The key is good, but may not use this model. */
	| { readonly kind: "model_not_allowed"; readonly model: string }
	| ({ readonly kind: "limit_reached"; readonly limit: RateName } & LimitReached)
	/** `limit`: the budget's field. `window`: how long it lasts, such as `7d`; absent for one that does not begin anew. `value` is micro-dollars. */
	| ({
			readonly kind: "budget_spent";
			readonly limit: "max_budget" | "budget_limits";
			readonly window?: string;
	  } & LimitReached)
	/** The key is good, but not for this. */
	| { readonly kind: "scope_missing"; readonly scope: string }
	| { readonly kind: "forbidden_link" }
	| { readonly kind: "forged_webhook" }
	/** fal's webhook tells an ended job of a result that cannot be fetched now. */
	| { readonly kind: "result_unavailable" }
	| {
			readonly kind: "route_not_found";
			readonly method: string;
			readonly path: string;
			/** The path that was probably meant. Absent: nobody knows. */
			readonly meant?: { readonly path: string; readonly baseUrl: string };
	  }
	| { readonly kind: "method_not_allowed"; readonly method: string; readonly allow: readonly string[] }
	/** `param`: names the thing, if not the path does. */
	| { readonly kind: "not_found"; readonly what: Thing; readonly param?: string }
	/** The Response that a request goes on from. */
	| { readonly kind: "previous_response_not_found" }
	| { readonly kind: "range_not_satisfiable"; readonly bytes: number }
	| { readonly kind: "idempotency_conflict" }
	| { readonly kind: "misconfigured"; readonly problems: readonly string[] }
	| { readonly kind: "unexpected" };

/** The body of every error answer. It always has all four of OpenAI's fields. */
export interface ErrorBody {
	readonly error: {
		readonly message: string;
		readonly type: string;
		readonly param: string | null;
		readonly code: string | null;
	};
}

export interface ErrorAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: ErrorBody;
}

/** `"no"` asks the SDKs not to send the request again: it may have been paid. */
type Retry = "no" | "later";

/**
 * No failure after a submit is 409 or 5xx: the SDKs would send the request again, and pay again (docs/protocol.md). A 429 with
 * `later` is safe to retry: fal surely did not accept the request, and may accept it later.
 */
export const JOB_ERRORS: Readonly<Record<JobErrorCode, readonly [status: number, type: string, retry: Retry]>> = {
	moderation_blocked: [400, "image_generation_user_error", "no"],
	invalid_input: [400, "invalid_request_error", "no"],
	no_media_generated: [422, "image_generation_error", "no"],
	upstream_key_refused: [403, "configuration_error", "no"],
	upstream_account_locked: [403, "configuration_error", "no"],
	upstream_permission_missing: [403, "configuration_error", "no"],
	insufficient_quota: [429, "insufficient_quota", "no"],
	model_not_found: [404, "invalid_request_error", "no"],
	rate_limit_exceeded: [429, "rate_limit_error", "later"],
	upstream_unavailable: [429, "rate_limit_error", "later"],
	upstream_outcome_unknown: [422, "image_generation_error", "no"],
	deadline_exceeded: [422, "image_generation_error", "no"],
	upstream_failed: [422, "image_generation_error", "no"],
	storing_failed: [422, "image_generation_error", "no"],
	cancelled: [400, "image_generation_user_error", "no"],
};

export function isJobErrorCode(value: unknown): value is JobErrorCode {
	return typeof value === "string" && Object.hasOwn(JOB_ERRORS, value);
}

type RequestRow = readonly [status: number, type: string, code: string];

export const REQUEST_ERRORS: Readonly<Record<RequestError["kind"], RequestRow>> = {
	invalid_json: [400, "invalid_request_error", "invalid_json"],
	client_left: [400, "invalid_request_error", "client_left"],
	invalid_form: [400, "invalid_request_error", "invalid_form"],
	invalid_value: [400, "invalid_request_error", "invalid_value"],
	body_undecodable: [400, "invalid_request_error", "invalid_encoding"],
	unauthorized: [401, "authentication_error", "invalid_api_key"],
	key_refused: [401, "authentication_error", "invalid_api_key"],
	model_not_allowed: [403, "permission_error", "model_not_allowed"],
	limit_reached: [429, "rate_limit_error", "rate_limit_exceeded"],
	budget_spent: [429, "insufficient_quota", "insufficient_quota"],
	forged_webhook: [401, "authentication_error", "unauthorized"],
	forbidden_link: [403, "permission_error", "forbidden"],
	scope_missing: [403, "permission_error", "insufficient_permissions"],
	model_not_found: [404, "invalid_request_error", "model_not_found"],
	route_not_found: [404, "invalid_request_error", "route_not_found"],
	not_found: [404, "invalid_request_error", "not_found"],
	no_admin_key: [404, "configuration_error", "fal_admin_key_missing"],
	previous_response_not_found: [404, "invalid_request_error", "previous_response_not_found"],
	method_not_allowed: [405, "invalid_request_error", "method_not_allowed"],
	body_too_large: [413, "invalid_request_error", "request_too_large"],
	body_too_complex: [413, "invalid_request_error", "request_too_large"],
	encoding_unsupported: [415, "invalid_request_error", "unsupported_encoding"],
	range_not_satisfiable: [416, "invalid_request_error", "range_not_satisfiable"],
	idempotency_conflict: [422, "invalid_request_error", "idempotency_key_reused"],
	misconfigured: [500, "configuration_error", "configuration_error"],
	unexpected: [500, "server_error", "internal_error"],
	schema_unavailable: [503, "server_error", "schema_unavailable"],
	result_unavailable: [503, "server_error", "result_unavailable"],
};

const RETRY_AFTER_SECONDS = 20;

const RETRY_HEADERS: Readonly<Record<Retry, Readonly<Record<string, string>>>> = {
	no: { "x-should-retry": "false" },
	later: { "retry-after": String(RETRY_AFTER_SECONDS) },
};

export function toErrorBody(error: JobError): ErrorBody {
	const [, type] = JOB_ERRORS[error.code];
	const param = error.param ?? (error.code === "model_not_found" ? "model" : null);
	const message = echo(error.message, MAX_MESSAGE_CHARS);
	return { error: { message, type, param: param === null ? null : echo(param), code: error.code } };
}

/** Returns the answer for a job that failed before anything was sent to the client. */
export function toJobAnswer(error: JobError): ErrorAnswer {
	const [status, , retry] = JOB_ERRORS[error.code];
	return { status, headers: RETRY_HEADERS[retry], body: toErrorBody(error) };
}

/** Whatever went into it, no message is longer. In code points. */
const MAX_MESSAGE_CHARS = 2_000;

/** Returns the answer for a request that made no job. */
export function toRequestAnswer(error: RequestError, language: Language = "en"): ErrorAnswer {
	const [status, type, code] = REQUEST_ERRORS[error.kind];
	const message = echo(sayRefusal(error, language), MAX_MESSAGE_CHARS);
	return { status, headers: headersOf(error), body: { error: { message, type, param: paramOf(error), code } } };
}

const BLAME_MODEL: ReadonlySet<RequestError["kind"]> = new Set(["schema_unavailable", "model_not_allowed"]);

function paramOf(error: RequestError): string | null {
	if (error.kind === "invalid_value") return error.param === null ? null : echo(error.param);
	if (error.kind === "body_too_complex" || error.kind === "invalid_form")
		return error.param === undefined ? null : echo(error.param);
	if (error.kind === "previous_response_not_found") return "previous_response_id";
	if (error.kind === "model_not_found") return error.param ?? "model";
	if (error.kind === "not_found") return error.param ?? null;
	return BLAME_MODEL.has(error.kind) ? "model" : null;
}

function headersOf(error: RequestError): Readonly<Record<string, string>> {
	switch (error.kind) {
		case "unauthorized":
		case "key_refused":
			return { "www-authenticate": "Bearer" };
		case "method_not_allowed":
			return { allow: error.allow.join(", ") };
		case "range_not_satisfiable":
			return { "content-range": `bytes */${error.bytes}` };
		case "encoding_unsupported":
			return { "accept-encoding": error.supported.join(", ") };
		case "misconfigured":
			return RETRY_HEADERS.no;
		case "limit_reached":
		case "budget_spent":
			return limitHeaders(error);
		default:
			return {};
	}
}

/** The SDKs wait no longer than a minute before they send a request again by themselves. */
const SDKS_WAIT_MS = 60_000;

/** OpenAI's own headers. `limit-requests` is told only of what counts requests. */
function limitHeaders(error: Extract<RequestError, { kind: "limit_reached" | "budget_spent" }>) {
	const { endsInMs, value, isBeyond } = error;
	if (isBeyond) return RETRY_HEADERS.no;
	const isRate = error.kind === "limit_reached" && error.limit === "rpm_limit";
	const isHopeless = error.kind === "budget_spent" || (endsInMs ?? 0) > SDKS_WAIT_MS;
	return {
		...(endsInMs === null && error.kind === "budget_spent" ? {} : retryAfter(endsInMs)),
		...(isHopeless ? RETRY_HEADERS.no : {}),
		...(isRate ? rateHeaders({ limit: value, remaining: 0, resetInMs: endsInMs ?? 0 }) : {}),
	};
}

function retryAfter(endsInMs: number | null): Readonly<Record<string, string>> {
	return endsInMs === null ? RETRY_HEADERS.later : { "retry-after": String(Math.max(1, Math.ceil(endsInMs / 1_000))) };
}

/** Returns the headers that OpenAI tells a rate by. */
export function rateHeaders(rate: { readonly limit: number; readonly remaining: number; readonly resetInMs: number }) {
	return {
		"x-ratelimit-limit-requests": String(rate.limit),
		"x-ratelimit-remaining-requests": String(rate.remaining),
		"x-ratelimit-reset-requests": toDuration(rate.resetInMs),
	};
}

/** Writes a time as OpenAI does: `120ms`, `12s`, `6m0s`. */
function toDuration(ms: number): string {
	if (ms < 1_000) return `${Math.max(0, Math.ceil(ms))}ms`;
	const seconds = Math.ceil(ms / 1_000);
	return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
