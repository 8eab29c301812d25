import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bucket, CostsResult, ImagesResult } from "./answers.ts";
import { sumUp } from "./sums.ts";

const MONDAY = 1_795_996_800;
const TUESDAY = MONDAY + 86_400;
const WEDNESDAY = TUESDAY + 86_400;

function images(start_time: number, ...rows: readonly (readonly [string, string, string | null, number, number])[]) {
	const results = rows.map(([model, project_id, api_key_id, num_model_requests, count]) => ({
		model,
		project_id,
		api_key_id,
		num_model_requests,
		images: count,
	}));
	return { start_time, results } satisfies Bucket<ImagesResult>;
}

function costs(start_time: number, ...rows: readonly (readonly [string, string, string | null, number])[]) {
	const results = rows.map(([line_item, project_id, api_key_id, value]) => ({
		line_item,
		project_id,
		api_key_id,
		amount: { value },
	}));
	return { start_time, results } satisfies Bucket<CostsResult>;
}

const SUMS = sumUp(
	[
		// A range that begins within a day has a first bucket that does, too.
		images(MONDAY + 3_600, ["flux-schnell", "bob", "key_bob-1", 3, 5], ["nano-banana-2", "owner", null, 1, 1]),
		images(TUESDAY),
		images(WEDNESDAY, ["flux-schnell", "alice", null, 2, 0]),
	],
	[
		costs(MONDAY + 3_600, ["flux-schnell", "bob", "key_bob-1", 0.1], ["nano-banana-2", "owner", null, 0.2]),
		costs(TUESDAY),
		costs(WEDNESDAY, ["flux-schnell", "alice", null, 0]),
	],
	[MONDAY, TUESDAY, WEDNESDAY],
);

describe("a report", () => {
	it("has a sum for each day, also for one without a job", () => {
		expect(SUMS.days).toEqual([
			{ day: MONDAY, jobs: 4, pictures: 6, usd: 0.3 },
			{ day: TUESDAY, jobs: 0, pictures: 0, usd: 0 },
			{ day: WEDNESDAY, jobs: 2, pictures: 0, usd: 0 },
		]);
	});

	it("has a sum for each model, the dearest first", () => {
		expect(SUMS.models).toEqual([
			{ name: "nano-banana-2", jobs: 1, pictures: 1, usd: 0.2 },
			{ name: "flux-schnell", jobs: 5, pictures: 5, usd: 0.1 },
		]);
	});

	it("has a sum for each issued key, and one for the configured keys of an account", () => {
		expect(SUMS.keys).toEqual([
			{ id: null, account: "owner", jobs: 1, pictures: 1, usd: 0.2 },
			{ id: "key_bob-1", account: "bob", jobs: 3, pictures: 5, usd: 0.1 },
			{ id: null, account: "alice", jobs: 2, pictures: 0, usd: 0 },
		]);
	});

	it("has a sum for each account, and one of all", () => {
		expect(SUMS.accounts).toEqual([
			{ name: "owner", jobs: 1, pictures: 1, usd: 0.2 },
			{ name: "bob", jobs: 3, pictures: 5, usd: 0.1 },
			{ name: "alice", jobs: 2, pictures: 0, usd: 0 },
		]);
		// 0.1 + 0.2 is exactly 0.3 here.
		expect(SUMS.total).toEqual({ jobs: 6, pictures: 6, usd: 0.3 });
	});

	it("comes to the same by day, by model, by key and by account", () => {
		const row = fc.tuple(
			fc.constantFrom(MONDAY, TUESDAY, WEDNESDAY),
			fc.constantFrom("flux-schnell", "nano-banana-2"),
			fc.constantFrom("owner", "bob"),
			fc.constantFrom(null, "key_bob-1", "key_bob-2"),
			fc.integer({ min: 0, max: 1_000_000_000 }),
		);
		fc.assert(
			fc.property(fc.array(row), (rows) => {
				const { total, days, models, keys, accounts } = sumUp(
					rows.map(([day, model, account, key, count]) => images(day, [model, account, key, count % 7, count % 11])),
					rows.map(([day, model, account, key, count]) => costs(day, [model, account, key, count / 1_000_000])),
					[MONDAY, TUESDAY, WEDNESDAY],
				);
				expect(total.usd).toBe(rows.reduce((sum, [, , , , count]) => sum + count, 0) / 1_000_000);
				for (const groups of [days, models, keys, accounts]) {
					expect(groups.reduce((sum, { jobs }) => sum + jobs, 0)).toBe(total.jobs);
					expect(groups.reduce((sum, { pictures }) => sum + pictures, 0)).toBe(total.pictures);
					expect(groups.reduce((sum, { usd }) => sum + Math.round(usd * 1_000_000), 0)).toBe(
						Math.round(total.usd * 1_000_000),
					);
				}
			}),
		);
	});

	it("without a job has its days", () => {
		expect(sumUp([], [], [MONDAY])).toEqual({
			total: { jobs: 0, pictures: 0, usd: 0 },
			days: [{ day: MONDAY, jobs: 0, pictures: 0, usd: 0 }],
			models: [],
			keys: [],
			accounts: [],
		});
	});
});
