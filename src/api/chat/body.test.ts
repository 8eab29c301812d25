import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blamed } from "../../../test/support/blamed.ts";
import { promptOf } from "../request/conversation.ts";
import { parseBody } from "../request/fields.ts";
import { ChatBody, readChat, toMessages } from "./body.ts";

const messages = [{ role: "user", content: "a fox" }];
const DEFAULTS = { defaultModel: "imagen4-preview" };

describe("a chat body", () => {
	it.each([null, undefined, "", "{}", 7, true, [], [{ prompt: "a fox" }]])(
		"is refused if it is %j, no object",
		(body) => {
			expect(parseBody(ChatBody, body)).toMatchObject({ ok: false, error: { kind: "invalid_json" } });
		},
	);

	const optional = ["model", "stream", "stream_options", "n", "size", "quality", "output_format", "seed", "fal"];
	it.each(optional.flatMap((field) => [null, "", undefined].map((value) => [field, value] as const)))(
		"has no `%s` if it is %j",
		(field, value) => {
			const parsed = parseBody(ChatBody, { messages, [field]: value });
			expect(parsed.ok && { ...parsed.value, [field]: undefined }).toEqual({ messages });
		},
	);

	it("ignores fields that it does not know", () => {
		const others = { user: "u", style: "vivid", temperature: "hot", tools: [{}] };
		expect(parseBody(ChatBody, { messages, ...others })).toEqual({ ok: true, value: { messages } });
	});

	it.each<readonly [body: object, param: string]>([
		[{}, "messages"],
		[{ messages: null }, "messages"],
		[{ messages: [] }, "messages"],
		[{ messages: "a fox" }, "messages"],
		[{ messages: ["a fox"] }, "messages[0]"],
		[{ messages: [null] }, "messages[0]"],
		[{ messages: [{ content: "a fox" }] }, "messages[0].role"],
		[{ messages: [{ role: 7, content: "a fox" }] }, "messages[0].role"],
		[{ messages: [{ role: "r".repeat(40), content: "a fox" }] }, "ok"],
		[{ messages: [{ role: "r".repeat(41), content: "a fox" }] }, "messages[0].role"],
		[{ messages: [...messages, { role: "user", content: 7 }] }, "messages[1].content"],
		[{ messages: [{ role: "user", content: {} }] }, "messages[0].content"],
		[{ messages: [{ role: "user", content: [7] }] }, "messages[0].content[0]"],
		[{ messages: [{ role: "user", content: [null] }] }, "messages[0].content[0]"],
		[{ messages: [{ role: "user", content: [{}] }] }, "messages[0].content[0].type"],
		[{ messages: [{ role: "user", content: [{ type: 7 }] }] }, "messages[0].content[0].type"],
		[{ messages: [...messages, { role: "user", content: [{ type: "text" }] }] }, "messages[1].content[0].text"],
		[
			{ messages: [...messages, { role: "user", content: [{ type: "text", text: 7 }] }] },
			"messages[1].content[0].text",
		],
		[
			{ messages: [{ role: "user", content: [{ type: "image_url" }, { type: "text", text: null }] }] },
			"messages[0].content[1].text",
		],
		[{ messages: [{ role: "user" }] }, "ok"],
		[{ messages: [{ role: "user", content: null }] }, "ok"],
		[{ messages: [{ role: "user", content: "" }] }, "ok"],
		[{ messages: [{ role: "user", content: [] }] }, "ok"],
		[{ messages: [{ role: "tool", content: "x", tool_call_id: "1" }] }, "ok"],
		[{ messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:," } }] }] }, "ok"],
		[{ messages: Array.from({ length: 10_000 }, () => messages[0]) }, "ok"],
		[{ messages: Array.from({ length: 10_001 }, () => messages[0]) }, "messages"],
		[{ messages, stream: "true" }, "stream"],
		[{ messages, stream: 1 }, "stream"],
		[{ messages, stream_options: [] }, "stream_options"],
		[{ messages, stream_options: { include_usage: "yes" } }, "stream_options.include_usage"],
		[{ messages, stream_options: { include_usage: null } }, "ok"],
		[{ messages, n: 0 }, "n"],
		[{ messages, seed: 1.5 }, "seed"],
		[{ messages, seed: -7 }, "ok"],
		[{ messages, seed: 2 ** 62 }, "ok"],
		[{ messages, fal: 7 }, "fal"],
	])("such as %j blames %s", (body, param) => {
		expect(blamed(parseBody(ChatBody, body))).toBe(param);
	});

	it("never makes the parser throw, whatever JSON comes", () => {
		fc.assert(
			fc.property(fc.jsonValue(), (body) => {
				expect(typeof parseBody(ChatBody, body).ok).toBe("boolean");
			}),
		);
	});
});

describe("toMessages", () => {
	it.each<readonly [case_: string, messages: Parameters<typeof toMessages>[0]["messages"], prompt: string]>([
		["the only message", [{ role: "user", content: " a fox \n" }], "a fox"],
		[
			"the last message of the user",
			[
				{ role: "user", content: "a fox" },
				{ role: "assistant", content: "![Generated Image](https://gateway.test/1)" },
				{ role: "user", content: "a hen" },
				{ role: "assistant", content: "" },
			],
			"a hen",
		],
		[
			"the text of its parts",
			[
				{
					role: "user",
					content: [{ type: "text", text: "a fox" }, { type: "image_url" }, { type: "text", text: "in snow" }],
				},
			],
			"a fox\nin snow",
		],
		["nothing, without a user", [{ role: "system", content: "draw" }], ""],
		["nothing, of no content", [{ role: "user", content: null }], ""],
		["nothing, of absent content", [{ role: "user" }], ""],
	])("gives as the prompt %s", (_, said, prompt) => {
		expect(promptOf(toMessages({ messages: said }))).toBe(prompt);
	});

	it("replaces half a character, and takes a prompt out of the words that a client wrapped it in", () => {
		const wrapped =
			"### Task:\nRespond to the user query using the provided context.\n<context>x</context>\n<user_query>a fox</user_query>";
		expect(
			toMessages({
				messages: [
					{ role: "user", content: "a fox \ud83e" },
					{ role: "user", content: wrapped },
				],
			}),
		).toEqual([
			{ role: "user", text: "a fox \ufffd" },
			{ role: "user", text: "a fox" },
		]);
	});
});

describe("readChat", () => {
	it("takes the user's words, and the default model", () => {
		expect(readChat({ messages: [{ role: "user", content: " a fox, 16:9" }] }, DEFAULTS)).toEqual({
			messages: [{ role: "user", text: " a fox, 16:9" }],
			said: "a fox, 16:9",
			param: "messages",
			fields: { model: "imagen4-preview" },
			rendering: { api: "chat", model: "imagen4-preview", includeUsage: false, responseFormat: "url" },
			streamed: false,
		});
	});

	it("passes each field on", () => {
		const fields = { model: "dall-e-3", n: 2, size: "16:9", quality: "hd", seed: 7, fal: { guidance_scale: 3 } };
		const asked = readChat(
			{ messages, output_format: "webp", stream: true, stream_options: { include_usage: true }, ...fields },
			DEFAULTS,
		);
		expect(asked).toMatchObject({
			fields: { outputFormat: "webp", ...fields },
			rendering: { model: "dall-e-3", includeUsage: true },
			streamed: true,
		});
	});

	it("asks LobeChat's marked model by its own name, and answers with the marked one", () => {
		const { fields, rendering } = readChat({ messages, model: "imagen4-fast:image" }, DEFAULTS);
		expect([fields.model, rendering.model]).toEqual(["imagen4-fast", "imagen4-fast:image"]);
	});

	it.each([
		[{}, undefined],
		[{ max_tokens: 9 }, 9],
		[{ max_completion_tokens: 5 }, 5],
		[{ max_completion_tokens: 5, max_tokens: 9 }, 5],
	])("of %j has the limit of tokens %s", (limits, tokens) => {
		expect(readChat({ messages, ...limits }, DEFAULTS).maxTokens).toBe(tokens);
	});

	it.each([
		[0, 0],
		[2 ** 32 - 1, 2 ** 32 - 1],
		[2 ** 62, 2 ** 62],
		[-1, undefined],
		[-7, undefined],
		[undefined, undefined],
	])("reads the seed %s as %s", (seed, read) => {
		expect(readChat({ messages, seed }, DEFAULTS).fields.seed).toBe(read);
	});
});
