import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { type AccountStore, createAccountStore } from "./store.ts";

/** Works on the store of an account that no other test has. */
function withStore(work: (store: AccountStore, reopen: () => AccountStore, sql: SqlStorage) => void): Promise<void> {
	return runInDurableObject(env.ACCOUNT.getByName(crypto.randomUUID()), (_, { storage: { sql } }) =>
		work(createAccountStore(sql), () => createAccountStore(sql), sql),
	);
}

function aJob(id: string, { at = 1_000, digest = "d", key = null as string | null } = {}) {
	return { id, at, digest, key };
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
