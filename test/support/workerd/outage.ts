/** Makes the outages of `src/outage.worker.test.ts`, and reads what an operator and a client see of them. */
import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import parse from "parse-prometheus-text-format";
import { expect } from "vitest";
import type { Env } from "../../../src/env.ts";
import { type Ask, aPrompt, askWith, eventually, sim, submitsOf } from "./gateway.ts";
import { age, logOf, overrideEnv, stubOf } from "./job-of.ts";
import { observed } from "./observed.ts";

const OWNER = "test-key-of-owner";
const FAL_ACCOUNTS = ["test-id", "spare-id"];
/** Of a picture, in USD. The simulator charges the same. */
export const PRICE = 0.05;

/** @param state Of both accounts at fal: see sim/README.md */
export async function setFal(state: "ok" | "down" | "invalid"): Promise<void> {
	for (const name of FAL_ACCOUNTS) {
		const answer = await sim(`/accounts/${name}`, { method: "POST", body: JSON.stringify({ state }) });
		expect(answer.status).toBe(204);
	}
}

/** A bucket of which these methods fail. */
export function bucketWithout(methods: (method: string) => boolean, message: string): R2Bucket {
	return observed(env.IMAGES, (method) => {
		if (methods(method)) throw new Error(message);
	});
}

/** A namespace whose objects fail each call. */
export function failingObjects<T extends DurableObjectNamespace>(namespace: T, message: string): T {
	const refuse = () => {
		throw new Error(message);
	};
	return new Proxy(namespace, {
		get: (target, name) => {
			const member: unknown = Reflect.get(target, name);
			if (typeof member !== "function") return member;
			const isStub = name === "get" || name === "getByName";
			return (...args: unknown[]) => {
				const value = member.apply(target, args);
				return isStub ? observed(value, refuse) : value;
			};
		},
	});
}

export interface Begun {
	readonly prompt: string;
	readonly job: string;
}

interface JobView {
	readonly status: string;
	readonly error: { readonly code: string } | null;
	readonly cost: { readonly usd: number; readonly charge: string } | null;
	readonly images: readonly { readonly url: string; readonly late: boolean }[];
}

interface Health {
	readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

export function logHas(job: string, type: string) {
	return eventually(
		() => logOf(job),
		(log) => log.some((event) => event.type === type),
	);
}

/** Lets time pass for a job, and its alarm fire. @param overrides Of the instance that sees it */
export async function pass(job: string, ms: number, overrides: Partial<Env> = {}): Promise<void> {
	await age(job, ms);
	await overrideEnv(job, overrides);
	await runDurableObjectAlarm(stubOf(job));
}

/** What the simulator charges for the pictures of these jobs, in USD. */
export async function billOf(...jobs: readonly Begun[]): Promise<number> {
	const rows = await Promise.all(
		jobs.map(async ({ prompt }) =>
			(await sim(`/bill?prompt=${encodeURIComponent(prompt)}`)).json<{ microUsd: number }[]>(),
		),
	);
	return rows.flat().reduce((sum, { microUsd }) => sum + microUsd, 0) / 1e6;
}

/** A gateway with a client whose account no other test has, and its operator. */
export function openGateway() {
	const account = `week-${crypto.randomUUID().slice(0, 8)}`;
	const clientKey = `key-of-${account}`;
	const askBy = (key: string, settings: Partial<Env>): Ask => {
		const keys = { WORKER_ACCESS_KEY: `owner=${OWNER},${account}=${clientKey}` };
		const ask = askWith({ PRICES: `imagen4-preview=${PRICE}`, ...keys, ...settings });
		return (path, init = {}) => ask(path, { ...init, headers: { authorization: `Bearer ${key}`, ...init.headers } });
	};
	const asOwner = (settings: Partial<Env> = {}) => askBy(OWNER, settings);
	const asClient = (settings: Partial<Env> = {}) => askBy(clientKey, settings);

	/** Begins a job. */
	const begin = async (words: string, settings: Partial<Env> = {}): Promise<Begun> => {
		const prompt = aPrompt(words);
		const answer = await asClient(settings)("/v1/images/generations", {
			json: { prompt, model: "imagen4-preview" },
			headers: { prefer: "respond-async" },
		});
		expect(answer.status).toBe(202);
		return { prompt, job: answer.headers.get("x-job-id") ?? "" };
	};
	/** Begins a job that fal takes: from here on it may cost. */
	const submit = async (words: string, settings: Partial<Env> = {}): Promise<Begun> => {
		const begun = await begin(words, settings);
		await logHas(begun.job, "submitted");
		return begun;
	};
	const viewOf = async (job: string): Promise<JobView> => (await asClient()(`/v1/jobs/${job}`)).json();

	/** Waits until what fal drew is there for its client: one picture of one submit. @returns Its link */
	const delivered = async ({ job, prompt }: Begun, { late = false } = {}): Promise<string> => {
		const view = await eventually(
			() => viewOf(job),
			({ images }) => images.length > 0,
		);
		expect(view).toMatchObject({ cost: { usd: PRICE, charge: "paid" }, images: [{ late }] });
		const link = view.images[0]?.url ?? "";
		const picture = await asClient()(link);
		expect([picture.status, (await picture.bytes()).length > 0]).toEqual([200, true]);
		expect(await submitsOf(prompt)).toBe(1);
		return link;
	};

	/** Returns the status of the deep check, and what failed in it. */
	const health = async (settings: Partial<Env> = {}): Promise<readonly [number, readonly string[]]> => {
		const answer = await asOwner(settings)("/healthz?deep=1");
		const { checks } = await answer.json<Health>();
		const failing = checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name.replace(/ .*/, "")}: ${detail}`);
		return [answer.status, [...new Set(failing)]];
	};

	/** Scrapes a metric: its samples of this account, by outcome if they have one. */
	const scrape = async (name: string): Promise<Readonly<Record<string, number>>> => {
		// An instance keeps what it counted for some seconds.
		const object = env.ACCOUNT.getByName(account);
		await object.counters();
		await evictDurableObject(object);
		const answer = await asOwner()("/metrics");
		const family = parse(await answer.text()).find((one) => one.name === `darkroom_${name}`);
		const own = (family?.metrics ?? []).filter(({ labels }) => labels?.account === account);
		return Object.fromEntries(own.map(({ labels, value }) => [labels?.outcome ?? "all", Number(value)]));
	};
	/** Waits until so many jobs are counted as ended, and as open. */
	const counted = async (ended: Readonly<Record<string, number>>, open: number): Promise<void> => {
		await eventually(
			async () => [await scrape("jobs_total"), await scrape("open_jobs")],
			(seen) => JSON.stringify(seen) === JSON.stringify([ended, { all: open }]),
		);
	};

	return { asOwner, asClient, begin, submit, viewOf, delivered, health, scrape, counted };
}
