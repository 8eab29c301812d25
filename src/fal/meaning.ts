/**
 * Says what each answer of fal's means, as tables: the first row that fits counts. What speaks of the asking is asked again, what speaks of
 * the job ends it, what says nothing gets a bounded number of tries.
 */
import type { JobErrorCode } from "../errors.ts";

/** Signs in an answer's body and headers. */
const SIGNS = [
	/** It names the request that fal took. */
	"request_id",
	/** It says besides that the request is in the queue, runs or is done. */
	"acceptance",
	/** A page of some proxy, and no word of fal's. */
	"page",
	/** Words that say something. */
	"words",
	/** They stand where fal's own do. */
	"detail",
	/** A kind of error, by name, or a list of details: a model speaks, or the queue of a run. */
	"kind",
	/** They speak of the endpoint. */
	"of_the_endpoint",
	/** They speak of what was to be drawn. */
	"of_the_prompt",
	"exhausted_balance",
	/** The account is locked, whatever the reason. */
	"locked",
	/** The account may not use this endpoint. */
	"no_permission",
	"pictures",
	/** The job is not done. */
	"in_progress",
	/** The queue's own status, where a result was asked for. */
	"queue_status",
	/** The queue does not have such a request. */
	"unknown_request",
	/** JSON, but no object; or no JSON at all. */
	"no_object",
] as const;

export type Sign = (typeof SIGNS)[number];

export interface Row<Meaning> {
	/** The statuses that it is about, each with both of its bounds. */
	readonly status: readonly (readonly [from: number, to: number])[];
	/** Absent: any answer of these statuses. */
	readonly sign?: Sign;
	readonly means: Meaning;
}

function only(...statuses: readonly number[]): Row<never>["status"] {
	return statuses.map((status) => [status, status] as const);
}
const DONE = [[200, 299]] as const;
const REFUSALS = [[400, 499]] as const;
const FAILURES = [[400, 599]] as const;

/** Collects the signs that an answer has. */
export function signsOf(signs: Partial<Readonly<Record<Sign, boolean>>>): ReadonlySet<Sign> {
	return new Set(SIGNS.filter((sign) => signs[sign] === true));
}

/**
 * Finds the meaning of an answer in a table.
 * @param otherwise Of an answer that no row takes
 */
export function meaningOf<Meaning>(
	rows: readonly Row<Meaning>[],
	status: number,
	signs: ReadonlySet<Sign>,
	otherwise: Meaning,
): Meaning {
	const fits = ({ status: ranges, sign }: Row<Meaning>) =>
		ranges.some(([from, to]) => status >= from && status <= to) && (sign === undefined || signs.has(sign));
	return rows.find(fits)?.means ?? otherwise;
}

/**
 * `busy`: nothing was accepted, and the same submit may be accepted later. `account_refused`: nothing was accepted, and no other submit of
 * this account would be. `refused`: nothing was accepted, nor will be. `gone`: fal has no such endpoint. `lost`: nothing is proved; the
 * request may be running, and billed.
 */
export type SubmitMeaning =
	| { readonly kind: "accepted" | "lost" }
	| { readonly kind: "busy" | "account_refused" | "refused" | "gone"; readonly code: JobErrorCode };

/** Any other answer proves nothing. */
export const LOST: SubmitMeaning = { kind: "lost" };

/** The queue and the storage refuse a key, or its account, alike. A page is some proxy's, which stands before both. */
export const ACCOUNT_REFUSALS: readonly Row<{
	readonly kind: "busy" | "account_refused";
	readonly code: JobErrorCode;
}>[] = [
	{ status: [[401, 403]], sign: "page", means: { kind: "busy", code: "upstream_unavailable" } },
	{ status: only(401), means: { kind: "account_refused", code: "upstream_key_refused" } },
	{ status: only(402), means: { kind: "account_refused", code: "insufficient_quota" } },
	{ status: only(403), sign: "exhausted_balance", means: { kind: "account_refused", code: "insufficient_quota" } },
	{ status: only(403), sign: "locked", means: { kind: "account_refused", code: "upstream_account_locked" } },
	{ status: only(403), sign: "no_permission", means: { kind: "account_refused", code: "upstream_permission_missing" } },
	{ status: only(403), means: { kind: "account_refused", code: "upstream_key_refused" } },
];

export const SUBMIT_MEANINGS: readonly Row<SubmitMeaning>[] = [
	{ status: DONE, sign: "request_id", means: { kind: "accepted" } },
	// Whatever stood on the way: a request that fal has must not be sent again.
	{ status: FAILURES, sign: "acceptance", means: { kind: "accepted" } },
	{ status: DONE, means: LOST },
	{ status: only(403), sign: "of_the_prompt", means: { kind: "refused", code: "invalid_input" } },
	...ACCOUNT_REFUSALS,
	{ status: only(404, 410), sign: "of_the_endpoint", means: { kind: "gone", code: "model_not_found" } },
	// A time-out, a conflict, too early, and a client that went: fal may have it all the same.
	{ status: only(408, 409, 425, 499), means: LOST },
	{ status: only(429), means: { kind: "busy", code: "rate_limit_exceeded" } },
	{ status: only(413, 414, 431), means: { kind: "refused", code: "invalid_input" } },
	// Of a server on the way: the next submit may pass it.
	{ status: REFUSALS, sign: "page", means: { kind: "busy", code: "upstream_unavailable" } },
	{ status: only(404), means: { kind: "busy", code: "upstream_unavailable" } },
	{ status: only(410), means: { kind: "gone", code: "model_not_found" } },
	{ status: REFUSALS, means: { kind: "refused", code: "invalid_input" } },
	// Cloudflare's own from 521 on, if it could not even connect: refused, unreachable, no TLS.
	{ status: only(503, 521, 523, 525, 526), means: { kind: "busy", code: "upstream_unavailable" } },
];

/**
 * `pictures` and `failure` speak of the job, and end it. `early` and `asking` speak of the asking: it is asked again, for as long as fal
 * keeps a result. `silent` is any other answer. It says nothing, and is asked again for minutes.
 */
export type ResultMeaning = "pictures" | "failure" | "early" | "asking" | "silent";

/** Statuses of the asking's own form: its method, its length, its head, its connection. */
const HTTP_OWN = only(405, 407, 411, 412, 414, 416, 417, 421, 426, 428, 431, 499);

export const RESULT_MEANINGS: readonly Row<ResultMeaning>[] = [
	{ status: DONE, sign: "pictures", means: "pictures" },
	{ status: [...DONE, ...FAILURES], sign: "in_progress", means: "early" },
	{ status: DONE, sign: "queue_status", means: "early" },
	{ status: DONE, sign: "no_object", means: "silent" },
	{ status: only(200), means: "failure" },
	{ status: only(401, 402, 403, 408, 409, 425, 429), means: "asking" },
	{ status: FAILURES, sign: "kind", means: "failure" },
	{ status: only(404), sign: "unknown_request", means: "failure" },
	{ status: only(422), means: "failure" },
	// Servers on the way have words for them, too, and no model does.
	{ status: HTTP_OWN, means: "silent" },
	{ status: only(404), sign: "detail", means: "failure" },
	{ status: only(404), means: "silent" },
	{ status: REFUSALS, sign: "words", means: "failure" },
];

/** fal says `COMPLETED` of failed jobs, too. It has no word for a failure; the others are what its users wait for. */
export const STATUS_MEANINGS: ReadonlyMap<string, "queued" | "running" | "completed"> = new Map([
	["IN_QUEUE", "queued"],
	["IN_PROGRESS", "running"],
	["COMPLETED", "completed"],
	["FAILED", "completed"],
	["ERROR", "completed"],
	["CANCELLED", "completed"],
	["CANCELED", "completed"],
] as const);

/**
 * Reads a webhook that fal signed by its own status: 200 stands for `OK`, 500 for `ERROR`. `fetch`: the result has to be asked for.
 * `unexplained`: the job failed, and only its result may say why. That is any other answer.
 */
export type WebhookMeaning = "pictures" | "failure" | "fetch" | "unexplained";

export const WEBHOOK_MEANINGS: readonly Row<WebhookMeaning>[] = [
	{ status: DONE, sign: "pictures", means: "pictures" },
	{ status: DONE, sign: "in_progress", means: "fetch" },
	{ status: DONE, sign: "queue_status", means: "fetch" },
	{ status: DONE, sign: "no_object", means: "fetch" },
	{ status: DONE, means: "failure" },
	{ status: FAILURES, sign: "kind", means: "failure" },
	{ status: FAILURES, sign: "words", means: "failure" },
];
