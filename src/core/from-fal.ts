/** Decides what a job makes of fal's answers and webhooks, and of pictures that were stored or lost. */
import type { JobError } from "../errors.ts";
import { successorOf } from "../models/names.ts";
import {
	type Decision,
	endOfCancellation,
	failed,
	fetchResultEffect,
	NOTHING,
	onAnswerLost,
	storeEffect,
	submit,
	submitted,
	withEvents,
} from "./decision.ts";
import type { EventBody, StoredImage, Upstream } from "./events.ts";
import type { FalResult, FalStatus, SubmitAnswer } from "./fal-answers.ts";
import type { Input } from "./inputs.ts";
import { FETCH_RESULT_FOR_MS, STORE_RETRY_MS, submitRetryDelay } from "./schedule.ts";
import {
	cancellationOf,
	type Ended,
	type JobDetails,
	type StartedState,
	type State,
	type Transfer,
	transferOf,
	upstreamOf,
	upstreamWithoutUrls,
} from "./state.ts";

/**
 * True once fal is known to have the request: the submit's own answer can add nothing. A job never ends otherwise while its
 * submit is under way, and no other submit follows.
 */
export function isSubmitSettled({ phase }: State): boolean {
	return phase !== "empty" && phase !== "accepted" && phase !== "submitting" && phase !== "unknown";
}

export function onSubmitAnswer(state: StartedState, answer: SubmitAnswer, now: number): Decision {
	if (state.phase !== "submitting" && state.phase !== "unknown") return NOTHING;
	const { job, cancelling } = state;
	if (answer.kind === "accepted") return submitted(state, answer.upstream, answer.position);
	if (state.phase === "unknown") return NOTHING;
	if (answer.kind === "lost") return onAnswerLost(state, now);
	if (cancelling) return { events: [endOfCancellation(cancelling.why)] };
	switch (answer.kind) {
		case "busy": {
			const retryAt = now + submitRetryDelay(now - job.acceptedAt);
			if (retryAt >= job.deadlineAt) return failed(answer.error);
			return { events: [{ type: "refused", status: answer.status, retryAt }] };
		}
		case "gone": {
			const to = job.model === job.request.model ? successorOf(job.model) : null;
			if (to === null) return failed(answer.error);
			const rerouted: EventBody = { type: "rerouted", from: job.model, to, why: "model_gone" };
			return withEvents([rerouted], submit({ ...job, model: to }, now));
		}
		case "refused":
			return failed(answer.error);
	}
}

export function onStatus(state: StartedState, status: FalStatus): Decision {
	if (state.phase !== "queued" && state.phase !== "running") return NOTHING;
	switch (status.kind) {
		case "queued":
			if (state.phase === "queued" && state.position === status.position) return NOTHING;
			return { events: [{ type: "queued", position: status.position }] };
		case "running":
			if (state.phase === "running" && !hasFreshLine(state.logs, status.logs)) return NOTHING;
			return { events: [{ type: "running", logs: status.logs }] };
		case "completed":
			return { effects: [fetchResultEffect(state)] };
	}
}

/** fal sends the last lines of its logs: a line is fresh if the last one is another, or if there are more. */
function hasFreshLine(before: readonly string[], after: readonly string[]): boolean {
	return after.length > 0 && (after.at(-1) !== before.at(-1) || after.length > before.length);
}

export function onResult(state: StartedState, requestId: string, result: FalResult | null, now: number): Decision {
	const upstream = upstreamOf(state);
	if (upstream !== null && upstream.requestId !== requestId) return NOTHING;
	if (state.phase === "storing") return NOTHING;
	if (state.job.deleting) return onUnwantedResult(state, result);
	if (state.phase === "ended") return onLateResult(state, requestId, result);
	const { job } = state;
	if (result === null) {
		return upstream === null
			? {
					events: [submittedAs(requestId)],
					effects: [fetchResultEffect({ upstream: upstreamWithoutUrls(requestId), job })],
				}
			: { effects: [fetchResultEffect({ upstream, job })] };
	}
	switch (result.kind) {
		case "outputs":
			return generated(job, requestId, result, upstream);
		case "failure": {
			const cancelling = cancellationOf(state);
			const end: Decision = cancelling ? { events: [endOfCancellation(cancelling.why)] } : failed(result.error);
			// fal had the request, so it may have cost: the log keeps its id, even if the submit's answer never came.
			return upstream === null ? withEvents([submittedAs(requestId)], end) : end;
		}
		case "too_early":
		case "unavailable":
			if (state.phase === "fetching") return now - state.since < FETCH_RESULT_FOR_MS ? NOTHING : failed(RESULT_LOST);
			return result.kind === "unavailable" && upstream !== null ? { events: [{ type: "completed" }] } : NOTHING;
	}
}

/** A deleted job ends with its result, and drops it. */
function onUnwantedResult(state: StartedState, result: FalResult | null): Decision {
	const over = result === null || result.kind === "outputs" || result.kind === "failure";
	return over && state.phase !== "ended" ? { events: [endOfCancellation("client")] } : NOTHING;
}

/** An ended job stays ended, but pictures that still come are paid, so they are kept. */
function onLateResult({ job, upstream, transfer }: Ended, requestId: string, result: FalResult | null): Decision {
	if (transfer !== null) return NOTHING;
	if (result === null) {
		return { effects: [fetchResultEffect({ upstream: upstream ?? upstreamWithoutUrls(requestId), job })] };
	}
	return result.kind === "outputs" ? generated(job, requestId, result, upstream) : NOTHING;
}

/** A webhook told of the request before the submit's answer did. */
function submittedAs(requestId: string): EventBody {
	return { type: "submitted", ...upstreamWithoutUrls(requestId), position: null };
}

/** A `data:` URI stays out of the log: it is read from fal's result when the picture is stored. */
function generated(
	job: JobDetails,
	requestId: string,
	{ outputs }: FalResult & { kind: "outputs" },
	upstream: Upstream | null,
): Decision {
	const kept = outputs.map(({ url, nsfw }) => ({ url: url.startsWith("data:") ? null : url, nsfw }));
	const from = upstream ?? upstreamWithoutUrls(requestId);
	return {
		events: [{ type: "generated", requestId, outputs: kept }],
		effects: kept.map(({ url }, index) => storeEffect(job, from, index, url)),
	};
}

export function onStored(state: StartedState, stored: Omit<StoredImage, "nsfw">, now: number): Decision {
	const transfer = transferOf(state);
	if (!transfer?.pending.includes(stored.index)) return NOTHING;
	const image = { ...stored, nsfw: transfer.outputs[stored.index]?.nsfw ?? false };
	if (state.phase === "ended") return { events: [{ type: "late_image", ...image }] };
	return withEvents([{ type: "image", ...image }], endAfterLast(state.job, transfer, 1, now));
}

export function onStoreFailed(
	state: StartedState,
	{ index, why, retryFor }: Input & { type: "store_failed" },
	now: number,
): Decision {
	const transfer = transferOf(state);
	if (!transfer?.pending.includes(index)) return NOTHING;
	if (now - transfer.since < STORE_RETRY_MS[retryFor]) return NOTHING;
	const imageLost: EventBody = { type: "image_lost", index, why };
	if (state.phase === "ended") return { events: [imageLost] };
	return withEvents([imageLost], endAfterLast(state.job, transfer, 0, now));
}

/** Ends the job if the picture that was just stored (1) or lost (0) was the last one. */
function endAfterLast(job: JobDetails, transfer: Transfer, stored: 0 | 1, now: number): Decision {
	if (transfer.pending.length > 1) return NOTHING;
	if (transfer.stored + stored === 0) return failed(STORING_FAILED);
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
