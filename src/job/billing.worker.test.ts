/** What fal charged, as a job with an admin key comes to it: asked for by its alarm, told to its account, whatever dies in between. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { makeRequest } from "../../test/support/make.ts";
import { aPrompt, type Call, eventually, sim } from "../../test/support/workerd/gateway.ts";
import { age, alarmOf, logOf, newId, overrideEnv, requestIdOf, stubOf } from "../../test/support/workerd/job-of.ts";
import { makeConfig } from "../../test/support/workerd/make-config.ts";
import { makeContext } from "../../test/support/workerd/make-context.ts";
import type { Context } from "../context.ts";
import { startJob } from "./start.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ADMIN = { FAL_ADMIN_KEY: "admin:secret" };

interface Begun {
	readonly job: string;
	readonly prompt: string;
	readonly context: Context;
	readonly account: string;
}

/** Makes a job whose pictures are estimated at 4 cents, and that the simulator bills at 5 without a discount. */
async function makeJob(
	words: string,
	{ n = 1, model = "imagen4-preview", settings = ADMIN as object } = {},
): Promise<Begun> {
	const account = crypto.randomUUID();
	const config = makeConfig({ PRICES: "imagen4-preview=0.04 fal-ai/flux-2-pro=0.04", ...settings });
	const context = makeContext({ caller: { account, key: null, scopes: ["make"] }, config });
	const prompt = aPrompt(`sim:quick ${words}`);
	const started = await startJob(context, {
		id: newId(),
		request: makeRequest({ prompt, n, model, size: { kind: "auto" } }),
		rendering: { api: "images", model, includeUsage: false, responseFormat: "both" },
		terms: {
			route: "/v1/images/generations",
			idempotencyKey: null,
			retried: false,
			cancelOnDisconnect: false,
			webhookOrigin: null,
		},
		written: prompt,
		language: "en",
		clientWebhook: null,
		traits: null,
		watched: false,
	});
	if (!started.ok) throw new Error(started.error.kind);
	started.value.close("other");
	const job = started.value.id;
	await eventually(
		() => logOf(job),
		(log) => log.some(({ type }) => type === "succeeded" || type === "failed"),
	);
	await eventually(
		() => usageOf(account),
		(rows) => rows.length > 0,
	);
	return { job, prompt, context, account };
}

function rowsOf(account: string, query: string): Promise<unknown[]> {
	return runInDurableObject(env.ACCOUNT.getByName(account), (_, { storage }) => storage.sql.exec(query).toArray());
}
const usageOf = (account: string) => rowsOf(account, "SELECT charge, cost, basis FROM usage");

/** Runs the alarm of an instance with these settings, as late as that. */
async function wakeAfter(job: string, ms: number, settings: object = ADMIN): Promise<void> {
	await age(job, ms);
	await overrideEnv(job, settings);
	await alarmOf(job);
	await runDurableObjectAlarm(stubOf(job));
}

const billsOf = async (job: string) => (await logOf(job)).filter(({ type }) => type === "billed");

async function hasBills(job: string, count: number) {
	await eventually(
		() => billsOf(job),
		(bills) => bills.length === count,
	);
}

async function becomes(account: string, row: object): Promise<void> {
	await eventually(
		() => usageOf(account),
		([first]) => JSON.stringify(first) === JSON.stringify(row),
	);
}

async function questionsAbout(requestId: string): Promise<number> {
	const path = `/v1/models/billing-events?request_id=${requestId}`;
	return (await (await sim(`/calls?path=${encodeURIComponent(path)}`)).json<Call[]>()).length;
}

describe("the bill of a job", () => {
	it("takes the place of its estimate, three minutes after its end, by one question", async () => {
		const { job, prompt, account } = await makeJob("sim:discount=10");
		expect(await usageOf(account)).toEqual([{ charge: "paid", cost: 40_000, basis: "estimated" }]);
		const alarm = (await alarmOf(job)) ?? 0;
		expect(Math.abs(alarm - Date.now() - 3 * MINUTE)).toBeLessThan(30_000);
		await wakeAfter(job, 3 * MINUTE);
		await becomes(account, { charge: "paid", cost: 45_000, basis: "billed" });
		expect(await rowsOf(account, "SELECT cost, basis FROM jobs")).toEqual([{ cost: 45_000, basis: "billed" }]);
		// The event, and three alarms: while fal is asked, while the account is told, and for the expiry.
		expect(await runInDurableObject(stubOf(job), (instance) => instance.rowsWritten())).toBe(4);
		await wakeAfter(job, 2 * DAY);
		await runDurableObjectAlarm(stubOf(job));
		expect(await billsOf(job)).toHaveLength(1);
		expect(await questionsAbout(await requestIdOf(prompt))).toBe(1);
	});

	it("is counted on the day of the admission, once, however often it is told", async () => {
		const { job, account } = await makeJob("");
		const before = await rowsOf(account, "SELECT at, id FROM usage");
		await wakeAfter(job, 3 * MINUTE);
		await becomes(account, { charge: "paid", cost: 50_000, basis: "billed" });
		for (let times = 0; times < 2; times += 1) {
			await evictDurableObject(stubOf(job));
			await stubOf(job).read(account);
			await wakeAfter(job, MINUTE);
		}
		expect(await rowsOf(account, "SELECT at, id FROM usage")).toEqual(before);
		expect(await usageOf(account)).toEqual([{ charge: "paid", cost: 50_000, basis: "billed" }]);
	});

	it("is asked for again if the object died before the answer was written", async () => {
		const { job, account } = await makeJob("");
		await age(job, 3 * MINUTE);
		await overrideEnv(job, { FAL_ADMIN_KEY: "admin-slow:secret" });
		await alarmOf(job);
		await runDurableObjectAlarm(stubOf(job));
		// It hangs at fal; its instance dies.
		await evictDurableObject(stubOf(job)).catch(() => {});
		await wakeAfter(job, 60 * MINUTE);
		await becomes(account, { charge: "paid", cost: 50_000, basis: "billed" });
		expect(await usageOf(account)).toHaveLength(1);
	});

	it.each(["admin-refused:secret", "admin-busy:secret", ""])(
		"that cannot be had with %j changes nothing, and comes later",
		async (key) => {
			const { job, account } = await makeJob("");
			await wakeAfter(job, 3 * MINUTE, { FAL_ADMIN_KEY: key });
			await hasBills(job, 1);
			expect(await usageOf(account)).toEqual([{ charge: "paid", cost: 40_000, basis: "estimated" }]);
			await wakeAfter(job, 60 * MINUTE);
			await becomes(account, { charge: "paid", cost: 50_000, basis: "billed" });
		},
	);

	it("that never comes is given up after a day, and the estimate stays", async () => {
		const { job, account } = await makeJob("sim:billed=never");
		for (const [count, ms] of [3 * MINUTE, 60 * MINUTE, DAY].entries()) {
			await wakeAfter(job, ms);
			await hasBills(job, count + 1);
		}
		expect((await billsOf(job)).at(-1)).toMatchObject({ costs: [], retryAt: null });
		expect(await usageOf(account)).toEqual([{ charge: "paid", cost: 40_000, basis: "estimated" }]);
	});

	it("settles what was kept", async () => {
		const { job, account } = await makeJob("sim:billed-failure");
		expect(await usageOf(account)).toEqual([{ charge: "kept", cost: 40_000, basis: "estimated" }]);
		await wakeAfter(job, 3 * MINUTE);
		await becomes(account, { charge: "paid", cost: 50_000, basis: "billed" });
	});

	it("of several requests is asked for at once, and is their sum", async () => {
		const { job, account } = await makeJob("", { n: 3, model: "fal-ai/flux-2-pro" });
		expect(await usageOf(account)).toMatchObject([{ charge: "paid", cost: 120_000 }]);
		await wakeAfter(job, 3 * MINUTE);
		await becomes(account, { charge: "paid", cost: 150_000, basis: "billed" });
		expect(await billsOf(job)).toHaveLength(1);
	});

	it("of two accounts at fal is asked of both", async () => {
		const { job, account } = await makeJob("");
		await wakeAfter(job, 3 * MINUTE, { FAL_ADMIN_KEY: "admin-refused:secret,admin:secret" });
		await becomes(account, { charge: "paid", cost: 50_000, basis: "billed" });
	});

	it("is told by the deletion if its own call was lost", async () => {
		const { job, account } = await makeJob("");
		await age(job, 3 * MINUTE);
		const ACCOUNT = new Proxy(env.ACCOUNT, {
			get: () => () => {
				throw new Error("lost");
			},
		});
		await overrideEnv(job, { ...ADMIN, ACCOUNT });
		await alarmOf(job);
		await runDurableObjectAlarm(stubOf(job));
		await hasBills(job, 1);
		expect(await usageOf(account)).toEqual([{ charge: "paid", cost: 40_000, basis: "estimated" }]);
		await evictDurableObject(stubOf(job));
		await stubOf(job).remove(account);
		await becomes(account, { charge: "paid", cost: 50_000, basis: "billed" });
	});

	it("is not asked for without an admin key at its admission, which costs no alarm", async () => {
		const { job, account } = await makeJob("", { settings: {} });
		expect(((await alarmOf(job)) ?? 0) - Date.now()).toBeGreaterThan(DAY);
		await wakeAfter(job, DAY);
		expect(await billsOf(job)).toEqual([]);
		expect(await usageOf(account)).toMatchObject([{ cost: 40_000 }]);
	});
});
