import { createServer, type Server, Socket } from "node:net";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateImage } from "ai";
import { decode } from "fast-png";
import OpenAI from "openai";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Running, startGateway } from "./gateway.ts";
import { aPrompt, submitsOf } from "./watched.ts";

/** Clients that ask again by themselves, and pay once. */

const MODEL = "imagen4-preview";
let gateway: Running;

beforeAll(async () => {
	gateway = await startGateway();
});
afterAll(() => gateway.stop());

it("an OpenAI client with a time-out of 700 ms and its default retries gets a slow job's picture, submitted once", async () => {
	const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.accessKey, timeout: 700 });
	const prompt = aPrompt("sim:queue=0 sim:queue-ms=100 sim:run-ms=1500");
	const { data } = await client.images.generate({ prompt, model: MODEL, response_format: "url" });
	expect(data?.[0]?.url).toContain("/images/");
	expect(await submitsOf(gateway, prompt)).toHaveLength(1);
});

it("an AI SDK client whose connection is cut asks again without saying so, and joins", async () => {
	const prompt = aPrompt("sim:queue=0 sim:queue-ms=100 sim:run-ms=1500");
	const proxy = await startCuttingProxy(new URL(gateway.url), async () => {
		while ((await submitsOf(gateway, prompt)).length === 0);
	});
	try {
		const provider = createOpenAICompatible({
			name: "darkroom",
			baseURL: `${proxy.url}/v1`,
			apiKey: gateway.accessKey,
		});
		const { images } = await generateImage({ model: provider.imageModel(MODEL), prompt });
		const { width, height } = decode(images[0]?.uint8Array ?? new Uint8Array());
		expect(width / height).toBe(1);
		expect(proxy.connections()).toBeGreaterThanOrEqual(2);
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	} finally {
		proxy.server.close();
	}
});

/** A proxy that cuts its first connection when told, and passes all later ones through. */
const startCuttingProxy = async (
	target: URL,
	untilCut: () => Promise<void>,
): Promise<{ url: string; server: Server; connections: () => number }> => {
	let connections = 0;
	const server = createServer((client) => {
		connections += 1;
		const upstream = new Socket().connect(Number(target.port), target.hostname);
		client.pipe(upstream).pipe(client);
		for (const [one, other] of [
			[client, upstream],
			[upstream, client],
		] as const) {
			one.on("error", () => other.destroy());
			one.on("close", () => other.destroy());
		}
		if (connections === 1) void untilCut().then(() => client.resetAndDestroy());
	});
	await new Promise<void>((resolve) => {
		server.listen(0, "127.0.0.1", resolve);
	});
	const address = server.address();
	const port = typeof address === "object" && address !== null ? address.port : 0;
	return { url: `http://127.0.0.1:${port}`, server, connections: () => connections };
};
