import { describe, expect, it } from "vitest";
import type { ModelUsage } from "./answers.ts";
import { joinAccounts, togetherOf } from "./compare.ts";

function usage(model: string, jobs: number, succeeded: number, more: Partial<ModelUsage> = {}): ModelUsage {
	return {
		...{
			model,
			jobs,
			succeeded,
			pictures: succeeded,
			bytes: 100 * succeeded,
			usd: 0.1,
			p50_seconds: 2,
			p95_seconds: 9,
		},
		...more,
	};
}

describe("models together", () => {
	it("have the rate of their jobs, not the mean of their rates", () => {
		expect(togetherOf([usage("a", 9, 9), usage("b", 1, 0)])).toEqual({
			jobs: 10,
			succeeded: 9,
			successRate: 0.9,
			bytes: 900,
		});
	});

	it("have no rate without a job", () => {
		expect(togetherOf([])).toEqual({ jobs: 0, succeeded: 0, successRate: null, bytes: 0 });
	});
});

describe("the models of several accounts", () => {
	it("are added up, without the times that cannot be", () => {
		const joined = joinAccounts([
			[usage("a", 2, 1), usage("b", 4, 4, { usd: 0.2 })],
			[usage("b", 1, 0, { usd: 0.1, p50_seconds: null, p95_seconds: null })],
		]);
		expect(joined).toEqual([usage("b", 5, 4, { usd: 0.3, p50_seconds: null, p95_seconds: null }), usage("a", 2, 1)]);
	});
});
