import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { NOW } from "../../test/support/make.ts";
import { makeReservation, makeSettlement } from "../../test/support/make-ledger.ts";
import type { Settlement } from "../core/settlement.ts";
import type { Reservation } from "./admission.ts";
import { createLedgerStore } from "./ledger-store.ts";
import { createListStore, type ListFilter } from "./list-store.ts";
import { createAccountStore, createAccountTables } from "./store.ts";

const ANY: ListFilter = { statuses: null, model: null, key: null, since: null, before: null, text: null };
const NEWEST = Number.MAX_SAFE_INTEGER;
const HOUR = 3_600_000;

function withList(work: (list: ReturnType<typeof open>) => void): Promise<void> {
	return runInDurableObject(env.ACCOUNT.getByName(crypto.randomUUID()), (_, { storage: { sql } }) => work(open(sql)));
}

function open(sql: SqlStorage) {
	const tables = createAccountTables(sql);
	const [store, ledger, list] = [createAccountStore(tables), createLedgerStore(tables), createListStore(tables)];
	/** Admits a job. Returns its place. */
	const add = (id: string, reservation: Partial<Reservation> = {}, at = NOW) =>
		store.add({ id, at, digest: id, key: null, reservation: makeReservation(reservation) }).n;
	/** Admits a job that has told its end. */
	const addEnded = (id: string, reservation: Partial<Reservation> = {}, end: Partial<Settlement> = {}) => {
		const settlement = makeSettlement(end);
		const n = add(id, reservation, settlement.acceptedAt);
		const { prompt } = makeReservation(reservation);
		ledger.settle(n, id, settlement, { prompt, entry: `{"of":"${id}"}` });
		return n;
	};
	/** Fills the list with jobs that have ended, older than all that come later. */
	const fill = (count: number) =>
		sql.exec(
			`WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
			INSERT INTO jobs (id, at, digest, status, model, accepted_at, prompt, entry)
			SELECT 'filled', ?, 'd', 'succeeded', 'imagen4-preview', ?, 'a red fox', '{}' FROM numbers`,
			...[count, NOW, NOW],
		);
	const found = (filter: Partial<ListFilter>) => list.page(NEWEST, 100, { ...ANY, ...filter }).rows.map(({ id }) => id);
	return { sql, store, ledger, list, add, addEnded, fill, found };
}

describe("a page", () => {
	it("of an account without jobs is empty, and writes nothing", () =>
		withList(({ sql, list }) => {
			expect(list.page(NEWEST, 9, ANY)).toEqual({ rows: [], hasMore: false, next: null });
			expect(sql.exec("SELECT name FROM sqlite_master WHERE name = 'jobs'").toArray()).toEqual([]);
		}));

	it("has the newest jobs, with what their rows know", () =>
		withList(({ list, add, addEnded }) => {
			addEnded("a", { apiKey: null });
			add("b");
			expect(list.page(NEWEST, 9, ANY)).toEqual({
				rows: [
					{ n: 2, id: "b", entry: null, apiKey: "k" },
					{ n: 1, id: "a", entry: '{"of":"a"}', apiKey: null },
				],
				hasMore: false,
				next: 1,
			});
		}));

	it("goes on where the one before ended, whatever comes and goes between", () =>
		withList(({ list, store, addEnded }) => {
			for (const id of ["a", "b", "c", "d", "e"]) addEnded(id);
			const first = list.page(NEWEST, 2, ANY);
			expect([first.rows.map(({ id }) => id), first.hasMore, first.next]).toEqual([["e", "d"], true, 4]);
			addEnded("f");
			store.remove(4, "d");
			store.remove(3, "c");
			const second = list.page(4, 2, ANY);
			expect([second.rows.map(({ id }) => id), second.hasMore, second.next]).toEqual([["b", "a"], false, 1]);
		}));

	it("of no jobs says if there are any", () =>
		withList(({ list, addEnded }) => {
			addEnded("a");
			expect(list.page(NEWEST, 0, ANY)).toEqual({ rows: [], hasMore: true, next: null });
		}));

	it("shows at most forty jobs that have to be asked", () =>
		withList(({ list, add, addEnded }) => {
			addEnded("oldest");
			for (let index = 0; index < 41; index += 1) add(`open ${index}`);
			addEnded("newest");
			const first = list.page(NEWEST, 100, ANY);
			expect([first.rows.length, first.hasMore, first.rows.at(-1)?.id]).toEqual([41, true, "open 1"]);
			const second = list.page(first.next ?? 0, 100, ANY);
			expect([second.rows.map(({ id }) => id), second.hasMore]).toEqual([["open 0", "oldest"], false]);
		}));
});

describe("a filter", () => {
	it("names ended jobs by one status or several, and each job that has not told its end", () =>
		withList(({ found, add, addEnded }) => {
			addEnded("succeeded");
			addEnded("failed", {}, { status: "failed" });
			addEnded("cancelled", {}, { status: "cancelled" });
			add("open");
			expect(found({ statuses: ["failed"] })).toEqual(["open", "failed"]);
			expect(found({ statuses: ["succeeded", "cancelled"] })).toEqual(["open", "cancelled", "succeeded"]);
			expect(found({ statuses: ["queued"] })).toEqual(["open"]);
		}));

	it("names jobs by the model that drew; of an open one that is not known", () =>
		withList(({ found, add, addEnded }) => {
			addEnded("successor", { model: "flux-dev" }, { model: "imagen4-preview" });
			addEnded("flux", { model: "flux-dev" }, { model: "flux-dev" });
			add("open", { model: "flux-dev" });
			expect(found({ model: "imagen4-preview" })).toEqual(["open", "successor"]);
			expect(found({ model: "flux-dev" })).toEqual(["open", "flux"]);
		}));

	it("names jobs by the issued key that made them, open ones too", () =>
		withList(({ found, add, addEnded }) => {
			addEnded("of k");
			addEnded("of the account", { apiKey: null });
			add("open of k");
			add("open of l", { apiKey: { id: "l", secretSha256: "00" } });
			expect(found({ key: "k" })).toEqual(["open of k", "of k"]);
			expect(found({ key: "m" })).toEqual([]);
		}));

	it("names jobs from one time on, and before another", () =>
		withList(({ found, addEnded }) => {
			for (const [id, hours] of [
				["a", 0],
				["b", 50],
				["c", 100],
				["d", 150],
			] as const)
				addEnded(id, {}, { acceptedAt: NOW + hours * HOUR });
			expect(found({ since: NOW + 50 * HOUR })).toEqual(["d", "c", "b"]);
			expect(found({ since: NOW + 50 * HOUR + 1 })).toEqual(["d", "c"]);
			expect(found({ before: NOW + 100 * HOUR })).toEqual(["b", "a"]);
			expect(found({ before: NOW + 100 * HOUR + 1 })).toEqual(["c", "b", "a"]);
			expect(found({ since: NOW + HOUR, before: NOW + 101 * HOUR })).toEqual(["c", "b"]);
			expect(found({ since: NOW + 999 * HOUR })).toEqual([]);
			expect(found({ before: NOW - 999 * HOUR })).toEqual([]);
		}));

	it("counts a job by its acceptance, which may come a day after its admission", () =>
		withList(({ found, ledger, add }) => {
			const n = add("late", {}, NOW);
			ledger.settle(n, "late", makeSettlement({ acceptedAt: NOW + 24 * HOUR }), { prompt: "a fox", entry: "{}" });
			expect(found({ since: NOW + 24 * HOUR })).toEqual(["late"]);
			expect(found({ before: NOW + 24 * HOUR })).toEqual([]);
		}));

	it.each([
		["red", ["red"]],
		["RED f", ["red"]],
		["%", ["percent"]],
		["_", ["snake"]],
		["\\", ["backslash"]],
		["'", ["quote"]],
		["füchse", ["umlaut"]],
		["FÜCHSE im", ["umlaut"]],
		["狐狸", ["chinese"]],
		["ЛИСА", ["russian"]],
		["x".repeat(100), ["long"]],
		["no such words", []],
	])("names jobs with %s in their prompt", (text, ids) =>
		withList(({ found, addEnded }) => {
			const prompts: Readonly<Record<string, string>> = {
				red: "A Red Fox",
				percent: "100% wool",
				snake: "snake_case",
				backslash: "C:\\art",
				quote: "it's",
				umlaut: "Drei Füchse im Schnee",
				chinese: "一只红色的狐狸",
				russian: "Рыжая лиса",
				long: `a${"X".repeat(100)}b`,
			};
			for (const [id, prompt] of Object.entries(prompts)) addEnded(id, { prompt });
			expect(found({ text })).toEqual(ids);
		}),
	);

	it("names by its text also a job whose prompt nobody told, and none that has another", () =>
		withList(({ found, store, add }) => {
			store.add({ id: "from before", at: NOW, digest: "d", key: null, reservation: null });
			add("open", { prompt: "a blue fox" });
			expect(found({ text: "red" })).toEqual(["from before"]);
		}));
});

describe("a filtered page", () => {
	it("looks at 5,000 rows, and the next one goes on behind them", () =>
		withList(({ list, addEnded, fill }) => {
			addEnded("far", { prompt: "a blue whale" });
			fill(5_000);
			const filter = { ...ANY, text: "whale" };
			const first = list.page(NEWEST, 20, filter);
			expect(first).toEqual({ rows: [], hasMore: true, next: 2 });
			const second = list.page(2, 20, filter);
			expect([second.rows.map(({ id }) => id), second.hasMore]).toEqual([["far"], false]);
		}));

	it("promises no more if it has looked at all of exactly 5,000", () =>
		withList(({ list, add, store, fill }) => {
			store.remove(add("gone"), "gone");
			fill(5_000);
			expect(list.page(NEWEST, 20, { ...ANY, statuses: ["failed"] })).toEqual({ rows: [], hasMore: false, next: null });
		}));

	it("finds the time that it begins at without looking at what is newer", () =>
		withList(({ list, addEnded, fill }) => {
			addEnded("old", {}, { acceptedAt: NOW - 999 * HOUR });
			fill(6_000);
			const page = list.page(NEWEST, 20, { ...ANY, before: NOW - 500 * HOUR });
			expect([page.rows.map(({ id }) => id), page.hasMore]).toEqual([["old"], false]);
		}));
});

describe("a page of a status", () => {
	it("does not count the open jobs, which may have another", () =>
		withList(({ list, add, addEnded }) => {
			addEnded("a");
			addEnded("b");
			add("c");
			add("d");
			const page = list.page(NEWEST, 1, { ...ANY, statuses: ["succeeded"] });
			expect([page.rows.map(({ id }) => id), page.hasMore, page.next]).toEqual([["d", "c", "b"], true, 2]);
		}));
});

describe("a row", () => {
	it("keeps its entry when its job goes, and loses it when its job says so", () =>
		withList(({ list, ledger, addEnded }) => {
			const entryOf = () => list.page(NEWEST, 1, ANY).rows[0]?.entry;
			const n = addEnded("a");
			ledger.settle(n, "a", makeSettlement());
			expect(entryOf()).toBe('{"of":"a"}');
			ledger.settle(n, "a", makeSettlement(), null);
			expect(entryOf()).toBeNull();
		}));

	it("from before all this is filled like any other", () =>
		withList(({ sql, list }) => {
			sql.exec(
				"CREATE TABLE jobs (n INTEGER PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL, digest TEXT NOT NULL, key TEXT)",
			);
			sql.exec("INSERT INTO jobs (id, at, digest, key) VALUES ('old', ?, 'd', NULL)", NOW);
			expect(list.page(NEWEST, 9, ANY).rows).toEqual([]);
			const woken = open(sql);
			expect(woken.list.page(NEWEST, 9, ANY).rows).toMatchObject([{ id: "old", entry: null }]);
			woken.ledger.settle(1, "old", makeSettlement(), { prompt: "a red fox", entry: "{}" });
			expect(woken.found({ text: "red", statuses: ["succeeded"] })).toEqual(["old"]);
			expect(woken.found({ text: "blue" })).toEqual([]);
		}));

	it("is read and written by the code of before, beside the new column", () =>
		withList(({ sql, addEnded, found }) => {
			addEnded("new");
			sql.exec("INSERT INTO jobs (id, at, digest, key) VALUES (?, ?, ?, ?)", "old", NOW, "d", null);
			sql.exec(
				"UPDATE jobs SET (status, cost) = (?, ?) WHERE n = ? AND (status, cost) IS NOT (?, ?)",
				"failed",
				1,
				1,
				"failed",
				1,
			);
			expect(sql.exec("SELECT n, id FROM jobs WHERE n < ? ORDER BY n DESC LIMIT ?", 9, 9).toArray()).toEqual([
				{ n: 2, id: "old" },
				{ n: 1, id: "new" },
			]);
			expect(
				sql.exec("SELECT n, id, digest FROM (SELECT * FROM jobs WHERE digest = ?) WHERE at >= ?", "d", 0).toArray(),
			).toEqual([{ n: 2, id: "old", digest: "d" }]);
			expect(found({ statuses: ["failed"] })).toEqual(["old", "new"]);
		}));
});
