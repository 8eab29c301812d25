/** Submits to fal's queue, follows the requests, and knows which of them still run, so that none is left behind. */
import { setTimeout as wait } from "node:timers/promises";
import { err, ok, type Result } from "../../src/result.ts";
import { type Called, call } from "./call.ts";
import { isRecord, parseJson } from "./shape.ts";
import { appOf, MODEL_APP, START_TIMEOUT_SECONDS, type Target } from "./target.ts";

/** Between two polls of a status. fal's own client waits longer, and would see less of a model that takes a second. */
const POLL_MS = 250;
/** A request that takes longer is given up, and cancelled. */
export const MAX_RUN_MS = 60_000;
/** Bound of a cancel when the doctor stops. */
const LAST_CANCEL_MS = 5_000;

/** A request that fal accepted. */
export interface Accepted {
	readonly id: string;
	readonly statusUrl: string;
	readonly resultUrl: string;
	readonly cancelUrl: string;
}

export interface Requests {
	/** Sends a submit, which an interruption does not end: its answer has to be known, to cancel the request. */
	submit(endpoint: string, input: object, webhook?: string): Promise<Called>;
	/** Reads the addresses of a submit's answer. The error says that fal did not accept it. */
	accepted(submit: Called, app?: string): Result<Accepted, string>;
	/** Polls the status until it is COMPLETED, or cannot be had. Returns every answer. */
	follow(request: Accepted, maxMs?: number): Promise<readonly Called[]>;
	cancel(request: Accepted): Promise<Called>;
	/** Cancels what still runs. Returns the number of requests that were told. */
	cancelOpen(): Promise<number>;
}

export function createRequests({ queueUrl, key }: Target, signal: AbortSignal): Requests {
	const running = new Map<string, Accepted>();
	const submits = new Set<Promise<unknown>>();

	const accepted = (submit: Called, app = MODEL_APP) => parseAccepted(submit, queueUrl, app);
	const submitAndRemember = async (endpoint: string, input: object, webhook?: string) => {
		const query = webhook === undefined ? "" : `?fal_webhook=${encodeURIComponent(webhook)}`;
		const headers = { "x-fal-request-start-timeout": String(START_TIMEOUT_SECONDS) };
		const answer = await call(`${queueUrl}/${endpoint}${query}`, { method: "POST", key, input, headers });
		const request = accepted(answer, appOf(endpoint));
		if (request.ok) running.set(request.value.id, request.value);
		return answer;
	};
	const cancel = async (request: Accepted, options = {}) => {
		const answer = await call(request.cancelUrl, { method: "PUT", key, ...options });
		// Whatever fal says to a cancel, the doctor has done what it can.
		if (answer.ok) running.delete(request.id);
		return answer;
	};
	return {
		submit: async (endpoint, input, webhook) => {
			if (signal.aborted) return err("interrupted");
			const submit = submitAndRemember(endpoint, input, webhook);
			submits.add(submit);
			return submit.finally(() => submits.delete(submit));
		},
		accepted,
		follow: async (request, maxMs = MAX_RUN_MS) => {
			const answers: Called[] = [];
			for (const until = Date.now() + maxMs; Date.now() < until && !signal.aborted; ) {
				const answer = await call(`${request.statusUrl}?logs=1`, { key, signal });
				answers.push(answer);
				if (isCompleted(answer)) running.delete(request.id);
				if (isCompleted(answer) || !answer.ok || answer.value.status >= 300) break;
				await wait(POLL_MS, undefined, { signal }).catch(() => {});
			}
			return answers;
		},
		cancel,
		cancelOpen: async () => {
			await Promise.allSettled(submits);
			const requests = [...running.values()];
			await Promise.all(requests.map((request) => cancel(request, { timeoutMs: LAST_CANCEL_MS })));
			return requests.length;
		},
	};
}

export function isCompleted(answer: Called): boolean {
	const status = answer.ok ? parseJson(answer.value.body) : undefined;
	return isRecord(status) && status.status === "COMPLETED";
}

/** Takes fal's addresses only if they lie on the queue: the key goes nowhere else. */
function parseAccepted(submit: Called, queueUrl: string, app: string): Result<Accepted, string> {
	if (!submit.ok) return submit;
	const { status, body } = submit.value;
	const fields = parseJson(body);
	if (status >= 300 || !isRecord(fields) || typeof fields.request_id !== "string" || fields.request_id === "") {
		return err(`fal did not accept the request: ${status}`);
	}
	const id = fields.request_id;
	const base = `${queueUrl}/${app}/requests/${encodeURIComponent(id)}`;
	const given = (value: unknown, otherwise: string) =>
		typeof value === "string" && value.startsWith(`${new URL(queueUrl).origin}/`) ? value : otherwise;
	return ok({
		id,
		statusUrl: given(fields.status_url, `${base}/status`),
		resultUrl: given(fields.response_url, base),
		cancelUrl: given(fields.cancel_url, `${base}/cancel`),
	});
}
