import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../json-value.ts";
import { ChatBody, toMessages as chatMessages } from "../chat/body.ts";
import { ResponsesBody, toMessages as responseMessages } from "../responses/body.ts";
import { parseBody } from "./fields.ts";
import { toUsualForm } from "./usual-form.ts";

/** The last words of the user in a chat's messages. */
function saidInChat(messages: unknown) {
	const parsed = parseBody(ChatBody, toUsualForm(asJson({ messages })));
	return parsed.ok ? chatMessages(parsed.value).findLast(({ role }) => role === "user")?.text : parsed.error;
}

function saidInResponse(input: unknown) {
	const parsed = parseBody(ResponsesBody, toUsualForm(asJson({ input })));
	return parsed.ok ? responseMessages(parsed.value).findLast(({ role }) => role === "user")?.text : parsed.error;
}

function asJson(value: unknown): JsonObject {
	return JSON.parse(JSON.stringify(value));
}

/** Messages as clients write them, with the words in them. */
const MESSAGES = [
	["the usual form", [{ role: "user", content: "a fox" }], "a fox"],
	["a role in capitals", [{ role: "USER", content: "a fox" }], "a fox"],
	["a role with a space", [{ role: " User ", content: "a fox" }], "a fox"],
	["parts", [{ role: "user", content: [{ type: "text", text: "a fox" }] }], "a fox"],
	["parts of the other API", [{ role: "user", content: [{ type: "input_text", text: "a fox" }] }], "a fox"],
	["one part without a list", [{ role: "user", content: { type: "text", text: "a fox" } }], "a fox"],
	["plain strings", [{ role: "user", content: ["a fox", "in snow"] }], "a fox\nin snow"],
	["a part without a type", [{ role: "user", content: [{ text: "a fox" }] }], "a fox"],
	["strings among parts", [{ role: "user", content: ["a fox", { type: "text", text: "in snow" }] }], "a fox\nin snow"],
	["one message without a list", { role: "user", content: "a fox" }, "a fox"],
	[
		"a history",
		[
			{ role: "USER", content: ["a hen"] },
			{ role: "Assistant", content: null },
			{ role: "user", content: { text: "a fox" } },
		],
		"a fox",
	],
] as const;

describe("a conversation", () => {
	it.each(MESSAGES)("of a chat is read in %s", (_, messages, said) => {
		expect(saidInChat(messages)).toBe(said);
	});

	it.each(MESSAGES.filter(([name]) => name !== "a history"))("of a Response is read in %s", (_, input, said) => {
		expect(saidInResponse(input)).toBe(said);
	});

	it.each([
		[["a fox"], "a fox"],
		[["a fox", "in snow"], "a fox\nin snow"],
		[[{ type: "input_text", text: "a fox" }], "a fox"],
		[[{ type: "text", text: "a fox" }, { text: "in snow" }], "a fox\nin snow"],
		[
			[
				{ role: "user", content: "a hen" },
				{ type: "input_text", text: "a fox" },
			],
			"a fox",
		],
		[
			[
				{ type: "input_text", text: "a hen" },
				{ role: "user", content: "a fox" },
			],
			"a fox",
		],
	])("of a Response may be no more than its words: %j", (input, said) => {
		expect(saidInResponse(input)).toBe(said);
	});

	it.each([
		[{ messages: "a fox" }, "messages"],
		[{ messages: ["a fox"] }, "messages[0]"],
		[{ messages: {} }, "messages"],
		[{ messages: [{ role: 7, content: "a" }] }, "messages[0].role"],
		[{ messages: [{ role: "user", content: 7 }] }, "messages[0].content"],
		[{ messages: [{ role: "user", content: { type: "text" } }] }, "messages[0].content[0].text"],
	])("that means nothing stays refused: %j blames %s", (body, param) => {
		expect(parseBody(ChatBody, toUsualForm(asJson(body)))).toMatchObject({ ok: false, error: { param } });
	});

	it.each<readonly [body: JsonObject, usual: JsonObject]>([
		[{ n: 1 }, { n: 1 }],
		[{ messages: [{ role: " User " }] }, { messages: [{ role: "user" }] }],
		[
			{ messages: [{ role: "user", content: [{ type: "image", text: "a" }, { text: 7 }] }] },
			{ messages: [{ role: "user", content: [{ type: "image", text: "a" }, { text: 7 }] }] },
		],
		[{ input: [{ role: "user", text: "a" }] }, { input: [{ role: "user", text: "a" }] }],
		[{ input: [{ type: "reasoning", text: "a" }, 7] }, { input: [{ type: "reasoning", text: "a" }, 7] }],
	])("%j has nothing else in its usual form", (body, usual) => {
		expect(toUsualForm(body)).toStrictEqual(usual);
	});

	it("is the same in its usual form", () => {
		const usual = fc.array(
			fc.record({
				role: fc.constantFrom("user", "assistant", "system"),
				content: fc.oneof(fc.string(), fc.array(fc.record({ type: fc.constant("text"), text: fc.string() }))),
			}),
		);
		fc.assert(
			fc.property(usual, (messages) => {
				expect(toUsualForm({ messages, n: 1 })).toEqual({ messages, n: 1 });
				expect(toUsualForm({ input: messages })).toEqual({ input: messages });
			}),
		);
	});
});
