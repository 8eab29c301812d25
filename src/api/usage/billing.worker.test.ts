import { describe, expect, it, onTestFinished } from "vitest";
import { passTime, resetClock } from "../../../test/support/workerd/clock.ts";
import { ask } from "../../../test/support/workerd/gateway.ts";
import { askBy, book, issueKey } from "../../../test/support/workerd/usage.ts";

const DAY_MS = 86_400_000;
const NOVEMBER = Date.UTC(2025, 10, 1);
const USAGE = "/dashboard/billing/usage?start_date=2025-11-01&end_date=2025-12-01";
const SUBSCRIPTION = "/dashboard/billing/subscription";

async function readBy(key: string, path: string): Promise<Record<string, unknown>> {
	const response = await askBy(key, path);
	expect(response.status).toBe(200);
	return response.json();
}

describe("the subscription", () => {
	it.each<readonly [fields: object, usd: number]>([
		[{ max_budget: 12.5 }, 12.5],
		[{ max_budget: 12.5, budget_limits: [{ max_budget: 1, budget_duration: "1d" }] }, 12.5],
		[
			{
				budget_limits: [
					{ max_budget: 3, budget_duration: "1mo" },
					{ max_budget: 1, budget_duration: "1d" },
				],
			},
			1,
		],
		[{}, 100_000_000],
		[{ max_budget: 0 }, 0],
	])("of a key with %j has a limit of $%d", async (fields, usd) => {
		const { key } = await issueKey(fields);
		expect(await readBy(key, SUBSCRIPTION)).toEqual({
			object: "billing_subscription",
			has_payment_method: true,
			canceled: false,
			soft_limit_usd: usd,
			hard_limit_usd: usd,
			system_hard_limit_usd: usd,
			access_until: 0,
		});
	});

	it("says when the key expires", async () => {
		const at = Math.floor(Date.now() / 1000) + 3_600;
		const { key } = await issueKey({ expires_at: at });
		expect(await readBy(key, `/v1${SUBSCRIPTION}`)).toMatchObject({ access_until: at });
	});

	it("of a key of the gateway has no limit", async () => {
		expect(await (await ask(SUBSCRIPTION)).json()).toMatchObject({ hard_limit_usd: 100_000_000 });
	});
});

describe("the usage", () => {
	it("is what the key has spent from the first day up to the last, in cents", async () => {
		const { account, id, key } = await issueKey();
		const until = Date.UTC(2025, 11, 1);
		await book(account, [
			{ at: NOVEMBER, apiKey: id, cost: 40_000 },
			{ at: until - 1, apiKey: id, cost: 1 },
			{ at: NOVEMBER - 1, apiKey: id, cost: 500_000 },
			{ at: until, apiKey: id, cost: 500_000 },
			{ at: NOVEMBER, apiKey: "another", cost: 500_000 },
		]);
		const { object, total_usage: cents } = await readBy(key, USAGE);
		expect(object).toBe("list");
		expect(cents).toBeCloseTo(4.0001, 9);
		expect((await readBy(key, "/v1/dashboard/billing/usage")).total_usage).toBeCloseTo(104.0001, 9);
	});

	it("reaches up to now if the range ends with a day that has not begun yet, west of UTC", async () => {
		const { account, id, key } = await issueKey();
		const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
		const untilToday = `/dashboard/billing/usage?end_date=${new Date(today).toISOString().slice(0, 10)}`;
		onTestFinished(resetClock);
		const goTo = (hour: number) => passTime(today + DAY_MS + hour * 3_600_000 - Date.now());
		goTo(-24 + 4);
		await book(account, [{ at: Date.now(), apiKey: id, cost: 40_000 }]);
		// It is 20:00 of the day before in San Francisco, and the client asks until tomorrow.
		expect((await readBy(key, untilToday)).total_usage).toBe(4);
		goTo(-24 + 13);
		expect((await readBy(key, untilToday)).total_usage).toBe(0);
	});

	it("is 0 where nothing was spent", async () => {
		const { key } = await issueKey();
		expect(await readBy(key, USAGE)).toEqual({ object: "list", total_usage: 0 });
	});
});

describe("GET /v1/usage/models", () => {
	it("has a row for each model, with the seconds of the jobs that succeeded", async () => {
		const { account, key } = await issueKey();
		const at = Date.now() - 60_000;
		const took = (ms: number) => ({ at, endedAt: at + ms, model: "flux-dev", cost: 10_000, bytes: 100 });
		await book(account, [
			...[4_000, 1_000, 3_000, 2_000].map(took),
			{ ...took(90_000), status: "failed", charge: "free", cost: 0, pictures: 0, bytes: 0 },
			{ at, model: "imagen4-preview", status: "failed", charge: "kept", cost: 5, pictures: 0, bytes: 0 },
			{ at: at - 2 * 86_400_000, model: "gone" },
		]);
		expect(await readBy(key, "/v1/usage/models?days=1")).toEqual({
			object: "list",
			days: 1,
			data: [
				{
					object: "usage.model",
					model: "flux-dev",
					jobs: 5,
					succeeded: 4,
					pictures: 4,
					bytes: 400,
					usd: 0.04,
					p50_seconds: 2,
					p95_seconds: 4,
				},
				{
					object: "usage.model",
					model: "imagen4-preview",
					jobs: 1,
					succeeded: 0,
					pictures: 0,
					bytes: 0,
					usd: 0.000005,
					p50_seconds: null,
					p95_seconds: null,
				},
			],
		});
		const ofOwner = await ask(`/v1/usage/models?account=${account}`);
		expect((await ofOwner.json<{ data: object[] }>()).data).toHaveLength(3);
	});

	it("is empty for an account without a job, and another account's for the owner alone", async () => {
		const { key } = await issueKey();
		expect(await readBy(key, "/v1/usage/models")).toEqual({ object: "list", days: 30, data: [] });
		expect((await askBy(key, "/v1/usage/models?account=owner")).status).toBe(403);
	});
});
