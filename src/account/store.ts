import schema from "../../migrations/account/0001_jobs.sql";
import type { EarlierJob } from "./admission.ts";

/** A row of the account's list. */
export interface Listed {
	/** Its place in the list: grows with each job. */
	readonly n: number;
	readonly id: string;
}

/** The account's only table. All of its SQL is here. */
export interface Store {
	/** Creates the table before the first row. */
	add(job: { id: string; at: number; digest: string; key: string | null }): Listed;
	/** Null takes whichever job has this place. */
	remove(n: number, id: string | null): void;
	/** Newest first, of those that came since. What is older is not looked at, however much of it there is. */
	withKey(key: string, since: number): readonly EarlierJob[];
	withDigest(digest: string, since: number): readonly EarlierJob[];
	/** Newest first, those before `n`. */
	before(n: number, limit: number): readonly Listed[];
}

/** Equal requests of half an hour that are looked at: nobody repeats one more often without a reason. */
const MAX_TWINS = 8;

export function createStore(sql: SqlStorage): Store {
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
			return sql.exec<{ n: number; id: string }>(insert, id, at, digest, key).one();
		},
		remove: (n, id) => {
			read("DELETE FROM jobs WHERE n = ? AND id = coalesce(?, id)", n, id);
		},
		withKey: (key, since) =>
			read<{ n: number; id: string; digest: string }>(
				"SELECT n, id, digest FROM (SELECT * FROM jobs WHERE key = ? ORDER BY n DESC LIMIT 1) WHERE at >= ?",
				key,
				since,
			),
		withDigest: (digest, since) =>
			read<{ n: number; id: string; digest: string }>(
				"SELECT n, id, digest FROM (SELECT * FROM jobs WHERE digest = ? ORDER BY n DESC LIMIT ?) WHERE at >= ?",
				digest,
				MAX_TWINS,
				since,
			),
		before: (n, limit) =>
			read<{ n: number; id: string }>("SELECT n, id FROM jobs WHERE n < ? ORDER BY n DESC LIMIT ?", n, limit),
	};
}
