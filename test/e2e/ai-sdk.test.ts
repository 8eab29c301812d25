/** Vercel's AI SDK, which retries without saying so, and ignores `x-should-retry`. */
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { APICallError, generateImage, generateText, streamText } from "ai";
import { decode } from "fast-png";
import { expect, inject, it } from "vitest";
import { aPrompt, submitsOf } from "../support/node/simulator.ts";

const MODEL = "imagen4-preview";
const gateway = inject("gateway");
const provider = createOpenAICompatible({
	name: "darkroom",
	baseURL: `${gateway.url}/v1`,
	apiKey: gateway.accessKey,
	includeUsage: true,
});

it("generates images in the requested number and size", async () => {
	const prompt = `two foxes ${crypto.randomUUID()} sim:quick`;
	const { images, warnings } = await generateImage({
		model: provider.imageModel(MODEL),
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
	const result = streamText({ model: provider(MODEL), prompt: aPrompt("sim:queue=0 sim:queue-ms=100 sim:run-ms=200") });
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
	expect(await result.usage).toMatchObject({ totalTokens: 0 });
});

it("generates text", async () => {
	const { text, finishReason } = await generateText({ model: provider(MODEL), prompt: aPrompt("sim:quick") });
	expect(text).toContain("![Generated Image](");
	expect(finishReason).toBe("stop");
});

it.each(["content-policy", "no-media", "server-error", "downstream-500", "key-refused"])(
	"submits a job that fails with sim:%s once, in spite of its retries",
	async (scenario) => {
		const prompt = aPrompt(`sim:${scenario}`);
		const error: unknown = await generateImage({ model: provider.imageModel(MODEL), prompt }).catch((thrown) => thrown);
		expect(APICallError.isInstance(error) && error.isRetryable).toBe(false);
		expect(error).toMatchObject({ message: expect.stringMatching(/\w{4}/) });
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	},
);

it("reports a failure in a stream as an error part, with the reason in the text", async () => {
	const errors: unknown[] = [];
	const result = streamText({
		model: provider(MODEL),
		prompt: aPrompt("sim:content-policy"),
		onError: ({ error }) => {
			errors.push(error);
		},
	});
	let text = "";
	for await (const part of result.fullStream) if (part.type === "text-delta") text += part.text;
	expect(text).toContain("content policy");
	expect(errors).toHaveLength(1);
});
