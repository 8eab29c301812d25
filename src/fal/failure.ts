/** Reads fal's failures, and says them in the API's codes, messages and fields. */
import * as z from "zod/mini";
import type { JobError, JobErrorCode } from "../errors.ts";
import { clip } from "../text.ts";
import { orNull } from "./or-null.ts";

const MAX_MESSAGE_CHARS = 300;

/** `input` is left out: it echoes the prompt, and is never shown. */
const Detail = z.object({
	msg: orNull(z.string()),
	type: orNull(z.string()),
	loc: orNull(z.array(z.union([z.string(), z.number()]))),
});

const FailureBody = z.object({
	detail: orNull(z.union([z.string(), z.array(Detail)])),
	error_type: orNull(z.string()),
});

export type FailureBody = z.infer<typeof FailureBody>;

/** Reads a body of any form. A body that is not fal's has no fields. */
export function readFailureBody(body: unknown): FailureBody {
	return z.safeParse(FailureBody, body).data ?? {};
}

/** Returns true for a failure that names its kind, as a model's does. Others come from the way to fal, and say nothing of the job. */
export function namesItsKind({ detail, error_type }: FailureBody): boolean {
	return Array.isArray(detail) || typeof error_type === "string";
}

/** Returns the error of a submit that fal did not accept. */
export function toSubmitError(status: number, body: FailureBody): JobError {
	return toJobError(status, body, codeOfSubmit);
}

/** Returns the error of a request that fal accepted, and that failed. */
export function toResultError(status: number, body: FailureBody): JobError {
	return toJobError(status, body, codeOfResult);
}

/** fal's error types that mean something else to a client than "fal failed". */
const CODES_BY_TYPE: ReadonlyMap<string, JobErrorCode> = new Map([
	["content_policy_violation", "moderation_blocked"],
	["no_media_generated", "no_media_generated"],
	["request_timeout", "deadline_exceeded"],
	["startup_timeout", "upstream_failed"],
]);

const MESSAGES: Partial<Readonly<Record<JobErrorCode, string>>> = {
	upstream_key_refused: "fal refused the key of this gateway. Its operator must set a valid FAL_API_KEY.",
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

function toJobError(
	status: number,
	{ detail, error_type }: FailureBody,
	codeOf: (status: number, message: string) => JobErrorCode,
): JobError {
	const first = Array.isArray(detail) ? detail[0] : undefined;
	const text = typeof detail === "string" ? detail : (first?.msg ?? "");
	const message = clip(text.replace(/https?:\/\/\S+/g, "…"), MAX_MESSAGE_CHARS);

	const code = CODES_BY_TYPE.get(first?.type ?? error_type ?? "") ?? codeOf(status, message);
	const field = first?.loc?.findLast((part) => typeof part === "string" && part !== "body");
	return {
		code,
		message: MESSAGES[code] ?? (message === "" ? `fal answered ${status}.` : `fal says: ${message}`),
		...(code === "invalid_input" && typeof field === "string" ? { param: PARAMS.get(field) ?? `fal.${field}` } : {}),
	};
}

function codeOfSubmit(status: number, message: string): JobErrorCode {
	if (status === 401) return "upstream_key_refused";
	if (status === 403) return /balance|locked/i.test(message) ? "insufficient_quota" : "upstream_key_refused";
	if (status === 404) return "model_not_found";
	if (status === 429) return "rate_limit_exceeded";
	return status < 500 ? "invalid_input" : "upstream_unavailable";
}

/** None of these invites a client to try again: the request was accepted, so it may have been paid. */
function codeOfResult(status: number): JobErrorCode {
	return status === 422 ? "invalid_input" : "upstream_failed";
}
