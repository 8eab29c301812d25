/** Declares the limits of accounts and issued keys, and says which of them a job would pass. */

import type { Reservation } from "./admission.ts";
import { type OpenJob, RATE_WINDOW_MS, type Tally } from "./tally.ts";
import { type BudgetDuration, dayOf, windowAt } from "./windows.ts";

/** The limits of one issued key. Null: it has none of the kind. */
export interface KeyLimits {
	readonly id: string;
	/** The ids of the models that it may use. */
	readonly models: readonly string[] | null;
	readonly blocked: boolean;
	/** Milliseconds since 1970. */
	readonly expiresAt: number | null;
	/** Requests that make a job, in any 60 seconds. */
	readonly rpmLimit: number | null;
	/** Jobs that have not ended. */
	readonly maxParallelRequests: number | null;
	/** Of a UTC day. */
	readonly imagesPerDay: number | null;
	/** Micro-dollars. Of the key's whole life if there is no `budgetDuration`. */
	readonly maxBudget: number | null;
	readonly budgetDuration: BudgetDuration | null;
	/** Further budgets, which hold at the same time. */
	readonly budgetLimits: readonly BudgetLimit[];
}

export interface BudgetLimit {
	/** Micro-dollars. */
	readonly maxBudget: number;
	readonly budgetDuration: BudgetDuration;
}

/** The limit that a job would pass. */
export interface LimitHit {
	readonly limit:
		| "max_open_jobs"
		| "rpm_limit"
		| "max_parallel_requests"
		| "images_per_day"
		| "max_budget"
		| "budget_limits";
	/** Jobs, requests or images; micro-dollars of a budget. */
	readonly value: number;
	/** The duration of a budget. Absent: it has none, or the limit is no budget. */
	readonly window?: BudgetDuration;
	/** The request may be made again then, as far as this limit goes. Milliseconds since 1970; null if nobody knows. */
	readonly endsAt: number | null;
	readonly of: "key" | "account";
	/** The request alone is more than the whole limit, so it can never pass. Absent from an object of the previous deploy. */
	readonly isBeyond?: true;
}

/** Counts the requests that a key may still make. */
export interface RateState {
	readonly limit: number;
	readonly remaining: number;
	/** All of `limit` may be made again then, if no other request comes. Milliseconds since 1970. */
	readonly resetAt: number;
}

/** The reason that an issued key may not make a job. */
export type KeyRefusal =
	| { readonly why: "revoked" | "expired" | "blocked" }
	/** It may not use this model. */
	| { readonly why: "model"; readonly model: string };

/** Returns the first of these models that the key may not use; null if it may use all. */
export function refusedModel({ models: allowed }: KeyLimits, models: readonly string[]): string | null {
	return models.find((model) => allowed !== null && !allowed.includes(model)) ?? null;
}

/**
 * Returns the limit that one more job would pass; null if there is none. If there are several, the one that lasts longest is
 * told first: a client that waits for a rate does not need to if its budget is spent. One that the request can never keep lasts longest.
 */
export function hitOf(job: Reservation, key: KeyLimits | null, tally: Tally, now: number): LimitHit | null {
	const ofKey =
		key === null ? null : (beyondHit(job, key) ?? budgetHit(job, key, tally, now) ?? rateHit(job, key, tally, now));
	if (ofKey !== null) return ofKey;
	if (tally.openJobs() < job.maxOpenJobs) return null;
	return { limit: "max_open_jobs", value: job.maxOpenJobs, endsAt: null, of: "account" };
}

interface Budget {
	readonly limit: "max_budget" | "budget_limits";
	/** Micro-dollars. */
	readonly max: number;
	/** Null: of the key's whole life. */
	readonly duration: BudgetDuration | null;
}

/** Returns all budgets of a key, which hold at the same time. */
export function budgetsOf({ maxBudget: max, budgetDuration: duration, budgetLimits }: KeyLimits): readonly Budget[] {
	const further = budgetLimits.map(({ maxBudget, budgetDuration }) => ({
		limit: "budget_limits" as const,
		max: maxBudget,
		duration: budgetDuration,
	}));
	return max === null ? further : [{ limit: "max_budget", max, duration }, ...further];
}

/** Returns the limit that the request would pass if the key had used nothing. */
function beyondHit({ reserve, images }: Reservation, key: KeyLimits): LimitHit | null {
	const never = { endsAt: null, of: "key", isBeyond: true } as const;
	const budget = budgetsOf(key).find(({ max }) => reserve > max);
	if (budget !== undefined) {
		const { limit, max: value, duration } = budget;
		return { limit, value, ...(duration === null ? {} : { window: duration }), ...never };
	}
	const { imagesPerDay: value } = key;
	return value !== null && images > value ? { limit: "images_per_day", value, ...never } : null;
}

function budgetHit({ reserve }: Reservation, key: KeyLimits, tally: Tally, now: number): LimitHit | null {
	const hits = budgetsOf(key).flatMap(({ limit, max, duration }): readonly LimitHit[] => {
		const window = duration === null ? null : windowAt(now, duration);
		const { cost } = tally.taken(key.id, window?.firstDay ?? Number.NEGATIVE_INFINITY);
		if (cost + reserve <= max) return [];
		const endsAt = window?.endsAt ?? null;
		return [{ limit, value: max, ...(duration === null ? {} : { window: duration }), endsAt, of: "key" }];
	});
	const ends = ({ endsAt }: LimitHit) => endsAt ?? Number.POSITIVE_INFINITY;
	return hits.toSorted((a, b) => ends(b) - ends(a))[0] ?? null;
}

function rateHit({ images }: Reservation, key: KeyLimits, tally: Tally, now: number): LimitHit | null {
	const { imagesPerDay, maxParallelRequests, rpmLimit } = key;
	if (imagesPerDay !== null && tally.taken(key.id, dayOf(now)).images + images > imagesPerDay) {
		return { limit: "images_per_day", value: imagesPerDay, endsAt: windowAt(now, "1d").endsAt, of: "key" };
	}
	if (maxParallelRequests !== null && tally.openJobs(key.id) >= maxParallelRequests) {
		return { limit: "max_parallel_requests", value: maxParallelRequests, endsAt: null, of: "key" };
	}
	if (rpmLimit === null) return null;
	const recent = tally.recent(key.id, now);
	if (recent.length < rpmLimit) return null;
	const leavesLast = recent[recent.length - rpmLimit];
	const endsAt = leavesLast === undefined ? null : leavesLast.at + RATE_WINDOW_MS;
	return { limit: "rpm_limit", value: rpmLimit, endsAt, of: "key" };
}

/** Returns the jobs that may have ended unheard, so that this limit would stand no more. A rate counts them in any case, and what is beyond a limit stays so. */
export function overdueBehind(
	{ limit, of, isBeyond }: LimitHit,
	apiKey: string | undefined,
	tally: Tally,
	now: number,
): readonly OpenJob[] {
	return limit === "rpm_limit" || isBeyond === true ? [] : tally.overdue(of === "key" ? apiKey : undefined, now);
}

/** Returns null if the key has no `rpm_limit`. */
export function rateOf(key: KeyLimits, tally: Tally, now: number): RateState | null {
	const { rpmLimit: limit } = key;
	if (limit === null) return null;
	const recent = tally.recent(key.id, now);
	return {
		limit,
		remaining: Math.max(0, limit - recent.length),
		resetAt: (recent.at(-1)?.at ?? now - RATE_WINDOW_MS) + RATE_WINDOW_MS,
	};
}
