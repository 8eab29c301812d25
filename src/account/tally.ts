/** Counts what an account's jobs take of its limits. Derived from rows once, when the object wakes, and then kept in step with them. */

import { dayOf } from "./windows.ts";

/** A row of a job that reserves its price and has not ended. */
export interface OpenJob {
	/** Its place in the account's list. */
	readonly n: number;
	readonly id: string;
	/** Its admission. Milliseconds since 1970. */
	readonly at: number;
	/** The issued key that made it; null for a key of `WORKER_ACCESS_KEY`. */
	readonly apiKey: string | null;
	readonly images: number;
	/** Micro-dollars. */
	readonly reserved: number;
	/** A start after that is refused. Milliseconds since 1970. */
	readonly startBy: number;
}

/** Sums up the ended jobs of one issued key that were admitted on one day. */
export interface Spent extends Amounts {
	readonly apiKey: string;
	/** Days since the first of January 1970, in UTC. */
	readonly day: number;
}

export interface Amounts {
	/** Micro-dollars. */
	readonly cost: number;
	/** As `images_per_day` counts them. */
	readonly images: number;
}

/** A job that an issued key made a short time ago, whatever became of it. */
export interface RecentJob {
	readonly id: string;
	readonly apiKey: string;
	readonly at: number;
}

/** The rows of issued keys, read when the first of them has a limit. */
export interface KeyRows {
	readonly spent: readonly Spent[];
	/** The ended jobs that were admitted in the last `RATE_WINDOW_MS`. */
	readonly recent: readonly RecentJob[];
}

export interface Tally {
	/** A job was admitted. */
	readonly add: (job: OpenJob) => void;
	/** A job that may not have begun yet may begin until a later time. */
	readonly extend: (id: string, startBy: number) => void;
	/** A job's row got its end, for the first time or again. `change` is null if it has no issued key. */
	readonly settle: (id: string, change: Spent | null) => void;
	/** A job's row is gone without an end: it never began. */
	readonly drop: (id: string) => void;
	/** Counts the open jobs of a key; of all with undefined. */
	readonly openJobs: (apiKey?: string) => number;
	/** Sums up what a key spent and reserves since that day. */
	readonly taken: (apiKey: string, firstDay: number) => Amounts;
	/** Returns the jobs that a key made in the last minute, oldest first. */
	readonly recent: (apiKey: string, now: number) => readonly RecentJob[];
	/** Returns the open jobs of a key, or of all, that should have ended, and were not asked lately: the oldest eight at most. */
	readonly overdue: (apiKey: string | undefined, now: number) => readonly OpenJob[];
	/** An open job was asked whether it has ended. */
	readonly markAsked: (id: string, now: number) => void;
}

/** `rpm_limit` counts the requests of so long. */
export const RATE_WINDOW_MS = 60_000;
/** One admission asks no more jobs than this. */
export const MAX_OVERDUE_ASKED = 8;
/** The clocks of the account and of a job differ by less: a job that may start until `startBy` has then started, or never does. */
const CLOCKS_DIFFER_MS = 10_000;
/** A job that still runs is not asked again so soon. */
const ASK_AGAIN_MS = 60_000;

/**
 * Sums are kept and not taken again at each question: a key may have thousands of open jobs, and each admission asks about several budgets.
 * @param readKeyRows Called once, by the first question about an issued key
 */
export function createTally(openAtFirst: readonly OpenJob[], readKeyRows: () => KeyRows): Tally {
	const open = new Map<string, OpenJob>();
	const askedAt = new Map<string, number>();
	/** What each key reserves, and spent once its rows are read, by days. Those of `WORKER_ACCESS_KEY` are counted together. */
	const taken = new Map<string | null, Map<number, Amounts>>();
	const openOfKey = new Map<string | null, number>();
	let isRead = false;
	/** Of each key, oldest first. */
	const recent = new Map<string, RecentJob[]>();

	function readOnce(): void {
		if (isRead) return;
		isRead = true;
		const rows = readKeyRows();
		const both = [...rows.recent, ...[...open.values()].flatMap(toRecent)];
		for (const job of both.toSorted((one, other) => one.at - other.at)) addRecent(job);
		for (const row of rows.spent) addAmounts(row.apiKey, row);
	}
	function addAmounts(apiKey: string | null, { day, cost, images }: Omit<Spent, "apiKey">): void {
		const days = taken.get(apiKey) ?? new Map<number, Amounts>();
		const before = days.get(day) ?? { cost: 0, images: 0 };
		taken.set(apiKey, days.set(day, { cost: before.cost + cost, images: before.images + images }));
	}
	function addRecent(job: RecentJob): void {
		const jobs = recent.get(job.apiKey);
		if (jobs === undefined) recent.set(job.apiKey, [job]);
		else jobs.push(job);
	}
	/** @param times 1 for a job that opens, and -1 for one that is open no more */
	function count({ apiKey, at, reserved, images }: OpenJob, times: 1 | -1): void {
		openOfKey.set(apiKey, (openOfKey.get(apiKey) ?? 0) + times);
		addAmounts(apiKey, { day: dayOf(at), cost: times * reserved, images: times * images });
	}
	function add(job: OpenJob): void {
		close(job.id);
		open.set(job.id, job);
		count(job, 1);
	}
	function close(id: string): void {
		const job = open.get(id);
		if (job !== undefined) count(job, -1);
		open.delete(id);
		askedAt.delete(id);
	}
	for (const job of openAtFirst) add(job);

	return {
		add: (job) => {
			add(job);
			if (isRead) for (const one of toRecent(job)) addRecent(one);
		},
		extend: (id, startBy) => {
			const job = open.get(id);
			if (job !== undefined) open.set(id, { ...job, startBy });
		},
		settle: (id, change) => {
			close(id);
			if (isRead && change !== null) addAmounts(change.apiKey, change);
		},
		drop: (id) => {
			close(id);
			for (const [apiKey, jobs] of recent)
				recent.set(
					apiKey,
					jobs.filter((job) => job.id !== id),
				);
		},
		openJobs: (apiKey) => (apiKey === undefined ? open.size : (openOfKey.get(apiKey) ?? 0)),
		taken: (apiKey, firstDay) => {
			readOnce();
			const sum = { cost: 0, images: 0 };
			for (const [day, { cost, images }] of taken.get(apiKey) ?? []) {
				if (day < firstDay) continue;
				sum.cost += cost;
				sum.images += images;
			}
			return sum;
		},
		recent: (apiKey, now) => {
			readOnce();
			const jobs = recent.get(apiKey) ?? [];
			const stale = jobs.findIndex(({ at }) => at > now - RATE_WINDOW_MS);
			jobs.splice(0, stale === -1 ? jobs.length : stale);
			return jobs;
		},
		overdue: (apiKey, now) =>
			[...open.values()]
				.filter((job) => apiKey === undefined || job.apiKey === apiKey)
				.filter(({ id, startBy }) => {
					const wasAskedAt = askedAt.get(id) ?? Number.NEGATIVE_INFINITY;
					return startBy + CLOCKS_DIFFER_MS <= now && wasAskedAt <= now - ASK_AGAIN_MS;
				})
				.toSorted((a, b) => a.n - b.n)
				.slice(0, MAX_OVERDUE_ASKED),
		markAsked: (id, now) => {
			askedAt.set(id, now);
		},
	};
}

/** Returns none if no issued key made it. */
function toRecent({ id, apiKey, at }: OpenJob): readonly RecentJob[] {
	return apiKey === null ? [] : [{ id, apiKey, at }];
}
