/** Sets the time at which an object must wake by itself. Everything else wakes it anyway: a start, a watcher, a webhook. */
import type { ResultRetry } from "./fal-answers.ts";
import type { Ended, State, Transfer } from "./state.ts";

/** The others that would wake the object, or end what it waits for. */
export interface Circumstances {
	/** A client waits for this job. */
	readonly watched: boolean;
	/** A watcher follows fal's status stream, and reports what it says. */
	readonly followed: boolean;
	/** An effect of this instance is under way: the alarm only matters if the instance dies. */
	readonly effectInFlight: boolean;
	/** An alarm handler runs, and the runtime would run it again if the instance died. */
	readonly alarmRetries: boolean;
}

/** A submit without an answer within this time is lost. */
export const SUBMIT_TIMEOUT_MS = 30_000;
/**
 * A submit whose answer was lost is settled by its webhook within this time, or given up: longer than image models take,
 * shorter than a person waits.
 */
export const SETTLE_UNKNOWN_MS = 300_000;
/**
 * fal's list of requests is asked for a submit so long after its answer was lost: soon, then less and less often. At most once for each
 * of these, unless an instance dies meanwhile.
 */
export const LOOK_UP_AFTER_MS: readonly number[] = [1_000, 4_000, 15_000, 60_000, 120_000, 240_000];
/** Until then a request that fal's list does not have may still come into it: fal does not say how late it lists one. */
export const ABSENT_AFTER_MS = 60_000;
/** A lost answer is settled within this time if fal's list alone can tell: a look at the end of that doubt is included. */
export const SETTLE_BY_LIST_MS = 75_000;
/** A look that is still to come is waited for this long after the loss, even behind these bounds and the deadline: fal may be paid. */
export const LOOK_UP_AT_LEAST_MS = 20_000;
/** For fetching and storing one picture. */
export const STORE_TIMEOUT_MS = 120_000;
/** For status, result and cancel calls. */
export const CALL_TIMEOUT_MS = 15_000;

/** If fal does not answer a cancellation within this time, the job ends all the same. */
export const CANCEL_SILENCE_MS = 30_000;
const CANCEL_RETRY_MS = 10_000;

/**
 * Time for which a result is asked for again: as long as fal keeps a small one. Answers that say nothing get minutes, counted from the first
 * of them in a row.
 */
export const RESULT_RETRY_MS: Readonly<Record<ResultRetry, number>> = { minutes: 300_000, an_hour: 3_600_000 };
/** Answers that are no result, of one job. More come only if something else than the alarm asks, too. */
export const MAX_RESULT_TRIES = 20;
/** After every so many statuses in a row that cannot be read, the result is asked for. */
export const PROBE_AFTER_STATUSES = 3;
/** At this age polls are so far apart that the object may sleep between them, and forget how many there were: one is enough. */
export const PROBE_AT_ONCE_MS = 30_000;

/** How long a failed picture is fetched again, counted from fal's result. */
export type StoreRetry = "never" | "a_minute" | "a_day";
/**
 * A picture is paid, so it is tried for a day. If fal's CDN says that there is nothing, a minute is enough: a picture may be
 * late there, but one that is gone does not come back.
 */
export const STORE_RETRY_MS: Readonly<Record<StoreRetry, number>> = { never: 0, a_minute: 60_000, a_day: 86_400_000 };

/**
 * A job with some of its pictures goes on without the others a little after its pictures have had a minute, and not while they come one by
 * one.
 */
const PICTURES_TRY_MS = 60_000;
const PICTURES_FOR_MS = 70_000;
const PICTURES_QUIET_MS = 10_000;

/** For one call of a client's webhook. */
export const NOTICE_TIMEOUT_MS = 15_000;
/**
 * A client's webhook is tried so long after the job's end: at once, then less and less often, for a day. At most once for each of these,
 * unless an instance dies meanwhile.
 */
export const NOTICE_AFTER_MS: readonly number[] = [
	0, 5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000,
];

const POLL_WATCHED_MIN_MS = 500;
const POLL_WATCHED_MAX_MS = 5_000;
const POLL_RARE_MIN_MS = 1_000;
const POLL_RARE_MAX_MS = 300_000;
const POLL_FOLLOWED_MIN_MS = 60_000;
/** Fallback while two others should both report first. A submit's alarm is as late, since moving one costs a row. */
const FALLBACK_MS = 600_000;

const RETRY_MIN_MS = 1_000;
const RETRY_SUBMIT_MAX_MS = 30_000;
const RETRY_MAX_MS = 3_600_000;
const ERASE_RETRY_MS = 60_000;
/** The platform forgets an alarm now and then, and still names it. One that is as late as this will not fire any more. */
const ALARM_OVERDUE_MS = 60_000;
/** The alarm behind a running effect comes a little after the effect's own time-out. */
const GRACE_MS = 5_000;

function clamp(value: number, min: number, max: number): number {
	return Math.min(Math.max(value, min), max);
}

/**
 * Returns how long to wait before asking fal again: about 5 % of the job's age while someone waits and only polling reports; at
 * about 1, 3, 9 s… if a webhook is due or nobody waits; rarely while a watcher follows; every ten minutes if a webhook is due
 * as well. Milliseconds.
 */
export function pollDelay(
	ageMs: number,
	webhook: boolean,
	{ watched, followed }: Pick<Circumstances, "watched" | "followed">,
): number {
	if (followed && webhook) return FALLBACK_MS;
	if (followed) return clamp(ageMs, POLL_FOLLOWED_MIN_MS, POLL_RARE_MAX_MS);
	if (watched && !webhook) return clamp(ageMs / 20, POLL_WATCHED_MIN_MS, POLL_WATCHED_MAX_MS);
	return clamp(ageMs * 2, POLL_RARE_MIN_MS, POLL_RARE_MAX_MS);
}

/** Doubles with the job's age. Milliseconds. */
export function submitRetryDelay(ageMs: number): number {
	return clamp(ageMs, RETRY_MIN_MS, RETRY_SUBMIT_MAX_MS);
}
/** Doubles with the time that it has been tried. Milliseconds. */
export function retryDelay(ageMs: number): number {
	return clamp(ageMs, RETRY_MIN_MS, RETRY_MAX_MS);
}

type Loss = Pick<Extract<State, { phase: "unknown" }>, "lostAt" | "settleBy">;

/** Returns when fal's list of requests is asked next for a submit whose answer was lost; null for no more. */
export function nextLookUp({ lostAt, settleBy }: Loss, now: number): number | null {
	const until = Math.max(settleBy, lostAt + LOOK_UP_AT_LEAST_MS);
	return LOOK_UP_AFTER_MS.map((after) => lostAt + after).find((at) => at > now && at < until) ?? null;
}

/** Returns when a client's webhook is tried next; null for no more. @param endedAt The job's end */
export function nextNotice(endedAt: number, now: number): number | null {
	return NOTICE_AFTER_MS.map((after) => endedAt + after).find((at) => at > now) ?? null;
}

/** Returns when a lost answer is given up: at its bound, or later while a look into fal's list is still to come. */
export function givenUpAt({ lostAt, settleBy, lookUpAt }: Loss & { readonly lookUpAt: number | null }): number {
	return lookUpAt === null ? settleBy : Math.max(settleBy, lostAt + LOOK_UP_AT_LEAST_MS);
}

/** Returns when a job ends with the pictures that it has, and the others come late; null while it has none, or nothing is missing. */
export function endWithoutAllAt({ since, pending, storedAt }: Transfer): number | null {
	if (storedAt === null || pending.length === 0) return null;
	return Math.max(since + PICTURES_FOR_MS, storedAt + PICTURES_QUIET_MS);
}

/** Returns the alarm that a state needs, in milliseconds since 1970; null for none. */
export function nextAlarm(state: State, now: number, circumstances: Circumstances): number | null {
	switch (state.phase) {
		case "empty":
			return null;
		case "accepted":
			return Math.min(state.retryAt, state.job.deadlineAt);
		case "submitting": {
			// If the instance dies, a webhook may still settle the submit, and any reader of the job wakes it: no need to look soon.
			const patient = state.job.webhook !== null && state.cancelling === null;
			const answerDue = patient
				? Math.min(state.since + FALLBACK_MS, state.job.deadlineAt)
				: state.since + SUBMIT_TIMEOUT_MS + GRACE_MS;
			// An answer may be overdue while its call still runs: an alarm in the past would fire without end.
			return circumstances.effectInFlight ? Math.max(answerDue, now + GRACE_MS) : answerDue;
		}
		case "unknown": {
			const { lookUpAt, cancelling } = state;
			const end = givenUpAt(state);
			const endsBy = cancelling ? Math.min(end, cancelling.since + CANCEL_SILENCE_MS) : end;
			if (lookUpAt === null) return endsBy;
			// A look that is due is under way: an alarm in the past would fire without end.
			const behind = now + (circumstances.effectInFlight ? CALL_TIMEOUT_MS : 0) + GRACE_MS;
			return Math.min(endsBy, lookUpAt > now ? lookUpAt : behind);
		}
		case "queued":
		case "running": {
			if (state.cancelling) return Math.min(now + CANCEL_RETRY_MS, state.cancelling.since + CANCEL_SILENCE_MS);
			const delay = pollDelay(now - state.submittedAt, state.job.webhook !== null, circumstances);
			return Math.min(now + delay, state.job.deadlineAt);
		}
		case "fetching":
			return now + effectDelay(CALL_TIMEOUT_MS, now - state.since, circumstances);
		case "storing": {
			const { transfer } = state;
			const again = now + effectDelay(STORE_TIMEOUT_MS, now - transfer.since, circumstances);
			const end = endWithoutAllAt(transfer);
			if (end === null) return again;
			// The missing ones are tried once more before the job ends without them.
			const lastTry = transfer.since + PICTURES_TRY_MS;
			return Math.min(again, now < lastTry ? lastTry : end);
		}
		case "ended":
			if (state.job.deleting || now >= state.job.expiresAt) {
				return circumstances.alarmRetries ? null : now + ERASE_RETRY_MS;
			}
			return Math.min(
				state.job.expiresAt,
				latePicturesAlarm(state, now, circumstances),
				noticeAlarm(state, now, circumstances),
			);
	}
}

/** Returns when missing pictures are fetched again; never if none is missing. */
function latePicturesAlarm({ transfer }: Ended, now: number, circumstances: Circumstances): number {
	if (transfer === null || transfer.pending.length === 0) return Number.POSITIVE_INFINITY;
	return now + effectDelay(STORE_TIMEOUT_MS, now - transfer.since, circumstances);
}

/** Returns when the client's webhook is told; never if it has nothing to be told. */
function noticeAlarm({ notice }: Ended, now: number, { effectInFlight }: Circumstances): number {
	if (notice === null) return Number.POSITIVE_INFINITY;
	if (notice.dueAt > now) return notice.dueAt;
	// A notice that is due is under way, or its call failed in an unforeseen way: an alarm in the past would fire without end.
	const again = retryDelay(now - notice.since);
	return now + (effectInFlight ? Math.max(NOTICE_TIMEOUT_MS + GRACE_MS, again) : again);
}

/**
 * Returns the time to which the alarm has to be moved, or null to leave it. An alarm that is too early is left: it only asks again when it
 * fires, and moving it costs a row. Only the alarm of a job that just waits for its expiry, or to try its client's
 * webhook again, is moved, so that the object sleeps until then. An alarm that is long overdue counts as not set.
 */
export function alarmMove(set: number | null, state: State, now: number, circumstances: Circumstances): number | null {
	const trusted = set !== null && now - set > ALARM_OVERDUE_MS ? null : set;
	const next = nextAlarm(state, now, circumstances);
	if (next === null) return null;
	// An alarm that is due is set for now: one in the past would look overdue to the next reader.
	const needed = Math.max(next, now);
	if (trusted === needed) return null;
	const sleeps = state.phase === "ended" && [state.job.expiresAt, state.notice?.dueAt].includes(needed);
	return trusted !== null && trusted < needed && !sleeps ? null : needed;
}

/** Until an effect runs again because it failed, or because its instance died, which a watcher notices sooner. Milliseconds. */
function effectDelay(timeoutMs: number, ageMs: number, { watched, effectInFlight }: Circumstances): number {
	if (!effectInFlight) return retryDelay(ageMs);
	return watched ? FALLBACK_MS : timeoutMs + GRACE_MS;
}
