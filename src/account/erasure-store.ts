/** Finds and deletes what an account's erasure takes. */

import type { Erasure } from "./key-store.ts";
import { dayOf } from "./windows.ts";

export interface ErasureStore {
	/** The newest first: the jobs before that place. */
	jobsBefore(n: number, limit: number): readonly DoomedJob[];
	/** Of the jobs that go, those that are still listed. */
	count(erasure: Erasure): number;
	hasJobs(erasure: Erasure): boolean;
	/** Deletes what jobs cost that were admitted before the erasure began. Their places stay given. */
	removeUsage(erasure: Erasure): void;
}

export interface DoomedJob {
	readonly n: number;
	readonly id: string;
	/** The time of its admission. Milliseconds since 1970. */
	readonly at: number;
}

type JobRow = { n: number; id: string; at: number };

export function createErasureStore(sql: SqlStorage): ErasureStore {
	const has = (table: string) => sql.exec("SELECT 1 FROM sqlite_master WHERE name = ?", table).toArray().length > 0;
	const before = (n: number, limit: number): readonly DoomedJob[] =>
		has("jobs")
			? sql.exec<JobRow>("SELECT n, id, at FROM jobs WHERE n < ? ORDER BY n DESC LIMIT ?", n, limit).toArray()
			: [];
	return {
		jobsBefore: before,
		count: ({ upTo }) =>
			has("jobs") ? sql.exec<{ jobs: number }>("SELECT count(*) AS jobs FROM jobs WHERE n <= ?", upTo).one().jobs : 0,
		hasJobs: ({ upTo }) => before(upTo + 1, 1).length > 0,
		removeUsage: ({ begunAt, upTo }) => {
			if (!has("usage")) return;
			// Nothing else would tell that the places were given, and the mark of the open jobs is about places.
			sql.exec(
				`INSERT INTO marks SELECT 'last_n', max(n) FROM (
					SELECT n FROM usage WHERE at <= ? UNION ALL SELECT ? UNION ALL
					SELECT CAST(value AS INTEGER) FROM marks WHERE name = 'last_n'
				) WHERE true ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
				begunAt,
				upTo,
			);
			sql.exec("DELETE FROM usage WHERE at <= ?", begunAt);
			sql.exec("DELETE FROM usage_days WHERE day <= ?", dayOf(begunAt));
		},
	};
}
