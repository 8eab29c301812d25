import { describe, expect, it } from "vitest";
import { type Left, levelOf, shareOf, tightest } from "./left.ts";

function left(limit: Left["limit"], value: number, used: number, of: Left["of"] = "key"): Left {
	return { limit, of, window: null, value, used, remaining: Math.max(0, value - used), resets_at: null };
}

describe("a limit", () => {
	it.each([
		[10, 0, 0, "free"],
		[10, 7.9, 0.79, "free"],
		[10, 8, 0.8, "near"],
		[10, 10, 1, "spent"],
		// What fal charged may pass a budget.
		[10, 12, 1, "spent"],
		[0, 0, 1, "spent"],
	])("of %d with %d used is taken by %d and %s", (value, used, share, level) => {
		expect(shareOf({ value, used })).toBe(share);
		expect(levelOf(left("max_budget", value, used))).toBe(level);
	});
});

describe("the limit of a key that ends first", () => {
	it("is the one with the largest share, and none of its account", () => {
		const rpm = left("rpm_limit", 6, 3);
		expect(tightest([left("max_budget", 100, 20), rpm, left("max_open_jobs", 10, 9, "account")])).toBe(rpm);
		expect(tightest([left("max_open_jobs", 10, 9, "account")])).toBeNull();
		expect(tightest([])).toBeNull();
	});
});
