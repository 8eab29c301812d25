/** The account's list of jobs: their places, and the earlier jobs that a request may repeat. */
import schema from "../../migrations/account/0001_jobs.sql";
import ledgerSchema from "../../migrations/account/0002_ledger.sql";
import entrySchema from "../../migrations/account/0005_entry.sql";
import type { EarlierJob, Reservation } from "./admission.ts";
import { createTables, type Tables } from "./table-store.ts";

export interface ListedJob {
	/** Its place in the list: grows with each job. */
	readonly n: number;
	readonly id: string;
}

export interface NewJob {
	readonly id: string;
	/** Milliseconds since 1970. */
	readonly at: number;
	readonly digest: string;
	readonly key: string | null;
	/** Null from a Worker of before there were reservations. */
	readonly reservation: Reservation | null;
}

export interface AccountStore {
	/** Writes one row, and before the first one the tables. No place is given twice. */
	add(job: NewJob): ListedJob;
	/** Removes the job that has this place and this id; with null, whichever has the place. */
	remove(n: number, id: string | null): void;
	/** Of the jobs with this key the newest one, if it came since then. */
	withKey(key: string, since: number): readonly EarlierJob[];
	/** Of the newest eight jobs with this digest those that came since then, newest first. */
	withDigest(digest: string, since: number): readonly EarlierJob[];
	/** Newest first, the jobs before `n`. */
	before(n: number, limit: number): readonly ListedJob[];
}

/** Those of the ledger widen the table of the list, so they are made behind it. */
export interface AccountTables {
	readonly list: Tables;
	readonly ledger: Tables;
}

/** Bounds the jobs that one request asks: nobody repeats a request more often in half an hour without a reason. */
const MAX_EQUAL_JOBS = 8;
/** A place of a deleted job is found by its usage, and the newest usage is that of the newest places, but for jobs of one moment. */
const LATEST_USAGE = 100;

type PlaceRow = { n: number | null };

export function createAccountTables(sql: SqlStorage): AccountTables {
	const list = createTables(sql, schema, "jobs");
	const ledger = createTables(sql, ledgerSchema, "usage");
	const entry = createTables(sql, entrySchema, "jobs", ", entry TEXT");
	const create = () => {
		list.create();
		ledger.create();
		entry.create();
	};
	return {
		list,
		ledger: {
			...ledger,
			create,
			write: (query, ...values) => {
				create();
				ledger.write(query, ...values);
			},
		},
	};
}

export function createAccountStore({ list, ledger }: AccountTables): AccountStore {
	/** The largest place that is known to have been given; null before the first look. */
	let largest: number | null = null;

	function largestGiven(): number {
		const [listed] = list.read<PlaceRow>("SELECT max(n) AS n FROM jobs");
		largest ??= largestDeleted();
		largest = Math.max(largest, listed?.n ?? 0);
		return largest;
	}
	function largestDeleted(): number {
		const [row] = ledger.read<PlaceRow>(
			`SELECT max(n) AS n FROM (
				SELECT CAST(value AS INTEGER) AS n FROM marks WHERE name = 'last_n'
				UNION ALL SELECT n FROM (SELECT n FROM usage ORDER BY at DESC LIMIT ?)
			)`,
			LATEST_USAGE,
		);
		return row?.n ?? 0;
	}
	/** Remembers the place of a job that is about to be deleted, if nothing else would tell that it was given. */
	function keepPlace(n: number): void {
		if (n < largestGiven()) return;
		ledger.create();
		const [usage] = ledger.read<PlaceRow>(
			"SELECT usage.n FROM jobs JOIN usage ON usage.at = jobs.at AND usage.id = jobs.id WHERE jobs.n = ?",
			n,
		);
		if (usage !== undefined) return;
		ledger.write("INSERT INTO marks VALUES ('last_n', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", n);
	}

	return {
		add: ({ id, at, digest, key, reservation }) => {
			ledger.create();
			const n = largestGiven() + 1;
			const { apiKey, reserve, startBy, images, source, model, prompt } = reservation ?? {};
			list.write(
				`INSERT INTO jobs (n, id, at, digest, key, api_key, reserved, start_by, asked, source, model, prompt)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
				...[n, id, at, digest, key, apiKey?.id ?? null, reserve ?? null, startBy ?? null],
				...[images ?? null, source ?? null, model ?? null, prompt ?? null],
			);
			return { n, id };
		},
		remove: (n, id) => {
			const [found] = list.read<ListedRow>("SELECT n, id FROM jobs WHERE n = ? AND id = coalesce(?, id)", n, id);
			if (found === undefined) return;
			keepPlace(n);
			list.write("DELETE FROM jobs WHERE n = ?", n);
		},
		// The newest rows are found first and their age is checked then, so the work is bounded however many are too old.
		withKey: (key, since) =>
			list.read<EarlierRow>(
				"SELECT n, id, digest FROM (SELECT * FROM jobs WHERE key = ? ORDER BY n DESC LIMIT 1) WHERE at >= ?",
				key,
				since,
			),
		withDigest: (digest, since) =>
			list.read<EarlierRow>(
				"SELECT n, id, digest FROM (SELECT * FROM jobs WHERE digest = ? ORDER BY n DESC LIMIT ?) WHERE at >= ?",
				digest,
				MAX_EQUAL_JOBS,
				since,
			),
		before: (n, limit) => list.read<ListedRow>("SELECT n, id FROM jobs WHERE n < ? ORDER BY n DESC LIMIT ?", n, limit),
	};
}

type EarlierRow = { n: number; id: string; digest: string };
type ListedRow = { n: number; id: string };
