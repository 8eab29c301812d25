import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTally, type KeyRows, type OpenJob, type Spent, type Tally } from "./tally.ts";

const DAY = 86_400_000;
const NOON = 100 * DAY + DAY / 2;
const NO_ROWS: KeyRows = { spent: [], recent: [] };

function anOpenJob(n: number, overrides: Partial<OpenJob> = {}): OpenJob {
	return { n, id: `job ${n}`, at: NOON, apiKey: "k", images: 1, reserved: 10, startBy: NOON + 60_000, ...overrides };
}

function timesOf(tally: Tally, apiKey: string, now: number): readonly number[] {
	return tally.recent(apiKey, now).map(({ at }) => at);
}

describe("openJobs", () => {
	it("counts those of the rows, of later admissions, and no ended one", () => {
		const tally = createTally([anOpenJob(1), anOpenJob(2, { apiKey: null })], () => NO_ROWS);
		tally.add(anOpenJob(3, { apiKey: "l" }));
		expect([tally.openJobs(), tally.openJobs("k"), tally.openJobs("l"), tally.openJobs("m")]).toEqual([3, 1, 1, 0]);
		tally.settle("job 2", null);
		tally.drop("job 3");
		tally.settle("job 9", null);
		expect([tally.openJobs(), tally.openJobs("k"), tally.openJobs("l")]).toEqual([1, 1, 0]);
	});

	it("counts a job once, though it is added again", () => {
		const tally = createTally([anOpenJob(1)], () => NO_ROWS);
		tally.add(anOpenJob(1));
		expect(tally.openJobs()).toBe(1);
	});
});

describe("taken", () => {
	const rows: KeyRows = {
		spent: [
			{ apiKey: "k", day: 98, cost: 1, images: 1 },
			{ apiKey: "k", day: 99, cost: 20, images: 2 },
			{ apiKey: "k", day: 100, cost: 300, images: 3 },
			{ apiKey: "l", day: 100, cost: 7_000, images: 7 },
		],
		recent: [],
	};

	it("sums up what a key spent since a day, and what its open jobs reserve since then", () => {
		const yesterday = anOpenJob(1, { at: 100 * DAY - 1, reserved: 40_000, images: 4 });
		const tally = createTally([yesterday, anOpenJob(2, { apiKey: null })], () => rows);
		tally.add(anOpenJob(3, { at: 100 * DAY, reserved: 500_000, images: 5 }));
		expect(tally.taken("k", 100)).toEqual({ cost: 500_300, images: 8 });
		expect(tally.taken("k", 99)).toEqual({ cost: 540_320, images: 14 });
		expect(tally.taken("k", Number.NEGATIVE_INFINITY)).toEqual({ cost: 540_321, images: 15 });
		expect(tally.taken("l", 0)).toEqual({ cost: 7_000, images: 7 });
		expect(tally.taken("m", 0)).toEqual({ cost: 0, images: 0 });
	});

	it("turns a reservation into what the job came to, and takes a later change", () => {
		const tally = createTally([anOpenJob(1)], () => rows);
		expect(tally.taken("k", 100)).toEqual({ cost: 310, images: 4 });
		tally.settle("job 1", { apiKey: "k", day: 100, cost: 4, images: 1 });
		expect(tally.taken("k", 100)).toEqual({ cost: 304, images: 4 });
		tally.settle("job 1", { apiKey: "k", day: 100, cost: -4, images: -1 });
		expect(tally.taken("k", 100)).toEqual({ cost: 300, images: 3 });
	});

	it("reads the rows of keys once, when a key is first asked about: what was settled before lies in them", () => {
		let reads = 0;
		const tally = createTally([anOpenJob(1)], () => {
			reads += 1;
			return rows;
		});
		tally.settle("job 1", { apiKey: "k", day: 100, cost: 300, images: 3 });
		expect([tally.openJobs(), reads]).toEqual([0, 0]);
		expect(tally.taken("k", 100)).toEqual({ cost: 300, images: 3 });
		tally.recent("k", NOON);
		expect(reads).toBe(1);
	});
});

describe("recent", () => {
	it("returns the admissions of a key in the last minute, oldest first, whatever became of the jobs", () => {
		const recent = [
			{ id: "job 2", apiKey: "k", at: NOON - 1_000 },
			{ id: "job 1", apiKey: "k", at: NOON - 59_999 },
			{ id: "job 0", apiKey: "k", at: NOON - 60_000 },
			{ id: "job 3", apiKey: "l", at: NOON },
		];
		const tally = createTally([], () => ({ spent: [], recent }));
		expect(timesOf(tally, "k", NOON)).toEqual([NOON - 59_999, NOON - 1_000]);
		tally.add(anOpenJob(4, { at: NOON + 1 }));
		tally.add(anOpenJob(5, { at: NOON + 1, apiKey: null }));
		tally.settle("job 4", null);
		expect(timesOf(tally, "k", NOON + 1)).toEqual([NOON - 1_000, NOON + 1]);
		expect(timesOf(tally, "l", NOON + 1)).toEqual([NOON]);
	});

	it("counts the open jobs of the rows", () => {
		const open = [
			anOpenJob(1, { at: NOON - 59_999 }),
			anOpenJob(2, { at: NOON - 60_000 }),
			anOpenJob(3, { apiKey: "l" }),
		];
		const recent = [{ id: "job 4", apiKey: "k", at: NOON }];
		expect(
			timesOf(
				createTally(open, () => ({ spent: [], recent })),
				"k",
				NOON,
			),
		).toEqual([NOON - 59_999, NOON]);
	});

	it("leaves out a job that never began", () => {
		const tally = createTally([], () => NO_ROWS);
		expect(timesOf(tally, "k", NOON)).toEqual([]);
		tally.add(anOpenJob(1));
		tally.add(anOpenJob(2));
		tally.drop("job 1");
		expect(timesOf(tally, "k", NOON)).toEqual([NOON]);
	});
});

describe("overdue", () => {
	const late = (n: number, apiKey: string | null = "k") => anOpenJob(n, { apiKey, startBy: NOON - 10_000 });

	it("returns the oldest eight jobs that can begin no more, of a key or of all", () => {
		const jobs = [12, 3, 11, 4, 10, 5, 9, 6, 8, 7].map((n) => late(n, n === 12 ? null : "k"));
		const tally = createTally([...jobs, anOpenJob(1, { startBy: NOON - 9_999 })], () => NO_ROWS);
		expect(tally.overdue(undefined, NOON).map(({ n }) => n)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
		expect(tally.overdue("l", NOON)).toEqual([]);
		for (const n of [3, 4, 5]) tally.settle(`job ${n}`, null);
		expect(tally.overdue("k", NOON).map(({ n }) => n)).toEqual([6, 7, 8, 9, 10, 11]);
		expect(tally.overdue(undefined, NOON).map(({ n }) => n)).toEqual([6, 7, 8, 9, 10, 11, 12]);
	});

	it("leaves out a job that may begin for longer by now", () => {
		const tally = createTally([late(1), late(2)], () => NO_ROWS);
		tally.extend("job 1", NOON);
		tally.extend("job 3", NOON);
		expect(tally.openJobs()).toBe(2);
		expect(tally.overdue("k", NOON).map(({ n }) => n)).toEqual([2]);
		expect(tally.overdue("k", NOON + 10_000).map(({ n }) => n)).toEqual([1, 2]);
	});

	it("leaves a job that was asked in peace for a minute", () => {
		const tally = createTally([late(1), late(2)], () => NO_ROWS);
		tally.markAsked("job 1", NOON);
		expect(tally.overdue("k", NOON + 59_999).map(({ n }) => n)).toEqual([2]);
		expect(tally.overdue("k", NOON + 60_000).map(({ n }) => n)).toEqual([1, 2]);
	});
});

/** Keeps an account's jobs and computes their rows, as plainly as can be. */
describe("for all that happens", () => {
	interface Row {
		readonly job: OpenJob;
		end: { cost: number; images: number } | null;
	}
	const amounts = fc.record({ cost: fc.nat(50), images: fc.nat(4) });
	const anyStep = fc.oneof(
		fc.record({ type: fc.constant("admit" as const), apiKey: fc.constantFrom("k", "l", null), reserved: fc.nat(50) }),
		fc.record({ type: fc.constant("settle" as const), which: fc.nat(9), end: amounts }),
		fc.record({ type: fc.constant("never" as const), which: fc.nat(9) }),
		fc.record({ type: fc.constant("pass" as const), ms: fc.constantFrom(1, 30_000, DAY / 4) }),
		fc.record({ type: fc.constant("look" as const) }),
	);
	const spentOf = (rows: readonly Row[]): readonly Spent[] =>
		rows.flatMap(({ job, end }) =>
			job.apiKey === null || end === null ? [] : [{ apiKey: job.apiKey, day: Math.floor(job.at / DAY), ...end }],
		);
	const openOf = (rows: readonly Row[]) => rows.filter(({ end }) => end === null).map(({ job }) => job);
	const recentOf = (rows: readonly Row[], now: number) =>
		rows.flatMap(({ job: { id, apiKey, at }, end }) =>
			end === null || apiKey === null || at <= now - 60_000 ? [] : [{ id, apiKey, at }],
		);

	it("says what a tally would that wakes now and reads the rows", () => {
		fc.assert(
			fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
				let now = NOON;
				let rows: Row[] = [];
				let count = 0;
				const keyRows = () => ({ spent: spentOf(rows), recent: recentOf(rows, now) });
				const kept = createTally([], keyRows);
				for (const step of steps) {
					const row = "which" in step ? rows[step.which % Math.max(1, rows.length)] : undefined;
					if (step.type === "pass") now += step.ms;
					else if (step.type === "look") kept.taken("k", 0);
					else if (step.type === "admit") {
						count += 1;
						const job = anOpenJob(count, { at: now, apiKey: step.apiKey, reserved: step.reserved });
						rows.push({ job, end: null });
						kept.add(job);
					} else if (row !== undefined && step.type === "settle") {
						const { apiKey, at } = row.job;
						const was = row.end ?? { cost: 0, images: 0 };
						row.end = step.end;
						const change = { cost: step.end.cost - was.cost, images: step.end.images - was.images };
						kept.settle(row.job.id, apiKey === null ? null : { apiKey, day: Math.floor(at / DAY), ...change });
					} else if (row !== undefined && row.end === null) {
						rows = rows.filter((one) => one !== row);
						kept.drop(row.job.id);
					}
				}
				const woken = createTally(openOf(rows), keyRows);
				const today = Math.floor(now / DAY);
				for (const key of ["k", "l"]) {
					expect(kept.openJobs(key)).toBe(woken.openJobs(key));
					for (const day of [0, today]) expect(kept.taken(key, day)).toEqual(woken.taken(key, day));
					// Jobs of one moment have no order.
					const byId = (tally: Tally) => tally.recent(key, now).toSorted((a, b) => (a.id < b.id ? -1 : 1));
					expect(byId(kept)).toEqual(byId(woken));
					expect(kept.overdue(key, now)).toEqual(woken.overdue(key, now));
				}
				expect(kept.openJobs()).toBe(openOf(rows).length);
			}),
			{ numRuns: 500 },
		);
	});
});
