/**
 * Has the unit prices that fal publishes: asked of fal once a day for each endpoint, and kept in R2 and in the isolate. A price that
 * fal does not give again stays. Nothing here throws.
 */

import type { Context } from "../context.ts";
import type { FalAccounts } from "../fal-accounts.ts";
import { readJsonText } from "../http/read-json-text.ts";
import { withTimeout } from "../http/timeout.ts";
import { NOTHING_PUBLISHED, type Published } from "../models/published-price.ts";
import {
	mergeTables,
	type PriceTable,
	publishedIn,
	readTableText,
	readUnitPrices,
	toTableText,
} from "./unit-prices.ts";

export interface Prices {
	/** By endpoint, as far as this isolate has them. Nothing is asked for it. */
	published(): Published;
	/**
	 * Asks for the prices of endpoints that are not known, or not since yesterday. Costs nothing if there are none. It goes on behind the
	 * answer: whoever waits for it does so for a second at most.
	 */
	learn(endpoints: readonly string[]): Promise<void>;
}

export interface PriceSettings {
	/** Without a slash at the end. The key goes nowhere else. */
	readonly falApiUrl: string;
	readonly falAccounts: FalAccounts;
}

export interface PriceOptions {
	/** Lets work go on behind the answer. */
	readonly waitUntil: (work: Promise<unknown>) => void;
	readonly fetch?: typeof fetch;
	readonly now?: () => number;
	readonly timeoutMs?: number;
	readonly patienceMs?: number;
}

const PATIENCE_MS = 1_000;
/** Of a whole answer of fal's. */
const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 256 * 1024;
const DAY_MS = 86_400_000;
/** R2 is not read again for so long: what it lacks is asked of fal. */
const KEPT_MS = 3_600_000;
/** So long nobody asks again what is being asked. */
const ASKING_MS = 15_000;
/** So long nobody asks again what could not be had. */
const MISSED_MS = 600_000;
/** fal takes so many endpoints in one question. */
const MAX_TOGETHER = 50;
/** So few are asked one by one: fal may refuse to answer because of one of them. */
const MAX_APART = 4;

/** More are forgotten, and asked about again. */
const MAX_QUIET = 1_000;

interface Memory {
	table: PriceTable;
	/** The same, as estimates need it. */
	published: Published;
	/** When R2 was read. */
	keptAt: number;
	/** By endpoint: it is not asked about before. */
	readonly quiet: Map<string, number>;
}

/** By the address of fal's API. Shared by all requests of an isolate. */
const memories = new Map<string, Memory>();

/** Has the prices for a request, whose answer does not wait for them. */
export function pricesOf({ env, config, ctx }: Pick<Context, "env" | "config" | "ctx">): Prices {
	return createPrices(config, env.IMAGES, { waitUntil: (work) => ctx.waitUntil(work) });
}

export function createPrices(
	{ falApiUrl, falAccounts }: PriceSettings,
	bucket: R2Bucket,
	{
		waitUntil,
		fetch: fetchPrices = fetch,
		now = Date.now,
		timeoutMs = TIMEOUT_MS,
		patienceMs = PATIENCE_MS,
	}: PriceOptions,
): Prices {
	const memory = memories.get(falApiUrl) ?? newMemory();
	memories.set(falApiUrl, memory);
	/** A simulator's prices are not fal's. */
	const key = `prices/${new URL(falApiUrl).host}.json`;

	const isStale = (endpoint: string) => now() - (memory.table.get(endpoint)?.readAt ?? 0) >= DAY_MS;
	const isDue = (endpoint: string) => isStale(endpoint) && now() >= (memory.quiet.get(endpoint) ?? 0);
	const keepQuiet = (endpoints: readonly string[], ms: number) => {
		if (memory.quiet.size > MAX_QUIET) memory.quiet.clear();
		for (const endpoint of endpoints) memory.quiet.set(endpoint, now() + ms);
	};

	const take = (table: PriceTable) => {
		memory.table = mergeTables(memory.table, table);
		memory.published = publishedIn(memory.table);
	};

	/** Null if fal gives no prices. A refusal of one endpoint says that it has none. */
	const ask = (endpoints: readonly string[]): Promise<PriceTable | null> =>
		withTimeout(timeoutMs, async (signal) => {
			const query = new URLSearchParams({ endpoint_id: endpoints.join(",") });
			const response = await fetchPrices(`${falApiUrl}/v1/models/pricing?${query}`, {
				// A redirect would carry the key away.
				redirect: "manual",
				headers: { authorization: `Key ${falAccounts[0].key}`, accept: "application/json" },
				signal,
			});
			const isUnknown = endpoints.length === 1 && [400, 404, 422].includes(response.status);
			if (response.status !== 200) {
				await response.body?.cancel();
				return isUnknown ? toTable(endpoints, new Map()) : null;
			}
			const text = await readJsonText(response.body, MAX_ANSWER_BYTES);
			const prices = text === null ? null : readUnitPrices(text);
			return prices === null ? null : toTable(endpoints, prices);
		}).catch(() => null);

	const toTable = (endpoints: readonly string[], prices: Published): PriceTable =>
		new Map(endpoints.map((endpoint) => [endpoint, { price: prices.get(endpoint) ?? null, readAt: now() }]));

	const readKept = async (): Promise<void> => {
		if (now() - memory.keptAt < KEPT_MS) return;
		memory.keptAt = now();
		const kept = await bucket.get(key).then((object) => object?.text());
		if (kept !== undefined) take(readTableText(kept));
	};

	const bring = async (due: readonly string[]): Promise<void> => {
		await readKept().catch(() => {});
		const wanted = due.filter(isStale);
		const questions = wanted.length > MAX_APART ? chunksOf(wanted, MAX_TOGETHER) : wanted.map((endpoint) => [endpoint]);
		const answers = await Promise.all(questions.map(ask));
		for (const [index, answer] of answers.entries()) {
			if (answer === null) keepQuiet(questions[index] ?? [], MISSED_MS);
			else take(answer);
		}
		// Without it the next isolate asks fal.
		if (answers.some((answer) => answer !== null)) await bucket.put(key, toTableText(memory.table)).catch(() => null);
	};

	return {
		published: () => memory.published,
		learn: async (endpoints) => {
			const due = [...new Set(endpoints)].filter(isDue);
			if (due.length === 0) return;
			keepQuiet(due, ASKING_MS);
			const work = bring(due);
			waitUntil(work);
			await withTimeout(patienceMs, (signal) => Promise.race([work, aborted(signal)]));
		},
	};
}

function newMemory(): Memory {
	return { table: new Map(), published: NOTHING_PUBLISHED, keptAt: 0, quiet: new Map() };
}

function aborted(signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

function chunksOf(endpoints: readonly string[], size: number): readonly (readonly string[])[] {
	const chunks = Math.ceil(endpoints.length / size);
	return Array.from({ length: chunks }, (_, index) => endpoints.slice(index * size, (index + 1) * size));
}
