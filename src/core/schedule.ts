import type { State } from "./state.ts";

/** When an object must wake by itself. Everything else wakes it: a start, a watcher, news. */

/** Who else would tell the job of news. */
export interface Attention {
	/** A client waits for this job. */
	readonly watched: boolean;
	/** A watcher follows fal's status stream, and will send what it says. */
	readonly followed: boolean;
	/** An effect of this instance is under way: the alarm is only there in case the instance dies. */
	readonly busy: boolean;
	/** An alarm's handler runs, which comes again by itself if the instance dies in it. */
	readonly ringing: boolean;
}

/** A submit's answer is waited for this long; without one it is lost. */
export const SUBMIT_TIMEOUT_MS = 30_000;
/**
 * A submit whose answer was lost is settled by its webhook within this time, or given up: longer than what image models take,
 * shorter than what a person waits.
 */
export const SETTLE_UNKNOWN_MS = 300_000;
/** A picture is fetched and stored within this time, or tried again. */
export const STORE_TIMEOUT_MS = 120_000;
/** Status, result and cancel calls. */
export const CALL_TIMEOUT_MS = 15_000;

/** After this much silence to a cancellation, the job ends all the same. */
export const CANCEL_SILENCE_MS = 30_000;
const CANCEL_RETRY_MS = 10_000;

/** How long a result is asked for once fal is done: that long fal keeps small ones. */
export const FETCH_RESULT_FOR_MS = 3_600_000;
/** How long a failed picture is fetched again, counted from fal's result. */
export type StoreRetry = "never" | "a_minute" | "a_day";
/**
 * A picture is paid, so it is tried for a day. If fal's CDN says that there is nothing, a minute is enough: a picture may be late
 * there, but one that is gone does not come back.
 */
export const STORE_RETRY_MS: Readonly<Record<StoreRetry, number>> = { never: 0, a_minute: 60_000, a_day: 86_400_000 };

const POLL_WATCHED_MIN_MS = 500;
const POLL_WATCHED_MAX_MS = 5_000;
const POLL_RARE_MIN_MS = 1_000;
const POLL_RARE_MAX_MS = 300_000;
const POLL_FOLLOWED_MIN_MS = 60_000;
/** Where two others would wake the object before its alarm: it is there for the worst. A submit's comes no sooner, since moving one costs a row. */
const POLL_TWOFOLD_MS = 600_000;

const RETRY_MIN_MS = 1_000;
const RETRY_SUBMIT_MAX_MS = 30_000;
const RETRY_MAX_MS = 3_600_000;
const ERASE_RETRY_MS = 60_000;
/** An alarm behind a running effect comes a little after the effect's own time-out. */
const GRACE_MS = 5_000;

function clamp(value: number, min: number, max: number): number {
	return Math.min(Math.max(value, min), max);
}

/**
 * How long until fal is asked again: about 5 % of the job's age while somebody waits and only polling brings news; at about
 * 1, 3, 9 s… where a webhook is due or nobody waits; hardly ever while a watcher follows, and once in ten minutes where a webhook is due besides. Milliseconds.
 */
export function pollDelay(ageMs: number, webhook: boolean, { watched, followed }: Attention): number {
	if (followed && webhook) return POLL_TWOFOLD_MS;
	if (followed) return clamp(ageMs, POLL_FOLLOWED_MIN_MS, POLL_RARE_MAX_MS);
	if (watched && !webhook) return clamp(ageMs / 20, POLL_WATCHED_MIN_MS, POLL_WATCHED_MAX_MS);
	return clamp(ageMs * 2, POLL_RARE_MIN_MS, POLL_RARE_MAX_MS);
}

/** Doubles with the age of what is retried. Milliseconds. */
export function submitRetryDelay(ageMs: number): number {
	return clamp(ageMs, RETRY_MIN_MS, RETRY_SUBMIT_MAX_MS);
}
function retryDelay(ageMs: number): number {
	return clamp(ageMs, RETRY_MIN_MS, RETRY_MAX_MS);
}

/** The alarm that a state needs, in milliseconds since 1970; null for a job that does not exist. */
export function nextAlarm(state: State, now: number, attention: Attention): number | null {
	switch (state.phase) {
		case "empty":
			return null;
		case "accepted":
			return Math.min(state.retryAt, state.job.deadlineAt);
		case "submitting": {
			// Where its instance died, a webhook may still settle it, and whoever asks for the job wakes it: no need to look soon.
			const patient = state.job.webhook !== null && state.cancelling === null;
			const answerDue = patient
				? Math.min(state.since + POLL_TWOFOLD_MS, state.job.deadlineAt)
				: state.since + SUBMIT_TIMEOUT_MS + GRACE_MS;
			// One that is late, but under way, is looked at again: an alarm in the past would ring without end.
			return attention.busy ? Math.max(answerDue, now + GRACE_MS) : answerDue;
		}
		case "unknown":
			return state.cancelling ? Math.min(state.settleBy, state.cancelling.since + CANCEL_SILENCE_MS) : state.settleBy;
		case "queued":
		case "running": {
			if (state.cancelling) return Math.min(now + CANCEL_RETRY_MS, state.cancelling.since + CANCEL_SILENCE_MS);
			const delay = pollDelay(now - state.submittedAt, state.job.webhook !== null, attention);
			return Math.min(now + delay, state.job.deadlineAt);
		}
		case "fetching":
			return now + workDelay(CALL_TIMEOUT_MS, now - state.since, attention);
		case "storing":
			return now + workDelay(STORE_TIMEOUT_MS, now - state.delivery.since, attention);
		case "ended":
			if (state.job.deleting || now >= state.job.expiresAt) return attention.ringing ? null : now + ERASE_RETRY_MS;
			if (state.delivery === null || state.delivery.pending.length === 0) return state.job.expiresAt;
			return Math.min(state.job.expiresAt, now + workDelay(STORE_TIMEOUT_MS, now - state.delivery.since, attention));
	}
}

/** Until an effect is taken up again: when it failed, or when its instance died, which a watcher notices first. Milliseconds. */
function workDelay(timeoutMs: number, ageMs: number, { watched, busy }: Attention): number {
	if (!busy) return retryDelay(ageMs);
	return watched ? POLL_TWOFOLD_MS : timeoutMs + GRACE_MS;
}
