import type { Upstream } from "../core/events.ts";
import type { CancelAnswer, FalResult, FalStatus, SubmitAnswer } from "../core/fal-answers.ts";
import type { Effect } from "../core/inputs.ts";
import { CALL_TIMEOUT_MS, SUBMIT_TIMEOUT_MS } from "../core/schedule.ts";
import { readText } from "../http/read-text.ts";
import { withTimeout } from "../http/timeout.ts";
import { readCancelAnswer, readResult, readStatus, readSubmitAnswer } from "./wire.ts";

/** fal's queue over HTTP. Nothing here throws: what cannot be known is an answer, too. */
export interface Queue {
	/** `settled` tells that the answer is not waited for any more. */
	submit(submission: Effect & { type: "submit" }, settled: AbortSignal): Promise<SubmitAnswer>;
	/** Null where fal did not say. */
	status(request: AtFal): Promise<FalStatus | null>;
	result(request: AtFal): Promise<FalResult>;
	cancel(request: AtFal): Promise<CancelAnswer>;
	/** The server-sent status stream. */
	streamUrl(request: AtFal): string;
}

export interface AtFal {
	readonly upstream: Upstream;
	/** Where fal gave no addresses, they are built from this. */
	readonly endpoint: string;
}

const MAX_ANSWER_BYTES = 1024 * 1024;
/** A result may hold pictures as `data:` URIs. */
const MAX_RESULT_BYTES = 32 * 1024 * 1024;

/** Apps whose requests are addressed by three segments; all others by `owner/app` (fal's queue documentation). */
const THREE_SEGMENTS = /^(workflows|comfy)\//;

export function createQueue({ falQueueUrl, falApiKey }: { falQueueUrl: string; falApiKey: string }): Queue {
	const built = ({ upstream, endpoint }: AtFal): string => {
		const app = endpoint
			.split("/")
			.slice(0, THREE_SEGMENTS.test(endpoint) ? 3 : 2)
			.join("/");
		return `${falQueueUrl}/${app}/requests/${encodeURIComponent(upstream.requestId)}`;
	};
	const statusUrl = (request: AtFal) => request.upstream.statusUrl ?? `${built(request)}/status`;

	const call = (url: string, init: RequestInit, timeoutMs: number, maxBytes: number) =>
		withTimeout(timeoutMs, async (tooLong) => {
			const response = await fetch(url, {
				...init,
				// A redirect would carry the key away from the queue.
				redirect: "manual",
				headers: { ...init.headers, authorization: `Key ${falApiKey}` },
				signal: init.signal ? AbortSignal.any([init.signal, tooLong]) : tooLong,
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
				const { response, text } = await call(url, init, SUBMIT_TIMEOUT_MS, MAX_ANSWER_BYTES);
				return readSubmitAnswer(response.status, text ?? "", new URL(falQueueUrl).origin);
			} catch (error) {
				return wasNeverSent(error) ? BUSY : { kind: "lost" };
			}
		},
		status: async (request) => {
			try {
				const { text } = await call(withLogs(statusUrl(request)), {}, CALL_TIMEOUT_MS, MAX_ANSWER_BYTES);
				return text === null ? null : readStatus(text);
			} catch {
				return null;
			}
		},
		result: async (request) => {
			try {
				const url = request.upstream.responseUrl ?? built(request);
				const { response, text } = await call(url, {}, CALL_TIMEOUT_MS, MAX_RESULT_BYTES);
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
				const url = request.upstream.cancelUrl ?? `${built(request)}/cancel`;
				const { response, text } = await call(url, { method: "PUT" }, CALL_TIMEOUT_MS, MAX_ANSWER_BYTES);
				return readCancelAnswer(response.status, text ?? "");
			} catch {
				return "unclear";
			}
		},
		streamUrl: (request) => withLogs(`${statusUrl(request)}/stream`),
	};
}

function withLogs(url: string): string {
	return `${url}${url.includes("?") ? "&" : "?"}logs=1`;
}

const BUSY: SubmitAnswer = {
	kind: "busy",
	status: null,
	error: { code: "upstream_unavailable", message: "fal's queue cannot be reached." },
};

/** The runtime's words for a connection that was never made: then nothing was sent, and nothing accepted. */
function wasNeverSent(error: unknown): boolean {
	return error instanceof Error && /connection refused|dns lookup failed|ENOTFOUND/i.test(error.message);
}
