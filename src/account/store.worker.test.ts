import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { makeReservation, makeSettlement } from "../../test/support/make-ledger.ts";
import { createErasureStore } from "./erasure-store.ts";
import { createLedger } from "./ledger.ts";
import { type AccountStore, createAccountStore, createAccountTables } from "./store.ts";

/** Works on the store of an account that no other test has. */
function withStore(work: (store: AccountStore, reopen: () => AccountStore, sql: SqlStorage) => void): Promise<void> {
	return runInDurableObject(env.ACCOUNT.getByName(crypto.randomUUID()), (_, { storage: { sql } }) =>
		work(open(sql), () => open(sql), sql),
	);
}

function open(sql: SqlStorage): AccountStore {
	return createAccountStore(createAccountTables(sql));
}

function aJob(id: string, { at = 1_000, digest = "d", key = null as string | null } = {}) {
	return { id, at, digest, key, reservation: null };
}

it("has no table before the first job: reading and removing write nothing", () =>
	withStore((store, _, sql) => {
		expect(store.before(9, 9)).toEqual([]);
		expect(store.withKey("k", 0)).toEqual([]);
		expect(store.withDigest("d", 0)).toEqual([]);
		store.remove(1, null);
		expect(sql.exec("SELECT name FROM sqlite_master WHERE name = 'jobs'").toArray()).toEqual([]);
	}));

it("gives each job the next place", () =>
	withStore((store) => {
		expect(store.add(aJob("a"))).toEqual({ n: 1, id: "a" });
		expect(store.add(aJob("b"))).toEqual({ n: 2, id: "b" });
	}));

it("goes on where an earlier instance stopped", () =>
	withStore((store, reopen) => {
		store.add(aJob("a"));
		const next = reopen();
		expect(next.before(9, 9)).toEqual([{ n: 1, id: "a" }]);
		expect(next.add(aJob("b"))).toEqual({ n: 2, id: "b" });
	}));

it("pages down from a place, which it leaves out", () =>
	withStore((store) => {
		for (const id of ["a", "b", "c", "d"]) store.add(aJob(id));
		expect(store.before(4, 2).map(({ id }) => id)).toEqual(["c", "b"]);
		expect(store.before(Number.MAX_SAFE_INTEGER, 1).map(({ id }) => id)).toEqual(["d"]);
	}));

it("removes a job by its place and its id, or by its place alone", () =>
	withStore((store) => {
		for (const id of ["a", "b", "c"]) store.add(aJob(id));
		store.remove(2, "a");
		expect(store.before(9, 9)).toHaveLength(3);
		store.remove(2, "b");
		store.remove(3, null);
		expect(store.before(9, 9)).toEqual([{ n: 1, id: "a" }]);
	}));

it("finds the newest job of a key only, if it is not too old", () =>
	withStore((store) => {
		store.add(aJob("a", { key: "k", at: 3_000 }));
		store.add(aJob("b", { key: "k", at: 2_000, digest: "e" }));
		store.add(aJob("c", { key: "other" }));
		store.add(aJob("d"));
		expect(store.withKey("k", 2_000)).toEqual([{ n: 2, id: "b", digest: "e" }]);
		expect(store.withKey("k", 2_001)).toEqual([]);
	}));

it("finds the newest eight jobs of a digest, newest first, with and without a key", () =>
	withStore((store) => {
		for (let count = 1; count <= 10; count += 1) {
			store.add(aJob(`job ${count}`, { at: count, key: count % 2 === 0 ? `k${count}` : null }));
		}
		store.add(aJob("other", { digest: "e" }));
		const found = store.withDigest("d", 0);
		expect(found.map(({ n }) => n)).toEqual([10, 9, 8, 7, 6, 5, 4, 3]);
		expect(found[0]).toEqual({ n: 10, id: "job 10", digest: "d" });
		expect(store.withDigest("d", 9).map(({ n }) => n)).toEqual([10, 9]);
	}));

describe("places", () => {
	it("are never given twice, though the newest jobs are deleted and another instance comes", () =>
		withStore((store, reopen) => {
			for (const id of ["a", "b", "c"]) store.add(aJob(id));
			store.remove(3, "c");
			expect(store.add(aJob("d"))).toEqual({ n: 4, id: "d" });
			store.remove(4, "d");
			store.remove(2, "b");
			expect(reopen().add(aJob("e"))).toEqual({ n: 5, id: "e" });
			for (const [n, id] of [
				[5, "e"],
				[1, "a"],
			] as const)
				reopen().remove(n, id);
			expect(reopen().before(9, 9)).toEqual([]);
			expect(reopen().add(aJob("f"))).toEqual({ n: 6, id: "f" });
		}));

	it("are never given twice, though an erasure takes the usage that told of them", () =>
		withStore((store, reopen, sql) => {
			const [first, second] = ["a", "b"].map((id) => store.add({ ...aJob(id), reservation: makeReservation() }));
			const ledger = createLedger(createAccountTables(sql));
			for (const { n, id } of [first, second].filter((job) => job !== undefined)) {
				ledger.settle(n, id, makeSettlement());
				store.remove(n, id);
			}
			// All jobs were off the list when it began.
			createErasureStore(sql).removeUsage({ account: "alice", upTo: 0, begunAt: 1_000 });
			expect(sql.exec("SELECT * FROM usage").toArray()).toEqual([]);
			expect(reopen().add(aJob("c"))).toEqual({ n: 3, id: "c" });
			reopen().remove(3, "c");
			createErasureStore(sql).removeUsage({ account: "alice", upTo: 2, begunAt: 1_000 });
			expect(reopen().add(aJob("d"))).toEqual({ n: 4, id: "d" });
		}));

	it("go on behind those that the code of before gives", () =>
		withStore((store, reopen, sql) => {
			store.add(aJob("a"));
			store.add(aJob("b"));
			store.remove(2, "b");
			runOld(sql, OLD.insert, "old", 1, "d", null);
			runOld(sql, OLD.insert, "older", 1, "d", null);
			expect(store.add(aJob("c"))).toEqual({ n: 4, id: "c" });
			expect(reopen().add(aJob("d"))).toEqual({ n: 5, id: "d" });
		}));
});

/** The statements of the code before there was a ledger, as it had them. A rollback brings it back, on the tables of today. */
const OLD = {
	schema: `CREATE TABLE jobs (n INTEGER PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL, digest TEXT NOT NULL, key TEXT);
		CREATE INDEX jobs_by_digest ON jobs (digest);
		CREATE INDEX jobs_by_key ON jobs (key) WHERE key IS NOT NULL;`,
	exists: "SELECT 1 FROM sqlite_master WHERE name = 'jobs'",
	insert: "INSERT INTO jobs (id, at, digest, key) VALUES (?, ?, ?, ?) RETURNING n, id",
	remove: "DELETE FROM jobs WHERE n = ? AND id = coalesce(?, id)",
	withKey: "SELECT n, id, digest FROM (SELECT * FROM jobs WHERE key = ? ORDER BY n DESC LIMIT 1) WHERE at >= ?",
	withDigest: "SELECT n, id, digest FROM (SELECT * FROM jobs WHERE digest = ? ORDER BY n DESC LIMIT ?) WHERE at >= ?",
	before: "SELECT n, id FROM jobs WHERE n < ? ORDER BY n DESC LIMIT ?",
};

describe("the code of before, after a rollback", () => {
	it("finds, lists, adds and removes jobs among those of today", () =>
		withStore((store, _, sql) => {
			store.add({ ...aJob("a", { key: "k" }), reservation: makeReservation() });
			store.add(aJob("b"));
			const rows = (query: string, ...values: SqlStorageValue[]) => runOld(sql, query, ...values);
			expect(rows(OLD.exists)).toHaveLength(1);
			expect(rows(OLD.insert, "c", 2_000, "d", "l")).toEqual([{ n: 3, id: "c" }]);
			expect(rows(OLD.withKey, "k", 0)).toEqual([{ n: 1, id: "a", digest: "d" }]);
			expect(rows(OLD.withKey, "l", 2_000)).toEqual([{ n: 3, id: "c", digest: "d" }]);
			expect(rows(OLD.withDigest, "d", 8, 0).map(({ n }) => n)).toEqual([3, 2, 1]);
			expect(rows(OLD.remove, 2, "b")).toEqual([]);
			expect(rows(OLD.remove, 1, null)).toEqual([]);
			expect(rows(OLD.before, 9, 9)).toEqual([{ n: 3, id: "c" }]);
		}));
});

describe("the rows of the code of before", () => {
	it("are found, listed and removed, before and after the tables of today are made", () =>
		withStore((_, reopen, sql) => {
			runOld(sql, OLD.schema);
			for (const [id, key] of [
				["a", "k"],
				["b", null],
				["c", null],
			] as const)
				runOld(sql, OLD.insert, id, 1_000, "d", key);
			const store = reopen();
			expect(store.before(9, 9).map(({ id }) => id)).toEqual(["c", "b", "a"]);
			expect(store.withKey("k", 0)).toEqual([{ n: 1, id: "a", digest: "d" }]);
			store.remove(2, "b");
			expect(columnsOf(sql)).toHaveLength(5);

			expect(store.add(aJob("d"))).toEqual({ n: 4, id: "d" });
			expect(columnsOf(sql).length).toBeGreaterThan(5);
			expect(
				reopen()
					.withDigest("d", 0)
					.map(({ n }) => n),
			).toEqual([4, 3, 1]);
			reopen().remove(1, "a");
			expect(
				reopen()
					.before(9, 9)
					.map(({ id }) => id),
			).toEqual(["d", "c"]);
		}));

	it("keep their place when the newest of them is deleted first of all", () =>
		withStore((_, reopen, sql) => {
			runOld(sql, OLD.schema);
			runOld(sql, OLD.insert, "a", 1_000, "d", null);
			reopen().remove(1, "a");
			expect(reopen().add(aJob("b"))).toEqual({ n: 2, id: "b" });
		}));
});

function runOld(sql: SqlStorage, query: string, ...values: SqlStorageValue[]) {
	return sql.exec(query, ...values).toArray();
}

function columnsOf(sql: SqlStorage) {
	return sql.exec("SELECT name FROM pragma_table_info('jobs')").toArray();
}
