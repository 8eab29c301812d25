/** The account's only table, the list of its jobs. All of the account's SQL is here. */
import schema from "../../migrations/account/0001_jobs.sql";
import type { EarlierJob } from "./admission.ts";

export interface ListedJob {
	/** Its place in the list: grows with each job. */
	readonly n: number;
	readonly id: string;
}

export interface AccountStore {
	/** Writes one row, and before the first one the table. */
	add(job: { id: string; at: number; digest: string; key: string | null }): ListedJob;
	/** Removes the job that has this place and this id; with null, whichever has the place. */
	remove(n: number, id: string | null): void;
	/** Of the jobs with this key the newest one, if it came since then. */
	withKey(key: string, since: number): readonly EarlierJob[];
	/** Of the newest eight jobs with this digest those that came since then, newest first. */
	withDigest(digest: string, since: number): readonly EarlierJob[];
	/** Newest first, the jobs before `n`. */
	before(n: number, limit: number): readonly ListedJob[];
}

/** Bounds the jobs that one request asks: nobody repeats a request more often in half an hour without a reason. */
const MAX_EQUAL_JOBS = 8;

type EarlierRow = { n: number; id: string; digest: string };
type ListedRow = { n: number; id: string };

export function createAccountStore(sql: SqlStorage): AccountStore {
	let exists = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'jobs'").toArray().length > 0;
	const read = <T extends Record<string, SqlStorageValue>>(
		query: string,
		...values: SqlStorageValue[]
	): readonly T[] => (exists ? sql.exec<T>(query, ...values).toArray() : []);
	return {
		add: ({ id, at, digest, key }) => {
			if (!exists) sql.exec(schema);
			exists = true;
			const insert = "INSERT INTO jobs (id, at, digest, key) VALUES (?, ?, ?, ?) RETURNING n, id";
			return sql.exec<ListedRow>(insert, id, at, digest, key).one();
		},
		remove: (n, id) => {
			read("DELETE FROM jobs WHERE n = ? AND id = coalesce(?, id)", n, id);
		},
		// The newest rows are found first and their age is checked then, so the work is bounded however many are too old.
		withKey: (key, since) =>
			read<EarlierRow>(
				"SELECT n, id, digest FROM (SELECT * FROM jobs WHERE key = ? ORDER BY n DESC LIMIT 1) WHERE at >= ?",
				key,
				since,
			),
		withDigest: (digest, since) =>
			read<EarlierRow>(
				"SELECT n, id, digest FROM (SELECT * FROM jobs WHERE digest = ? ORDER BY n DESC LIMIT ?) WHERE at >= ?",
				digest,
				MAX_EQUAL_JOBS,
				since,
			),
		before: (n, limit) => read<ListedRow>("SELECT n, id FROM jobs WHERE n < ? ORDER BY n DESC LIMIT ?", n, limit),
	};
}
