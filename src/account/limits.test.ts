import { describe, expect, it } from "vitest";
import { makeKeyLimits, makeReservation } from "../../test/support/make-ledger.ts";
import type { Reservation } from "./admission.ts";
import { hitOf, type KeyLimits, type LimitHit, overdueBehind, rateOf, refusedModel } from "./limits.ts";
import { createTally, type OpenJob, type Spent } from "./tally.ts";

const DAY = 86_400_000;
/** A Wednesday. */
const NOW = Date.parse("2026-11-25T12:00:00Z");
const TODAY = Math.floor(NOW / DAY);
const MONDAY = TODAY - 2;
const FIRST_OF_MONTH = TODAY - 24;
const MIDNIGHT = Date.parse("2026-11-26T00:00:00Z");
const NEXT_MONDAY = Date.parse("2026-11-30T00:00:00Z");
const NEXT_FIRST = Date.parse("2026-12-01T00:00:00Z");

interface Rows {
	readonly open?: readonly Partial<OpenJob>[];
	readonly spent?: readonly Partial<Spent>[];
	readonly recent?: readonly number[];
}

function tallyOf({ open = [], spent = [], recent = [] }: Rows) {
	return createTally(
		open.map((job, index) => ({
			n: index + 1,
			id: `open ${index}`,
			at: NOW,
			apiKey: "k",
			images: 1,
			reserved: 0,
			startBy: NOW,
			...job,
		})),
		() => ({
			spent: spent.map((row) => ({ apiKey: "k", day: TODAY, cost: 0, images: 0, ...row })),
			recent: recent.map((at, index) => ({ id: `recent ${index}`, apiKey: "k", at })),
		}),
	);
}

describe("refusedModel", () => {
	it.each<readonly [allowed: readonly string[] | null, refused: string | null]>([
		[null, null],
		[["b", "c", "a"], null],
		[["a"], "b"],
		[[], "a"],
	])("of a key for %j", (models, refused) => {
		expect(refusedModel(makeKeyLimits({ models }), ["a", "b"])).toBe(refused);
	});
});

describe("hitOf", () => {
	interface Case {
		readonly does: string;
		readonly key?: Partial<KeyLimits>;
		readonly job?: Partial<Reservation>;
		readonly rows: Rows;
		readonly hit: LimitHit | null;
	}
	const ofKey = { of: "key" } as const;

	it.each<Case>([
		{ does: "takes a job of a key without limits", rows: { spent: [{ cost: 1e12, images: 999 }] }, hit: null },
		{
			does: "takes the last job of a budget for life",
			key: { maxBudget: 40 },
			rows: { spent: [{ cost: 10, day: 5 }, { cost: 10 }], open: [{ reserved: 10 }] },
			hit: null,
		},
		{
			does: "refuses the job after it, by what was spent",
			key: { maxBudget: 40 },
			rows: { spent: [{ cost: 11, day: 5 }, { cost: 10 }], open: [{ reserved: 10 }] },
			hit: { limit: "max_budget", value: 40, endsAt: null, ...ofKey },
		},
		{
			does: "refuses the job after it, by what is reserved",
			key: { maxBudget: 40 },
			rows: { spent: [{ cost: 10, day: 5 }, { cost: 10 }], open: [{ reserved: 11 }] },
			hit: { limit: "max_budget", value: 40, endsAt: null, ...ofKey },
		},
		{
			does: "takes a job that costs nothing from a budget that is spent to the last",
			key: { maxBudget: 40 },
			job: { reserve: 0 },
			rows: { spent: [{ cost: 40 }] },
			hit: null,
		},
		{
			does: "does not count what other keys and the account's own took",
			key: { maxBudget: 10 },
			rows: {
				spent: [{ apiKey: "l", cost: 10 }],
				open: [
					{ apiKey: null, reserved: 9 },
					{ apiKey: "l", reserved: 9 },
				],
			},
			hit: null,
		},
		{
			does: "counts a day's budget from midnight",
			key: { maxBudget: 10, budgetDuration: "1d" },
			rows: { spent: [{ cost: 9, day: TODAY - 1 }], open: [{ reserved: 9, at: TODAY * DAY - 1 }] },
			hit: null,
		},
		{
			does: "refuses a job beyond a day's budget until midnight",
			key: { maxBudget: 10, budgetDuration: "1d" },
			rows: { open: [{ reserved: 1, at: TODAY * DAY }] },
			hit: { limit: "max_budget", value: 10, window: "1d", endsAt: MIDNIGHT, ...ofKey },
		},
		{
			does: "counts a week's budget from Monday",
			key: { maxBudget: 10, budgetDuration: "7d" },
			rows: { spent: [{ cost: 9, day: MONDAY - 1 }] },
			hit: null,
		},
		{
			does: "refuses a job beyond a week's budget until Monday",
			key: { maxBudget: 10, budgetDuration: "7d" },
			rows: { spent: [{ cost: 1, day: MONDAY }] },
			hit: { limit: "max_budget", value: 10, window: "7d", endsAt: NEXT_MONDAY, ...ofKey },
		},
		{
			does: "counts a month's budget from the first",
			key: { maxBudget: 10, budgetDuration: "1mo" },
			rows: { spent: [{ cost: 9, day: FIRST_OF_MONTH - 1 }] },
			hit: null,
		},
		{
			does: "refuses a job beyond a month's budget until the first",
			key: { maxBudget: 10, budgetDuration: "1mo" },
			rows: { spent: [{ cost: 1, day: FIRST_OF_MONTH }] },
			hit: { limit: "max_budget", value: 10, window: "1mo", endsAt: NEXT_FIRST, ...ofKey },
		},
		{
			does: "holds several budgets at once",
			key: {
				maxBudget: 1_000,
				budgetLimits: [
					{ maxBudget: 100, budgetDuration: "1mo" },
					{ maxBudget: 20, budgetDuration: "1d" },
				],
			},
			rows: { spent: [{ cost: 50, day: FIRST_OF_MONTH }, { cost: 11 }] },
			hit: { limit: "budget_limits", value: 20, window: "1d", endsAt: MIDNIGHT, ...ofKey },
		},
		{
			does: "tells of several spent budgets the one that lasts longest",
			key: {
				maxBudget: 20,
				budgetDuration: "7d",
				budgetLimits: [
					{ maxBudget: 10, budgetDuration: "1d" },
					{ maxBudget: 15, budgetDuration: "1mo" },
				],
			},
			rows: { spent: [{ cost: 11 }] },
			hit: { limit: "budget_limits", value: 15, window: "1mo", endsAt: NEXT_FIRST, ...ofKey },
		},
		{
			does: "tells a budget for life before any other",
			key: { maxBudget: 15, budgetLimits: [{ maxBudget: 15, budgetDuration: "1mo" }] },
			rows: { spent: [{ cost: 11 }] },
			hit: { limit: "max_budget", value: 15, endsAt: null, ...ofKey },
		},
		{
			does: "takes a job that is a whole budget",
			key: { maxBudget: 10, budgetDuration: "1d", budgetLimits: [{ maxBudget: 10, budgetDuration: "1mo" }] },
			rows: {},
			hit: null,
		},
		{
			does: "tells that a job is beyond a whole budget, which has no end for it",
			key: { maxBudget: 9, budgetDuration: "1d" },
			rows: { spent: [{ cost: 9 }] },
			hit: { limit: "max_budget", value: 9, window: "1d", endsAt: null, isBeyond: true, ...ofKey },
		},
		{
			does: "tells that a job is beyond a further budget before a spent one",
			key: { maxBudget: 20, budgetDuration: "1mo", budgetLimits: [{ maxBudget: 9, budgetDuration: "7d" }] },
			rows: { spent: [{ cost: 20 }] },
			hit: { limit: "budget_limits", value: 9, window: "7d", endsAt: null, isBeyond: true, ...ofKey },
		},
		{
			does: "tells that a job is beyond the budget for life",
			key: { maxBudget: 9 },
			rows: {},
			hit: { limit: "max_budget", value: 9, endsAt: null, isBeyond: true, ...ofKey },
		},
		{
			does: "tells that a job is beyond the images of a day, before a spent budget",
			key: { maxBudget: 10, budgetDuration: "1d", imagesPerDay: 2 },
			job: { images: 3 },
			rows: { spent: [{ cost: 10 }] },
			hit: { limit: "images_per_day", value: 2, endsAt: null, isBeyond: true, ...ofKey },
		},
		{
			does: "takes as many images in one job as a day may have",
			key: { imagesPerDay: 2 },
			job: { images: 2 },
			rows: {},
			hit: null,
		},
		{
			does: "takes the last image of a day",
			key: { imagesPerDay: 10 },
			job: { images: 4 },
			rows: { spent: [{ images: 9, day: TODAY - 1 }, { images: 3 }], open: [{ images: 3 }] },
			hit: null,
		},
		{
			does: "refuses the image after it until midnight",
			key: { imagesPerDay: 10 },
			job: { images: 5 },
			rows: { spent: [{ images: 9, day: TODAY - 1 }, { images: 3 }], open: [{ images: 3 }] },
			hit: { limit: "images_per_day", value: 10, endsAt: MIDNIGHT, ...ofKey },
		},
		{
			does: "takes as many jobs at once as a key may run",
			key: { maxParallelRequests: 2 },
			rows: { open: [{}, { apiKey: "l" }, { apiKey: null }] },
			hit: null,
		},
		{
			does: "refuses one more",
			key: { maxParallelRequests: 2 },
			rows: { open: [{}, {}] },
			hit: { limit: "max_parallel_requests", value: 2, endsAt: null, ...ofKey },
		},
		{
			does: "takes as many requests a minute as a key may make",
			key: { rpmLimit: 3 },
			rows: { recent: [NOW - 60_000, NOW - 50_000, NOW] },
			hit: null,
		},
		{
			does: "refuses one more until the oldest is a minute old",
			key: { rpmLimit: 3 },
			rows: { recent: [NOW - 59_000, NOW - 50_000, NOW] },
			hit: { limit: "rpm_limit", value: 3, endsAt: NOW + 1_000, ...ofKey },
		},
		{
			does: "refuses it for longer after a limit was lowered",
			key: { rpmLimit: 1 },
			rows: { recent: [NOW - 59_000, NOW - 50_000, NOW - 20_000] },
			hit: { limit: "rpm_limit", value: 1, endsAt: NOW + 40_000, ...ofKey },
		},
		{
			does: "refuses every request of a key that may make none",
			key: { rpmLimit: 0 },
			rows: {},
			hit: { limit: "rpm_limit", value: 0, endsAt: null, ...ofKey },
		},
		{
			does: "takes as many open jobs as the account may have",
			job: { maxOpenJobs: 3 },
			rows: { open: [{ apiKey: null }, { apiKey: "l" }] },
			hit: null,
		},
		{
			does: "refuses one more, whosever they are",
			job: { maxOpenJobs: 2 },
			rows: { open: [{ apiKey: null }, { apiKey: "l" }] },
			hit: { limit: "max_open_jobs", value: 2, endsAt: null, of: "account" },
		},
		{
			does: "tells a spent budget before the images of a day",
			key: { maxBudget: 10, budgetDuration: "1d", imagesPerDay: 1 },
			rows: { spent: [{ cost: 10, images: 1 }] },
			hit: { limit: "max_budget", value: 10, window: "1d", endsAt: MIDNIGHT, ...ofKey },
		},
		{
			does: "tells the images of a day before the jobs at once, and these before the rate",
			key: { imagesPerDay: 1, maxParallelRequests: 1, rpmLimit: 1 },
			rows: { open: [{}], recent: [NOW] },
			hit: { limit: "images_per_day", value: 1, endsAt: MIDNIGHT, ...ofKey },
		},
		{
			does: "tells the jobs at once before the rate",
			key: { maxParallelRequests: 1, rpmLimit: 1 },
			job: { maxOpenJobs: 1 },
			rows: { open: [{}], recent: [NOW] },
			hit: { limit: "max_parallel_requests", value: 1, endsAt: null, ...ofKey },
		},
	])("$does", ({ key = {}, job = {}, rows, hit }) => {
		expect(hitOf(makeReservation({ reserve: 10, ...job }), makeKeyLimits(key), tallyOf(rows), NOW)).toEqual(hit);
	});

	it("limits a key of the account by its open jobs alone, and reads no row of issued keys for it", () => {
		const tally = createTally([], () => {
			throw new Error("the rows of issued keys were read");
		});
		expect(hitOf(makeReservation({ reserve: 10, apiKey: null, maxOpenJobs: 1 }), null, tally, NOW)).toBeNull();
		expect(hitOf(makeReservation({ reserve: 10, apiKey: null, maxOpenJobs: 0 }), null, tally, NOW)).toMatchObject({
			of: "account",
		});
		// Nor does a key without such a limit.
		expect(hitOf(makeReservation({ reserve: 10 }), makeKeyLimits(), tally, NOW)).toBeNull();
	});
});

describe("overdueBehind", () => {
	const tally = tallyOf({
		open: [
			{ apiKey: "k", startBy: 0 },
			{ apiKey: "l", startBy: 0 },
			{ apiKey: null, startBy: 0 },
		],
	});
	const hit = (limit: LimitHit["limit"], of: LimitHit["of"]): LimitHit => ({ limit, value: 1, endsAt: null, of });
	const places = (...of: Parameters<typeof hit>) => overdueBehind(hit(...of), "k", tally, NOW).map(({ n }) => n);

	it("names the key's own jobs behind a limit of the key, and all behind one of the account", () => {
		expect(places("max_budget", "key")).toEqual([1]);
		expect(places("max_open_jobs", "account")).toEqual([1, 2, 3]);
	});

	it("names none behind a limit that the request alone passes", () => {
		const beyond: LimitHit = { ...hit("max_budget", "key"), isBeyond: true };
		expect(overdueBehind(beyond, "k", tally, NOW)).toEqual([]);
	});

	it("names none behind a rate, which counts jobs that have ended as well", () => {
		expect(places("rpm_limit", "key")).toEqual([]);
	});
});

describe("rateOf", () => {
	it.each<readonly [recent: readonly number[], remaining: number, resetAt: number]>([
		[[], 3, NOW],
		[[NOW - 60_000], 3, NOW],
		[[NOW - 50_000], 2, NOW + 10_000],
		[[NOW - 50_000, NOW - 1_000], 1, NOW + 59_000],
		[[NOW, NOW, NOW, NOW], 0, NOW + 60_000],
	])("after requests at %j leaves %i", (recent, remaining, resetAt) => {
		expect(rateOf(makeKeyLimits({ rpmLimit: 3 }), tallyOf({ recent }), NOW)).toEqual({ limit: 3, remaining, resetAt });
	});

	it("is null without a limit", () => {
		expect(rateOf(makeKeyLimits(), tallyOf({}), NOW)).toBeNull();
	});
});
