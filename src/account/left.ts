/** Says how much of its limits an issued key, or an account, has left. */

import { budgetsOf, type KeyLimits, type LimitHit, rateOf } from "./limits.ts";
import type { Tally } from "./tally.ts";
import { dayOf, windowAt } from "./windows.ts";

/** A limit, and as much of it as is taken. */
export interface LimitLeft extends Pick<LimitHit, "limit" | "value" | "window" | "of"> {
	/** In the limit's own unit, with all that running jobs reserve. */
	readonly used: number;
	/** All of it can be used again then. Milliseconds since 1970; null if that is no question of time. */
	readonly resetsAt: number | null;
}

/** @param key Null for a key of `WORKER_ACCESS_KEY` @param maxOpenJobs Of the account */
export function limitsLeft(
	key: KeyLimits | null,
	maxOpenJobs: number,
	tally: Tally,
	now: number,
): readonly LimitLeft[] {
	const ofAccount: LimitLeft = {
		limit: "max_open_jobs",
		of: "account",
		value: maxOpenJobs,
		used: tally.openJobs(),
		resetsAt: null,
	};
	return key === null ? [ofAccount] : [...budgetsLeft(key, tally, now), ...ratesLeft(key, tally, now), ofAccount];
}

function budgetsLeft(key: KeyLimits, tally: Tally, now: number): readonly LimitLeft[] {
	return budgetsOf(key).map(({ limit, max: value, duration }) => {
		const window = duration === null ? null : windowAt(now, duration);
		const { cost: used } = tally.taken(key.id, window?.firstDay ?? Number.NEGATIVE_INFINITY);
		const named = duration === null ? {} : { window: duration };
		return { limit, of: "key", value, ...named, used, resetsAt: window?.endsAt ?? null };
	});
}

function ratesLeft(key: KeyLimits, tally: Tally, now: number): readonly LimitLeft[] {
	const { imagesPerDay, maxParallelRequests } = key;
	const left: LimitLeft[] = [];
	if (imagesPerDay !== null) {
		const { images: used } = tally.taken(key.id, dayOf(now));
		const resetsAt = windowAt(now, "1d").endsAt;
		left.push({ limit: "images_per_day", of: "key", value: imagesPerDay, used, resetsAt });
	}
	if (maxParallelRequests !== null) {
		const used = tally.openJobs(key.id);
		left.push({ limit: "max_parallel_requests", of: "key", value: maxParallelRequests, used, resetsAt: null });
	}
	const rate = rateOf(key, tally, now);
	if (rate !== null) {
		const used = tally.recent(key.id, now).length;
		left.push({ limit: "rpm_limit", of: "key", value: rate.limit, used, resetsAt: used === 0 ? null : rate.resetAt });
	}
	return left;
}
