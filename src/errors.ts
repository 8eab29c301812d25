/**
 * Declares everything that can go wrong for a client as data, and the tables from there to the wire. A job's failure is stored in its
 * log; a request's failure is answered before there is a job.
 */

import { type BodyForm, ENGLISH, type Fault, sayFault } from "./faults.ts";
import type { Language } from "./language.ts";
import { echo } from "./text.ts";
import { sayInChinese } from "./words/chinese-refusals.ts";

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

export type JobErrorCode =
	| "moderation_blocked"
	| "invalid_input"
	| "no_media_generated"
	| "upstream_key_refused"
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
export type Thing = "job" | "task" | "completion" | "response" | "picture";

type BodyBound =
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
export type FormFault = "boundary" | "cut" | "part";

/** Says why a request made no job. */
export type RequestError =
	| { readonly kind: "invalid_json"; readonly body: BodyForm }
	| { readonly kind: "invalid_form"; readonly fault: FormFault }
	| { readonly kind: "invalid_value"; readonly param: string | null; readonly fault: Fault }
	/** `decoded`: as it was sent, it is not. */
	| { readonly kind: "body_too_large"; readonly maxBytes: number; readonly decoded?: true }
	| { readonly kind: "body_too_complex"; readonly bound: BodyBound; readonly max: number }
	/** `cut`: it ends before its end. */
	| { readonly kind: "body_undecodable"; readonly encoding: string; readonly cut: boolean }
	| { readonly kind: "encoding_unsupported"; readonly encoding: string; readonly supported: readonly string[] }
	| {
			readonly kind: "model_not_found";
			readonly model: string;
			readonly near: readonly string[];
			/** It is known as a model that talks, and draws nothing. */
			readonly talks: boolean;
			/** A name that always works here: the default model's. */
			readonly instead?: string;
	  }
	/** fal's schema of an endpoint cannot be had now, and nobody knows how it is asked without it. */
	| { readonly kind: "schema_unavailable"; readonly model: string }
	| { readonly kind: "unauthorized"; readonly missing: boolean }
	| { readonly kind: "forbidden_link" }
	| { readonly kind: "forged_webhook" }
	| {
			readonly kind: "route_not_found";
			readonly method: string;
			readonly path: string;
			/** The path that was probably meant. Absent: nobody knows. */
			readonly meant?: { readonly path: string; readonly baseUrl: string };
	  }
	| { readonly kind: "method_not_allowed"; readonly method: string; readonly allow: readonly string[] }
	| { readonly kind: "not_found"; readonly what: Thing }
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
	invalid_form: [400, "invalid_request_error", "invalid_form"],
	invalid_value: [400, "invalid_request_error", "invalid_value"],
	body_undecodable: [400, "invalid_request_error", "invalid_encoding"],
	unauthorized: [401, "authentication_error", "invalid_api_key"],
	forged_webhook: [401, "authentication_error", "unauthorized"],
	forbidden_link: [403, "permission_error", "forbidden"],
	model_not_found: [404, "invalid_request_error", "model_not_found"],
	route_not_found: [404, "invalid_request_error", "route_not_found"],
	not_found: [404, "invalid_request_error", "not_found"],
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
	const message = echo(language === "zh" ? sayInChinese(error) : messageOf(error), MAX_MESSAGE_CHARS);
	return { status, headers: headersOf(error), body: { error: { message, type, param: paramOf(error), code } } };
}

function messageOf(error: RequestError): string {
	switch (error.kind) {
		case "invalid_json":
			return ENGLISH.bodies[error.body];
		case "invalid_form":
			return FORM_FAULTS[error.fault];
		case "invalid_value":
			return sayFault(error.param, error.fault);
		case "unauthorized":
			return error.missing
				? "No access key was given. Send it as 'Authorization: Bearer <WORKER_ACCESS_KEY>'."
				: "The access key is not valid here. It is the WORKER_ACCESS_KEY of this Worker, not a key of OpenAI or fal.";
		case "forged_webhook":
			return "This webhook is not valid.";
		case "forbidden_link":
			return "This link is not valid.";
		case "model_not_found":
			return sayModelNotFound(error);
		case "schema_unavailable":
			return `fal does not say now how '${echo(error.model)}' is asked. Nothing was sent to fal. Try again later.`;
		case "route_not_found":
			return `There is nothing at ${echo(error.method)} ${echo(error.path)}.${error.meant === undefined ? "" : ` Did you mean ${echo(error.meant.path)}? The base URL for OpenAI clients is ${error.meant.baseUrl}.`}`;
		case "not_found":
			return `This ${error.what} does not exist.`;
		case "previous_response_not_found":
			return "The previous Response does not exist. It was deleted, has expired, or is another account's.";
		case "method_not_allowed":
			return `${echo(error.method)} is not allowed here; ${error.allow.join(", ")} ${error.allow.length === 1 ? "is" : "are"}.`;
		case "body_too_large":
			return `The body is larger than ${error.maxBytes} bytes${error.decoded ? " when it is decoded" : ""}.`;
		case "body_too_complex":
			return PASSED[error.bound](error.max);
		case "body_undecodable":
			return `The body ${error.cut ? "ends in the middle of its" : "is not valid"} ${error.encoding}, which its content-encoding names.`;
		case "encoding_unsupported":
			return `The content-encoding '${echo(error.encoding)}' is not read here; ${error.supported.join(" and ")} are, one at a time, and a body without one.`;
		case "range_not_satisfiable":
			return `The range lies outside of the picture's ${error.bytes} bytes.`;
		case "idempotency_conflict":
			return "This Idempotency-Key was used for another request.";
		case "misconfigured":
			return `Darkroom is not configured: ${error.problems.join(" ")}`;
		case "unexpected":
			return "Something went wrong here; the request id tells the operator where to look.";
	}
}

const PASSED: Readonly<Record<BodyBound, (max: number) => string>> = {
	values: (max) => `The body holds more than ${max} values.`,
	depth: (max) => `The body is nested deeper than ${max} levels.`,
	text: (max) => `The body holds more than ${max} bytes of text. Pictures as data: addresses are not counted.`,
	blocks: (max) => `The compressed body is made of more than ${max} blocks.`,
	parts: (max) => `The form has more than ${max} parts.`,
	part_head: (max) => `The headers of a part of the form have more than ${max} bytes.`,
	field: (max) => `A field of the form that is no file has more than ${max} bytes.`,
	fields: (max) => `The fields of the form that are no files have more than ${max} bytes together.`,
	files: (max) => `The request brings more than ${max} pictures.`,
	file_bytes: (max) => `The request's pictures have more than ${max} bytes together.`,
};

const FORM_FAULTS: Readonly<Record<FormFault, string>> = {
	boundary:
		"The content-type of a form must be 'multipart/form-data' with a 'boundary' of at most 70 characters. Most clients write it themselves: leave the header out.",
	cut: "The form ends before its last boundary: the body was cut off, or its boundary is not the one of the content-type.",
	part: "A part of the form has no Content-Disposition with a name.",
};

function sayModelNotFound({ model, near, talks, instead }: RequestError & { kind: "model_not_found" }): string {
	const name = `'${echo(model)}'`;
	if (talks) {
		const use = instead === undefined ? "Use a name" : `Use '${instead}', or another name`;
		return `${name} is a model for chats, and Darkroom only makes pictures. ${use} that GET /v1/models lists.`;
	}
	const meant = near.length === 0 ? "" : ` Did you mean ${near.map((id) => `'${id}'`).join(", ")}?`;
	const common = instead === undefined ? "" : ` '${instead}' is the default.`;
	return `The model ${name} does not exist.${meant}${common} GET /v1/models lists what is offered; the id of any model of fal's that makes pictures, such as 'fal-ai/flux/dev', works too, where it is allowed.`;
}

function paramOf(error: RequestError): string | null {
	if (error.kind === "invalid_value") return error.param === null ? null : echo(error.param);
	if (error.kind === "previous_response_not_found") return "previous_response_id";
	return error.kind === "model_not_found" || error.kind === "schema_unavailable" ? "model" : null;
}

function headersOf(error: RequestError): Readonly<Record<string, string>> {
	switch (error.kind) {
		case "unauthorized":
			return { "www-authenticate": "Bearer" };
		case "method_not_allowed":
			return { allow: error.allow.join(", ") };
		case "range_not_satisfiable":
			return { "content-range": `bytes */${error.bytes}` };
		case "encoding_unsupported":
			return { "accept-encoding": error.supported.join(", ") };
		case "misconfigured":
			return { "x-should-retry": "false" };
		default:
			return {};
	}
}
