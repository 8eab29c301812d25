import { connect, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateImage } from "ai";
import OpenAI from "openai";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ACCESS_KEY, freePort } from "../support/node/gateway.ts";
import { startRuntimes } from "../support/node/runtime.ts";
import { aPrompt, eventually, submitsOf } from "../support/node/watched.ts";

/**
 * Clients that ask again by themselves. The gateway runs without `wrangler dev` before it, whose proxy does not pass on that a
 * client has gone.
 */

let gateway: Awaited<ReturnType<typeof startRuntimes>>;
beforeAll(async () => {
	gateway = await startRuntimes();
});
afterAll(() => gateway.stop());

it("an OpenAI client with a time-out of 700 ms and its default retries gets a slow job's picture, submitted once", async () => {
	const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: ACCESS_KEY, timeout: 700 });
	const prompt = aPrompt("sim:queue=0 sim:queue-ms=100 sim:run-ms=1500");
	const { data } = await client.images.generate({ prompt, model: "imagen4-preview", response_format: "url" });
	expect(data?.[0]?.url).toContain("/images/");
	expect(await submitsOf(gateway, prompt)).toHaveLength(1);
});

it.each([
	["still runs", 6_000],
	["has ended meanwhile", 1_000],
])(
	"an AI SDK client whose connection is cut retries without saying so, and joins its own job, which %s",
	async (_, runMs) => {
		const proxy = await startCuttingProxy(gateway.url);
		try {
			const prompt = aPrompt(`sim:queue=0 sim:queue-ms=100 sim:run-ms=${runMs}`);
			const provider = createOpenAICompatible({ name: "darkroom", baseURL: `${proxy.url}/v1`, apiKey: ACCESS_KEY });
			const picture = generateImage({ model: provider.imageModel("imagen4-preview"), prompt });
			await eventually(
				() => submitsOf(gateway, prompt),
				({ length }) => length === 1,
			);
			proxy.cut();
			expect((await picture).images).toHaveLength(1);
			expect(proxy.connections()).toBe(2);
			expect(await submitsOf(gateway, prompt)).toHaveLength(1);
		} finally {
			proxy.stop();
		}
	},
);

it("a request that says so is cancelled when its client's connection is cut, and its twin is not", async () => {
	const proxy = await startCuttingProxy(gateway.url);
	try {
		const prompts = {
			cancel: aPrompt("sim:run-ms=8000"),
			continue: aPrompt("sim:queue=0 sim:queue-ms=100 sim:run-ms=2000"),
		};
		for (const [wish, prompt] of Object.entries(prompts)) {
			fetch(`${proxy.url}/v1/images/generations`, {
				method: "POST",
				headers: { authorization: `Bearer ${ACCESS_KEY}`, "x-on-disconnect": wish },
				body: JSON.stringify({ prompt, response_format: "url" }),
			}).catch(() => {});
			await eventually(
				() => submitsOf(gateway, prompt),
				({ length }) => length === 1,
			);
		}
		proxy.cut();
		await eventually(
			() => statusOf(prompts.cancel),
			(status) => status === "cancelled",
		);
		await eventually(
			() => statusOf(prompts.continue),
			(status) => status === "succeeded",
		);
	} finally {
		proxy.stop();
	}
});

/** As the account's list tells of it. */
async function statusOf(prompt: string): Promise<string | undefined> {
	const response = await fetch(`${gateway.url}/v1/jobs`, { headers: { authorization: `Bearer ${ACCESS_KEY}` } });
	const { data } = (await response.json()) as { data: { status: string; request: { prompt: string } }[] };
	return data.find(({ request }) => request.prompt === prompt)?.status;
}

/** A proxy that a network could be: on demand it resets all connections that go through it, on both sides. */
async function startCuttingProxy(target: string) {
	const { hostname, port } = new URL(target);
	let count = 0;
	let cut = () => {};
	const server = createServer((client) => {
		count += 1;
		const upstream = connect(Number(port), hostname);
		for (const socket of [client, upstream]) socket.on("error", () => {});
		client.pipe(upstream).pipe(client);
		const cutOthers = cut;
		cut = () => {
			cutOthers();
			client.resetAndDestroy();
			upstream.resetAndDestroy();
		};
	});
	const listening = await freePort();
	server.listen(listening, "127.0.0.1");
	await wait(0);
	return {
		url: `http://127.0.0.1:${listening}`,
		connections: () => count,
		cut: () => cut(),
		stop: () => {
			cut();
			server.close();
		},
	};
}
