/**
 * Holds a budget for ten pictures against many requests at once, half of them sent twice, while answers of the account are lost and objects are
 * ended: ten submits, nothing left reserved, ten prices spent.
 */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, inject, it, vi } from "vitest";
import { type Ask, ask, askWith, eventually, submitsOf } from "../../test/support/workerd/gateway.ts";
import { stubOf } from "../../test/support/workerd/job-of.ts";
import type { Account } from "./account.ts";

declare module "vitest" {
	export interface ProvidedContext {
		/** Requests at once, and how often all of it is done. `BUDGET_REQUESTS` and `BUDGET_RUNS` change them. */
		readonly budget: { readonly requests: number; readonly runs: number };
	}
}

const { requests, runs } = inject("budget");
const PICTURES = 10;
/** Nobody has told the price of `imagen4-preview`, so it is the operator's default of 0.10 USD. */
const PRICE = 100_000;
/** Of the account's answers to `admit`, so many are lost. */
const LOST = 0.3;
/** A client sends again what failed by our fault, as the SDKs do. */
const CLIENT_TRIES = 8;
const ACCOUNT_ENDS = 8;

beforeEach(() => {
	// A request whose answers are lost three times in a row fails, and the Worker logs that.
	vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
	vi.restoreAllMocks();
});

/** The account's binding, some of whose admissions reach it while their answers do not come back. */
function losingAnswers(): typeof env.ACCOUNT {
	const lossy = (stub: DurableObjectStub<Account>) =>
		new Proxy(stub, {
			get: (target, name) => {
				if (name !== "admit") return Reflect.get(target, name);
				return async (admission: Parameters<Account["admit"]>[0]) => {
					const admitted = await target.admit(admission);
					if (Math.random() < LOST) throw Object.assign(new Error("Network connection lost."), { retryable: true });
					return admitted;
				};
			},
		});
	return new Proxy(env.ACCOUNT, {
		get: (target, name) =>
			name === "getByName" ? (of: string) => lossy(target.getByName(of)) : Reflect.get(target, name).bind(target),
	});
}

/** Returns the status that the client ends with. */
async function draw(send: Ask, key: string, prompt: string): Promise<number> {
	for (let tries = 1; ; tries += 1) {
		const response = await send("/v1/images/generations", {
			json: { model: "imagen4-preview", prompt, response_format: "url" },
			headers: {
				authorization: `Bearer ${key}`,
				"idempotency-key": prompt,
				"x-stainless-retry-count": `${tries - 1}`,
			},
		});
		await response.arrayBuffer();
		if (response.status < 500 || tries === CLIENT_TRIES) return response.status;
	}
}

/** Ends an object's instance as a failure does, or as sleep does. */
async function end(stub: DurableObjectStub): Promise<void> {
	const abort = (_: unknown, ctx: DurableObjectState): void => ctx.abort("ended by a test");
	await (Math.random() < 0.5 ? evictDurableObject(stub) : runInDurableObject(stub, abort)).catch(() => {});
}

async function endNowAndThen(account: string): Promise<void> {
	for (let count = 0; count < ACCOUNT_ENDS; count += 1) {
		await scheduler.wait(Math.random() * requests);
		await end(env.ACCOUNT.getByName(account));
		for (const { id } of await rowsOf(account, "SELECT id FROM jobs ORDER BY random() LIMIT 2"))
			await end(stubOf(`${id}`));
	}
}

/** Reads rows of a table that the first job makes. A stub whose object was ended stays broken, so each call takes a new one. */
async function rowsOf(account: string, query: string) {
	const stub = env.ACCOUNT.getByName(account);
	return runInDurableObject(stub, (_, { storage }) => storage.sql.exec(query).toArray()).catch(() => []);
}

it.each(Array.from({ length: runs }, (_, run) => run + 1))(
	"a budget for ten is spent by ten, of many requests at once, run %i",
	async () => {
		const account = `test-${crypto.randomUUID().slice(0, 8)}`;
		const fields = { account, max_budget: (PICTURES * PRICE) / 1e6 };
		const { key }: { key: string } = await (await ask("/v1/keys", { json: fields })).json();
		const send = askWith({ ACCOUNT: losingAnswers(), MAX_OPEN_JOBS: 1000 });

		const marker = crypto.randomUUID();
		const prompts = Array.from({ length: requests / 2 }, (_, index) => `fox ${index} of ${marker} sim:quick`);
		const ending = endNowAndThen(account);
		const statuses = await Promise.all([...prompts, ...prompts].map((prompt) => draw(send, key, prompt)));
		await ending;

		// A request and its repeat have one job.
		expect(statuses.filter((status) => status === 200)).toHaveLength(2 * PICTURES);
		expect(statuses.filter((status) => status === 429)).toHaveLength(requests - 2 * PICTURES);
		expect(await submitsOf(marker)).toBe(PICTURES);

		const jobs = await rowsOf(account, "SELECT id FROM jobs");
		expect(jobs).toHaveLength(PICTURES);
		// An end whose call was lost is made up for by the job's next reader.
		for (const { id } of jobs) await ask(`/v1/jobs/job_${id}`, { headers: { authorization: `Bearer ${key}` } });
		await eventually(
			() => rowsOf(account, "SELECT coalesce(sum(reserved), 0) AS reserved FROM jobs WHERE status IS NULL"),
			([row]) => row?.reserved === 0,
		);
		expect(
			await rowsOf(account, "SELECT count(*) AS jobs, sum(cost) AS cost, sum(counted) AS pictures FROM usage"),
		).toEqual([{ jobs: PICTURES, cost: PICTURES * PRICE, pictures: PICTURES }]);
		expect(await draw(ask, key, `one more fox of ${marker}`)).toBe(429);
	},
	Math.max(60_000, 120 * requests),
);
