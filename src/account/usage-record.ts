/** Says how an account's usage is asked for and told. */
import type { MicroUsd } from "../money.ts";

export const USAGE_COLUMNS = ["api_key", "model", "size", "source"] as const;

/** The ways in which usage is told apart. */
export type UsageColumn = (typeof USAGE_COLUMNS)[number];

export interface UsageQuery {
	/** Milliseconds since 1970. Jobs count at the time of their admission. */
	readonly from: number;
	/** Exclusive. */
	readonly until: number;
	/** Usage is summed up by so many milliseconds, counted from 1970. */
	readonly bucketMs: number;
	readonly groupBy: readonly UsageColumn[];
	/** Jobs of these values alone. */
	readonly only: Readonly<Partial<Record<UsageColumn, readonly string[]>>>;
}

export interface UsageSum {
	/** Counts the buckets since 1970. */
	readonly bucket: number;
	/** Null for a key of `WORKER_ACCESS_KEY`, and if usage is not told apart by keys. */
	readonly apiKey: string | null;
	readonly model: string | null;
	readonly size: string | null;
	readonly source: string | null;
	readonly jobs: number;
	/** Stored, late ones too. */
	readonly pictures: number;
	readonly cost: MicroUsd;
}

export interface UsageSums {
	/** By buckets, the earliest first. */
	readonly sums: readonly UsageSum[];
	/** The first bucket that is left out, since there are too many sums; null if all are here. */
	readonly cutAt: number | null;
}

/** Bounds the sums of one answer. */
export const MAX_SUMS = 5_000;

/** Sums up the jobs of one model. */
export interface ModelUsage {
	/** That really drew. */
	readonly model: string;
	readonly jobs: number;
	readonly succeeded: number;
	readonly pictures: number;
	/** Of these pictures. */
	readonly bytes: number;
	readonly cost: MicroUsd;
	/** From the admission to the end, of those that succeeded: half of them took no longer. Null if none did. */
	readonly p50Ms: number | null;
	/** 95 of a hundred took no longer. */
	readonly p95Ms: number | null;
}

/** One ended job. */
export interface UsageRow {
	/** Milliseconds since 1970, as the other times. */
	readonly at: number;
	readonly id: string;
	readonly apiKey: string | null;
	readonly model: string;
	readonly endpoint: string;
	readonly size: string;
	readonly source: string;
	readonly status: string;
	readonly charge: string;
	readonly cost: MicroUsd;
	readonly basis: string;
	/** Pictures that were asked for. */
	readonly asked: number;
	readonly pictures: number;
	readonly bytes: number;
	readonly startedAt: number | null;
	readonly endedAt: number;
}

/** Asks for the rows of a time, a page at a time. */
export interface UsageRowsQuery {
	readonly from: number;
	/** Exclusive. */
	readonly until: number;
	/** The last row of the page before; null for the first page. */
	readonly after: Pick<UsageRow, "at" | "id"> | null;
	readonly limit: number;
}

/** Ended jobs of one model and outcome. */
export interface EndedJobs {
	readonly model: string;
	readonly status: string;
	readonly jobs: number;
	readonly pictures: number;
	/** Micro-dollars. */
	readonly cost: number;
	/** From their admissions to their ends, summed up. */
	readonly ms: number;
}

/** What an account counts for /metrics. */
export interface Counters {
	/** When it was counted. Milliseconds since 1970. */
	readonly at: number;
	/** Jobs that have not ended. */
	readonly open: number;
	/** Since UTC midnight. */
	readonly ended: readonly EndedJobs[];
}
