/** Vercel's AI SDK with its provider for any compatible API, which retries without saying so, and ignores `x-should-retry`. */
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { APICallError, generateImage, generateText, streamText } from "ai";
import { decode } from "fast-png";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startCuttingProxy } from "../../support/node/cutting-proxy.ts";
import { aChange, digestOf, drawnFrom } from "../../support/node/edits.ts";
import { ACCESS_KEY } from "../../support/node/gateway.ts";
import { fetchBytes } from "../../support/node/openai-client.ts";
import { startRuntimes } from "../../support/node/runtime.ts";
import { aPrompt, callsOf, SHORT, submitsOf } from "../../support/node/simulator.ts";
import { readFailingStream } from "./failing-stream.ts";
import { picturesIn } from "./pictures.ts";

const MODEL = "imagen4-preview";
let gateway: Awaited<ReturnType<typeof startRuntimes>>;
beforeAll(async () => {
	gateway = await startRuntimes();
});
afterAll(() => gateway.stop());

function provider(url = gateway.url) {
	return createOpenAICompatible({
		name: "darkroom",
		baseURL: `${url}/v1`,
		apiKey: ACCESS_KEY,
		includeUsage: true,
	});
}

it("generates images in the requested number and size", async () => {
	const prompt = `two foxes ${crypto.randomUUID()} sim:quick`;
	const { images, warnings } = await generateImage({
		model: provider().imageModel(MODEL),
		prompt,
		n: 2,
		size: "1024x1024",
		providerOptions: { darkroom: { output_format: "webp" } },
	});
	expect(warnings).toEqual([]);
	expect(images.map(({ mediaType }) => mediaType)).toEqual(["image/png", "image/png"]);
	for (const { uint8Array } of images) expect(decode(uint8Array)).toMatchObject({ width: 1024, height: 1024 });
	const [submit, ...more] = await submitsOf(gateway, prompt);
	expect(submit?.input).toMatchObject({ num_images: 2, aspect_ratio: "1:1", output_format: "webp" });
	expect(more).toEqual([]);
});

it("streams progress as reasoning, then the picture as text", async () => {
	const result = streamText({
		model: provider()(MODEL),
		prompt: aPrompt("sim:queue=0 sim:queue-ms=100 sim:run-ms=200"),
	});
	const types = new Set<string>();
	for await (const { type } of result.fullStream) types.add(type);
	expect([...types]).toEqual([
		"start",
		"start-step",
		"reasoning-start",
		"reasoning-delta",
		"reasoning-end",
		"text-start",
		"text-delta",
		"text-end",
		"finish-step",
		"finish",
	]);
	expect(await result.reasoningText).toContain("Queued, next in line");
	expect(await result.text).toMatch(
		/^Generated image with prompt: ".+" and aspect ratio: 1:1\n\n!\[Generated Image\]\(http\S+\)$/,
	);
	expect(await result.finishReason).toBe("stop");
	expect(await result.usage).toMatchObject({ outputTokens: 1_056, totalTokens: expect.any(Number) });
});

it("generates text", async () => {
	const { text, finishReason, usage } = await generateText({
		model: provider()(MODEL),
		prompt: aPrompt("sim:quick"),
	});
	expect(picturesIn(text)).toHaveLength(1);
	expect(finishReason).toBe("stop");
	expect(usage).toMatchObject({ outputTokens: 1_056 });
});

it.each(["content-policy", "no-media", "server-error", "downstream-500", "key-refused"])(
	"submits a job that fails with sim:%s once, in spite of its retries",
	async (scenario) => {
		const prompt = aPrompt(`sim:${scenario}`);
		const error: unknown = await generateImage({ model: provider().imageModel(MODEL), prompt }).catch(
			(thrown) => thrown,
		);
		expect(APICallError.isInstance(error) && error.isRetryable).toBe(false);
		expect(error).toMatchObject({ message: expect.stringMatching(/\w{4}/) });
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	},
);

it("reports a failure in a stream as an error part, with the reason in the text", async () => {
	const { text, errors } = await readFailingStream(provider()(MODEL), aPrompt("sim:content-policy"));
	expect(text).toContain("content policy");
	expect(errors).toHaveLength(1);
});

const SLOW = {
	"still runs": 6_000,
	"has ended": 1_000,
};

it.each(Object.entries(SLOW))(
	"gets the picture by its retry when its connection breaks, from a job that %s, and pays once",
	async (_, runMs) => {
		const proxy = await startCuttingProxy(gateway.url);
		try {
			const prompt = aPrompt(`sim:queue=0 sim:queue-ms=100 sim:run-ms=${runMs}`);
			const picture = generateImage({ model: provider(proxy.url).imageModel(MODEL), prompt });
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

it("throws when a stream breaks, and joins the job when the person asks again", async () => {
	const proxy = await startCuttingProxy(gateway.url);
	try {
		const prompt = aPrompt("sim:queue=0 sim:queue-ms=50 sim:run-ms=1500");
		const broken = streamText({ model: provider(proxy.url)(MODEL), prompt, onError: () => {} });
		const read = async () => {
			for await (const { type } of broken.fullStream) if (type === "reasoning-delta") proxy.cut();
		};
		await expect(read()).rejects.toThrow(APICallError);
		expect(picturesIn(await streamText({ model: provider()(MODEL), prompt }).text)).toHaveLength(1);
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	} finally {
		proxy.stop();
	}
});

it("answers a test of the connection and a title with words, and pays nothing", async () => {
	const id = crypto.randomUUID();
	const probe = await generateText({ model: provider()(MODEL), prompt: `a red fox ${id}`, maxOutputTokens: 16 });
	expect(probe.text).toMatch(/max_tokens/);
	const title = await generateText({
		model: provider()(MODEL),
		system: "You are a professional conversation summarizer. Generate a concise title.",
		prompt: `user: a red fox ${id}`,
	});
	expect(title.text).toMatch(/^A red fox/);
	for (const { usage } of [probe, title]) expect(usage.outputTokens).toBeGreaterThan(0);
	expect(await callsOf(gateway, id)).toEqual([]);
});

it("throws which part is refused when a message brings a picture along, without a retry", async () => {
	const text = aPrompt(SHORT);
	const image = { type: "image" as const, image: "iVBORw0KGgo=" };
	const call = generateText({
		model: provider()(MODEL),
		messages: [{ role: "user", content: [{ type: "text", text }, image] }],
	});
	const error: unknown = await call.catch((thrown: unknown) => thrown);
	expect(APICallError.isInstance(error) && error.isRetryable).toBe(false);
	expect(error).toMatchObject({
		statusCode: 400,
		message: expect.stringContaining("messages[0].content[1].image_url"),
	});
	expect(await callsOf(gateway, text)).toEqual([]);
});

describe("a conversation", () => {
	it("edits the picture that it made, and one that is attached", async () => {
		const model = provider()(MODEL);
		const first = await generateText({ model, prompt: aPrompt(SHORT) });
		const made = await Promise.all(picturesIn(first.text).map(fetchBytes));
		const later = aChange();
		await generateText({
			model,
			messages: [{ role: "user", content: "a fox" }, ...first.response.messages, { role: "user", content: later }],
		});
		expect((await drawnFrom(gateway, later)).pictures).toEqual(made.map(digestOf));

		const attached = aPrompt(SHORT);
		const file = { type: "file" as const, mediaType: "image/png", data: made[0] ?? new Uint8Array() };
		await generateText({ model, messages: [{ role: "user", content: [{ type: "text", text: attached }, file] }] });
		expect((await drawnFrom(gateway, attached)).pictures).toEqual(made.map(digestOf));
	});
});
