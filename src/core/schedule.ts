/** Bounds each wait and each number of tries of a job. */
import type { ImageRequest } from "../models/request.ts";
import type { ResultRetry } from "./fal-answers.ts";
import type { Slot, Transfer } from "./slot.ts";

/** The others that would wake the object, or end what it waits for. */
export interface Circumstances {
	/** A client waits for this job. */
	readonly watched: boolean;
	/** The slots whose status stream a watcher follows, and reports what it says. */
	readonly followed: readonly number[];
	/** The slots of which an effect of this instance is under way: their alarm only matters if the instance dies. */
	readonly effectsInFlight: readonly number[];
	/** An alarm handler runs, and the runtime would run it again if the instance died. */
	readonly alarmRetries: boolean;
	/** The account may not know yet what came after the end. */
	readonly unsettled: boolean;
}

/** A submit without an answer within this time is lost. */
export const SUBMIT_TIMEOUT_MS = 30_000;
/** For handing a request's pictures over to fal, before its submit leaves. */
export const ATTACH_TIMEOUT_MS = 60_000;
/** fal may read the pictures for so long behind the job's deadline, since it may start at that very moment. */
export const INPUTS_GRACE_MS = 600_000;
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

/** Time for which a failed picture is fetched again, counted from fal's result. */
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
const PICTURES_FOR_MS = 70_000;
const PICTURES_QUIET_MS = 10_000;

/** So long after a change that came behind the end, or after a try, the account is told of it again. */
export const SETTLE_RETRY_MS = 60_000;

/** For one call of a client's webhook. */
export const NOTICE_TIMEOUT_MS = 15_000;
/**
 * A client's webhook is tried so long after the job's end: at once, then less and less often, for a day. At most once for each of these,
 * unless an instance dies meanwhile.
 */
export const NOTICE_AFTER_MS: readonly number[] = [
	0, 5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000,
];

/** For one question about a bill. */
export const BILL_TIMEOUT_MS = 5_000;
/**
 * fal is asked so long after a job's end what it charges: it tells a minute late, and of what costs nothing it never does. At most once for
 * each of these, unless an instance dies meanwhile.
 */
export const BILL_AFTER_MS: readonly number[] = [180_000, 3_600_000, 86_400_000];

const POLL_WATCHED_MIN_MS = 500;
const POLL_WATCHED_MAX_MS = 5_000;
const POLL_RARE_MIN_MS = 1_000;
const POLL_RARE_MAX_MS = 300_000;
const POLL_FOLLOWED_MIN_MS = 60_000;
/** Fallback while two others should both report first. A submit's alarm is as late, since moving one costs a row. */
export const FALLBACK_MS = 600_000;

const RETRY_MIN_MS = 1_000;
const RETRY_SUBMIT_MAX_MS = 30_000;
const RETRY_MAX_MS = 3_600_000;

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
	{ watched, followed }: { readonly watched: boolean; readonly followed: boolean },
): number {
	if (followed && webhook) return FALLBACK_MS;
	if (followed) return clamp(ageMs, POLL_FOLLOWED_MIN_MS, POLL_RARE_MAX_MS);
	if (watched && !webhook) return clamp(ageMs / 20, POLL_WATCHED_MIN_MS, POLL_WATCHED_MAX_MS);
	return clamp(ageMs * 2, POLL_RARE_MIN_MS, POLL_RARE_MAX_MS);
}

/** Returns how long a submit takes at most, from its intent on. Milliseconds. */
export function submitTimeoutOf({ inputs = [] }: Pick<ImageRequest, "inputs">): number {
	return inputs.length > 0 ? ATTACH_TIMEOUT_MS + SUBMIT_TIMEOUT_MS : SUBMIT_TIMEOUT_MS;
}

/** Doubles with the job's age. Milliseconds. */
export function submitRetryDelay(ageMs: number): number {
	return clamp(ageMs, RETRY_MIN_MS, RETRY_SUBMIT_MAX_MS);
}
/** Doubles with the time that it has been tried. Milliseconds. */
export function retryDelay(ageMs: number): number {
	return clamp(ageMs, RETRY_MIN_MS, RETRY_MAX_MS);
}

/**
 * Returns when a result is asked for again after the last try; null before the first. A try at the end of the bound comes before the job is
 * given up.
 */
export function nextFetch({ since, silentSince, triedAt }: Tried): number | null {
	if (triedAt === null) return null;
	const end = silentSince === null ? since + RESULT_RETRY_MS.an_hour : silentSince + RESULT_RETRY_MS.minutes;
	return Math.min(triedAt + retryDelay(triedAt - since), end);
}

type Tried = Pick<Extract<Slot, { phase: "fetching" }>, "since" | "silentSince" | "triedAt">;

type Loss = Pick<Extract<Slot, { phase: "unknown" }>, "lostAt" | "settleBy">;

/** Returns when fal's list of requests is asked next for a submit whose answer was lost; null for no more. */
export function nextLookUp({ lostAt, settleBy }: Loss, now: number): number | null {
	const until = Math.max(settleBy, lostAt + LOOK_UP_AT_LEAST_MS);
	return LOOK_UP_AFTER_MS.map((after) => lostAt + after).find((at) => at > now && at < until) ?? null;
}

/** Returns when a client's webhook is tried next; null for no more. @param endedAt The job's end */
export function nextNotice(endedAt: number, now: number): number | null {
	return NOTICE_AFTER_MS.map((after) => endedAt + after).find((at) => at > now) ?? null;
}

/** Returns when fal is asked next what it charges; null for no more. @param since The job's end */
export function nextBill(since: number, now: number): number | null {
	return BILL_AFTER_MS.map((after) => since + after).find((at) => at > now) ?? null;
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
