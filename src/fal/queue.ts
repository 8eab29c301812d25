/** Calls fal's queue over HTTP. Nothing here throws: a call that fails is an answer, too. */
import type { Upstream } from "../core/events.ts";
import type { CancelAnswer, FalResult, FalStatus, SubmitAnswer } from "../core/fal-answers.ts";
import type { Effect } from "../core/inputs.ts";
import { CALL_TIMEOUT_MS, SUBMIT_TIMEOUT_MS } from "../core/schedule.ts";
import { readText } from "../http/read-text.ts";
import { withTimeout } from "../http/timeout.ts";
import { readCancelAnswer, readResult, readStatus, readSubmitAnswer } from "./wire.ts";

export interface Queue {
	/** `settled` ends the wait for the answer: the job has learnt by another way what it could say. */
	submit(submission: Effect & { type: "submit" }, settled: AbortSignal): Promise<SubmitAnswer>;
	/** Returns null if fal did not say. */
	status(request: QueueRequest): Promise<FalStatus | null>;
	result(request: QueueRequest): Promise<FalResult>;
	cancel(request: QueueRequest): Promise<CancelAnswer>;
	/** Returns the address of fal's status stream, which sends server-sent events. */
	streamUrl(request: QueueRequest): string;
}

/** A request in fal's queue. */
export interface QueueRequest {
	readonly upstream: Upstream;
	/** Addresses that fal did not give are built from this. */
	readonly endpoint: string;
}

export interface QueueSettings {
	/** Without a slash at the end. */
	readonly falQueueUrl: string;
	readonly falApiKey: string;
}

export interface QueueOptions {
	readonly fetch?: typeof fetch;
	readonly submitTimeoutMs?: number;
	readonly callTimeoutMs?: number;
}

const MAX_ANSWER_BYTES = 1024 * 1024;
/** A result may hold pictures as `data:` URIs. */
const MAX_RESULT_BYTES = 32 * 1024 * 1024;

export function createQueue(
	{ falQueueUrl, falApiKey }: QueueSettings,
	{
		fetch: fetchQueue = fetch,
		submitTimeoutMs = SUBMIT_TIMEOUT_MS,
		callTimeoutMs = CALL_TIMEOUT_MS,
	}: QueueOptions = {},
): Queue {
	const requestUrl = ({ upstream, endpoint }: QueueRequest) =>
		`${falQueueUrl}/${appOf(endpoint)}/requests/${encodeURIComponent(upstream.requestId)}`;
	const statusUrl = (request: QueueRequest) => request.upstream.statusUrl ?? `${requestUrl(request)}/status`;

	const call = (url: string, init: RequestInit, timeoutMs: number, maxBytes: number) =>
		withTimeout(timeoutMs, async (timeout) => {
			const response = await fetchQueue(url, {
				...init,
				// A redirect would carry the key away from the queue.
				redirect: "manual",
				headers: { ...init.headers, authorization: `Key ${falApiKey}` },
				signal: init.signal ? AbortSignal.any([init.signal, timeout]) : timeout,
			});
			return { response, text: await readText(response.body, maxBytes) };
		});

	return {
		submit: async ({ endpoint, input, webhook, startTimeoutSeconds }, settled) => {
			const url = `${falQueueUrl}/${endpoint}${webhook === null ? "" : `?fal_webhook=${encodeURIComponent(webhook)}`}`;
			const headers = {
				"content-type": "application/json",
				"x-fal-request-start-timeout": String(startTimeoutSeconds),
			};
			try {
				const init = { method: "POST", headers, body: JSON.stringify(input), signal: settled };
				const { response, text } = await call(url, init, submitTimeoutMs, MAX_ANSWER_BYTES);
				return readSubmitAnswer(response.status, text ?? "", new URL(falQueueUrl).origin);
			} catch (error) {
				return wasNeverSent(error) ? UNREACHABLE : { kind: "lost" };
			}
		},
		status: async (request) => {
			try {
				const { text } = await call(withLogs(statusUrl(request)), {}, callTimeoutMs, MAX_ANSWER_BYTES);
				return text === null ? null : readStatus(text);
			} catch {
				return null;
			}
		},
		result: async (request) => {
			try {
				const url = request.upstream.responseUrl ?? requestUrl(request);
				const { response, text } = await call(url, {}, callTimeoutMs, MAX_RESULT_BYTES);
				if (text === null) {
					return { kind: "failure", error: { code: "upstream_failed", message: "fal's result is too large." } };
				}
				return readResult(response.status, text, response.headers.get("x-fal-error-type"));
			} catch {
				return { kind: "unavailable" };
			}
		},
		cancel: async (request) => {
			try {
				const url = request.upstream.cancelUrl ?? `${requestUrl(request)}/cancel`;
				const { response, text } = await call(url, { method: "PUT" }, callTimeoutMs, MAX_ANSWER_BYTES);
				return readCancelAnswer(response.status, text ?? "");
			} catch {
				return "unclear";
			}
		},
		streamUrl: (request) => withLogs(`${statusUrl(request)}/stream`),
	};
}

/** Apps whose requests are addressed by three segments; all others by `owner/app` (fal's queue documentation). */
const THREE_SEGMENTS = /^(workflows|comfy)\//;

function appOf(endpoint: string): string {
	const segments = THREE_SEGMENTS.test(endpoint) ? 3 : 2;
	return endpoint.split("/").slice(0, segments).join("/");
}

function withLogs(url: string): string {
	return `${url}${url.includes("?") ? "&" : "?"}logs=1`;
}

const UNREACHABLE: SubmitAnswer = {
	kind: "busy",
	status: null,
	error: { code: "upstream_unavailable", message: "fal's queue cannot be reached." },
};

/** Knows the runtime's messages for a connection that was never made: then nothing was sent, and nothing accepted. */
function wasNeverSent(error: unknown): boolean {
	return error instanceof Error && /connection refused|dns lookup failed|ENOTFOUND/i.test(error.message);
}
