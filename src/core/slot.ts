/** A slot's state: one request to fal, which makes a run of the job's pictures. Most jobs have one slot. */
import type { JobError } from "../errors.ts";
import type { Accepted, CancelReason, EventBody, OfFalAccount, Output, Upstream } from "./events.ts";

export type Slot = Live | Ended;

export type Live =
	/** fal has nothing of it. It is submitted, or submitted again, at `retryAt`. */
	| { readonly phase: "accepted"; readonly job: JobDetails; readonly retryAt: number }
	| {
			readonly phase: "submitting";
			readonly job: JobDetails;
			readonly since: number;
			/** The accounts at fal that were refused right before, one after another. */
			readonly refusals: readonly AccountRefusal[];
			readonly cancelling: Cancellation | null;
	  }
	/** fal may have it: its webhook or its list of requests can tell. */
	| {
			readonly phase: "unknown";
			readonly job: JobDetails;
			/** The submit's begin. */
			readonly since: number;
			readonly lostAt: number;
			readonly settleBy: number;
			/** The next look into fal's list; null for none. */
			readonly lookUpAt: number | null;
			readonly cancelling: Cancellation | null;
	  }
	| ({ readonly phase: "queued"; readonly position: number | null } & Submitted)
	| ({ readonly phase: "running"; readonly logs: readonly string[] } & Submitted)
	/** fal is done, and its result has to be fetched. */
	| ({ readonly phase: "fetching"; readonly job: JobDetails; readonly upstream: Upstream } & Fetching)
	| { readonly phase: "storing"; readonly job: JobDetails; readonly upstream: Upstream; readonly transfer: Transfer };

export type AccountRefusal = Pick<EventBody & { type: "account_refused" }, "falAccount" | "error">;

export interface Ended {
	readonly phase: "ended";
	readonly job: JobDetails;
	readonly outcome: "succeeded" | "failed" | "cancelled";
	readonly error: JobError | null;
	readonly upstream: Upstream | null;
	/** Of a result that came, in time or late. */
	readonly transfer: Transfer | null;
	/** fal told of its failure after the end. Absent: it did not. */
	readonly failedLate?: true;
	/** It was cancelled before fal began with it, as far as anybody knew. */
	readonly unbegun?: true;
}

/** fal has the request. */
interface Submitted {
	readonly job: JobDetails;
	readonly upstream: Upstream;
	readonly submittedAt: number;
	readonly cancelling: Cancellation | null;
}

/** The tries to get a result. */
interface Fetching {
	readonly since: number;
	/** The failure that fal has told of. The result is asked once for more words. */
	readonly error: JobError | null;
	/** Counts the answers that were no result. */
	readonly tries: number;
	/** Of the last of these; null for none. */
	readonly triedAt: number | null;
	/** Since then no answer said anything; null if the last one did. */
	readonly silentSince: number | null;
}

/** The part that every phase has: what `accepted` said, what has changed of it since, and what is asked of the slot. */
export interface JobDetails extends Omit<Accepted, "type">, OfFalAccount {
	readonly acceptedAt: number;
	/** The request's model, or that one's successor. */
	readonly model: string;
	/**
	 * The app at fal that got the last submit: addresses that fal did not give are built from it. Until then the model's id.
	 */
	readonly endpoint: string;
	/** The index of the first picture that is asked of the slot. */
	readonly first: number;
	/** The number of pictures that are asked of it; before its submit, of those that are left to ask. */
	readonly count: number;
	/** The job is erased when it has ended. */
	readonly deleting: boolean;
	/** The last client that waited left without its answer. */
	readonly clientLeft: boolean;
	/** The addresses of a result that could not be read are in the log. */
	readonly addressesKept: boolean;
}

export interface Cancellation {
	readonly since: number;
	readonly why: CancelReason;
}

/** Pictures on their way from fal to R2. */
export interface Transfer {
	readonly since: number;
	readonly outputs: readonly Output[];
	/** Indices that are neither stored nor lost. */
	readonly pending: readonly number[];
	/** The number of pictures in R2. */
	readonly stored: number;
	/** When the last of these came; null for none. */
	readonly storedAt: number | null;
}

/** An event of a slot, or of the whole job: each slot folds both. */
type SlotEvent = EventBody & { readonly at: number };

/** Folds one event in. Total: an event that means nothing to a slot leaves it as it is. A deleted job has no picture to wait for. */
export function evolveSlot(state: Slot, event: SlotEvent): Slot {
	const next = afterEvent(state, event);
	return next.phase === "ended" && next.job.deleting ? withoutAnyPending(next) : next;
}

function afterEvent(state: Slot, event: SlotEvent): Slot {
	const { job } = state;
	switch (event.type) {
		case "submitting": {
			const refusals = state.phase === "submitting" ? state.refusals : [];
			return { phase: "submitting", job: asked(job, event), since: event.at, refusals, cancelling: null };
		}
		case "account_refused": {
			if (state.phase !== "submitting") return state;
			const { falAccount, error } = event;
			return { ...state, refusals: [...state.refusals, { falAccount, error }] };
		}
		case "refused":
			return { phase: "accepted", job, retryAt: event.retryAt };
		case "rerouted":
			return { phase: "accepted", job: { ...job, model: event.to }, retryAt: event.at };
		case "answer_lost": {
			const since = state.phase === "submitting" ? state.since : event.at;
			const { settleBy, lookUpAt = null, at: lostAt } = event;
			return { phase: "unknown", job, since, lostAt, settleBy, lookUpAt, cancelling: cancellationOf(state) };
		}
		case "looked_up":
			return state.phase === "unknown" ? { ...state, lookUpAt: event.lookUpAt } : state;
		case "submitted": {
			const { requestId, statusUrl, responseUrl, cancelUrl, position } = event;
			const upstream = { requestId, statusUrl, responseUrl, cancelUrl };
			const submitted: Submitted = {
				job,
				upstream,
				submittedAt: event.at,
				cancelling: cancellationOf(state),
			};
			return { phase: "queued", ...submitted, position };
		}
		case "queued":
		case "running": {
			if (state.phase !== "queued" && state.phase !== "running") return state;
			const { upstream, submittedAt, cancelling } = state;
			const submitted: Submitted = { job, upstream, submittedAt, cancelling };
			return event.type === "queued"
				? { phase: "queued", ...submitted, position: event.position }
				: { phase: "running", ...submitted, logs: event.logs };
		}
		case "cancelling":
			return "cancelling" in state ? { ...state, cancelling: { since: event.at, why: event.why } } : state;
		case "completed": {
			const upstream = upstreamOf(state);
			if (upstream === null) return state;
			const error = event.error ?? null;
			if (state.phase === "fetching") return { ...state, error: error ?? state.error };
			const untried = { tries: 0, triedAt: null, silentSince: null };
			return { phase: "fetching", job, upstream, since: event.at, error, ...untried };
		}
		case "result_unavailable": {
			if (state.phase !== "fetching") return state;
			const silentSince = event.retryFor === "minutes" ? (state.silentSince ?? event.at) : null;
			return { ...state, tries: state.tries + 1, triedAt: event.at, silentSince };
		}
		case "generated": {
			const upstream = upstreamOf(state) ?? upstreamWithoutUrls(event.requestId);
			const pending = event.outputs.map((_, place) => job.first + place);
			const transfer: Transfer = { since: event.at, outputs: event.outputs, pending, stored: 0, storedAt: null };
			return state.phase === "ended" ? { ...state, upstream, transfer } : { phase: "storing", job, upstream, transfer };
		}
		case "image":
		case "late_image":
			return withoutPending(state, event.index, event.at);
		case "image_lost":
			return withoutPending(state, event.index, null);
		case "late_failure":
			return state.phase === "ended" ? { ...state, failedLate: true } : state;
		case "succeeded":
		case "failed":
		case "cancelled": {
			const error = event.type === "failed" ? event.error : null;
			if (state.phase === "ended") return state;
			return endSlot(state, event.type, error);
		}
		case "deleting":
			return { ...state, job: { ...job, deleting: true } };
		case "addresses_kept":
			return { ...state, job: { ...job, addressesKept: true } };
		case "client_left":
			return { ...state, job: { ...job, clientLeft: true } };
		case "delivered":
			return { ...state, job: { ...job, clientLeft: false } };
		// A second `accepted`, or an event of a newer version that was rolled back.
		default:
			return state;
	}
}

/** Returns the slot as it ends, with what it has. */
export function endSlot(state: Slot, outcome: Ended["outcome"], error: JobError | null): Ended {
	const ended = { phase: "ended", job: state.job, outcome, error } as const;
	const unbegun = state.phase === "queued" && outcome === "cancelled" ? ({ unbegun: true } as const) : {};
	const slot = { ...ended, ...unbegun, upstream: upstreamOf(state), transfer: transferOf(state) };
	return state.job.deleting ? withoutAnyPending(slot) : slot;
}

function withoutAnyPending(slot: Ended): Ended {
	const { transfer } = slot;
	return transfer === null || transfer.pending.length === 0
		? slot
		: { ...slot, transfer: { ...transfer, pending: [] } };
}

function asked(job: JobDetails, event: EventBody & { type: "submitting" }): JobDetails {
	const { endpoint, first = job.first, count = job.count } = event;
	return { ...job, ...ofFalAccount(event), endpoint, first, count };
}

/** Picks the account at fal out of what may name one. */
export function ofFalAccount({ falAccount }: OfFalAccount): OfFalAccount {
	return falAccount === undefined ? {} : { falAccount };
}

/** @param storedAt Null for a picture that is given up */
function withoutPending(state: Slot, index: number, storedAt: number | null): Slot {
	if ((state.phase !== "storing" && state.phase !== "ended") || state.transfer === null) return state;
	const { transfer } = state;
	return {
		...state,
		transfer: {
			...transfer,
			pending: transfer.pending.filter((other) => other !== index),
			stored: transfer.stored + (storedAt === null ? 0 : 1),
			storedAt: storedAt ?? transfer.storedAt,
		},
	};
}

export function upstreamOf(state: Slot): Upstream | null {
	return "upstream" in state ? state.upstream : null;
}

export function cancellationOf(state: Slot): Cancellation | null {
	return "cancelling" in state ? state.cancelling : null;
}

export function transferOf(state: Slot): Transfer | null {
	return "transfer" in state ? state.transfer : null;
}

/** Returns what it failed by, or what fal has told of its failure. */
export function errorOf(state: Slot): JobError | null {
	return "error" in state ? state.error : null;
}

/** True for a slot that costs nothing as it is, though fal may draw it all the same and tell of it. */
export function mayStillCost(slot: Slot): boolean {
	if (!("unbegun" in slot) || slot.job.webhook === null) return false;
	return slot.transfer === null && slot.failedLate !== true;
}

/** True for a slot whose request fal has, had, or may have. */
export function mayHaveCost(state: Slot): boolean {
	const isUnknown = state.phase === "ended" && state.error?.code === "upstream_outcome_unknown";
	return isUnknown || upstreamOf(state) !== null;
}

/** Returns the request that fal may have charged for; null if fal never had one, or failed by its own fault. */
export function requestToBill(state: Slot): string | null {
	return errorOf(state)?.free === true ? null : (upstreamOf(state)?.requestId ?? null);
}

/** Returns what fal made for the picture of this index. */
export function outputOf({ first }: JobDetails, { outputs }: Transfer, index: number): Output | undefined {
	return outputs[index - first];
}

/** A request that only a webhook told of: fal's addresses for it never came. */
export function upstreamWithoutUrls(requestId: string): Upstream {
	return { requestId, statusUrl: null, responseUrl: null, cancelUrl: null };
}
