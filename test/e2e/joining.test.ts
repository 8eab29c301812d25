/**
 * Clients that retry by themselves join their own job. The gateway runs without `wrangler dev`, whose proxy hides a client's
 * disconnect.
 */
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateImage } from "ai";
import OpenAI from "openai";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startCuttingProxy } from "../support/node/cutting-proxy.ts";
import { ACCESS_KEY } from "../support/node/gateway.ts";
import { startRuntimes } from "../support/node/runtime.ts";
import { aPrompt, submitsOf } from "../support/node/simulator.ts";

let gateway: Awaited<ReturnType<typeof startRuntimes>>;
beforeAll(async () => {
	gateway = await startRuntimes();
});
afterAll(() => gateway.stop());

it("gives an OpenAI client with a time-out of 700 ms and its default retries a slow job's picture, and submits once", async () => {
	const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: ACCESS_KEY, timeout: 700 });
	const prompt = aPrompt("sim:queue=0 sim:queue-ms=100 sim:run-ms=1500");
	const { data } = await client.images.generate({ prompt, model: "imagen4-preview", response_format: "url" });
	expect(data?.[0]?.url).toContain("/images/");
	expect(await submitsOf(gateway, prompt)).toHaveLength(1);
});

it.each([
	["still runs", 6_000],
	["has ended", 1_000],
])("joins an AI SDK client whose connection was cut to its own job, which %s", async (_, runMs) => {
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
});

it("cancels a request with x-on-disconnect: cancel when its connection is cut, and continues one with continue", async () => {
	const proxy = await startCuttingProxy(gateway.url);
	try {
		const prompts = {
			cancel: aPrompt("sim:run-ms=8000"),
			continue: aPrompt("sim:queue=0 sim:queue-ms=100 sim:run-ms=2000"),
		};
		for (const [onDisconnect, prompt] of Object.entries(prompts)) {
			fetch(`${proxy.url}/v1/images/generations`, {
				method: "POST",
				headers: { authorization: `Bearer ${ACCESS_KEY}`, "x-on-disconnect": onDisconnect },
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

/** Finds a job in the account's list by its prompt, and returns its status. */
async function statusOf(prompt: string): Promise<string | undefined> {
	const response = await fetch(`${gateway.url}/v1/jobs`, { headers: { authorization: `Bearer ${ACCESS_KEY}` } });
	const { data } = (await response.json()) as { data: { status: string; request: { prompt: string } }[] };
	return data.find(({ request }) => request.prompt === prompt)?.status;
}
