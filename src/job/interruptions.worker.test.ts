/** Streams and submits while the job's object is evicted or aborted, in each state of the job. */
import { abortAllDurableObjects, evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import {
	aPrompt,
	type Chunk,
	chunksOf,
	contentOf,
	eventually,
	queueCalls,
	streamChat,
	submitsOf,
} from "../../test/support/workerd/gateway.ts";
import { advance, logOf, requestIdOf, stubOf, watchersOf } from "../../test/support/workerd/job-of.ts";

/** Reads a stream in the background. */
function read(response: Response) {
	const chunks: Chunk[] = [];
	const ended = (async () => {
		for await (const chunk of chunksOf(response)) chunks.push(chunk);
	})();
	/** Waits for a line of progress. */
	const says = (text: string) =>
		eventually(
			async () => chunks.map(({ choices }) => choices[0]?.delta.reasoning_content ?? "").join(""),
			(seen) => seen.includes(text),
		);
	return { chunks, ended, says };
}

const interruptions = {
	"is evicted": (job: string) => evictDurableObject(stubOf(job)),
	"is evicted, its sockets closed": (job: string) => evictDurableObject(stubOf(job), { webSockets: "close" }),
	"is aborted, like all objects": () => abortAllDurableObjects(),
};

describe.each(Object.entries(interruptions))("a stream whose object %s", (_, interrupt) => {
	it("continues without a gap or a repeat while its request waits in the queue, then runs, then is done", async () => {
		const prompt = aPrompt("sim:hold");
		const response = await streamChat(prompt, { stream_options: { include_usage: true } });
		const job = response.headers.get("x-job-id") ?? "";
		const { chunks, ended, says } = read(response);

		await says("Queued");
		await interrupt(job);
		await advance(prompt, "IN_PROGRESS");
		await says("Generating");
		await interrupt(job);
		await interrupt(job).catch(() => {});
		await advance(prompt, "COMPLETED");
		await ended;

		expect(chunks.map(({ sequence_number }) => sequence_number)).toEqual(chunks.map((_, index) => index));
		expect(contentOf(chunks).match(/!\[Generated Image\]/g)).toHaveLength(1);
		expect(await submitsOf(prompt)).toBe(1);
		const log = await logOf(job);
		expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
		expect(log.map(({ type }) => type)).toEqual([
			"accepted",
			"submitting",
			"submitted",
			"running",
			"generated",
			"image",
			"succeeded",
		]);
	});

	it("continues without a gap or a repeat while its pictures are stored", async () => {
		const prompt = aPrompt("sim:quick sim:cdn-500");
		const response = await streamChat(prompt);
		const job = response.headers.get("x-job-id") ?? "";
		const { chunks, ended, says } = read(response);
		await says("Fetching the picture");
		await interrupt(job);
		await ended;
		expect(chunks.map(({ sequence_number }) => sequence_number)).toEqual(chunks.map((_, index) => index));
		expect(contentOf(chunks).match(/!\[Generated Image\]/g)).toHaveLength(1);
		expect(await submitsOf(prompt)).toBe(1);
		const { objects } = await env.IMAGES.list({ prefix: `images/${job}/` });
		expect(objects).toHaveLength(1);
	});
});

describe("a submit whose object dies before the answer", () => {
	it("is settled by the webhook, and never sent again", async () => {
		const prompt = aPrompt("sim:hold sim:answer-hangs");
		const response = await streamChat(prompt);
		const { ended, chunks, says } = read(response);
		await requestIdOf(prompt);
		await abortAllDurableObjects();
		await says("The connection to fal broke");
		await advance(prompt, "COMPLETED");
		await ended;
		expect(contentOf(chunks)).toContain("![Generated Image]");
		expect(await submitsOf(prompt)).toBe(1);
	});
});

describe("a submit that hangs when the webhook comes", () => {
	it("is stopped, and keeps its object awake no longer", async () => {
		const prompt = aPrompt("sim:hold sim:answer-hangs");
		const response = await streamChat(prompt);
		const job = response.headers.get("x-job-id") ?? "";
		await advance(prompt, "COMPLETED");
		expect(contentOf(await Array.fromAsync(chunksOf(response)))).toContain("![Generated Image]");
		// An eviction waits for all that the object has under way: a submit would end only after half a minute.
		await evictDurableObject(stubOf(job));
		expect((await logOf(job)).map(({ type }) => type)).toEqual([
			"accepted",
			"submitting",
			"generated",
			"image",
			"succeeded",
		]);
	});
});

describe("a client that leaves", () => {
	it("is reported to the object, and does not stop the job", async () => {
		const prompt = aPrompt("sim:hold");
		const response = await streamChat(prompt);
		const job = response.headers.get("x-job-id") ?? "";
		const watchers = () => watchersOf(job);
		await eventually(watchers, (count) => count === 1);
		await response.body?.cancel();
		await eventually(watchers, (count) => count === 0);

		await advance(prompt, "COMPLETED");
		const log = await eventually(
			() => logOf(job),
			(events) => events.some(({ type }) => type === "succeeded"),
		);
		expect(log.filter(({ type }) => type === "image")).toHaveLength(1);
		expect((await queueCalls(prompt)).some(({ method }) => method === "PUT")).toBe(false);
	});
});
