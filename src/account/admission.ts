/** Decides whether a request gets a job of its own or an earlier one. Pure: the account's object reads, asks and writes. */

import type { KeyRefusal, LimitHit } from "./limits.ts";
import type { OpenJob } from "./tally.ts";

/** A request, as far as it tells whether it was made before. */
export interface Admission {
	/** Of the route and the canonical body: equal requests have equal digests. */
	readonly digest: string;
	/** The client's own `Idempotency-Key`. */
	readonly key: string | null;
	/** The client says that it has asked before. */
	readonly retried: boolean;
	/** The id that a job of its own gets. Absent from a Worker of the previous deploy: then the account chooses one. */
	readonly id?: string;
	/** The job's share of its account's limits, if it is not joined. Absent from a Worker of the previous deploy: then nothing is reserved, and nothing limited. */
	readonly asked?: Reservation;
	/** The account's name, which its object does not know. Absent from a Worker of the previous deploy. */
	readonly account?: string;
}

/** A job's share of its account's limits until it ends, and the facts that the list shows. */
export interface Reservation {
	/** The issued key that asks for it; null for a key of `WORKER_ACCESS_KEY`. */
	readonly apiKey: PresentedKey | null;
	/** The catalogue's ids of all models that may draw it. */
	readonly models: readonly string[];
	readonly images: number;
	/** Its price at most. Micro-dollars. */
	readonly reserve: number;
	/** As the list shows it. */
	readonly model: string;
	/** Its first 200 characters. */
	readonly prompt: string;
	readonly source: "generation" | "edit";
	/** A start after that is refused. Milliseconds since 1970. */
	readonly startBy: number;
	/** Jobs of the account that may be open at once. */
	readonly maxOpenJobs: number;
}

/** An issued key, as a request has it. */
export interface PresentedKey {
	readonly id: string;
	/** Of its secret, in hex. */
	readonly secretSha256: string;
}

/** A row of the account's list that has the request's key or, if it has none, its digest. */
export interface EarlierJob {
	/** Its place in the account's list. */
	readonly n: number;
	readonly id: string;
	readonly digest: string;
}

/** A job's answer to `claim`: it may be joined, it may not, or its start has not reached it yet. */
export type ClaimAnswer = "yes" | "no" | "unstarted";

/** All that an admission has found out so far. */
export interface Inquiry {
	/** Newest first, as read before any job was asked. */
	readonly rowsAtFirst: readonly EarlierJob[];
	/** The same, as they are now: other requests may have been admitted while jobs were asked. */
	readonly rowsNow: readonly EarlierJob[];
	/** The jobs that were asked so far. */
	readonly asked: readonly AskedJob[];
	/** The reason that the request's issued key may not make it; null if it may, or there is none. */
	readonly refusal: KeyRefusal | null;
	/** The limit that one more job would pass now; null if there is none. */
	readonly hit: LimitHit | null;
	/** The jobs that may have ended unheard, so that the limit would stand no more. None once they were asked for this request. */
	readonly overdue: readonly OpenJob[];
}

export interface AskedJob {
	readonly job: EarlierJob;
	readonly answer: ClaimAnswer;
}

export type AdmissionDecision =
	| { readonly type: "join"; readonly id: string }
	/** An earlier job whose start may be lost: whoever comes first starts it, once. */
	| { readonly type: "start"; readonly id: string; readonly listing: number }
	/** Not known yet: ask this job, then decide again. */
	| { readonly type: "ask"; readonly job: EarlierJob }
	/** The key was used for another request. */
	| { readonly type: "conflict" }
	/** Its issued key may make nothing, or not this. */
	| { readonly type: "refuse"; readonly refusal: KeyRefusal }
	/** A limit stands against a job of its own, as far as is known: ask these jobs, then decide again. */
	| { readonly type: "ask_overdue"; readonly jobs: readonly OpenJob[] }
	/** A limit stands against a job of its own. */
	| { readonly type: "limit"; readonly hit: LimitHit }
	/** No earlier job fits: write a row of its own, in the same turn. */
	| { readonly type: "create" };

/** True if the client says that the request may be an earlier one again, by a key or by a retry count. */
export function isDeclaredRetry({ key, retried }: Pick<Admission, "key" | "retried">): boolean {
	return key !== null || retried;
}

/** Limits stand against a job of its own only: one that joins or starts an earlier job takes nothing more. */
export function decideAdmission(admission: Admission, inquiry: Inquiry): AdmissionDecision {
	const { rowsAtFirst, rowsNow, asked, refusal, hit, overdue } = inquiry;
	if (refusal !== null) return { type: "refuse", refusal };
	// The answer of an earlier call with this id was lost: its row is there.
	const own = rowsNow.find(({ id }) => id === admission.id);
	if (own !== undefined) return { type: "start", id: own.id, listing: own.n };
	const declared = isDeclaredRetry(admission);
	for (const { job, answer } of asked) {
		if (answer === "yes") return { type: "join", id: job.id };
		// One that is off the list by now was erased: its object holds nothing any more, and must not begin again.
		const isListed = rowsNow.some(({ id }) => id === job.id);
		if (answer === "unstarted" && declared && isListed) return { type: "start", id: job.id, listing: job.n };
	}
	// A job that came meanwhile has a client that waits: only a declared retry may join it.
	const rows = declared ? rowsNow : rowsAtFirst;
	if (rows.some(({ digest }) => digest !== admission.digest)) return { type: "conflict" };
	const next = rows.find(({ id }) => !asked.some(({ job }) => job.id === id));
	if (next !== undefined) return { type: "ask", job: next };
	if (hit === null) return { type: "create" };
	return overdue.length > 0 ? { type: "ask_overdue", jobs: overdue } : { type: "limit", hit };
}
