import type { JobError } from "./errors.ts";
import type { Accepted, EventBody, JobEvent, StoredImage, Upstream } from "./events.ts";
import type { CancelAnswer, FalResult, FalStatus, SubmitAnswer } from "./fal.ts";
import {
	addressless,
	type Cancelling,
	cancellingOf,
	type Delivery,
	endOf,
	evolve,
	type Job,
	type State,
	upstreamOf,
} from "./job.ts";
import { submissionOf, successorOf } from "./models.ts";
import type { JsonObject } from "./request.ts";
import {
	CANCEL_SILENCE_MS,
	FETCH_RESULT_FOR_MS,
	STORE_FOR_MS,
	STORE_GONE_FOR_MS,
	submitRetryDelay,
} from "./schedule.ts";

/** What can happen to a job. Each input may come at any time, in any order, and again. */
export type Input =
	| { readonly type: "start"; readonly accepted: Omit<Accepted, "type"> }
	| { readonly type: "submit_answered"; readonly answer: SubmitAnswer }
	| { readonly type: "status"; readonly status: FalStatus }
	/** `result` null: fal is done and says so, but what came of it has to be fetched. */
	| { readonly type: "result"; readonly requestId: string; readonly result: FalResult | null }
	| { readonly type: "stored"; readonly image: Omit<StoredImage, "nsfw"> }
	| {
			readonly type: "store_failed";
			readonly index: number;
			readonly why: string;
			readonly final: "now" | "soon" | "late";
	  }
	| { readonly type: "cancel" }
	| { readonly type: "delete" }
	/** The last client that waited is gone, with its answer or without. */
	| { readonly type: "client_gone"; readonly delivered: boolean }
	| { readonly type: "cancel_answered"; readonly answer: CancelAnswer }
	/** The alarm rang. */
	| { readonly type: "tick"; readonly submitInFlight: boolean }
	/** A new instance met its log: what an earlier one had under way is gone. */
	| { readonly type: "woke" };

/** What the shell is to do. Each may run twice, but for `submit`, which the log guards. */
export type Effect =
	| {
			readonly type: "submit";
			readonly endpoint: string;
			readonly input: JsonObject;
			readonly webhook: string | null;
			/** fal is told not to start it later than this. */
			readonly startTimeoutSeconds: number;
	  }
	| { readonly type: "poll"; readonly upstream: Upstream; readonly endpoint: string }
	| { readonly type: "fetch_result"; readonly upstream: Upstream; readonly endpoint: string }
	| { readonly type: "cancel"; readonly upstream: Upstream; readonly endpoint: string }
	/** `url` null: the picture lies in fal's result itself. */
	| {
			readonly type: "store";
			readonly index: number;
			readonly url: string | null;
			readonly upstream: Upstream;
			readonly endpoint: string;
	  }
	/** Delete the pictures, then all that the object holds. */
	| { readonly type: "erase" };

export interface Step {
	readonly state: State;
	readonly events: readonly JobEvent[];
	readonly effects: readonly Effect[];
}

interface Decision {
	readonly events?: readonly EventBody[];
	readonly effects?: readonly Effect[];
}

const NOTHING: Decision = {};

/** The job's one decision: what an input means to a state. Pure and total; an input that is no news changes nothing. */
export const step = (state: State, input: Input, now: number): Step => {
	const { events: bodies = [], effects = [] } = decide(state, input, now);
	const events = bodies.map((body, index): JobEvent => ({ ...body, seq: state.seq + 1 + index, at: now }));
	const after = events.reduce(evolve, state);
	// Whatever a deleted job came to, it is erased then.
	const gone = events.length > 0 && after.phase === "ended" && after.job.deleting;
	return { state: after, events, effects: gone ? [{ type: "erase" }] : effects };
};

const decide = (state: State, input: Input, now: number): Decision => {
	if (state.phase === "empty") {
		if (input.type !== "start") return NOTHING;
		const accepted: Accepted = { type: "accepted", ...input.accepted };
		const { model } = input.accepted.request;
		return also([accepted], submit({ ...input.accepted, model }, now));
	}
	switch (input.type) {
		case "start":
			return NOTHING;
		case "submit_answered":
			return onSubmitAnswer(state, input.answer, now);
		case "status":
			return onStatus(state, input.status);
		case "result":
			return onResult(state, input.requestId, input.result, now);
		case "stored":
			return onStored(state, input.image, now);
		case "store_failed":
			return onStoreFailed(state, input, now);
		case "cancel":
			return onCancel(state);
		case "cancel_answered":
			return onCancelAnswer(state, input.answer);
		case "delete":
			return onDelete(state);
		case "client_gone":
			return onClientGone(state, input.delivered);
		case "tick":
			return onTick(state, input.submitInFlight, now);
		case "woke":
			return onWoke(state, now);
	}
};

type Existing = Exclude<State, { phase: "empty" }>;

const onSubmitAnswer = (state: Existing, answer: SubmitAnswer, now: number): Decision => {
	if (state.phase !== "submitting" && state.phase !== "unknown") return NOTHING;
	const { job, cancelling } = state;
	if (answer.kind === "accepted") {
		const submitted: EventBody = { type: "submitted", ...answer.upstream, position: answer.position };
		return {
			events: [submitted],
			effects: cancelling ? [{ type: "cancel", upstream: answer.upstream, endpoint: endpointOf(job) }] : [],
		};
	}
	if (state.phase === "unknown") return NOTHING;
	if (answer.kind === "lost") return lost(job, cancelling, now);
	if (cancelling) return { events: [endOf(cancelling.why)] };
	switch (answer.kind) {
		case "busy": {
			const retryAt = now + submitRetryDelay(now - job.acceptedAt);
			if (retryAt >= job.deadlineAt) return failed(answer.error);
			return { events: [{ type: "refused", status: answer.status, retryAt }] };
		}
		case "gone": {
			const to = job.model === job.request.model ? successorOf(job.model) : null;
			if (to === null) return failed(answer.error);
			return also([{ type: "rerouted", from: job.model, to, why: "model_gone" }], submit({ ...job, model: to }, now));
		}
		case "refused":
			return failed(answer.error);
	}
};

/** fal may have accepted and billed it: only its webhook can tell. Submitting again could pay twice. */
const lost = (job: Job, cancelling: Cancelling | null, now: number): Decision => {
	if (job.webhook !== null && now < job.deadlineAt) {
		return { events: [{ type: "answer_lost", settleBy: job.deadlineAt }] };
	}
	return cancelling ? { events: [endOf(cancelling.why)] } : failed(OUTCOME_UNKNOWN);
};

const onStatus = (state: Existing, status: FalStatus): Decision => {
	if (state.phase !== "queued" && state.phase !== "running") return NOTHING;
	switch (status.kind) {
		case "queued":
			if (state.phase === "queued" && state.position === status.position) return NOTHING;
			return { events: [{ type: "queued", position: status.position }] };
		case "running":
			if (state.phase === "running" && !hasNews(state.logs, status.logs)) return NOTHING;
			return { events: [{ type: "running", logs: status.logs }] };
		case "completed":
			return { effects: [fetchResult(state)] };
	}
};

/** fal's logs are a moving window: news is a last line that was not the last. */
const hasNews = (before: readonly string[], after: readonly string[]): boolean =>
	after.length > 0 && (after.at(-1) !== before.at(-1) || after.length > before.length);

const onResult = (state: Existing, requestId: string, result: FalResult | null, now: number): Decision => {
	const upstream = upstreamOf(state);
	if (upstream !== null && upstream.requestId !== requestId) return NOTHING;
	if (state.phase === "storing") return NOTHING;
	if (state.job.deleting) {
		const over = state.phase !== "ended" && (result === null || result.kind === "outputs" || result.kind === "failure");
		return over ? { events: [endOf("client")] } : NOTHING;
	}
	if (state.phase === "ended") {
		if (state.delivery !== null) return NOTHING;
		// What has ended stays ended, but what still comes is paid for.
		if (result === null)
			return { effects: [fetchResult({ upstream: upstream ?? addressless(requestId), job: state.job })] };
		return result.kind === "outputs" ? generated(state.job, requestId, result, upstream) : NOTHING;
	}
	if (result === null) {
		if (upstream !== null && "upstream" in state) return { effects: [fetchResult(state)] };
		return {
			events: [submittedAs(requestId)],
			effects: [fetchResult({ upstream: addressless(requestId), job: state.job })],
		};
	}
	switch (result.kind) {
		case "outputs":
			return generated(state.job, requestId, result, upstream);
		case "failure": {
			const cancelling = cancellingOf(state);
			const end: Decision = cancelling ? { events: [endOf(cancelling.why)] } : failed(result.error);
			// fal had it, so it may have cost: its number is kept, also where the submit's answer never came.
			return upstream === null ? also([submittedAs(requestId)], end) : end;
		}
		case "too_early":
		case "unavailable":
			if (state.phase === "fetching") return now - state.since < FETCH_RESULT_FOR_MS ? NOTHING : failed(RESULT_LOST);
			return result.kind === "unavailable" && upstream !== null ? { events: [{ type: "completed" }] } : NOTHING;
	}
};

/** A webhook told of it first, without its addresses. */
const submittedAs = (requestId: string): EventBody => ({
	type: "submitted",
	...addressless(requestId),
	position: null,
});

const generated = (
	job: Job,
	requestId: string,
	{ outputs }: FalResult & { kind: "outputs" },
	upstream: Upstream | null,
): Decision => {
	const kept = outputs.map(({ url, nsfw }) => ({ url: url.startsWith("data:") ? null : url, nsfw }));
	return {
		events: [{ type: "generated", requestId, outputs: kept }],
		effects: kept.map(({ url }, index) => ({
			type: "store",
			index,
			url,
			upstream: upstream ?? addressless(requestId),
			endpoint: endpointOf(job),
		})),
	};
};

const onStored = (state: Existing, stored: Omit<StoredImage, "nsfw">, now: number): Decision => {
	const delivery = deliveryOf(state);
	if (!delivery?.pending.includes(stored.index)) return NOTHING;
	const image = { ...stored, nsfw: delivery.outputs[stored.index]?.nsfw ?? false };
	if (state.phase === "ended") return { events: [{ type: "late_image", ...image }] };
	return also([{ type: "image", ...image }], settled(state.job, delivery, 1, now));
};

const onStoreFailed = (
	state: Existing,
	{ index, why, final }: Input & { type: "store_failed" },
	now: number,
): Decision => {
	const delivery = deliveryOf(state);
	if (!delivery?.pending.includes(index)) return NOTHING;
	const patience = { now: 0, soon: STORE_GONE_FOR_MS, late: STORE_FOR_MS }[final];
	if (now - delivery.since < patience) return NOTHING;
	const imageLost: EventBody = { type: "image_lost", index, why };
	return state.phase === "ended" ? { events: [imageLost] } : also([imageLost], settled(state.job, delivery, 0, now));
};

/** The end, if the picture that was just stored (1) or lost (0) was the last one. */
const settled = (job: Job, delivery: Delivery, stored: 0 | 1, now: number): Decision => {
	if (delivery.pending.length > 1) return NOTHING;
	if (delivery.stored + stored === 0) return failed(STORING_FAILED);
	return { events: [{ type: "succeeded", seconds: (now - job.acceptedAt) / 1000 }] };
};

const onCancel = (state: Existing): Decision => {
	switch (state.phase) {
		case "accepted":
			return { events: [{ type: "cancelled" }] };
		case "submitting":
		case "unknown":
			return state.cancelling ? NOTHING : { events: [{ type: "cancelling", why: "client" }] };
		case "queued":
		case "running":
			return state.cancelling
				? NOTHING
				: { events: [{ type: "cancelling", why: "client" }], effects: [cancelUpstream(state)] };
		// fal is done: the picture is paid, and is kept.
		case "fetching":
		case "storing":
		case "ended":
			return NOTHING;
	}
};

/** Upstream first, as a cancellation; what fal has made already is dropped, since nobody wants it any more. */
const onDelete = (state: Existing): Decision => {
	if (state.job.deleting) return NOTHING;
	const deleting: EventBody = { type: "deleting" };
	switch (state.phase) {
		case "fetching":
		case "storing":
			return { events: [deleting, endOf("client")] };
		default:
			return also([deleting], onCancel(state));
	}
};

const onClientGone = (state: Existing, delivered: boolean): Decision => {
	const { clientLeft, onDisconnect, deleting } = state.job;
	if (deleting) return NOTHING;
	if (delivered) return clientLeft ? { events: [{ type: "delivered" }] } : NOTHING;
	if (onDisconnect === "cancel") return onCancel(state);
	return clientLeft ? NOTHING : { events: [{ type: "client_left" }] };
};

/** Whether an equal request may join instead of paying again: not a job that was cancelled, nor one whose failure surely cost nothing. */
export const isJoinable = (state: State): boolean => {
	if (state.phase === "empty" || state.job.deleting) return false;
	if (state.phase !== "ended" || state.outcome === "succeeded") return true;
	const mayHaveCost = state.upstream !== null || state.error?.code === "upstream_outcome_unknown";
	return state.outcome === "failed" && mayHaveCost;
};

const onCancelAnswer = (state: Existing, answer: CancelAnswer): Decision => {
	if ((state.phase !== "queued" && state.phase !== "running") || !state.cancelling) return NOTHING;
	switch (answer) {
		case "accepted":
		case "not_found":
			return { events: [endOf(state.cancelling.why)] };
		case "already_completed":
			if (state.job.deleting) return { events: [endOf("client")] };
			return { events: [{ type: "completed" }], effects: [fetchResult(state)] };
		case "unclear":
			return NOTHING;
	}
};

const onTick = (state: Existing, submitInFlight: boolean, now: number): Decision => {
	switch (state.phase) {
		case "accepted":
			if (now >= state.job.deadlineAt) return { events: [endOf("deadline")] };
			return now >= state.retryAt ? submit(state.job, now) : NOTHING;
		case "submitting":
			return submitInFlight ? NOTHING : lost(state.job, state.cancelling, now);
		case "unknown":
			if (state.cancelling && now >= state.cancelling.since + CANCEL_SILENCE_MS)
				return { events: [endOf(state.cancelling.why)] };
			return now >= state.settleBy ? failed(OUTCOME_UNKNOWN) : NOTHING;
		case "queued":
		case "running":
			if (state.cancelling) {
				return now >= state.cancelling.since + CANCEL_SILENCE_MS
					? { events: [endOf(state.cancelling.why)] }
					: { effects: [cancelUpstream(state)] };
			}
			if (now >= state.job.deadlineAt) {
				return { events: [{ type: "cancelling", why: "deadline" }], effects: [cancelUpstream(state)] };
			}
			return { effects: [{ type: "poll", upstream: state.upstream, endpoint: endpointOf(state.job) }] };
		case "fetching":
			return { effects: [fetchResult(state)] };
		case "storing":
			return storePending(state, state.delivery);
		case "ended":
			return state.job.deleting || now >= state.job.expiresAt
				? { effects: [{ type: "erase" }] }
				: storePending(state, state.delivery);
	}
};

/** What was under way when the last instance died is taken up at once; the rest waits for its news or alarm. */
const onWoke = (state: Existing, now: number): Decision => {
	switch (state.phase) {
		case "submitting":
			return lost(state.job, state.cancelling, now);
		case "storing":
			return storePending(state, state.delivery);
		default:
			return NOTHING;
	}
};

const submit = (job: Pick<Job, "model" | "request" | "webhook" | "deadlineAt">, now: number): Decision => {
	const submission = submissionOf(job.model, job.request);
	if (submission === null) return failed({ code: "model_not_found", message: "This model is no longer known here." });
	const { endpoint, input, used } = submission;
	const startTimeoutSeconds = Math.max(1, Math.ceil((job.deadlineAt - now) / 1000));
	return {
		events: [{ type: "submitting", endpoint, used }],
		effects: [{ type: "submit", endpoint, input, webhook: job.webhook, startTimeoutSeconds }],
	};
};

const storePending = (state: Existing, delivery: Delivery | null): Decision => ({
	effects: (delivery?.pending ?? []).map((index) => ({
		type: "store",
		index,
		url: delivery?.outputs[index]?.url ?? null,
		upstream: upstreamOf(state) ?? addressless(""),
		endpoint: endpointOf(state.job),
	})),
});

const fetchResult = ({ upstream, job }: { readonly upstream: Upstream; readonly job: Job }): Effect => ({
	type: "fetch_result",
	upstream,
	endpoint: endpointOf(job),
});

const cancelUpstream = ({ upstream, job }: { readonly upstream: Upstream; readonly job: Job }): Effect => ({
	type: "cancel",
	upstream,
	endpoint: endpointOf(job),
});

/** Where fal's addresses have to be built, for want of the ones it returns. */
export const endpointOf = (job: Job): string => submissionOf(job.model, job.request)?.endpoint ?? job.model;

const deliveryOf = (state: Existing): Delivery | null => ("delivery" in state ? state.delivery : null);

const failed = (error: JobError): Decision => ({ events: [{ type: "failed", error }] });

const also = (events: readonly EventBody[], then: Decision): Decision => ({
	events: [...events, ...(then.events ?? [])],
	effects: then.effects ?? [],
});

const OUTCOME_UNKNOWN: JobError = {
	code: "upstream_outcome_unknown",
	message:
		"The connection to fal was lost while the request was handed over. fal may have made, and billed, the picture, so it was not sent again.",
};
const RESULT_LOST: JobError = {
	code: "upstream_failed",
	message: "fal finished, but its result could not be fetched.",
};
const STORING_FAILED: JobError = {
	code: "storing_failed",
	message: "fal made the picture, but it could not be fetched from fal.",
};
