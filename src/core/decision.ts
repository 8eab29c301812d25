/** Parts of which decisions are made. */
import type { JobError } from "../errors.ts";
import { toSubmission } from "../models/submission.ts";
import type { CancelReason, EventBody, SlotEventBody, Terminal, Upstream } from "./events.ts";
import type { AtFal, Effect } from "./inputs.ts";
import { nextLookUp, SETTLE_BY_LIST_MS, SETTLE_UNKNOWN_MS, submitTimeoutOf } from "./schedule.ts";
import {
	type JobDetails,
	ofFalAccount,
	outputOf,
	type Slot,
	transferOf,
	upstreamOf,
	upstreamWithoutUrls,
} from "./slot.ts";

/** The events to write, and then the effects to run. */
export interface Decision<Event extends EventBody = EventBody> {
	readonly events?: readonly Event[];
	readonly effects?: readonly Effect[];
}

/** The decision of one slot, in the words of slot 0. A terminal event is the slot's own end. */
export type SlotDecision = Decision<SlotEventBody | Terminal>;

export const NOTHING: SlotDecision = {};

/** Puts events before those of a decision. */
export function withEvents(events: readonly (SlotEventBody | Terminal)[], decision: SlotDecision): SlotDecision {
	return { events: [...events, ...(decision.events ?? [])], effects: decision.effects ?? [] };
}

/**
 * Writes the intent and sends the request, for as many pictures as the model makes in one. Fails if the catalogue no longer has the model.
 * @param falAccount The account at fal that is asked; undefined if there is but one that has no name
 */
export function submit(
	job: Pick<JobDetails, "model" | "request" | "webhook" | "deadlineAt" | "ownSeed" | "first" | "count" | "traits">,
	falAccount: string | undefined,
	now: number,
): SlotDecision {
	const submission = toSubmission(job.model, job.request, job.ownSeed ?? null, job);
	if (submission === null) return failed({ code: "model_not_found", message: "This model is no longer known here." });
	const { endpoint, input, used, attachments, count } = submission;
	const asked = count === job.request.n ? {} : { first: job.first, count };
	const startTimeoutSeconds = Math.max(1, Math.ceil((job.deadlineAt - now) / 1000));
	const brought = attachments.length > 0 ? { attachments } : {};
	const asAccount = falAccount === undefined ? {} : { falAccount };
	return {
		events: [{ type: "submitting", endpoint, used, ...asAccount, ...asked }],
		effects: [{ type: "submit", endpoint, input, ...brought, webhook: job.webhook, startTimeoutSeconds, ...asAccount }],
	};
}

/**
 * fal may have accepted and billed the request. Its webhook or its list of requests can tell: submitting again could pay twice.
 * The list is asked even if the bound or the deadline has passed: what it finds may be paid.
 */
export function onAnswerLost({ job, since }: Slot & { phase: "submitting" }, now: number): SlotDecision {
	const bound = job.webhook === null ? now + SETTLE_BY_LIST_MS : since + SETTLE_UNKNOWN_MS;
	const settleBy = Math.min(bound, job.deadlineAt);
	const lookUpAt = nextLookUp({ lostAt: now, settleBy }, now);
	return { events: [{ type: "answer_lost", settleBy, lookUpAt }] };
}

/** fal has the request. One that is being cancelled is cancelled there. */
export function submitted(
	{ job, cancelling }: Slot & { phase: "submitting" | "unknown" },
	upstream: Upstream,
	position: number | null,
): SlotDecision {
	return {
		events: [{ type: "submitted", ...upstream, position }],
		effects: cancelling ? [cancelEffect({ upstream, job })] : [],
	};
}

/** Looks for the submit in fal's list of requests. */
export function lookUpEffect({ job, since, lostAt }: Slot & { phase: "unknown" }): Effect {
	const { model, request, ownSeed = null } = job;
	return {
		type: "look_up",
		...atFal(job),
		prompt: request.prompt,
		seed: toSubmission(model, request, ownSeed, job)?.ownSeed ?? null,
		leftAfter: since,
		// The submit's time-out ends it, or the death of its instance, which is noticed later.
		leftBefore: Math.min(lostAt, since + submitTimeoutOf(request)),
	};
}

/** Asks for each picture that is neither stored nor lost. */
export function storePending(state: Slot): SlotDecision {
	const transfer = transferOf(state);
	if (transfer === null) return NOTHING;
	const upstream = upstreamOf(state) ?? upstreamWithoutUrls("");
	return {
		effects: transfer.pending.map((index) =>
			storeEffect(state.job, upstream, index, outputOf(state.job, transfer, index)?.url ?? null),
		),
	};
}

export function storeEffect(job: JobDetails, upstream: Upstream, index: number, url: string | null): Effect {
	const place = job.first === 0 ? {} : { place: index - job.first };
	return { type: "store", index, ...place, url, upstream, ...atFal(job) };
}

/** Says where a slot's request is at fal, and which account has it. */
export function atFal(job: JobDetails): AtFal {
	return { endpoint: job.endpoint, ...ofFalAccount(job) };
}

interface KnownToFal {
	readonly upstream: Upstream;
	readonly job: JobDetails;
}

export function pollEffect({ upstream, job }: KnownToFal): Effect {
	return { type: "poll", upstream, ...atFal(job) };
}

export function fetchResultEffect({ upstream, job }: KnownToFal): Effect & { type: "fetch_result" } {
	return { type: "fetch_result", upstream, ...atFal(job) };
}

/** Asks for the result of a job whose statuses cannot be read. */
export function probeEffect(state: KnownToFal): Effect {
	return { ...fetchResultEffect(state), probe: true };
}

export function cancelEffect({ upstream, job }: KnownToFal): Effect {
	return { type: "cancel", upstream, ...atFal(job) };
}

/** fal says that the job failed. Its result is asked once for more words: if it has none, what fal said ends the job. */
export function failedAtFal(state: KnownToFal, error: JobError): SlotDecision {
	return { events: [{ type: "completed", error }], effects: [fetchResultEffect(state)] };
}

/** The last event of a job with at least one picture. */
export function succeeded(job: Pick<JobDetails, "acceptedAt">, now: number): Terminal {
	return { type: "succeeded", seconds: (now - job.acceptedAt) / 1000 };
}

export function failed(error: JobError): SlotDecision {
	return { events: [{ type: "failed", error }] };
}

/** The last event of a job that is cancelled: a client's wish is no failure, a deadline is. */
export function endOfCancellation(why: CancelReason): { type: "cancelled" } | { type: "failed"; error: JobError } {
	return why === "client" ? { type: "cancelled" } : { type: "failed", error: DEADLINE_EXCEEDED };
}

export const OUTCOME_UNKNOWN: JobError = {
	code: "upstream_outcome_unknown",
	message:
		"The connection to fal was lost while the request was handed over. fal may have made, and billed, the picture, so it was not sent again.",
};

/** Nothing was paid, so the code is one that invites a client to send the request again. */
export const NOT_SENT: JobError = {
	code: "upstream_unavailable",
	message: "The request did not reach fal: its list of requests does not have it. Nothing was paid.",
};

const DEADLINE_EXCEEDED: JobError = {
	code: "deadline_exceeded",
	message: "The picture was not ready in time; the request to fal was cancelled.",
};
