/**
 * Reads what fal's answers mean. Sources: fal's queue and webhook documentation, and what others recorded of the live service.
 */
import * as z from "zod/mini";
import {
	type CancelAnswer,
	type FalResult,
	type FalStatus,
	MAX_OUTPUTS,
	type SubmitAnswer,
} from "../core/fal-answers.ts";
import { clip } from "../text.ts";
import { namesItsKind, readFailureBody, toResultError, toSubmitError } from "./failure.ts";
import { orNull } from "./or-null.ts";

/** One status event carries at most this many log lines. */
const MAX_LOG_LINES = 20;
const MAX_LOG_LINE_CHARS = 300;
/** An address is kept in a row of the log. */
const MAX_URL_CHARS = 8_192;
const MAX_REQUEST_ID_CHARS = 200;

const RequestId = z.string().check(z.minLength(1), z.maxLength(MAX_REQUEST_ID_CHARS));

const SubmitBody = z.object({
	request_id: RequestId,
	status_url: orNull(z.string()),
	response_url: orNull(z.string()),
	cancel_url: orNull(z.string()),
	queue_position: orNull(z.number()),
});

const StatusBody = z.object({
	status: z.enum(["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]),
	queue_position: orNull(z.number()),
	logs: orNull(z.array(orNull(z.object({ message: z.string() })))),
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
	images: z.nullish(z.array(orNull(Media))),
	image: orNull(Media),
	has_nsfw_concepts: orNull(z.array(z.unknown())),
});

const WebhookBody = z.object({
	request_id: RequestId,
	status: z.enum(["OK", "ERROR"]),
	payload: z.optional(z.unknown()),
	error: orNull(z.string()),
});

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Returns null for an address outside of the queue's own origin: the key goes nowhere else. */
function onOrigin(url: string | null | undefined, origin: string): string | null {
	return url?.startsWith(`${origin}/`) && url.length <= MAX_URL_CHARS ? url : null;
}

/** Lists what a submit's status proves. A status that is not listed proves nothing. */
const SUBMIT_STATUSES: Readonly<Record<number, "busy" | "refused" | "gone">> = {
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
	// Cloudflare's own, if it could not even connect: refused, unreachable, no TLS.
	521: "busy",
	523: "busy",
	525: "busy",
	526: "busy",
};

/** @param origin The queue's, without a slash at the end. */
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
	const meaning = SUBMIT_STATUSES[status];
	if (meaning === undefined) return { kind: "lost" };
	const error = toSubmitError(status, readFailureBody(body));
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

/** Decides a job's success by its result's HTTP status alone: fal says COMPLETED of failed jobs, too. */
export function readResult(status: number, text: string, falErrorType: string | null): FalResult {
	const body = parseJson(text);
	if (status === 200) return readOutputs(body);
	const failure = readFailureBody(body);
	const { detail } = failure;
	if (status === 400 && typeof detail === "string" && /still in progress/i.test(detail)) return { kind: "too_early" };
	const isOfJob = falErrorType !== null || namesItsKind(failure);
	if (status === 404 && !isOfJob) {
		return { kind: "failure", error: { code: "upstream_failed", message: "fal no longer knows this request." } };
	}
	const isFinal = status === 422 || (status >= 400 && isOfJob);
	return isFinal ? { kind: "failure", error: toResultError(status, failure) } : { kind: "unavailable" };
}

function readOutputs(body: unknown): FalResult {
	const parsed = z.safeParse(OutputBody, body);
	if (!parsed.success) return UNREADABLE;
	const { images, image, has_nsfw_concepts } = parsed.data;
	const media = images ?? (image ? [image] : []);
	if (media.length === 0) {
		return { kind: "failure", error: { code: "no_media_generated", message: "The model made no picture." } };
	}
	// Keep the pictures that can be read: they are paid for, whatever the others are.
	const outputs = media.flatMap((one, index) =>
		one ? [{ url: one.url, nsfw: has_nsfw_concepts?.[index] === true }] : [],
	);
	return outputs.length === 0 ? UNREADABLE : { kind: "outputs", outputs: outputs.slice(0, MAX_OUTPUTS) };
}

const UNREADABLE: FalResult = {
	kind: "failure",
	error: { code: "upstream_failed", message: "fal's result has no pictures that Darkroom can read." },
};

/** Returns null for a body that is no webhook's. `result` is null if it has to be fetched. */
export function readWebhook(text: string): { requestId: string; result: FalResult | null } | null {
	const parsed = z.safeParse(WebhookBody, parseJson(text));
	if (!parsed.success) return null;
	const { request_id, status, payload, error } = parsed.data;
	if (payload === null || payload === undefined) return { requestId: request_id, result: null };
	if (status === "OK") return { requestId: request_id, result: readOutputs(payload) };
	const upstreamStatus = Number(/\b(\d{3})\b/.exec(error ?? "")?.[1] ?? 500);
	return {
		requestId: request_id,
		result: { kind: "failure", error: toResultError(upstreamStatus, readFailureBody(payload)) },
	};
}

export function readCancelAnswer(status: number, text: string): CancelAnswer {
	if (status >= 200 && status < 300) return "accepted";
	if (status === 400 && text.includes("ALREADY_COMPLETED")) return "already_completed";
	return status === 404 ? "not_found" : "unclear";
}
