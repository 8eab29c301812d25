import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeKeyLimits, makeReservation } from "../../test/support/make-ledger.ts";
import { type LimitLeft, limitsLeft } from "./left.ts";
import { hitOf, type KeyLimits } from "./limits.ts";
import { createTally } from "./tally.ts";

const DAY = 86_400_000;
/** A Wednesday. */
const NOW = Date.parse("2026-11-25T12:00:00Z");
const TODAY = Math.floor(NOW / DAY);
const MIDNIGHT = Date.parse("2026-11-26T00:00:00Z");
const NEXT_MONDAY = Date.parse("2026-11-30T00:00:00Z");
const NEXT_FIRST = Date.parse("2026-12-01T00:00:00Z");
/** Of the account, which has two open jobs: one of this key, at 40,000 micro-dollars for three pictures. */
const OPEN: LimitLeft = { limit: "max_open_jobs", of: "account", value: 100, used: 2, resetsAt: null };

function tally() {
	const open = { at: NOW - 5_000, startBy: NOW };
	return createTally(
		[
			{ ...open, n: 1, id: "one", apiKey: "k", images: 3, reserved: 40_000 },
			{ ...open, n: 2, id: "two", apiKey: null, images: 1, reserved: 9 },
		],
		() => ({
			spent: [
				{ apiKey: "k", day: TODAY, cost: 1_000, images: 1 },
				{ apiKey: "k", day: TODAY - 1, cost: 200, images: 1 },
				{ apiKey: "k", day: TODAY - 9, cost: 30, images: 1 },
				{ apiKey: "k", day: TODAY - 90, cost: 4, images: 1 },
				{ apiKey: "another", day: TODAY, cost: 500_000, images: 50 },
			],
			recent: [{ id: "three", apiKey: "k", at: NOW - 20_000 }],
		}),
	);
}

function leftOf(limits: Partial<KeyLimits> | null) {
	return limitsLeft(limits === null ? null : makeKeyLimits(limits), 100, tally(), NOW);
}

describe("limitsLeft", () => {
	it("of a key without limits, and of the account's own, are the open jobs of the account", () => {
		expect(leftOf(null)).toEqual([OPEN]);
		expect(leftOf({})).toEqual([OPEN]);
	});

	it("of budgets counts what was spent in their windows, and what is reserved", () => {
		const budget = { of: "key", limit: "budget_limits" };
		expect(
			leftOf({
				maxBudget: 50_000,
				budgetLimits: [
					{ maxBudget: 1, budgetDuration: "1d" },
					{ maxBudget: 2, budgetDuration: "7d" },
					{ maxBudget: 3, budgetDuration: "1mo" },
				],
			}),
		).toEqual([
			{ of: "key", limit: "max_budget", value: 50_000, used: 41_234, resetsAt: null },
			{ ...budget, value: 1, window: "1d", used: 41_000, resetsAt: MIDNIGHT },
			{ ...budget, value: 2, window: "7d", used: 41_200, resetsAt: NEXT_MONDAY },
			{ ...budget, value: 3, window: "1mo", used: 41_230, resetsAt: NEXT_FIRST },
			OPEN,
		]);
	});

	it("of rates counts pictures of today, jobs that run, and requests of the last minute", () => {
		expect(leftOf({ imagesPerDay: 10, maxParallelRequests: 5, rpmLimit: 6 })).toEqual([
			{ of: "key", limit: "images_per_day", value: 10, used: 4, resetsAt: MIDNIGHT },
			{ of: "key", limit: "max_parallel_requests", value: 5, used: 1, resetsAt: null },
			{ of: "key", limit: "rpm_limit", value: 6, used: 2, resetsAt: NOW + 55_000 },
			OPEN,
		]);
	});

	it("of a rate that nobody used resets at no time", () => {
		const unused = limitsLeft(makeKeyLimits({ id: "new", rpmLimit: 6 }), 100, tally(), NOW);
		expect(unused[0]).toEqual({ of: "key", limit: "rpm_limit", value: 6, used: 0, resetsAt: null });
	});

	it("is enough for a request exactly if no limit stands against it", () => {
		const some = (max: number) => fc.option(fc.integer({ min: 0, max }));
		const budgetDuration = fc.constantFrom("1d" as const, "7d" as const, "1mo" as const);
		const limits = fc.record({
			maxBudget: some(80_000),
			budgetDuration: fc.option(budgetDuration),
			budgetLimits: fc.array(fc.record({ maxBudget: fc.nat(80_000), budgetDuration }), { maxLength: 3 }),
			imagesPerDay: some(8),
			maxParallelRequests: some(3),
			rpmLimit: some(4),
		});
		fc.assert(
			fc.property(limits, fc.nat(50_000), fc.nat(5), fc.integer({ min: 1, max: 4 }), (some, reserve, images, max) => {
				const key = makeKeyLimits(some);
				const wants: Partial<Record<LimitLeft["limit"], number>> = {
					max_budget: reserve,
					budget_limits: reserve,
					images_per_day: images,
				};
				const fits = limitsLeft(key, max, tally(), NOW).every(
					({ limit, value, used }) => used + (wants[limit] ?? 1) <= value,
				);
				const job = makeReservation({ reserve, images, maxOpenJobs: max });
				expect(hitOf(job, key, tally(), NOW) === null).toBe(fits);
			}),
		);
	});
});
