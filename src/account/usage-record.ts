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
