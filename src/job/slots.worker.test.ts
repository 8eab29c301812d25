/** Jobs that make several requests to fal, over the simulator. */
import { abortAllDurableObjects, evictDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import {
	aPrompt,
	ask,
	type Call,
	type Chunk,
	chunksOf,
	contentOf,
	eventually,
	queueCalls,
	sim,
	streamChat,
	submitsOf,
} from "../../test/support/workerd/gateway.ts";
import { logOf, stubOf, tablesOf } from "../../test/support/workerd/job-of.ts";
import { isTerminal, type JobEvent } from "../core/events.ts";
import { flatten } from "../core/linked.ts";

/** Makes one picture a request. */
const SINGLE = "fal-ai/flux-2-pro";

afterEach(async () => {
	await sim("/scenario", { method: "DELETE" });
});

function draw(prompt: string, n: number, more: object = {}) {
	return ask("/v1/images/generations", { json: { model: SINGLE, prompt, n, response_format: "url", ...more } });
}

interface Body {
	readonly data: readonly { readonly url: string }[];
	readonly images_missing?: readonly { readonly index: number; readonly error: { readonly code: string } }[];
}

async function bodyOf(response: Response): Promise<{ readonly job: string; readonly body: Body }> {
	return { job: response.headers.get("x-job-id") ?? "", body: await response.json() };
}

function indexesOf({ data }: Body): readonly number[] {
	return data.map(({ url }) => Number(/\/(\d+)\.[a-z]+\?/.exec(url)?.[1]));
}

/** The bodies of the submits of this prompt. */
async function inputsOf(prompt: string): Promise<readonly { seed?: number; num_images?: number }[]> {
	const calls: readonly (Call & { input: { seed?: number; num_images?: number } })[] = await (
		await sim(`/calls?prompt=${encodeURIComponent(prompt)}&method=POST`)
	).json();
	return calls.map(({ input }) => input);
}

async function endOf(job: string): Promise<readonly JobEvent[]> {
	return eventually(
		() => logOf(job).catch(() => []),
		(log) => log.some(isTerminal),
	);
}

/** The requests to fal of each slot, without those to the CDN. */
async function callsBySlot(prompt: string): Promise<readonly number[]> {
	const calls = await queueCalls(prompt);
	const byId = Map.groupBy(calls, ({ requestId }) => requestId);
	return [...byId.values()].map((own) => own.length);
}

describe("ten pictures of a model that makes one", () => {
	it("are made by ten requests, each with a seed of its own, and come in their order", async () => {
		const prompt = aPrompt("sim:quick");
		const { body } = await bodyOf(await draw(prompt, 10, { seed: 7 }));
		expect(indexesOf(body)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(body.images_missing).toBeUndefined();
		const seeds = (await inputsOf(prompt)).map(({ seed }) => seed);
		expect(seeds.toSorted((a = 0, b = 0) => a - b)).toEqual([7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
	});

	it("cost each no more requests to fal than one alone", async () => {
		const prompt = aPrompt("");
		await bodyOf(await draw(prompt, 10));
		const calls = await callsBySlot(prompt);
		expect(calls).toHaveLength(10);
		expect(Math.max(...calls)).toBeLessThanOrEqual(3);
	});

	it("come one by one in a chat stream, each once", async () => {
		const prompt = aPrompt("sim:quick");
		const chunks: Chunk[] = [];
		for await (const chunk of chunksOf(await streamChat(prompt, { model: SINGLE, n: 10 }))) chunks.push(chunk);
		const links = [...contentOf(chunks).matchAll(/images\/[0-9a-f]{64}\/(\d+)\./g)].map(([, index]) => Number(index));
		expect(links.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(chunks.at(-1)?.choices[0]?.finish_reason ?? null).toBe("stop");
	});

	it("come if nothing but polling works", async () => {
		const prompt = aPrompt("sim:poll-only sim:run-ms=200");
		const { body } = await bodyOf(await draw(prompt, 10));
		expect(body.data).toHaveLength(10);
	});

	it("come if nothing but webhooks works", async () => {
		const prompt = aPrompt("sim:webhook-only sim:run-ms=200");
		const { body, job } = await bodyOf(await draw(prompt, 10));
		expect(body.data).toHaveLength(10);
		const addresses = (await queueCalls(prompt)).flatMap(({ path, method }) =>
			method === "POST" ? [new URL(path, "https://fal.test").searchParams.get("fal_webhook") ?? ""] : [],
		);
		expect(new Set(addresses).size).toBe(10);
		const own = (address: string) => new URL(address).pathname.startsWith(`/webhooks/fal/${job}/`);
		expect(addresses.every(own)).toBe(true);
	});

	it("come if each webhook comes before its submit is answered", async () => {
		const { body } = await bodyOf(await draw(aPrompt("sim:quick sim:webhook=early"), 10));
		expect(body.data).toHaveLength(10);
	});
});

it("seven pictures of a model that makes four are asked for as four and three", async () => {
	const prompt = aPrompt("sim:quick");
	const { body } = await bodyOf(await draw(prompt, 7, { model: "imagen4-preview" }));
	expect(indexesOf(body)).toEqual([0, 1, 2, 3, 4, 5, 6]);
	expect((await inputsOf(prompt)).map(({ num_images }) => num_images)).toEqual([4, 3]);
});

describe("one request of four", () => {
	it.each<readonly [what: string, words: string, code: string]>([
		["is refused", "sim:refused-422", "invalid_input"],
		["is blocked", "sim:content-policy sim:quick", "moderation_blocked"],
		["is answered with an error", "sim:server-error sim:quick", "upstream_failed"],
	])("leaves the others their pictures if it %s", async (_, words, code) => {
		const prompt = aPrompt(`${words} sim:only=3`);
		const { body } = await bodyOf(await draw(prompt, 4));
		expect(body.data).toHaveLength(3);
		expect(body.images_missing).toEqual([{ index: expect.any(Number), error: expect.objectContaining({ code }) }]);
		expect(await submitsOf(prompt)).toBe(4);
	});

	it("is sent again if fal is too busy for it, and the others are not", async () => {
		const prompt = aPrompt("sim:submit=429 sim:refusals=0 sim:only=3");
		const { body } = await bodyOf(await draw(prompt, 4));
		expect(body.data).toHaveLength(4);
		expect(await submitsOf(prompt)).toBe(5);
	});

	it("is settled by its webhook if its answer is lost, and not sent again", async () => {
		const prompt = aPrompt("sim:answer-lost sim:only=3");
		const { body, job } = await bodyOf(await draw(prompt, 4));
		expect(body.data).toHaveLength(4);
		expect(await submitsOf(prompt)).toBe(4);
		const lost = (await logOf(job)).map(flatten).filter(({ type }) => type === "answer_lost");
		expect(lost).toHaveLength(1);
	});

	it("is found in fal's list if nothing else tells of it", async () => {
		const prompt = aPrompt("sim:answer-lost sim:webhook=never sim:only=3");
		const { body } = await bodyOf(await draw(prompt, 4));
		expect(body.data).toHaveLength(4);
		expect(await submitsOf(prompt)).toBe(4);
	});

	it("is refused for all if it is the first", async () => {
		const prompt = aPrompt("sim:refused-422");
		expect((await draw(prompt, 4)).status).toBe(400);
		expect(await submitsOf(prompt)).toBe(1);
	});

	it("finds the successor for all if the model is gone", async () => {
		const prompt = aPrompt("sim:model-gone sim:quick");
		const { body } = await bodyOf(await draw(prompt, 7, { model: "imagen4-preview" }));
		expect(body.data).toHaveLength(7);
		const endpoints = (await queueCalls(prompt)).filter(({ method }) => method === "POST").map(({ path }) => path);
		expect(new Set(endpoints.slice(1).map((path) => path.split("?")[0])).size).toBe(1);
		expect(endpoints.filter((path) => path.startsWith("/fal-ai/imagen4/preview?"))).toHaveLength(1);
	});
});

describe("a job of ten requests that all wait", () => {
	/** Starts it, and waits until fal has all of them. */
	async function begin(words = "sim:hold") {
		const prompt = aPrompt(words);
		const response = await streamChat(prompt, { model: SINGLE, n: 10 });
		const job = response.headers.get("x-job-id") ?? "";
		const chunks: Chunk[] = [];
		const ended = (async () => {
			for await (const chunk of chunksOf(response)) chunks.push(chunk);
		})();
		const taken = (log: readonly JobEvent[]) => log.map(flatten).filter(({ type }) => type === "submitted").length;
		await eventually(
			() => logOf(job).catch(() => []),
			(log) => taken(log) === 10,
		);
		return { prompt, job, chunks, ended };
	}

	it("is cancelled as a whole", async () => {
		const { prompt, job, ended } = await begin();
		await ask(`/v1/jobs/${job}/cancel`, { method: "POST" });
		await ended;
		expect((await endOf(job)).filter(isTerminal).map(({ type }) => type)).toEqual(["cancelled"]);
		const cancels = (await queueCalls(prompt)).filter(({ path }) => path.endsWith("/cancel"));
		expect(cancels).toHaveLength(10);
	});

	it("leaves nothing when it is deleted, and fal has told of each request", async () => {
		const { prompt, job, ended } = await begin("sim:hold sim:cancel=ignored");
		await ask(`/v1/jobs/${job}`, { method: "DELETE" });
		await ended;
		const calls = await queueCalls(prompt);
		expect(calls.filter(({ path }) => path.endsWith("/cancel"))).toHaveLength(10);
		const ids = new Set(calls.flatMap(({ requestId }) => (requestId === null ? [] : [requestId])));
		expect(ids.size).toBe(10);
		for (const id of ids) {
			await sim(`/requests/${id}/finish`, { method: "POST", body: "{}" });
			await sim(`/requests/${id}/webhook`, { method: "POST", body: "{}" });
		}
		await eventually(
			() => tablesOf(job),
			(tables) => tables.length === 0,
		);
	});

	it("goes on when its object dies, and submits none again", async () => {
		const { prompt, job, chunks, ended } = await begin("sim:run-ms=600");
		await abortAllDurableObjects();
		await ended;
		expect(contentOf(chunks).match(/!\[Generated Image\]/g)).toHaveLength(10);
		expect(await submitsOf(prompt)).toBe(10);
		expect((await endOf(job)).filter(isTerminal).map(({ type }) => type)).toEqual(["succeeded"]);
	});

	it("is followed by its one watcher, four at a time", async () => {
		const { prompt } = await begin();
		const streams = await eventually(
			async () => (await queueCalls(prompt)).filter(({ path }) => path.includes("/status/stream")),
			(calls) => calls.length >= 4,
		);
		expect(streams).toHaveLength(4);
	});
});

it("a job whose object dies between the first submit and the others goes on with all of them", async () => {
	const prompt = aPrompt("sim:answer-hangs sim:quick sim:only=2");
	const response = await streamChat(prompt, { model: SINGLE, n: 3 });
	const job = response.headers.get("x-job-id") ?? "";
	const chunks: Chunk[] = [];
	const ended = (async () => {
		for await (const chunk of chunksOf(response)) chunks.push(chunk);
	})();
	await eventually(
		() => submitsOf(prompt),
		(count) => count === 3,
	);
	await abortAllDurableObjects();
	await evictDurableObject(stubOf(job)).catch(() => {});
	await ended;
	expect(contentOf(chunks).match(/!\[Generated Image\]/g)).toHaveLength(3);
	expect(await submitsOf(prompt)).toBe(3);
});
