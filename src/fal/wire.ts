/**
 * Reads what fal's answers mean. Sources: fal's queue and webhook documentation, and what others recorded of the live service. The tables
 * are in `meaning.ts`.
 */

import * as z from "zod/mini";
import type { CancelAnswer, FalResult, FalStatus, SubmitAnswer } from "../core/fal-answers.ts";
import { isJsonObject } from "../json-value.ts";
import { validate } from "../validate.ts";
import { type Failure, isPage, readFailure, toJobError } from "./failure.ts";
import { RequestId } from "./fal-request-id.ts";
import { parseJson } from "./json.ts";
import { toLogLines } from "./log-lines.ts";
import { LOST, meaningOf, type Sign, STATUS_MEANINGS, SUBMIT_MEANINGS, signsOf } from "./meaning.ts";
import { orNull } from "./or-null.ts";
import { readWebhookResult, toStatedError } from "./result.ts";

/** An address is kept in a row of the log. */
const MAX_URL_CHARS = 8_192;

const SubmitBody = z.object({
	request_id: RequestId,
	status_url: orNull(z.string()),
	response_url: orNull(z.string()),
	cancel_url: orNull(z.string()),
	queue_position: orNull(z.number()),
});

const StatusBody = z.object({
	status: z.string(),
	queue_position: orNull(z.number()),
});

const WebhookBody = z.object({
	request_id: RequestId,
	status: z.enum(["OK", "ERROR"]),
});

/** Returns null for an address outside of the queue's own origin: the key goes nowhere else. */
function onOrigin(url: string | null | undefined, origin: string): string | null {
	return url?.startsWith(`${origin}/`) && url.length <= MAX_URL_CHARS ? url : null;
}

export interface SubmitContext {
	/** The time that fal asks to wait, in milliseconds; null if it does not. */
	readonly retryAfterMs?: number | null;
	/** Never shown, wherever fal's words have them. */
	readonly secrets?: readonly string[];
}

/** @param origin The queue's, without a slash at the end */
export function readSubmitAnswer(
	status: number,
	text: string,
	origin: string,
	{ retryAfterMs = null, secrets = [] }: SubmitContext = {},
): SubmitAnswer {
	const body = parseJson(text);
	const accepted = validate(SubmitBody, body);
	const failure = readFailure(body ?? text, secrets);
	const signs = signsOf({
		request_id: accepted.success,
		acceptance: accepted.success && isJsonObject(body) && isTaken(body.status),
		page: isPage(text),
		of_the_endpoint: OF_THE_ENDPOINT.test(failure.words ?? ""),
		of_the_prompt: OF_THE_PROMPT.test(failure.words ?? ""),
		...accountSigns(failure),
	});
	const meaning = meaningOf(SUBMIT_MEANINGS, status, signs, LOST);
	switch (meaning.kind) {
		case "accepted": {
			if (!accepted.success) return LOST_ANSWER;
			const { request_id, status_url, response_url, cancel_url, queue_position } = accepted.data;
			const upstream = {
				requestId: request_id,
				statusUrl: onOrigin(status_url, origin),
				responseUrl: onOrigin(response_url, origin),
				cancelUrl: onOrigin(cancel_url, origin),
			};
			return { kind: "accepted", upstream, position: queue_position ?? null };
		}
		case "busy": {
			const error = toJobError(status, failure, meaning.code);
			return { kind: "busy", status, error, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
		}
		case "account_refused": {
			const error = toJobError(status, failure, meaning.code);
			// A kind of failure that fal names is one of the request.
			return { kind: error.code === meaning.code ? "account_refused" : "refused", error };
		}
		case "refused":
		case "gone":
			return { kind: meaning.kind, error: toJobError(status, failure, meaning.code) };
		case "lost":
			return LOST_ANSWER;
	}
}

const LOST_ANSWER: SubmitAnswer = { kind: "lost" };

const OF_THE_ENDPOINT = /\b(?:app|application|model|endpoint|path)\b/i;
const OF_THE_PROMPT = /\bprompt\b|\bcontent polic/i;

const EXHAUSTED_BALANCE =
	/\bexhausted balance\b|\binsufficient (?:balance|funds|credits?)\b|\bbalance (?:is )?too low\b|\b(?:out of|add) (?:credits?|funds)\b/i;
const LOCKED =
	/\b(?:user|account|team|organi[sz]ation) (?:is|was|has been) (?:locked|suspended|disabled|blocked|banned)\b/i;
const NO_PERMISSION = /\bcannot access\b|\baccess denied\b|\bpermissions?\b|\bnot (?:authorized|allowed|permitted)\b/i;

/** Says which of the reasons it gives for refusing an account: fal has one status for all of them. */
export function accountSigns({ words }: Pick<Failure, "words">): Partial<Readonly<Record<Sign, boolean>>> {
	const said = words ?? "";
	return {
		exhausted_balance: EXHAUSTED_BALANCE.test(said),
		locked: LOCKED.test(said),
		no_permission: NO_PERMISSION.test(said),
	};
}

/** True for a state of what fal took. An envelope of errors may have an id and a status, too. */
function isTaken(status: unknown): boolean {
	return typeof status === "string" && ["IN_QUEUE", "IN_PROGRESS", "COMPLETED"].includes(status.toUpperCase());
}

/** Reads a status, in any case of letters. Null for one that fal does not have, or that cannot be read. */
export function readStatus(text: string, secrets: readonly string[] = []): FalStatus | null {
	const body = parseJson(text);
	const parsed = validate(StatusBody, body);
	if (!parsed.success || !isJsonObject(body)) return null;
	switch (STATUS_MEANINGS.get(parsed.data.status.toUpperCase())) {
		case "queued":
			return { kind: "queued", position: parsed.data.queue_position ?? null };
		case "running":
			return { kind: "running", logs: toLogLines(body.logs, secrets) };
		case "completed": {
			const error = toStatedError(body, secrets);
			return { kind: "completed", ...(error === null ? {} : { error }) };
		}
		default:
			return null;
	}
}

/** Returns null for a body that is no webhook's. `result` is null if it has to be fetched. */
export function readWebhook(
	text: string,
	secrets: readonly string[] = [],
): { requestId: string; result: FalResult | null } | null {
	const body = parseJson(text);
	const parsed = validate(WebhookBody, body);
	if (!parsed.success || !isJsonObject(body)) return null;
	const { request_id: requestId, status } = parsed.data;
	const result = readWebhookResult(status, body, secrets);
	return { requestId, result };
}

export function readCancelAnswer(status: number, text: string): CancelAnswer {
	if (status < 500 && ALREADY_COMPLETED.test(text)) return "already_completed";
	if (status >= 200 && status < 300) return "accepted";
	return status === 404 ? "not_found" : "unclear";
}

const ALREADY_COMPLETED = /already[_ -](?:been[_ -])?(?:completed|finished|done)/i;
