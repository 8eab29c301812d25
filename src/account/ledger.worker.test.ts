import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { NOW } from "../../test/support/make.ts";
import { makeReservation, makeSettlement } from "../../test/support/make-ledger.ts";
import type { Reservation } from "./admission.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { createLedgerStore } from "./ledger-store.ts";
import { type AccountStore, createAccountStore, createAccountTables } from "./store.ts";

const DAY = 86_400_000;
const TODAY = Math.floor(NOW / DAY);

interface Books {
	readonly store: AccountStore;
	readonly ledger: Ledger;
	/** Admits a job. Returns its place. */
	readonly add: (id: string, reservation?: Partial<Reservation> | null, at?: number) => number;
	readonly sql: SqlStorage;
	/** The same rows as a new instance reads them. */
	readonly reopen: () => Books;
}

/** Works on the ledger of an account that no other test has. */
function withBooks(work: (books: Books) => void): Promise<void> {
	return runInDurableObject(env.ACCOUNT.getByName(crypto.randomUUID()), (_, { storage: { sql } }) => work(open(sql)));
}

function open(sql: SqlStorage): Books {
	const tables = createAccountTables(sql);
	const [store, ledger] = [createAccountStore(tables), createLedger(tables)];
	const add: Books["add"] = (id, reservation = {}, at = NOW) => {
		const kept = reservation === null ? null : makeReservation(reservation);
		const job = { id, at, digest: id, key: null, reservation: kept };
		const listed = store.add(job);
		ledger.opened({ ...job, ...listed });
		return listed.n;
	};
	return { store, ledger, add, sql, reopen: () => open(sql) };
}

function rowsOf(sql: SqlStorage, query: string) {
	return sql.exec(query).toArray();
}

function takenOf({ ledger }: Books, apiKey = "k", firstDay = Number.NEGATIVE_INFINITY) {
	return { open: ledger.tally().openJobs(apiKey), ...ledger.tally().taken(apiKey, firstDay) };
}

/** Returns the counts of an instance that wakes after the work, which are those of the instance that did it. */
function bothTakenOf(books: Books, apiKey?: string) {
	const woken = takenOf(books.reopen(), apiKey);
	expect(takenOf(books, apiKey)).toEqual(woken);
	return woken;
}

it("has no rows before the first job", () =>
	withBooks((books) => {
		books.ledger.settle(1, "a", makeSettlement());
		books.ledger.close(1, "a", makeSettlement());
		expect(bothTakenOf(books)).toEqual({ open: 0, cost: 0, images: 0 });
		expect(rowsOf(books.sql, "SELECT name FROM sqlite_master WHERE name IN ('jobs', 'usage')")).toEqual([]);
	}));

describe("a reservation", () => {
	it("is its job's, and of its key and its day", () =>
		withBooks((books) => {
			books.ledger.tally();
			books.add("a", { reserve: 40_000, images: 2 });
			books.add("b", { reserve: 1, images: 1 }, NOW - DAY);
			books.add("c", { apiKey: null });
			books.add("from before", null);
			expect(bothTakenOf(books)).toEqual({ open: 2, cost: 40_001, images: 3 });
			expect(books.reopen().ledger.tally().openJobs()).toBe(3);
			expect(takenOf(books.reopen(), "k", TODAY)).toEqual({ open: 2, cost: 40_000, images: 2 });
		}));

	it("keeps what the list shows of the request", () =>
		withBooks(({ add, sql }) => {
			add("a", { images: 3, reserve: 120_000, prompt: "a fox", source: "edit", apiKey: null });
			expect(rowsOf(sql, "SELECT * FROM jobs")).toEqual([
				{
					n: 1,
					id: "a",
					at: NOW,
					digest: "a",
					key: null,
					api_key: null,
					reserved: 120_000,
					start_by: NOW + 60_000,
					asked: 3,
					source: "edit",
					model: "imagen4-preview",
					prompt: "a fox",
					endpoint: null,
					size: null,
					status: null,
					charge: null,
					cost: null,
					basis: null,
					pictures: null,
					bytes: null,
					accepted_at: null,
					started_at: null,
					ended_at: null,
					entry: null,
				},
			]);
		}));
});

describe("settle", () => {
	it("puts what the job came to in the place of what it reserved", () =>
		withBooks((books) => {
			const n = books.add("a", { reserve: 90_000, images: 2 });
			expect(takenOf(books)).toEqual({ open: 1, cost: 90_000, images: 2 });
			books.ledger.settle(n, "a", makeSettlement({ cost: 40_000, pictures: 1 }));
			expect(bothTakenOf(books)).toEqual({ open: 0, cost: 40_000, images: 1 });
			const end = {
				model: "imagen4-preview",
				endpoint: "fal-ai/imagen4/preview",
				size: "16:9",
				source: "generation",
				status: "succeeded",
				charge: "paid",
				cost: 40_000,
				basis: "estimated",
				pictures: 1,
				bytes: 1_000,
				accepted_at: NOW,
				started_at: NOW + 1_000,
				ended_at: NOW + 5_000,
			};
			expect(rowsOf(books.sql, "SELECT * FROM usage")).toEqual([
				{ at: NOW, id: "a", n: 1, api_key: "k", asked: 2, counted: 1, ...end },
			]);
			expect(rowsOf(books.sql, "SELECT * FROM jobs")).toMatchObject([{ n: 1, id: "a", prompt: "a red fox", ...end }]);
		}));

	it.each([
		{ charge: "free", pictures: 0, asked: 4, images: 0 },
		{ charge: "paid", pictures: 3, asked: 4, images: 3 },
		{ charge: "kept", pictures: 0, asked: 4, images: 4 },
		{ charge: "kept", pictures: 5, asked: 4, images: 5 },
	] as const)("counts $images images of $asked that were asked for, $charge and $pictures stored", (row) =>
		withBooks((books) => {
			const n = books.add("a", { images: row.asked });
			books.ledger.settle(n, "a", makeSettlement({ charge: row.charge, pictures: row.pictures, cost: 5 }));
			expect(bothTakenOf(books)).toEqual({ open: 0, cost: 5, images: row.images });
		}),
	);

	it("is absolute: a repeat changes nothing and writes nothing, a later one replaces the earlier one", () =>
		withBooks((books) => {
			const n = books.add("a");
			takenOf(books);
			books.ledger.settle(n, "a", makeSettlement({ cost: 10, pictures: 0 }));
			const changes = () => rowsOf(books.sql, "SELECT total_changes() AS changes");
			const before = changes();
			books.ledger.settle(n, "a", makeSettlement({ cost: 10, pictures: 0 }));
			expect(changes()).toEqual(before);
			expect(bothTakenOf(books)).toEqual({ open: 0, cost: 10, images: 0 });
			books.ledger.settle(n, "a", makeSettlement({ cost: 8, pictures: 2 }));
			expect(bothTakenOf(books)).toEqual({ open: 0, cost: 8, images: 2 });
			expect(rowsOf(books.sql, "SELECT count(*) AS rows FROM usage")).toEqual([{ rows: 1 }]);
		}));

	it("counts on the day of the admission, though the job began and ended on another one", () =>
		withBooks((books) => {
			const n = books.add("a", {}, TODAY * DAY - 1);
			books.ledger.settle(n, "a", makeSettlement({ acceptedAt: TODAY * DAY, endedAt: TODAY * DAY + 9_000 }));
			expect(takenOf(books.reopen(), "k", TODAY)).toMatchObject({ cost: 0 });
			expect(takenOf(books.reopen(), "k", TODAY - 1)).toMatchObject({ cost: 40_000 });
		}));

	it("leaves a job alone that has the place and another id", () =>
		withBooks((books) => {
			const n = books.add("a");
			books.ledger.settle(n, "b", makeSettlement());
			expect(bothTakenOf(books)).toEqual({ open: 1, cost: 40_000, images: 1 });
			expect(rowsOf(books.sql, "SELECT * FROM usage")).toEqual([]);
		}));

	it("fills the row of a job from before there were reservations, and counts nothing", () =>
		withBooks((books) => {
			const n = books.add("a", null);
			books.ledger.settle(n, "a", makeSettlement());
			expect(rowsOf(books.sql, "SELECT status, cost FROM jobs")).toEqual([{ status: "succeeded", cost: 40_000 }]);
			expect(rowsOf(books.sql, "SELECT * FROM usage")).toEqual([]);
		}));
});

describe("a job that goes off the list", () => {
	function remove({ ledger, store }: Books, n: number, id: string, ...settlement: Parameters<Ledger["close"]>[2][]) {
		ledger.close(n, id, settlement[0]);
		store.remove(n, id);
	}

	it("keeps its usage, also when its end is told only now", () =>
		withBooks((books) => {
			const [a, b] = [books.add("a"), books.add("b")];
			books.ledger.settle(a, "a", makeSettlement());
			remove(books, a, "a", makeSettlement());
			remove(books, b, "b", makeSettlement({ cost: 2 }));
			expect(bothTakenOf(books)).toEqual({ open: 0, cost: 40_002, images: 2 });
			expect(books.store.before(9, 9)).toEqual([]);
		}));

	it("takes a later settlement into its usage, and gets no row again", () =>
		withBooks((books) => {
			const n = books.add("a", {}, NOW - 3_600_000);
			remove(books, n, "a", makeSettlement({ cost: 10, pictures: 0 }));
			takenOf(books);
			books.ledger.settle(n, "a", makeSettlement({ cost: 12, pictures: 1 }));
			expect(bothTakenOf(books)).toEqual({ open: 0, cost: 12, images: 1 });
			expect(rowsOf(books.sql, "SELECT * FROM jobs")).toEqual([]);
			books.ledger.settle(2, "unheard of", makeSettlement());
			expect(rowsOf(books.sql, "SELECT id FROM usage")).toEqual([{ id: "a" }]);
		}));

	it("gives back what it reserved if it never began", () =>
		withBooks((books) => {
			takenOf(books);
			const n = books.add("a", { startBy: NOW }, Date.now());
			expect(books.ledger.tally().recent("k", Date.now())).toHaveLength(1);
			remove(books, n, "a", null);
			expect(bothTakenOf(books)).toEqual({ open: 0, cost: 0, images: 0 });
			expect(books.ledger.tally().recent("k", Date.now())).toEqual([]);
			expect(rowsOf(books.sql, "SELECT * FROM usage")).toEqual([]);
		}));

	it("counts as spent if nobody knows what became of it", () =>
		withBooks((books) => {
			const [a, b] = [books.add("a", { images: 3 }), books.add("from before", null)];
			remove(books, a, "a", undefined);
			remove(books, b, "from before", undefined);
			expect(bothTakenOf(books)).toEqual({ open: 0, cost: 40_000, images: 3 });
			expect(rowsOf(books.sql, "SELECT status, charge, cost FROM usage")).toEqual([
				{ status: "failed", charge: "kept", cost: 40_000 },
			]);
		}));

	it("keeps what is known of it if it was settled before", () =>
		withBooks((books) => {
			for (const [id, settlement] of [
				["a", null],
				["b", undefined],
			] as const) {
				const n = books.add(id);
				books.ledger.settle(n, id, makeSettlement({ cost: 7 }));
				remove(books, n, id, settlement);
			}
			expect(bothTakenOf(books)).toEqual({ open: 0, cost: 14, images: 2 });
		}));
});

describe("a job that somebody else starts later", () => {
	it("may begin until the later of both times, as a new instance knows, too", () =>
		withBooks((books) => {
			books.ledger.tally();
			const n = books.add("a", { startBy: NOW });
			expect(books.ledger.isLeft(n, "a", NOW)).toBe(true);
			books.ledger.extend(n, "a", NOW + 1_000);
			books.ledger.extend(n, "a", NOW + 500);
			for (const { ledger } of [books, books.reopen()]) {
				expect([ledger.isLeft(n, "a", NOW), ledger.isLeft(n, "a", NOW + 1_000)]).toEqual([false, true]);
				expect(ledger.tally().overdue("k", NOW + 10_999)).toEqual([]);
				expect(ledger.tally().overdue("k", NOW + 11_000)).toMatchObject([{ n, startBy: NOW + 1_000 }]);
			}
			books.ledger.settle(n, "a", makeSettlement());
			expect(books.ledger.isLeft(n, "a", NOW + 1_000)).toBe(false);
			expect(books.ledger.isLeft(2, "b", NOW)).toBe(false);
		}));
});

describe("the jobs of the last minute", () => {
	it("are known to a new instance, whatever became of them", () =>
		withBooks((books) => {
			const now = Date.now();
			const ages = [0, 30_000, 59_000, 61_000];
			for (const [index, age] of ages.entries()) books.add(`open ${index}`, {}, now - age);
			for (const [index, age] of ages.entries()) {
				const n = books.add(`ended ${index}`, {}, now - age);
				books.ledger.settle(n, `ended ${index}`, makeSettlement({ acceptedAt: now - age }));
				books.store.remove(n, `ended ${index}`);
			}
			books.add("of the account", { apiKey: null }, now);
			const recent = books.reopen().ledger.tally().recent("k", now);
			expect(recent.map(({ at }) => at)).toEqual([now - 59_000, now - 59_000, now - 30_000, now - 30_000, now, now]);
		}));
});

describe("what a waking reads", () => {
	/** Adds many settled jobs at once, as the store leaves them. */
	function fill({ sql }: Books, count: number, at: number, apiKey = "k"): void {
		sql.exec(
			`WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < ?)
			INSERT INTO jobs (id, at, digest, api_key, reserved, start_by, asked, status, cost)
			SELECT 'many ' || ? || ' ' || i, ?, 'd', ?, 5, ?, 1, 'succeeded', 3 FROM numbers`,
			...[count, at, at, apiKey, at],
		);
		sql.exec(
			`INSERT INTO usage (at, id, n, api_key, asked, source, model, endpoint, size, status, charge, cost, basis, pictures,
			bytes, counted, accepted_at, ended_at) SELECT at, id, n, api_key, 1, 'generation', 'm', 'e', 'auto', 'succeeded',
			'paid', 3, 'estimated', 1, 1, 1, at, at FROM jobs WHERE at = ? AND status IS NOT NULL`,
			at,
		);
	}
	/** Returns the ledger as one waking reads it, and the number of rows that this wrote. */
	function wake({ sql }: Books, now: number) {
		const tables = createAccountTables(sql);
		let rowsRead = 0;
		const ledger: typeof tables.ledger = {
			...tables.ledger,
			read: (query, ...values) => {
				const cursor = sql.exec(query, ...values);
				const rows = cursor.toArray();
				rowsRead += cursor.rowsRead;
				return rows as never;
			},
		};
		const store = createLedgerStore({ ...tables, ledger });
		const open = store.openJobs().map(({ n }) => n);
		const cost = store.spent(now).reduce((sum, row) => sum + row.cost, 0);
		return { open, cost, rowsRead };
	}

	it("passes over the rows of ended jobs once it has read many of them, and finds the open ones among them", () =>
		withBooks((books) => {
			const n = books.add("long open", {}, NOW - 40 * DAY);
			fill(books, 3_000, NOW - 9 * DAY);
			const newest = books.add("open", {}, NOW);
			const first = wake(books, NOW);
			expect(first).toMatchObject({ open: [n, newest], cost: 9_000 });
			expect(first.rowsRead).toBeGreaterThan(6_000);
			const second = wake(books, NOW);
			expect(second).toMatchObject({ open: [n, newest], cost: 9_000 });
			expect(second.rowsRead).toBeLessThan(50);

			books.ledger.settle(n, "long open", makeSettlement({ cost: 1, acceptedAt: NOW - 40 * DAY }));
			const later = books.add("later", {}, NOW);
			expect(wake(books, NOW)).toMatchObject({ open: [newest, later], cost: 9_001 });
		}));

	it("sums up again from a day on whose usage changed after it was summed up", () =>
		withBooks((books) => {
			const n = books.add("late", {}, NOW - 9 * DAY);
			for (const age of [20, 9, 5]) fill(books, 1_500, NOW - age * DAY);
			expect(wake(books, NOW).cost).toBe(13_500);
			expect(rowsOf(books.sql, "SELECT day, api_key, cost FROM usage_days")).toEqual(
				[20, 9, 5].map((age) => ({ day: TODAY - age, api_key: "k", cost: 4_500 })),
			);
			books.ledger.settle(n, "late", makeSettlement({ cost: 7, acceptedAt: NOW - 9 * DAY }));
			expect(rowsOf(books.sql, "SELECT day FROM usage_days")).toEqual([{ day: TODAY - 20 }]);
			expect(wake(books, NOW).cost).toBe(13_507);
			expect(wake(books, NOW)).toMatchObject({ cost: 13_507 });
		}));

	it("sums up no day that is not over for long", () =>
		withBooks((books) => {
			books.add("first");
			for (const age of [0, 1]) fill(books, 1_500, NOW - age * DAY);
			fill(books, 1_500, NOW - 2 * DAY, "l");
			expect(wake(books, NOW).cost).toBe(13_500);
			expect(rowsOf(books.sql, "SELECT day, api_key FROM usage_days")).toEqual([{ day: TODAY - 2, api_key: "l" }]);
		}));

	it("takes no mark at its word that is ahead of all jobs: an erasure of the code before let their places begin again", () =>
		withBooks((books) => {
			const n = books.add("open");
			books.sql.exec(`UPDATE marks SET value = '{"through":1200,"open":[]}' WHERE name = 'open'`);
			expect(wake(books, NOW)).toMatchObject({ open: [n] });
			fill(books, 1_500, NOW);
			expect(wake(books, NOW)).toMatchObject({ open: [n] });
		}));

	it("counts nothing that was there before the ledger", () =>
		withBooks(({ sql, reopen }) => {
			sql.exec(
				"CREATE TABLE jobs (n INTEGER PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL, digest TEXT NOT NULL, key TEXT)",
			);
			for (let count = 0; count < 2_000; count += 1)
				sql.exec("INSERT INTO jobs (id, at, digest) VALUES (?, 1, 'd')", `${count}`);
			const books = reopen();
			const n = books.add("new");
			expect(wake(books, NOW)).toMatchObject({ open: [n] });
			expect(wake(books, NOW).rowsRead).toBeLessThan(50);
		}));
});
