/** A job's money in its account: reserved when it is admitted, settled when it ends, whatever is lost in between. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { makeRequest } from "../../test/support/make.ts";
import { passTime, resetClock } from "../../test/support/workerd/clock.ts";
import { aPrompt, eventually } from "../../test/support/workerd/gateway.ts";
import { advance, alarmOf, logOf, newId, overrideEnv, requestIdOf, stubOf } from "../../test/support/workerd/job-of.ts";
import { makeConfig } from "../../test/support/workerd/make-config.ts";
import { makeContext } from "../../test/support/workerd/make-context.ts";
import type { Context } from "../context.ts";
import type { RequestError } from "../errors.ts";
import type { ImageRequest } from "../models/request.ts";
import { type Start, startJob } from "./start.ts";

const PRICES = { PRICES: "imagen4-preview=0.04 nano-banana-2=0.05" };

/** A client of an account that no other test has. */
function newContext(overrides: Partial<Context> = {}): Context & { readonly account: string } {
	const account = crypto.randomUUID();
	const config = makeConfig(PRICES);
	return { ...makeContext({ caller: { account, key: null, scopes: ["make"] }, config, ...overrides }), account };
}

function makeStart(words: string, request: Partial<ImageRequest> = {}): Start {
	const prompt = aPrompt(words);
	return {
		id: newId(),
		request: makeRequest({ prompt, ...request }),
		rendering: { api: "images", model: "imagen4-preview", includeUsage: false, responseFormat: "both" },
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
	};
}

/** Starts a job and lets go of it. */
async function begin(context: Context, start: Start): Promise<string> {
	const started = await startJob(context, start);
	if (!started.ok) throw new Error(started.error.kind);
	started.value.close("other");
	return started.value.id;
}

async function refusal(context: Context, start: Start): Promise<RequestError> {
	const started = await startJob(context, start);
	if (started.ok) throw new Error("it was not refused");
	return started.error;
}

function rowsOf(account: string, query: string): Promise<unknown[]> {
	return runInDurableObject(env.ACCOUNT.getByName(account), (_, { storage }) => storage.sql.exec(query).toArray());
}

const jobsOf = (account: string) => rowsOf(account, "SELECT reserved, status, cost FROM jobs");
const usageOf = (account: string) => rowsOf(account, "SELECT status, charge, cost, pictures FROM usage");

async function ended(job: string) {
	await eventually(
		() => logOf(job),
		(log) => log.some(({ type }) => type === "succeeded" || type === "failed" || type === "cancelled"),
	);
}

const settled = (account: string) =>
	eventually(
		() => usageOf(account),
		(rows) => rows.length > 0,
	);

/** Lets all calls of a job's instance to its account fail. Returns what it logs. */
async function loseAccount(job: string) {
	const lost = new Proxy(env.ACCOUNT, {
		get: () => () => {
			throw new Error("lost");
		},
	});
	const logged = vi.spyOn(console, "error").mockImplementation(() => {});
	await overrideEnv(job, { ACCOUNT: lost });
	return logged;
}

describe("a job's price", () => {
	it("is reserved when it is admitted, as the dearest model that may draw it, and settled when it ends", async () => {
		const context = newContext();
		const job = await begin(context, makeStart("sim:hold", { n: 2 }));
		expect(await jobsOf(context.account)).toEqual([{ reserved: 100_000, status: null, cost: null }]);
		const [accepted] = await logOf(job);
		expect(accepted).toMatchObject({ price: { perPicture: 40_000, known: true, successor: 50_000 } });
		await stubOf(job).cancel(context.account);
		await ended(job);
		expect(await settled(context.account)).toEqual([{ status: "cancelled", charge: "free", cost: 0, pictures: 0 }]);
		expect(await jobsOf(context.account)).toEqual([{ reserved: 100_000, status: "cancelled", cost: 0 }]);
	});

	it("is paid for what fal made", async () => {
		const context = newContext();
		const job = await begin(context, makeStart("", { n: 2 }));
		await ended(job);
		expect(await settled(context.account)).toEqual([
			{ status: "succeeded", charge: "paid", cost: 80_000, pictures: 2 },
		]);
	});

	it("is what fal metered, where fal's answer tells it and a unit has one price", async () => {
		const context = newContext();
		// No webhook is asked for, so the result is fetched, with its header.
		const job = await begin(context, makeStart("", { model: "nano-banana" }));
		await ended(job);
		expect(await settled(context.account)).toMatchObject([{ charge: "paid", cost: 39_800 }]);
		expect(await rowsOf(context.account, "SELECT basis FROM usage")).toEqual([{ basis: "metered" }]);
	});

	it.each(["lives", "dies"])(
		"is told again by itself if the call about a late picture was lost, and the object %s",
		async (fate) => {
			const context = newContext();
			const start = makeStart("sim:hold sim:cancel-ignored");
			const { prompt } = start.request;
			const job = await begin(context, start);
			await advance(prompt, "IN_PROGRESS");
			await stubOf(job).cancel(context.account);
			await ended(job);
			expect(await settled(context.account)).toMatchObject([{ status: "cancelled", pictures: 0 }]);
			const logged = await loseAccount(job);
			await advance(prompt, "COMPLETED");
			await stubOf(job).webhook(await requestIdOf(prompt), null);
			await eventually(
				() => logOf(job),
				(log) => log.some(({ type }) => type === "late_image"),
			);
			await eventually(
				async () => logged.mock.calls.length,
				(calls) => calls > 0,
			);
			logged.mockRestore();
			expect(await usageOf(context.account)).toMatchObject([{ pictures: 0 }]);
			if (fate === "dies") await evictDurableObject(stubOf(job));
			else await overrideEnv(job, {});
			// Nobody reads the job.
			expect(((await alarmOf(job)) ?? Number.POSITIVE_INFINITY) - Date.now()).toBeLessThan(120_000);
			await runDurableObjectAlarm(stubOf(job));
			await eventually(
				() => usageOf(context.account),
				([row]) => JSON.stringify(row) === '{"status":"cancelled","charge":"paid","cost":40000,"pictures":1}',
			);
		},
	);

	it("is told by the next reader if the call was lost", async () => {
		const context = newContext();
		const start = makeStart("sim:hold");
		const { prompt } = start.request;
		const job = await begin(context, start);
		const logged = await loseAccount(job);
		await advance(prompt, "COMPLETED");
		await ended(job);
		await eventually(
			async () => logged.mock.calls.length,
			(calls) => calls > 0,
		);
		logged.mockRestore();
		expect(await usageOf(context.account)).toEqual([]);
		await evictDurableObject(stubOf(job));
		await stubOf(job).read(context.account);
		expect(await settled(context.account)).toMatchObject([{ charge: "paid", cost: 40_000 }]);
	});

	it("stays in the account's usage when the job is deleted", async () => {
		const context = newContext();
		const job = await begin(context, makeStart(""));
		await ended(job);
		await stubOf(job).remove(context.account);
		await eventually(
			() => jobsOf(context.account),
			(rows) => rows.length === 0,
		);
		expect(await usageOf(context.account)).toMatchObject([{ charge: "paid", cost: 40_000 }]);
	});
});

describe("a start that comes too late", () => {
	it("is refused, and made up for by another job", async () => {
		const context = newContext();
		const first = makeStart("sim:hold");
		// The clock passes the reservation's end between the account's answer and the start.
		let calls = 0;
		const JOB = new Proxy(env.JOB, {
			get: (target, name) => {
				if (name === "get" && calls++ === 0) passTime(120_000);
				const value = Reflect.get(target, name);
				return typeof value === "function" ? value.bind(target) : value;
			},
		});
		try {
			const started = await startJob({ ...context, env: { ...env, JOB } }, first);
			expect(started.ok && started.value.id).toBe(first.id);
			if (started.ok) started.value.close("other");
		} finally {
			resetClock();
		}
		const [accepted] = await logOf(first.id);
		expect(accepted?.type === "accepted" && accepted.at <= (accepted.startBy ?? 0)).toBe(true);
		expect(await jobsOf(context.account)).toEqual([{ reserved: 50_000, status: null, cost: null }]);
	});
});

describe("a request beyond a limit", () => {
	it("gets no job, and the limit's name", async () => {
		const context = newContext({ config: makeConfig({ MAX_OPEN_JOBS: "1" }) });
		const job = await begin(context, makeStart("sim:hold"));
		expect(await refusal(context, makeStart("sim:hold"))).toEqual({
			kind: "limit_reached",
			limit: "max_open_jobs",
			value: 1,
			of: "account",
			endsAt: null,
			endsInMs: null,
		});
		await stubOf(job).cancel(context.account);
		await settled(context.account);
		await begin(context, makeStart("sim:hold"));
	});

	it("is refused without a good key", async () => {
		const key = { id: "nobodys", secretSha256: "00" };
		const context = newContext({ caller: { account: crypto.randomUUID(), key, scopes: ["make"] } });
		expect(await refusal(context, makeStart("sim:hold"))).toEqual({ kind: "key_refused", why: "revoked" });
	});
});
