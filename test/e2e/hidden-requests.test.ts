/** Requests that chat clients send behind a message, for titles, tags and summaries. */
import type OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { contentOf } from "../support/chunks.ts";
import { collect, useGateway } from "../support/node/openai-client.ts";
import { callsOf } from "../support/node/simulator.ts";

const MODEL = "imagen4-preview";
const { gateway, client } = useGateway();

type Messages = OpenAI.ChatCompletionMessageParam[];

async function answerOf(messages: Messages): Promise<string> {
	return (await client.chat.completions.create({ model: MODEL, messages })).choices[0]?.message.content ?? "";
}
function user(content: string) {
	return [{ role: "user" as const, content }];
}

describe.concurrent("a hidden request", () => {
	const HISTORY = "<chat_history>\nUSER: draw a fox\nASSISTANT: Generated image\n</chat_history>";
	const task = (words: string, format: string) =>
		`### Task:\n${words}\n### Guidelines:\n- Be brief.\n### Output:\nJSON format: ${format}\n### Chat History:\n${HISTORY}`;

	it.each([
		[
			"Open WebUI's title",
			task("Generate a concise, 3-5 word title.", '{ "title": "your concise title here" }'),
			{ title: expect.any(String) },
		],
		[
			"Open WebUI's tags",
			task("Generate 1-3 broad tags.", '{ "tags": ["tag1", "tag2"] }'),
			{ tags: expect.any(Array) },
		],
		[
			"Open WebUI's follow-ups",
			task("Suggest 3-5 follow-up questions.", '{ "follow_ups": ["Question 1?"] }'),
			{ follow_ups: expect.any(Array) },
		],
		[
			"Open WebUI's search queries",
			task("Determine the necessity of search queries.", '{ "queries": ["query1"] }'),
			{ queries: [] },
		],
	])("of %s is answered in JSON, and draws nothing", async (_, content, expected) => {
		const id = crypto.randomUUID();
		const { data, response } = await client.chat.completions
			.create({ model: MODEL, messages: user(`${content}\n${id}`) })
			.withResponse();
		expect(JSON.parse(data.choices[0]?.message.content ?? "")).toEqual(expected);
		expect(response.headers.has("x-job-id")).toBe(false);
		expect(await callsOf(gateway, id)).toEqual([]);
	});

	it.each([
		["NextChat's title", "Please generate a four to five word title summarizing our conversation without any lead-in."],
		["NextChat's title in Chinese", "使用四到五个字直接返回这句话的简要主题，不要解释、不要标点、不要语气词"],
		[
			"NextChat's summary",
			"Summarize the discussion briefly in 200 words or less to use as a prompt for future context.",
		],
		[
			"LibreChat's title",
			"Please generate a concise, 5-word-or-less title for the conversation, using its same language",
		],
	])("of %s is answered with the subject, streamed or not, and draws nothing", async (_, words) => {
		const id = crypto.randomUUID();
		const messages = [
			...user("A red fox in the snow"),
			{ role: "assistant" as const, content: "![Generated Image](https://elsewhere.test/0.png)" },
			...user(`${words} ${id}`),
		];
		expect(await answerOf(messages)).toMatch(/^A red fox in the snow/);
		const { chunks, error } = await collect(client.chat.completions.create({ model: MODEL, messages, stream: true }));
		expect([error, contentOf(chunks)]).toEqual([null, "A red fox in the snow"]);
		expect(await callsOf(gateway, id)).toEqual([]);
	});

	it("of LobeChat's summarizer is found by its system message", async () => {
		const id = crypto.randomUUID();
		const messages = [
			{ role: "system" as const, content: "You are a professional conversation summarizer. Generate a concise title." },
			...user(`user: a red fox ${id}`),
		];
		expect(await answerOf(messages)).toMatch(/fox/);
		expect(await callsOf(gateway, id)).toEqual([]);
	});
});
