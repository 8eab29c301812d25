/** Decides what fal's answers to a submit and to a status mean to a job, and what became of its pictures. */
import type { JobError } from "../errors.ts";
import { successorOf } from "../models/names.ts";
import {
	endOfCancellation,
	failed,
	failedAtFal,
	fetchResultEffect,
	NOTHING,
	onAnswerLost,
	probeEffect,
	type SlotDecision,
	submit,
	submitted,
	succeeded,
	withEvents,
} from "./decision.ts";
import type { SlotEventBody, StoredImage } from "./events.ts";
import { onAccountRefused } from "./failover.ts";
import type { FalStatus, SubmitAnswer } from "./fal-answers.ts";
import type { Input } from "./inputs.ts";
import { PROBE_AFTER_STATUSES, PROBE_AT_ONCE_MS, STORE_RETRY_MS, submitRetryDelay } from "./schedule.ts";
import { type JobDetails, outputOf, type Slot, type Transfer, transferOf } from "./slot.ts";

/**
 * True once fal is known to have the request: the submit's own answer can add nothing. A slot never ends otherwise while its
 * submit is under way, and no other submit follows.
 */
export function isSubmitSettled({ phase }: Slot): boolean {
	return phase !== "accepted" && phase !== "submitting" && phase !== "unknown";
}

/** @param falAccounts The accounts at fal that may be asked, the first one first */
export function onSubmitAnswer(
	state: Slot,
	answer: SubmitAnswer,
	falAccounts: readonly string[],
	now: number,
): SlotDecision {
	if (state.phase !== "submitting" && state.phase !== "unknown") return NOTHING;
	const { job, cancelling } = state;
	if (answer.kind === "accepted") return submitted(state, answer.upstream, answer.position);
	if (state.phase === "unknown") return NOTHING;
	if (answer.kind === "lost") return onAnswerLost(state, now);
	if (cancelling) return { events: [endOfCancellation(cancelling.why)] };
	switch (answer.kind) {
		case "busy": {
			const retryAt = now + Math.max(submitRetryDelay(now - job.acceptedAt), answer.retryAfterMs ?? 0);
			if (retryAt >= job.deadlineAt) return failed(answer.error);
			return { events: [{ type: "refused", status: answer.status, retryAt }] };
		}
		case "gone": {
			const named = job.model === job.request.model ? successorOf(job.model) : null;
			const to = job.successor === null ? null : named;
			if (to === null) return failed(named === null ? answer.error : notOffered(answer.error, named));
			const rerouted: SlotEventBody = { type: "rerouted", from: job.model, to, why: "model_gone" };
			return withEvents([rerouted], submit({ ...job, model: to }, job.falAccount, now));
		}
		case "account_refused":
			return onAccountRefused(state, answer.error, falAccounts, now);
		case "refused":
			return failed(answer.error);
	}
}

/** The job's model is gone, and the operator does not offer the one that takes over. */
function notOffered(error: JobError, successor: string): JobError {
	return {
		...error,
		message: `${error.message.replace(/\.?$/, ".")} Its successor '${successor}' is not offered here.`,
	};
}

export function onStatus(state: Slot, status: FalStatus): SlotDecision {
	if (state.phase !== "queued" && state.phase !== "running") return NOTHING;
	switch (status.kind) {
		case "queued":
			if (state.phase === "queued" && state.position === status.position) return NOTHING;
			return { events: [{ type: "queued", position: status.position }] };
		case "running":
			if (state.phase === "running" && !hasFreshLine(state.logs, status.logs)) return NOTHING;
			return { events: [{ type: "running", logs: status.logs }] };
		case "completed":
			// Of a job that is being cancelled, a failure is the cancellation's.
			return status.error === undefined || state.cancelling
				? { effects: [fetchResultEffect(state)] }
				: failedAtFal(state, status.error);
	}
}

/** Asks for the result of a job whose statuses cannot be read: it may be done all the same. */
export function onStatusUnreadable(state: Slot, inARow: number, now: number): SlotDecision {
	if ((state.phase !== "queued" && state.phase !== "running") || state.cancelling) return NOTHING;
	const isFirst = inARow === 1 && now - state.submittedAt >= PROBE_AT_ONCE_MS;
	return isFirst || inARow % PROBE_AFTER_STATUSES === 0 ? { effects: [probeEffect(state)] } : NOTHING;
}

/** fal sends the last lines of its logs: a line is fresh if the last one is another, or if there are more. */
function hasFreshLine(before: readonly string[], after: readonly string[]): boolean {
	return after.length > 0 && (after.at(-1) !== before.at(-1) || after.length > before.length);
}

export function onStored(state: Slot, stored: Omit<StoredImage, "nsfw">, now: number): SlotDecision {
	const transfer = transferOf(state);
	if (!transfer?.pending.includes(stored.index)) return NOTHING;
	const image = { ...stored, nsfw: outputOf(state.job, transfer, stored.index)?.nsfw ?? false };
	if (state.phase === "ended") return { events: [{ type: "late_image", ...image }] };
	return withEvents([{ type: "image", ...image }], endAfterLast(state.job, transfer, 1, now));
}

export function onStoreFailed(
	state: Slot,
	{ index, why, retryFor }: Input & { type: "store_failed" },
	now: number,
): SlotDecision {
	const transfer = transferOf(state);
	if (!transfer?.pending.includes(index)) return NOTHING;
	if (now - transfer.since < STORE_RETRY_MS[retryFor]) return NOTHING;
	const imageLost: SlotEventBody = { type: "image_lost", index, why };
	if (state.phase === "ended") return { events: [imageLost] };
	return withEvents([imageLost], endAfterLast(state.job, transfer, 0, now));
}

/** Ends the job if the picture that was just stored (1) or lost (0) was the last one. */
function endAfterLast(job: JobDetails, transfer: Transfer, stored: 0 | 1, now: number): SlotDecision {
	if (transfer.pending.length > 1) return NOTHING;
	if (transfer.stored + stored === 0) return failed(STORING_FAILED);
	return { events: [succeeded(job, now)] };
}

const STORING_FAILED: JobError = {
	code: "storing_failed",
	message: "fal made the picture, but it could not be fetched from fal.",
};
