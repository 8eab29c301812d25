import type { JobError } from "../errors.ts";
import type { Accepted, CancelReason, JobEvent, Output, Upstream } from "./events.ts";

/** A job's state: the fold of its log, with no second truth beside it. */

export type State = {
	/** Of the last event; 0 for a job that does not exist. */
	readonly seq: number;
} & Phase;

export type Phase = { readonly phase: "empty" } | Live | Ended;

export type Live =
	/** Nothing is at fal: to be submitted (again) at `retryAt`. */
	| { readonly phase: "accepted"; readonly job: Job; readonly retryAt: number }
	| { readonly phase: "submitting"; readonly job: Job; readonly since: number; readonly cancelling: Cancelling | null }
	/** fal may or may not have it: only its webhook can tell. */
	| { readonly phase: "unknown"; readonly job: Job; readonly settleBy: number; readonly cancelling: Cancelling | null }
	| ({ readonly phase: "queued"; readonly position: number | null } & AtFal)
	| ({ readonly phase: "running"; readonly logs: readonly string[] } & AtFal)
	/** fal is done; its result is still to be had. */
	| { readonly phase: "fetching"; readonly job: Job; readonly upstream: Upstream; readonly since: number }
	| { readonly phase: "storing"; readonly job: Job; readonly upstream: Upstream; readonly delivery: Delivery };

export interface Ended {
	readonly phase: "ended";
	readonly job: Job;
	readonly outcome: "succeeded" | "failed" | "cancelled";
	readonly error: JobError | null;
	readonly upstream: Upstream | null;
	/** What came, in time or late. */
	readonly delivery: Delivery | null;
}

interface AtFal {
	readonly job: Job;
	readonly upstream: Upstream;
	readonly submittedAt: number;
	readonly cancelling: Cancelling | null;
}

/** What `accepted` said, and the model that the job goes on with: its own, or that one's successor. */
export interface Job extends Omit<Accepted, "type"> {
	readonly acceptedAt: number;
	readonly model: string;
	/** The app at fal that got the last submit, for addresses that fal did not give. The model's id until there was one. */
	readonly endpoint: string;
	/** To be erased when it has ended. */
	readonly deleting: boolean;
	/** The last client that waited went without its answer. */
	readonly clientLeft: boolean;
}

export interface Cancelling {
	readonly since: number;
	readonly why: CancelReason;
}

/** Pictures on their way from fal to R2. */
export interface Delivery {
	readonly since: number;
	readonly outputs: readonly Output[];
	/** Indices that are neither stored nor lost. */
	readonly pending: readonly number[];
	readonly stored: number;
}

export const EMPTY: State = { phase: "empty", seq: 0 };

/** Folds one event in. Total: an event that means nothing to a state only advances its number. */
export function evolve(state: State, event: JobEvent): State {
	return { ...nextPhase(state, event), seq: event.seq };
}

export function fold(events: Iterable<JobEvent>): State {
	let state: State = EMPTY;
	for (const event of events) state = evolve(state, event);
	return state;
}

function nextPhase(state: State, event: JobEvent): Phase {
	if (state.phase === "empty") {
		if (event.type !== "accepted") return state;
		const { type: _, seq: __, at, ...accepted } = event;
		const { model } = accepted.request;
		const job = { ...accepted, acceptedAt: at, model, endpoint: model, deleting: false, clientLeft: false };
		return { phase: "accepted", job, retryAt: at };
	}
	const { job } = state;
	switch (event.type) {
		case "submitting":
			return { phase: "submitting", job: { ...job, endpoint: event.endpoint }, since: event.at, cancelling: null };
		case "refused":
			return { phase: "accepted", job, retryAt: event.retryAt };
		case "rerouted":
			return { phase: "accepted", job: { ...job, model: event.to }, retryAt: event.at };
		case "answer_lost":
			return { phase: "unknown", job, settleBy: event.settleBy, cancelling: cancellingOf(state) };
		case "submitted": {
			const { requestId, statusUrl, responseUrl, cancelUrl, position } = event;
			const upstream = { requestId, statusUrl, responseUrl, cancelUrl };
			return { phase: "queued", job, upstream, position, submittedAt: event.at, cancelling: cancellingOf(state) };
		}
		case "queued":
		case "running": {
			if (state.phase !== "queued" && state.phase !== "running") return state;
			const { upstream, submittedAt, cancelling } = state;
			const atFal = { job, upstream, submittedAt, cancelling };
			return event.type === "queued"
				? { phase: "queued", ...atFal, position: event.position }
				: { phase: "running", ...atFal, logs: event.logs };
		}
		case "cancelling":
			return "cancelling" in state ? { ...state, cancelling: { since: event.at, why: event.why } } : state;
		case "completed": {
			const upstream = upstreamOf(state);
			return upstream === null ? state : { phase: "fetching", job, upstream, since: event.at };
		}
		case "generated": {
			const upstream = upstreamOf(state) ?? addressless(event.requestId);
			const delivery = {
				since: event.at,
				outputs: event.outputs,
				pending: event.outputs.map((_, index) => index),
				stored: 0,
			};
			return state.phase === "ended" ? { ...state, upstream, delivery } : { phase: "storing", job, upstream, delivery };
		}
		case "image":
		case "late_image":
			return withoutPending(state, event.index, 1);
		case "image_lost":
			return withoutPending(state, event.index, 0);
		case "succeeded":
		case "failed":
		case "cancelled": {
			const delivery = "delivery" in state ? state.delivery : null;
			const error = event.type === "failed" ? event.error : null;
			return { phase: "ended", job, outcome: event.type, error, upstream: upstreamOf(state), delivery };
		}
		case "deleting":
			return { ...state, job: { ...job, deleting: true } };
		case "client_left":
			return { ...state, job: { ...job, clientLeft: true } };
		case "delivered":
			return { ...state, job: { ...job, clientLeft: false } };
		// `accepted` again, or what a newer version wrote before it was rolled back.
		default:
			return state;
	}
}

function withoutPending(state: State & { readonly job: Job }, index: number, stored: number): Phase {
	if ((state.phase !== "storing" && state.phase !== "ended") || state.delivery === null) return state;
	const { delivery } = state;
	return {
		...state,
		delivery: {
			...delivery,
			pending: delivery.pending.filter((other) => other !== index),
			stored: delivery.stored + stored,
		},
	};
}

export function upstreamOf(state: State): Upstream | null {
	return "upstream" in state ? state.upstream : null;
}

export function cancellingOf(state: State): Cancelling | null {
	return "cancelling" in state ? state.cancelling : null;
}

/** A request that only a webhook told of: its addresses have to be built. */
export function addressless(requestId: string): Upstream {
	return {
		requestId,
		statusUrl: null,
		responseUrl: null,
		cancelUrl: null,
	};
}

/** How a cancelled job ends. */
export function endOf(why: CancelReason): { type: "cancelled" } | { type: "failed"; error: JobError } {
	return why === "client"
		? { type: "cancelled" }
		: {
				type: "failed",
				error: {
					code: "deadline_exceeded",
					message: "The picture was not ready in time; the request to fal was cancelled.",
				},
			};
}
