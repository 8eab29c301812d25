import type { JobError } from "../errors.ts";
import { successorOf } from "../models/names.ts";
import {
	also,
	cancelUpstream,
	type Decision,
	deliveryOf,
	type Existing,
	failed,
	fetchResult,
	lost,
	NOTHING,
	store,
	submit,
} from "./decision.ts";
import type { EventBody, StoredImage, Upstream } from "./events.ts";
import type { FalResult, FalStatus, SubmitAnswer } from "./fal-answers.ts";
import type { Input } from "./inputs.ts";
import { FETCH_RESULT_FOR_MS, STORE_RETRY_MS, submitRetryDelay } from "./schedule.ts";
import { addressless, cancellingOf, type Delivery, endOf, type Job, type State, upstreamOf } from "./state.ts";

/** What fal's news means to a job, by whatever road it came, and what came of its pictures. */

/**
 * Whether a submit's answer would be no more news: fal has told, by its webhook, more than it could. A job never ends otherwise
 * while its submit is under way, and no other submit follows.
 */
export function isSubmitSettled({ phase }: State): boolean {
	return phase !== "empty" && phase !== "accepted" && phase !== "submitting" && phase !== "unknown";
}

export function onSubmitAnswer(state: Existing, answer: SubmitAnswer, now: number): Decision {
	if (state.phase !== "submitting" && state.phase !== "unknown") return NOTHING;
	const { job, cancelling } = state;
	if (answer.kind === "accepted") {
		const submitted: EventBody = { type: "submitted", ...answer.upstream, position: answer.position };
		return {
			events: [submitted],
			effects: cancelling ? [cancelUpstream({ upstream: answer.upstream, job })] : [],
		};
	}
	if (state.phase === "unknown") return NOTHING;
	if (answer.kind === "lost") return lost(state, now);
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
}

export function onStatus(state: Existing, status: FalStatus): Decision {
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
}

/** fal's logs are a moving window: news is a last line that was not the last. */
function hasNews(before: readonly string[], after: readonly string[]): boolean {
	return after.length > 0 && (after.at(-1) !== before.at(-1) || after.length > before.length);
}

export function onResult(state: Existing, requestId: string, result: FalResult | null, now: number): Decision {
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
		if (upstream !== null) return { effects: [fetchResult({ upstream, job: state.job })] };
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
}

/** A webhook told of it first, without its addresses. */
function submittedAs(requestId: string): EventBody {
	return {
		type: "submitted",
		...addressless(requestId),
		position: null,
	};
}

function generated(
	job: Job,
	requestId: string,
	{ outputs }: FalResult & { kind: "outputs" },
	upstream: Upstream | null,
): Decision {
	const kept = outputs.map(({ url, nsfw }) => ({ url: url.startsWith("data:") ? null : url, nsfw }));
	return {
		events: [{ type: "generated", requestId, outputs: kept }],
		effects: kept.map(({ url }, index) => store(job, upstream ?? addressless(requestId), index, url)),
	};
}

export function onStored(state: Existing, stored: Omit<StoredImage, "nsfw">, now: number): Decision {
	const delivery = deliveryOf(state);
	if (!delivery?.pending.includes(stored.index)) return NOTHING;
	const image = { ...stored, nsfw: delivery.outputs[stored.index]?.nsfw ?? false };
	if (state.phase === "ended") return { events: [{ type: "late_image", ...image }] };
	return also([{ type: "image", ...image }], settled(state.job, delivery, 1, now));
}

export function onStoreFailed(
	state: Existing,
	{ index, why, retryFor }: Input & { type: "store_failed" },
	now: number,
): Decision {
	const delivery = deliveryOf(state);
	if (!delivery?.pending.includes(index)) return NOTHING;
	if (now - delivery.since < STORE_RETRY_MS[retryFor]) return NOTHING;
	const imageLost: EventBody = { type: "image_lost", index, why };
	return state.phase === "ended" ? { events: [imageLost] } : also([imageLost], settled(state.job, delivery, 0, now));
}

/** The end, if the picture that was just stored (1) or lost (0) was the last one. */
function settled(job: Job, delivery: Delivery, stored: 0 | 1, now: number): Decision {
	if (delivery.pending.length > 1) return NOTHING;
	if (delivery.stored + stored === 0) return failed(STORING_FAILED);
	return { events: [{ type: "succeeded", seconds: (now - job.acceptedAt) / 1000 }] };
}

const RESULT_LOST: JobError = {
	code: "upstream_failed",
	message: "fal finished, but its result could not be fetched.",
};
const STORING_FAILED: JobError = {
	code: "storing_failed",
	message: "fal made the picture, but it could not be fetched from fal.",
};
