/** OpenAI's own package loses a chat's stream, and resumes it with the id and the sequence number of its last chunk. */
import { APIError, type OpenAI } from "openai";
import type { Stream } from "openai/streaming";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PING_EVERY_MS } from "../../src/job/watch/protocol.ts";
import { contentOf, reasoningOf } from "../support/chunks.ts";
import type { Chunk } from "../support/node/chat-client.ts";
import { collect, createClient } from "../support/node/openai-client.ts";
import { startRuntimes } from "../support/node/runtime.ts";
import { aPrompt, callsOf, createSteering, HELD, submitsOf } from "../support/node/simulator.ts";

let gateway: Awaited<ReturnType<typeof startRuntimes>>;
beforeAll(async () => {
	gateway = await startRuntimes();
});
afterAll(() => gateway.stop());

/** Begins a chat. Two with the same key read one job. */
function begin(client: OpenAI, prompt: string, key: string): PromiseLike<Stream<Chunk>> {
	return client.chat.completions.create(
		{
			model: "imagen4-preview",
			messages: [{ role: "user", content: prompt }],
			n: 2,
			stream: true,
			stream_options: { include_usage: true },
		},
		// The package's own option `idempotencyKey` sends nothing.
		{ headers: { "idempotency-key": key } },
	);
}

function resume(client: OpenAI, last: Chunk | undefined): PromiseLike<Stream<Chunk>> {
	return client.get(`/chat/completions/${last?.id}`, {
		query: { stream: true, starting_after: last?.sequence_number },
		stream: true,
	});
}

const CHUNKS = [
	"the role",
	"the queue",
	"the head of the queue",
	"the run",
	"the run's end",
	"the headline",
	"the first picture",
	"the line between",
	"the second picture",
	"the stop",
	"the usage",
];
const CUTS = {
	"leaving its loop": () => false,
	/** The loop still gets the chunks that the package has already read. */
	"an abort": ({ controller }: Stream<Chunk>) => {
		controller.abort();
		return true;
	},
};

describe.concurrent("a chat's stream", () => {
	it("stays open beyond a watcher's first ping, and sends keepalives meanwhile", async () => {
		const prompt = aPrompt(`sim:queue=0 sim:queue-ms=100 sim:run-ms=${PING_EVERY_MS + 2_000} sim:logs=0`);
		const first = createClient(gateway);
		const chunks: Chunk[] = [];
		for await (const chunk of await begin(first.client, prompt, crypto.randomUUID())) {
			chunks.push(chunk);
			if (reasoningOf(chunks).includes("Generating")) break;
		}
		const second = createClient(gateway);
		const resumedAt = Date.now();
		const { chunks: rest, error } = await collect(resume(second.client, chunks.at(-1)));
		expect(Date.now() - resumedAt).toBeGreaterThan(PING_EVERY_MS);
		expect(error).toBeNull();
		const isKeepAlive = ({ sequence_number }: Chunk) => sequence_number === undefined;
		expect(rest.filter(isKeepAlive).length).toBeGreaterThanOrEqual(2);
		chunks.push(...rest.filter((chunk) => !isKeepAlive(chunk)));
		expect(chunks.map(({ sequence_number }) => sequence_number)).toEqual(chunks.map((_, index) => index));
		expect(contentOf(chunks).match(/!\[Generated Image\]/g)).toHaveLength(2);
		const calls = await callsOf(gateway, prompt);
		expect(calls.filter(({ method }) => method === "POST")).toHaveLength(1);
		// One for each client: fal's stream did not break between.
		expect(calls.filter(({ path }) => path.includes("/status/stream"))).toHaveLength(2);
	}, 90_000);

	it("of a failed job throws the same error behind each of its chunks", async () => {
		const { client } = createClient(gateway);
		const prompt = aPrompt("sim:content-policy");
		const { chunks, error } = await collect(begin(client, prompt, crypto.randomUUID()));
		expect(error).toBeInstanceOf(APIError);
		for (const [index, chunk] of chunks.entries()) {
			const rest = await collect(resume(client, chunk));
			expect(rest.chunks).toEqual(chunks.slice(index + 1));
			expect(rest.error).toMatchObject({ code: "moderation_blocked", message: (error as APIError).message });
		}
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});

	describe.each(Object.entries(CUTS))("resumes after %s", (_, cut) => {
		it.each(CHUNKS.map((name, index) => [name, index] as const))("behind %s (%i)", async (_, cutAt) => {
			const prompt = aPrompt(HELD);
			const { client } = createClient(gateway);
			const key = crypto.randomUUID();
			const uncut = collect(begin(client, prompt, key));
			// fal moves on only when the client that is cut has read the step before.
			const continueAtFal = createSteering({ gateway, prompt });
			const chunks: Chunk[] = [];
			const stream = await begin(client, prompt, key);
			for await (const chunk of stream) {
				chunks.push(chunk);
				if (chunks.length <= cutAt) await continueAtFal(chunks);
				else if (!cut(stream)) break;
			}
			expect(stream.controller.signal.aborted).toBe(true);
			const rest = await resume(client, chunks.at(-1));
			await continueAtFal(chunks);
			for await (const chunk of rest) {
				chunks.push(chunk);
				await continueAtFal(chunks);
			}
			expect({ chunks, error: null }).toEqual(await uncut);
			// On a slow machine a line may tell of a lost answer, too.
			expect(chunks.length, JSON.stringify(chunks)).toBeGreaterThanOrEqual(CHUNKS.length);
			expect(await submitsOf(gateway, prompt)).toHaveLength(1);
		});
	});
});
