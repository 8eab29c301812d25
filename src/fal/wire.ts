import * as z from "zod/mini";
import {
	type CancelAnswer,
	type FalResult,
	type FalStatus,
	MAX_OUTPUTS,
	type SubmitAnswer,
} from "../core/fal-answers.ts";
import type { JobError, JobErrorCode } from "../errors.ts";
import { clip } from "../text.ts";

/** fal's wire: what its answers mean. Sources: fal's queue and webhook documentation, and what others recorded of the live service. */

/** At most this many log lines ride in one status event. */
const MAX_LOG_LINES = 20;
const MAX_LOG_LINE_CHARS = 300;
const MAX_MESSAGE_CHARS = 300;
/** An address is kept in a row of the log. */
const MAX_URL_CHARS = 8_192;

/** A field that can be done without: one of another form is as good as absent, and never costs the ones that matter. */
function spare<T extends z.ZodMiniType>(schema: T) {
	return z.catch(z.nullish(schema), null);
}

const SubmitBody = z.object({
	request_id: z.string().check(z.minLength(1), z.maxLength(200)),
	status_url: spare(z.string()),
	response_url: spare(z.string()),
	cancel_url: spare(z.string()),
	queue_position: spare(z.number()),
});

const StatusBody = z.object({
	status: z.enum(["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]),
	queue_position: spare(z.number()),
	logs: spare(z.array(spare(z.object({ message: z.string() })))),
});

const Media = z.object({
	url: z
		.string()
		.check(
			z.refine(
				(url) => url.startsWith("data:") || (url.length > 0 && url.length <= MAX_URL_CHARS),
				"an address too long",
			),
		),
});
const OutputBody = z.object({
	images: z.nullish(z.array(spare(Media))),
	image: spare(Media),
	has_nsfw_concepts: spare(z.array(z.unknown())),
});

const FailureBody = z.object({
	detail: spare(
		z.union([
			z.string(),
			z.array(
				z.object({
					msg: spare(z.string()),
					type: spare(z.string()),
					loc: spare(z.array(z.union([z.string(), z.number()]))),
				}),
			),
		]),
	),
	error_type: spare(z.string()),
});

const WebhookBody = z.object({
	request_id: z.string().check(z.minLength(1), z.maxLength(200)),
	status: z.enum(["OK", "ERROR"]),
	payload: z.optional(z.unknown()),
	error: spare(z.string()),
});

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** `url`, if it lies on the queue's own origin: the key goes nowhere else. */
function onOrigin(url: string | null | undefined, origin: string): string | null {
	return url?.startsWith(`${origin}/`) && url.length <= MAX_URL_CHARS ? url : null;
}

/** What each status of a submit proves; one that is not listed proves nothing. */
const SUBMIT_REFUSALS: Readonly<Record<number, "busy" | "refused" | "gone">> = {
	400: "refused",
	401: "refused",
	403: "refused",
	404: "gone",
	405: "refused",
	413: "refused",
	415: "refused",
	422: "refused",
	429: "busy",
	503: "busy",
	// Cloudflare's own, when it could not even connect: refused, unreachable, no TLS.
	521: "busy",
	523: "busy",
	525: "busy",
	526: "busy",
};

/** @param origin of the queue, without a slash at the end */
export function readSubmitAnswer(status: number, text: string, origin: string): SubmitAnswer {
	const body = parseJson(text);
	if (status >= 200 && status < 300) {
		const parsed = z.safeParse(SubmitBody, body);
		if (!parsed.success) return { kind: "lost" };
		const { request_id, status_url, response_url, cancel_url, queue_position } = parsed.data;
		return {
			kind: "accepted",
			upstream: {
				requestId: request_id,
				statusUrl: onOrigin(status_url, origin),
				responseUrl: onOrigin(response_url, origin),
				cancelUrl: onOrigin(cancel_url, origin),
			},
			position: queue_position ?? null,
		};
	}
	const meaning = SUBMIT_REFUSALS[status];
	if (meaning === undefined) return { kind: "lost" };
	const error = readFailure(status, body, codeOfRefusal);
	return meaning === "busy" ? { kind: "busy", status, error } : { kind: meaning, error };
}

export function readStatus(text: string): FalStatus | null {
	const parsed = z.safeParse(StatusBody, parseJson(text));
	if (!parsed.success) return null;
	const { status, queue_position, logs } = parsed.data;
	switch (status) {
		case "IN_QUEUE":
			return { kind: "queued", position: queue_position ?? null };
		case "IN_PROGRESS":
			return {
				kind: "running",
				logs: (logs ?? [])
					.slice(-MAX_LOG_LINES)
					.flatMap((line) => (line ? [clip(line.message, MAX_LOG_LINE_CHARS)] : [])),
			};
		case "COMPLETED":
			return { kind: "completed" };
	}
}

/** A job's success is decided here, by its result's HTTP status alone: COMPLETED is said of failed jobs too. */
export function readResult(status: number, text: string, falErrorType: string | null): FalResult {
	const body = parseJson(text);
	if (status === 200) return readOutputs(body);
	const failure = z.safeParse(FailureBody, body);
	const detail = failure.success ? failure.data.detail : undefined;
	if (status === 400 && typeof detail === "string" && /still in progress/i.test(detail)) return { kind: "too_early" };
	// A model's failure says of what kind it is. Without that it is the road to fal that failed, not the job.
	const spoken = falErrorType !== null || Array.isArray(detail) || (failure.success && failure.data.error_type != null);
	if (status === 404 && !spoken) {
		return { kind: "failure", error: { code: "upstream_failed", message: "fal no longer knows this request." } };
	}
	const final = status === 422 || (status >= 400 && spoken);
	return final ? { kind: "failure", error: readFailure(status, body, codeOfResult) } : { kind: "unavailable" };
}

function readOutputs(body: unknown): FalResult {
	const parsed = z.safeParse(OutputBody, body);
	if (!parsed.success) return UNREADABLE;
	const { images, image, has_nsfw_concepts } = parsed.data;
	const media = images ?? (image ? [image] : []);
	if (media.length === 0) {
		return { kind: "failure", error: { code: "no_media_generated", message: "The model made no picture." } };
	}
	// The ones that can be read are paid for, whatever the others are.
	const outputs = media.flatMap((one, index) =>
		one ? [{ url: one.url, nsfw: has_nsfw_concepts?.[index] === true }] : [],
	);
	return outputs.length === 0 ? UNREADABLE : { kind: "outputs", outputs: outputs.slice(0, MAX_OUTPUTS) };
}

const UNREADABLE: FalResult = {
	kind: "failure",
	error: { code: "upstream_failed", message: "fal's result has no pictures that Darkroom can read." },
};

/** A webhook's body; null for anything that is not one. `result` is null where it has to be fetched. */
export function readWebhook(text: string): { requestId: string; result: FalResult | null } | null {
	const parsed = z.safeParse(WebhookBody, parseJson(text));
	if (!parsed.success) return null;
	const { request_id, status, payload, error } = parsed.data;
	if (payload === null || payload === undefined) return { requestId: request_id, result: null };
	if (status === "OK") return { requestId: request_id, result: readOutputs(payload) };
	const upstreamStatus = Number(/\b(\d{3})\b/.exec(error ?? "")?.[1] ?? 500);
	return {
		requestId: request_id,
		result: { kind: "failure", error: readFailure(upstreamStatus, payload, codeOfResult) },
	};
}

export function readCancelAnswer(status: number, text: string): CancelAnswer {
	if (status >= 200 && status < 300) return "accepted";
	if (status === 400 && text.includes("ALREADY_COMPLETED")) return "already_completed";
	return status === 404 ? "not_found" : "unclear";
}

/** fal's error types that mean something else to a client than "fal failed". */
const FAILURE_TYPES: ReadonlyMap<string, JobErrorCode> = new Map([
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

/** fal's inputs in the words of the API's own fields. */
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

/** Only `msg`, `type` and `loc` are read: `input` echoes the prompt and is never shown. */
function readFailure(status: number, body: unknown, codeOf: typeof codeOfRefusal): JobError {
	const parsed = z.safeParse(FailureBody, body);
	const detail = parsed.success ? parsed.data.detail : undefined;
	const first = Array.isArray(detail) ? detail[0] : undefined;
	const words = typeof detail === "string" ? detail : (first?.msg ?? "");
	const said = clip(words.replace(/https?:\/\/\S+/g, "…"), MAX_MESSAGE_CHARS);
	const type = first?.type ?? (parsed.success ? parsed.data.error_type : null) ?? "";

	const code = FAILURE_TYPES.get(type) ?? codeOf(status, said);
	const field = first?.loc?.findLast((part) => typeof part === "string" && part !== "body");
	return {
		code,
		message: MESSAGES[code] ?? (said === "" ? `fal answered ${status}.` : `fal says: ${said}`),
		...(code === "invalid_input" && typeof field === "string" ? { param: PARAMS.get(field) ?? `fal.${field}` } : {}),
	};
}

function codeOfRefusal(status: number, said: string): JobErrorCode {
	if (status === 401) return "upstream_key_refused";
	if (status === 403) return /balance|locked/i.test(said) ? "insufficient_quota" : "upstream_key_refused";
	if (status === 404) return "model_not_found";
	if (status === 429) return "rate_limit_exceeded";
	return status < 500 ? "invalid_input" : "upstream_unavailable";
}

/** Once submitted, nothing may tell a client that trying again is free. */
function codeOfResult(status: number): JobErrorCode {
	return status === 422 ? "invalid_input" : "upstream_failed";
}
