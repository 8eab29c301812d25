/** An hour with Open WebUI: its hidden requests behind each message, and a channel test each minute from a gateway in between. */
import OpenAI from "openai";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ACCESS_KEY } from "../../support/node/gateway.ts";
import { startRuntimes } from "../../support/node/runtime.ts";
import { SHORT, submitsOf } from "../../support/node/simulator.ts";
import { picturesIn } from "./pictures.ts";

const MODEL = "darkroom";
const MESSAGES = 20;
const CHANNEL_TESTS_PER_MESSAGE = 3;

let gateway: Awaited<ReturnType<typeof startRuntimes>>;
beforeAll(async () => {
	gateway = await startRuntimes();
});
afterAll(() => gateway.stop());

type Messages = OpenAI.ChatCompletionMessageParam[];

/** Open WebUI's tasks (`backend/open_webui/config.py`), each over the last messages of the chat. */
const TASKS = [
	[
		"Generate a concise, 3-5 word title with an emoji summarizing the chat history.",
		'{ "title": "your concise title here" }',
	],
	["Generate 1-3 broad tags categorizing the main themes of the chat history.", '{ "tags": ["tag1", "tag2"] }'],
	["Suggest 3-5 relevant follow-up questions or prompts.", '{ "follow_ups": ["Question 1?", "Question 2?"] }'],
] as const;

function taskOf([words, format]: (typeof TASKS)[number], history: Messages): string {
	const lines = history.slice(-6).map(({ role, content }) => `${role.toUpperCase()}: ${content}`);
	return `### Task:\n${words}\n### Guidelines:\n- Be brief.\n### Output:\nJSON format: ${format}\n### Chat History:\n<chat_history>\n${lines.join("\n")}\n</chat_history>`;
}

it("costs a submit for each message, and nothing for all the rest", async () => {
	const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: ACCESS_KEY, maxRetries: 0 });
	const textOf = async (messages: Messages, more: object = {}) =>
		(await client.chat.completions.create({ model: MODEL, messages, ...more })).choices[0]?.message.content ?? "";
	const history: Messages = [];
	for (let sent = 1; sent <= MESSAGES; sent += 1) {
		history.push({ role: "user", content: `A fox in scene ${sent}, 画一只狐狸 ${SHORT} sim:max-side=64` });
		let answer = "";
		const stream = await client.chat.completions.create({ model: MODEL, messages: history, stream: true });
		for await (const { choices } of stream) answer += choices[0]?.delta.content ?? "";
		expect(picturesIn(answer)).toHaveLength(1);
		history.push({ role: "assistant", content: answer });

		for (const task of TASKS) JSON.parse(await textOf([{ role: "user", content: taskOf(task, history) }]));
		for (let test = 0; test < CHANNEL_TESTS_PER_MESSAGE; test += 1) {
			const probe = await textOf([{ role: "user", content: "hi" }], { max_tokens: 16, stream: false });
			expect(picturesIn(probe)).toEqual([]);
		}
	}
	expect(await submitsOf(gateway, "")).toHaveLength(MESSAGES);
}, 120_000);
