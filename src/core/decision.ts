import type { JobError } from "../errors.ts";
import { toSubmission } from "../models/submission.ts";
import type { EventBody, Upstream } from "./events.ts";
import type { Effect } from "./inputs.ts";
import { SETTLE_UNKNOWN_MS } from "./schedule.ts";
import { addressless, type Delivery, endOf, type Job, type State, upstreamOf } from "./state.ts";

/** What decisions are made of. */

/** What is to be written, and what is to be done then. */
export interface Decision {
	readonly events?: readonly EventBody[];
	readonly effects?: readonly Effect[];
}

export type Existing = Exclude<State, { phase: "empty" }>;

export const NOTHING: Decision = {};

export function submit(job: Pick<Job, "model" | "request" | "webhook" | "deadlineAt">, now: number): Decision {
	const submission = toSubmission(job.model, job.request);
	if (submission === null) return failed({ code: "model_not_found", message: "This model is no longer known here." });
	const { endpoint, input, used } = submission;
	const startTimeoutSeconds = Math.max(1, Math.ceil((job.deadlineAt - now) / 1000));
	return {
		events: [{ type: "submitting", endpoint, used }],
		effects: [{ type: "submit", endpoint, input, webhook: job.webhook, startTimeoutSeconds }],
	};
}

export function storePending(state: Existing, delivery: Delivery | null): Decision {
	return {
		effects: (delivery?.pending ?? []).map((index) =>
			store(state.job, upstreamOf(state) ?? addressless(""), index, delivery?.outputs[index]?.url ?? null),
		),
	};
}

export function store(job: Job, upstream: Upstream, index: number, url: string | null): Effect {
	return {
		type: "store",
		index,
		url,
		upstream,
		endpoint: job.endpoint,
	};
}

export function fetchResult({ upstream, job }: { readonly upstream: Upstream; readonly job: Job }): Effect {
	return {
		type: "fetch_result",
		upstream,
		endpoint: job.endpoint,
	};
}

export function cancelUpstream({ upstream, job }: { readonly upstream: Upstream; readonly job: Job }): Effect {
	return {
		type: "cancel",
		upstream,
		endpoint: job.endpoint,
	};
}

export function deliveryOf(state: Existing): Delivery | null {
	return "delivery" in state ? state.delivery : null;
}

export function failed(error: JobError): Decision {
	return { events: [{ type: "failed", error }] };
}

export function also(events: readonly EventBody[], then: Decision): Decision {
	return {
		events: [...events, ...(then.events ?? [])],
		effects: then.effects ?? [],
	};
}

/** fal may have accepted and billed it: only its webhook can tell. Submitting again could pay twice. */
export function lost({ job, since, cancelling }: Existing & { phase: "submitting" }, now: number): Decision {
	const settleBy = Math.min(since + SETTLE_UNKNOWN_MS, job.deadlineAt);
	if (job.webhook !== null && now < settleBy) return { events: [{ type: "answer_lost", settleBy }] };
	return cancelling ? { events: [endOf(cancelling.why)] } : failed(OUTCOME_UNKNOWN);
}

export const OUTCOME_UNKNOWN: JobError = {
	code: "upstream_outcome_unknown",
	message:
		"The connection to fal was lost while the request was handed over. fal may have made, and billed, the picture, so it was not sent again.",
};
