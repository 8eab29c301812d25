/** Vercel's AI SDK with its own OpenAI provider, which checks each answer against a schema and refuses what OpenAI would not send. */
import { createOpenAI } from "@ai-sdk/openai";
import { APICallError, generateImage, generateText, streamText, type ToolSet } from "ai";
import { decode } from "fast-png";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startCuttingProxy } from "../../support/node/cutting-proxy.ts";
import { aChange, digestOf, drawnFrom } from "../../support/node/edits.ts";
import { ACCESS_KEY } from "../../support/node/gateway.ts";
import { startRuntimes } from "../../support/node/runtime.ts";
import { aPrompt, SHORT, submitsOf } from "../../support/node/simulator.ts";
import { readFailingStream } from "./failing-stream.ts";
import { picturesIn } from "./pictures.ts";

const MODEL = "imagen4-preview";
let gateway: Awaited<ReturnType<typeof startRuntimes>>;
beforeAll(async () => {
	gateway = await startRuntimes();
});
afterAll(() => gateway.stop());

function provider(url = gateway.url) {
	return createOpenAI({ baseURL: `${url}/v1`, apiKey: ACCESS_KEY });
}

describe("images", () => {
	it("makes a picture of the size that was asked for", async () => {
		const prompt = `a fox ${crypto.randomUUID()} ${SHORT}`;
		const { image } = await generateImage({ model: provider().image(MODEL), prompt, size: "1024x1024" });
		expect(decode(image.uint8Array)).toMatchObject({ width: 1024, height: 1024 });
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});

	it("reports a blocked picture once, without a retry", async () => {
		const prompt = aPrompt("sim:content-policy");
		const error: unknown = await generateImage({ model: provider().image(MODEL), prompt }).catch((thrown) => thrown);
		expect(APICallError.isInstance(error) && error.isRetryable).toBe(false);
		expect(error).toMatchObject({ message: expect.stringContaining("content policy"), statusCode: 400 });
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});

	it("gets the picture by its retry when its connection breaks, and pays once", async () => {
		const proxy = await startCuttingProxy(gateway.url);
		try {
			const prompt = aPrompt("sim:queue=0 sim:queue-ms=50 sim:run-ms=1200");
			const picture = generateImage({ model: provider(proxy.url).image(MODEL), prompt });
			await eventually(
				() => submitsOf(gateway, prompt),
				({ length }) => length === 1,
			);
			proxy.cut();
			expect((await picture).images).toHaveLength(1);
			expect(await submitsOf(gateway, prompt)).toHaveLength(1);
		} finally {
			proxy.stop();
		}
	});
});

describe("chat", () => {
	it("makes a picture", async () => {
		const prompt = aPrompt(SHORT);
		const { text, finishReason } = await generateText({ model: provider().chat(MODEL), prompt });
		expect(picturesIn(text)).toHaveLength(1);
		expect(finishReason).toBe("stop");
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});

	it("streams a picture", async () => {
		const prompt = aPrompt(SHORT);
		const result = streamText({ model: provider().chat(MODEL), prompt });
		expect(picturesIn(await result.text)).toHaveLength(1);
		expect(await result.finishReason).toBe("stop");
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});

	it("shows the reason of a failure in the text of a stream, and reports it as an error", async () => {
		const { text, errors } = await readFailingStream(provider().chat(MODEL), aPrompt("sim:content-policy"));
		expect(text).toContain("content policy");
		expect(errors).toHaveLength(1);
	});
});

describe("responses", () => {
	function asked(prompt: string) {
		// The provider's type and the SDK's differ under `exactOptionalPropertyTypes`.
		const tool = provider().tools.imageGeneration({ size: "1024x1024" }) as ToolSet[string];
		return { model: provider().responses(MODEL), prompt, tools: { image_generation: tool } };
	}

	it("makes a picture as the result of the tool", async () => {
		const prompt = aPrompt(SHORT);
		const { toolResults, finishReason } = await generateText(asked(prompt));
		expect(toolResults.map(({ toolName, output }) => [toolName, decodes(output.result)])).toEqual([
			["image_generation", true],
		]);
		expect(finishReason).toBe("stop");
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});

	it("streams a picture as the result of the tool", async () => {
		const prompt = aPrompt(SHORT);
		const results: boolean[] = [];
		const { fullStream } = streamText(asked(prompt));
		for await (const part of fullStream) {
			expect(part.type).not.toBe("error");
			if (part.type === "tool-result") results.push(decodes(part.output.result));
		}
		expect(results).toEqual([true]);
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});

	it("edits the picture of the conversation, by what the SDK sends of it and by the id of the Response", async () => {
		const first = await generateText(asked(aPrompt(SHORT)));
		const made = first.toolResults.map(({ output }) => digestOf(Buffer.from(output.result, "base64")));
		const [later, byId] = [aChange(), aChange()];
		const { prompt: _, ...rest } = asked(later);
		await generateText({
			...rest,
			messages: [{ role: "user", content: "a fox" }, ...first.response.messages, { role: "user", content: later }],
		});
		expect((await drawnFrom(gateway, later)).pictures).toEqual(made);

		const previousResponseId = String(first.providerMetadata?.openai?.responseId);
		await generateText({ ...asked(byId), providerOptions: { openai: { previousResponseId } } });
		expect((await drawnFrom(gateway, byId)).pictures).toEqual(made);
	});

	it("reports a failure in a stream as an error", async () => {
		const prompt = aPrompt("sim:content-policy");
		const errors: unknown[] = [];
		const { fullStream } = streamText({ ...asked(prompt), onError: ({ error }) => void errors.push(error) });
		for await (const _ of fullStream);
		expect(errors.map((error) => JSON.stringify(error))).toEqual([expect.stringContaining("content policy")]);
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});
});

/** Returns true if a text is a PNG in base64. */
function decodes(base64: string): boolean {
	return decode(Buffer.from(base64, "base64")).width > 0;
}
