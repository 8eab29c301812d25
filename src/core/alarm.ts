/** Sets the time at which an object must wake by itself. Everything else wakes it anyway: a start, a watcher, a webhook. */

import {
	BILL_TIMEOUT_MS,
	CALL_TIMEOUT_MS,
	CANCEL_SILENCE_MS,
	type Circumstances,
	endWithoutAllAt,
	FALLBACK_MS,
	givenUpAt,
	NOTICE_TIMEOUT_MS,
	nextFetch,
	pollDelay,
	retryDelay,
	SETTLE_RETRY_MS,
	STORE_TIMEOUT_MS,
	submitTimeoutOf,
} from "./schedule.ts";
import type { Ended, Slot } from "./slot.ts";
import { isWaiting } from "./slots.ts";
import { detailsOf, erasableAt, isErasable, type State } from "./state.ts";

/** At the end of a minute the missing pictures are tried once more. */
const PICTURES_TRY_MS = 60_000;
const CANCEL_RETRY_MS = 10_000;
const ERASE_RETRY_MS = 60_000;
/** The platform forgets an alarm now and then, and still names it. One that is as late as this will not fire any more. */
const ALARM_OVERDUE_MS = 60_000;
/** The alarm behind a running effect comes a little after the effect's own time-out. */
const GRACE_MS = 5_000;

/** Circumstances of one slot. */
interface Around {
	readonly watched: boolean;
	readonly followed: boolean;
	readonly effectInFlight: boolean;
}

const NEVER = Number.POSITIVE_INFINITY;

/** Returns the alarm that a state needs, in milliseconds since 1970; null for none. */
export function nextAlarm(state: State, now: number, circumstances: Circumstances): number | null {
	const job = detailsOf(state);
	if (job === null) return null;
	const alarms = state.slots.map((slot, index) =>
		isWaiting(slot, state) ? job.deadlineAt : slotAlarm(slot, now, around(slot, index, circumstances)),
	);
	if (state.end === null) return Math.min(...alarms);
	if (isErasable(state, now)) return circumstances.alarmRetries ? null : now + ERASE_RETRY_MS;
	const settling = circumstances.unsettled ? now + SETTLE_RETRY_MS : NEVER;
	const { notice, bill } = state.end;
	const notifying = taskAlarm(notice, NOTICE_TIMEOUT_MS, now, circumstances);
	const billing = taskAlarm(bill, BILL_TIMEOUT_MS, now, circumstances);
	return Math.min(erasableAt(state), ...alarms, notifying, billing, settling);
}

/** If fal's webhook is due, one follower is enough to leave the others to it: followers take a further slot as soon as one is done. */
function around({ job }: Slot, index: number, { watched, followed, effectsInFlight }: Circumstances): Around {
	return {
		watched,
		followed: job.webhook === null ? followed.includes(index) : followed.length > 0,
		effectInFlight: effectsInFlight.includes(index),
	};
}

function slotAlarm(slot: Slot, now: number, circumstances: Around): number {
	switch (slot.phase) {
		case "accepted":
			return Math.min(slot.retryAt, slot.job.deadlineAt);
		case "submitting": {
			// If the instance dies, a webhook may still settle the submit, and any reader of the job wakes it: no need to look soon.
			const patient = slot.job.webhook !== null && slot.cancelling === null;
			const answerDue = patient
				? Math.min(slot.since + FALLBACK_MS, slot.job.deadlineAt)
				: slot.since + submitTimeoutOf(slot.job.request) + GRACE_MS;
			// An answer may be overdue while its call still runs: an alarm in the past would fire without end.
			return circumstances.effectInFlight ? Math.max(answerDue, now + GRACE_MS) : answerDue;
		}
		case "unknown": {
			const { lookUpAt, cancelling } = slot;
			const end = givenUpAt(slot);
			const endsBy = cancelling ? Math.min(end, cancelling.since + CANCEL_SILENCE_MS) : end;
			if (lookUpAt === null) return endsBy;
			// A look that is due is under way: an alarm in the past would fire without end.
			const behind = now + (circumstances.effectInFlight ? CALL_TIMEOUT_MS : 0) + GRACE_MS;
			return Math.min(endsBy, lookUpAt > now ? lookUpAt : behind);
		}
		case "queued":
		case "running": {
			if (slot.cancelling) return Math.min(now + CANCEL_RETRY_MS, slot.cancelling.since + CANCEL_SILENCE_MS);
			const delay = pollDelay(now - slot.submittedAt, slot.job.webhook !== null, circumstances);
			return Math.min(now + delay, slot.job.deadlineAt);
		}
		case "fetching": {
			const again = now + effectDelay(CALL_TIMEOUT_MS, now - slot.since, circumstances);
			const due = nextFetch(slot) ?? now;
			return due > now && !circumstances.effectInFlight ? due : again;
		}
		case "storing": {
			const { transfer } = slot;
			const again = now + effectDelay(STORE_TIMEOUT_MS, now - transfer.since, circumstances);
			const end = endWithoutAllAt(transfer);
			if (end === null) return again;
			// The missing ones are tried once more before the slot ends without them.
			const lastTry = transfer.since + PICTURES_TRY_MS;
			return Math.min(again, now < lastTry ? lastTry : end);
		}
		case "ended":
			return latePicturesAlarm(slot, now, circumstances);
	}
}

/** Returns when missing pictures are fetched again; never if none is missing. */
function latePicturesAlarm({ transfer }: Ended, now: number, circumstances: Around): number {
	if (transfer === null || transfer.pending.length === 0) return NEVER;
	return now + effectDelay(STORE_TIMEOUT_MS, now - transfer.since, circumstances);
}

/** Returns when an ended job tells its client's webhook, or asks fal for its bill; never if it has nothing left to do. */
function taskAlarm(
	task: { readonly since: number; readonly dueAt: number } | null,
	timeoutMs: number,
	now: number,
	{ effectsInFlight }: Pick<Circumstances, "effectsInFlight">,
): number {
	if (task === null) return NEVER;
	if (task.dueAt > now) return task.dueAt;
	// What is due is under way, or its call failed in an unforeseen way: an alarm in the past would fire without end.
	const again = retryDelay(now - task.since);
	return now + (effectsInFlight.length > 0 ? Math.max(timeoutMs + GRACE_MS, again) : again);
}

/**
 * Returns the time to which the alarm has to be moved, or null to leave it. An alarm that is too early is left: it only asks again when it
 * fires, and moving it costs a row. Only the alarm of a job that just waits for its expiry, to try its client's
 * webhook again, or to ask for its bill, is moved, so that the object sleeps until then. An alarm that is long overdue counts as not set.
 */
export function alarmMove(set: number | null, state: State, now: number, circumstances: Circumstances): number | null {
	const trusted = set !== null && now - set > ALARM_OVERDUE_MS ? null : set;
	const next = nextAlarm(state, now, circumstances);
	if (next === null) return null;
	// An alarm that is due is set for now: one in the past would look overdue to the next reader.
	const needed = Math.max(next, now);
	if (trusted === needed) return null;
	const sleeps =
		state.end !== null &&
		[detailsOf(state)?.expiresAt, state.end.notice?.dueAt, state.end.bill?.dueAt].includes(needed);
	return trusted !== null && trusted < needed && !sleeps ? null : needed;
}

/** Until an effect runs again because it failed, or because its instance died, which a watcher notices sooner. Milliseconds. */
function effectDelay(timeoutMs: number, ageMs: number, { watched, effectInFlight }: Around): number {
	if (!effectInFlight) return retryDelay(ageMs);
	return watched ? FALLBACK_MS : timeoutMs + GRACE_MS;
}
