/** LangChain's OpenAI package: its chat model over both APIs, and its picture tool. */
import { ChatOpenAI, type ChatOpenAIFields, DallEAPIWrapper, tools } from "@langchain/openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startCuttingProxy } from "../../support/node/cutting-proxy.ts";
import { ACCESS_KEY } from "../../support/node/gateway.ts";
import { startRuntimes } from "../../support/node/runtime.ts";
import { aPrompt, SHORT, submitsOf } from "../../support/node/simulator.ts";
import { picturesIn } from "./pictures.ts";

const MODEL = "imagen4-preview";
let gateway: Awaited<ReturnType<typeof startRuntimes>>;
beforeAll(async () => {
	gateway = await startRuntimes();
});
afterAll(() => gateway.stop());

function chatModel(more: Partial<ChatOpenAIFields> = {}, url = gateway.url): ChatOpenAI {
	return new ChatOpenAI({ model: MODEL, apiKey: ACCESS_KEY, configuration: { baseURL: `${url}/v1` }, ...more });
}

describe("ChatOpenAI", () => {
	it("makes a picture", async () => {
		const prompt = aPrompt(SHORT);
		const { text, response_metadata } = await chatModel().invoke(prompt);
		expect(picturesIn(text)).toHaveLength(1);
		expect(response_metadata).toMatchObject({ finish_reason: "stop" });
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});

	it("streams a picture, with its progress apart from the text", async () => {
		const prompt = aPrompt("sim:queue=0 sim:queue-ms=100 sim:run-ms=300");
		let text = "";
		for await (const chunk of await chatModel().stream(prompt)) text += chunk.text;
		expect(picturesIn(text)).toHaveLength(1);
		expect(text).toMatch(/^Generated image with prompt: /);
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});

	it("throws the reason of a failure, and pays once in spite of its six retries", async () => {
		const prompt = aPrompt("sim:content-policy");
		await expect(chatModel().invoke(prompt)).rejects.toThrow("content policy");
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});

	it("gets the picture by its retry when its connection breaks, and pays once", async () => {
		const proxy = await startCuttingProxy(gateway.url);
		try {
			const prompt = aPrompt("sim:queue=0 sim:queue-ms=50 sim:run-ms=1200");
			const answer = chatModel({}, proxy.url).invoke(prompt);
			await eventually(
				() => submitsOf(gateway, prompt),
				({ length }) => length === 1,
			);
			proxy.cut();
			expect(picturesIn((await answer).text)).toHaveLength(1);
			expect(await submitsOf(gateway, prompt)).toHaveLength(1);
		} finally {
			proxy.stop();
		}
	});
});

describe("ChatOpenAI over the Responses API", () => {
	it.each(["whole", "streamed"])("makes a picture, %s", async (form) => {
		const prompt = aPrompt(SHORT);
		const model = chatModel({ useResponsesApi: true }).bindTools([tools.imageGeneration()]);
		let last = await (form === "whole" ? model.invoke(prompt) : null);
		if (last === null)
			for await (const chunk of await model.stream(prompt)) last = last === null ? chunk : last.concat(chunk);
		expect(JSON.stringify(last?.additional_kwargs)).toMatch(/"type":"image_generation_call".*"result":"iVBOR/);
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});
});

describe("DallEAPIWrapper", () => {
	function tool(n: number): DallEAPIWrapper {
		return new DallEAPIWrapper({ model: MODEL, n, apiKey: ACCESS_KEY, baseUrl: `${gateway.url}/v1` });
	}

	it("gives the link of one picture", async () => {
		const prompt = aPrompt(SHORT);
		const link = await tool(1).invoke(prompt);
		expect((await fetch(String(link))).headers.get("content-type")).toBe("image/png");
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	});

	it("gives the links of two pictures", async () => {
		const parts: unknown = await tool(2).invoke(aPrompt(SHORT));
		expect(parts).toEqual([
			{ type: "image_url", image_url: expect.stringMatching(/\/images\//) },
			{ type: "image_url", image_url: expect.stringMatching(/\/images\//) },
		]);
	});
});
