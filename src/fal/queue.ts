/** Calls fal's queue over HTTP. Nothing here throws: a call that fails is an answer, too. */
import type { Upstream } from "../core/events.ts";
import type { CancelAnswer, FalResult, FalStatus, SubmitAnswer } from "../core/fal-answers.ts";
import type { AtFal, Effect } from "../core/inputs.ts";
import { CALL_TIMEOUT_MS, SUBMIT_TIMEOUT_MS } from "../core/schedule.ts";
import type { FalAccounts } from "../fal-accounts.ts";
import { readJsonBeginning } from "../http/json-beginning.ts";
import { withTimeout } from "../http/timeout.ts";
import { secretsOf } from "../scrub.ts";
import { BILLABLE_UNITS_HEADER, readBillableUnits } from "./billable-units.ts";
import { askInTurn, authorizationOf, type Keys, keyFor, keysFor } from "./keys.ts";
import { readResult } from "./result.ts";
import { readRetryAfter } from "./retry-after.ts";
import { readCancelAnswer, readStatus, readSubmitAnswer } from "./wire.ts";

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
export interface QueueRequest extends AtFal {
	readonly upstream: Upstream;
}

export interface QueueSettings {
	/** Without a slash at the end. */
	readonly falQueueUrl: string;
	readonly falAccounts: FalAccounts;
}

export interface QueueOptions {
	readonly fetch?: typeof fetch;
	readonly submitTimeoutMs?: number;
	readonly callTimeoutMs?: number;
}

/** Of longer answers the beginning is read, which mostly has what counts. */
const MAX_ANSWER_BYTES = 1024 * 1024;
const MAX_FAILURE_BYTES = 64 * 1024;
/** A result may hold pictures as `data:` URIs. */
const MAX_RESULT_BYTES = 32 * 1024 * 1024;

export function createQueue(
	{ falQueueUrl, falAccounts }: QueueSettings,
	{
		fetch: fetchQueue = fetch,
		submitTimeoutMs = SUBMIT_TIMEOUT_MS,
		callTimeoutMs = CALL_TIMEOUT_MS,
	}: QueueOptions = {},
): Queue {
	const requestUrl = ({ upstream, endpoint }: QueueRequest) =>
		`${falQueueUrl}/${appOf(endpoint)}/requests/${encodeURIComponent(upstream.requestId.toWellFormed())}`;
	const statusUrl = (request: QueueRequest) => request.upstream.statusUrl ?? `${requestUrl(request)}/status`;

	const secrets = secretsOf(falAccounts);

	/** Asks fal, and reads the answer before the time is up. */
	const call = <T>(
		url: string,
		init: RequestInit,
		{ keys, timeoutMs }: { readonly keys: Keys; readonly timeoutMs: number },
		read: (response: Response) => Promise<T>,
	): Promise<T> =>
		withTimeout(timeoutMs, async (timeout) => {
			const ask = (key: string) =>
				fetchQueue(url, {
					...init,
					// A redirect would carry the key away from the queue.
					redirect: "manual",
					headers: { ...init.headers, ...authorizationOf(key) },
					signal: init.signal ? AbortSignal.any([init.signal, timeout]) : timeout,
				});
			return read(await askInTurn(keys, ask));
		});
	/** Asks for a request that fal has. */
	const callOf = <T>(
		request: QueueRequest,
		url: string,
		init: RequestInit,
		read: (response: Response, keys: Keys) => Promise<T>,
	): Promise<T> => {
		const keys = keysFor(falAccounts, request.falAccount);
		return call(url, init, { keys, timeoutMs: callTimeoutMs }, (response) => read(response, keys));
	};

	return {
		submit: async ({ endpoint, input, webhook, startTimeoutSeconds, falAccount }, settled) => {
			const url = `${falQueueUrl}/${endpoint}${webhook === null ? "" : `?fal_webhook=${encodeURIComponent(webhook)}`}`;
			const headers = {
				"content-type": "application/json",
				"x-fal-request-start-timeout": String(startTimeoutSeconds),
			};
			try {
				const init = { method: "POST", headers, body: JSON.stringify(input), signal: settled };
				const keys = { keys: [keyFor(falAccounts, falAccount)], certain: true };
				return await call(url, init, { keys, timeoutMs: submitTimeoutMs }, async (response) => {
					const text = await readAnswer(response);
					const retryAfterMs = readRetryAfter(response.headers.get("retry-after"), Date.now());
					return readSubmitAnswer(response.status, text, new URL(falQueueUrl).origin, { retryAfterMs, secrets });
				});
			} catch (error) {
				return wasNeverSent(error) ? UNREACHABLE : { kind: "lost" };
			}
		},
		status: async (request) => {
			try {
				return readStatus(await callOf(request, withLogs(statusUrl(request)), {}, readAnswer), secrets);
			} catch {
				return null;
			}
		},
		result: async (request) => {
			try {
				const url = request.upstream.responseUrl ?? requestUrl(request);
				return await callOf(request, url, {}, async (response, { certain }) => {
					// None of these accounts has it, but the one that has it may come back into the list.
					if (response.status === 404 && !certain) {
						await response.body?.cancel();
						return { kind: "unavailable", status: 404 };
					}
					const { text, cut } = isFailure(response)
						? { text: await readAnswer(response), cut: false }
						: await readJsonBeginning(response.body, { maxBytes: MAX_RESULT_BYTES });
					const result = readResult(response.status, text, response.headers.get("x-fal-error-type"), secrets);
					const units = readBillableUnits(response.headers.get(BILLABLE_UNITS_HEADER));
					if (result.kind === "outputs") return units === null ? result : { ...result, billableUnits: units };
					return cut ? { ...result, ...TOO_LARGE } : result;
				});
			} catch {
				return { kind: "unavailable" };
			}
		},
		cancel: async (request) => {
			try {
				const url = request.upstream.cancelUrl ?? `${requestUrl(request)}/cancel`;
				return await callOf(request, url, { method: "PUT" }, async (response, { certain }) => {
					const answer = readCancelAnswer(response.status, await readAnswer(response));
					return answer === "not_found" && !certain ? "unclear" : answer;
				});
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

/** Reads as much of an answer as says what it means. Words are kept up to the cut, an id that was cut in the middle is not. */
async function readAnswer(response: Response): Promise<string> {
	const keepText = isFailure(response);
	const maxBytes = keepText ? MAX_FAILURE_BYTES : MAX_ANSWER_BYTES;
	const { text } = await readJsonBeginning(response.body, { maxBytes, keepText });
	return text;
}

function isFailure({ status }: Response): boolean {
	return status >= 300;
}

const TOO_LARGE = {
	kind: "failure",
	error: { code: "upstream_failed", message: "fal's result is too large to be read." },
} as const satisfies FalResult;

const UNREACHABLE: SubmitAnswer = {
	kind: "busy",
	status: null,
	error: { code: "upstream_unavailable", message: "fal's queue cannot be reached." },
};

/** Knows the runtime's messages for a connection that was never made: then nothing was sent, and nothing accepted. */
function wasNeverSent(error: unknown): boolean {
	return error instanceof Error && /connection refused|dns lookup failed|ENOTFOUND/i.test(error.message);
}
