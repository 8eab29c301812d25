import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../json-value.ts";
import { ChatBody, toMessages as chatMessages } from "../chat/body.ts";
import { ResponsesBody, toMessages as responseMessages } from "../responses/body.ts";
import { turnOf } from "./conversation-items.ts";
import { parseBody } from "./fields.ts";
import { toUsualForm } from "./usual-form.ts";

/** The last words of the user in a chat's messages. */
function saidInChat(messages: unknown) {
	const parsed = parseBody(ChatBody, asJson({ messages }));
	return parsed.ok ? chatMessages(parsed.value).findLast(({ role }) => role === "user")?.text : parsed.error;
}

function saidInResponse(input: unknown) {
	const parsed = parseBody(ResponsesBody, asJson({ input }));
	return parsed.ok ? responseMessages(parsed.value).findLast(({ role }) => role === "user")?.text : parsed.error;
}

function asJson(value: unknown): JsonObject {
	return JSON.parse(JSON.stringify(value));
}

const PICTURE = { type: "image_url", image_url: { url: "https://pictures.test/a.png" } };
const picture = { role: "user", content: [PICTURE] };
const says = (content: string) => ({ role: "user", content });

/** Messages as clients write them, with the words in them. */
const MESSAGES = [
	["a picture, and then words", [picture, says("make it blue")], "make it blue"],
	["words, and then a picture", [says("make it blue"), picture], "make it blue"],
	["words, and then pictures", [says("make it blue"), picture, picture], "make it blue"],
	["words, and then a size", [says("a fox"), says("16:9")], "a fox\n16:9"],
	["a link, and then words", [says("https://a.test/a.png"), says("at night")], "https://a.test/a.png\nat night"],
	["words over an answer that failed", [says("a fox"), { role: "assistant", content: "" }, says("2:3")], "a fox\n2:3"],
	["a blank, and then words", [says(" "), says("a fox")], "a fox"],
	["two wishes", [says("a fox"), says("a hen")], "a hen"],
	["two wishes, and a size", [says("a fox"), says("a hen"), says("16:9")], "a hen\n16:9"],
	["a size, and then a wish", [says("16:9"), says("a hen")], "a hen"],
	["a question mark", [says("a fox"), says("?")], "?"],
	["a size behind an answer", [says("a fox"), { role: "assistant", content: "hm" }, says("16:9")], "16:9"],
	[
		"a size behind a picture",
		[says("a fox"), { role: "assistant", content: "", images: [PICTURE] }, says("16:9")],
		"16:9",
	],
	["a size behind a rule", [says("a fox"), { role: "system", content: "" }, says("16:9")], "16:9"],
	["the usual form", [{ role: "user", content: "a fox" }], "a fox"],
	["a role in capitals", [{ role: "USER", content: "a fox" }], "a fox"],
	["a role with a space", [{ role: " User ", content: "a fox" }], "a fox"],
	["parts", [{ role: "user", content: [{ type: "text", text: "a fox" }] }], "a fox"],
	["parts of the other API", [{ role: "user", content: [{ type: "input_text", text: "a fox" }] }], "a fox"],
	["one part without a list", [{ role: "user", content: { type: "text", text: "a fox" } }], "a fox"],
	["plain strings", [{ role: "user", content: ["a fox", "in snow"] }], "a fox\nin snow"],
	["a type in capitals", [{ role: "user", content: [{ type: " TEXT ", text: "a fox" }] }], "a fox"],
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
		[
			{ messages: [{ role: "user", content: [{ type: 7, text: "a" }] }] },
			{ messages: [{ role: "user", content: [{ type: 7, text: "a" }] }] },
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
				fc.pre(turnOf(messages).length < 2);
				expect(toUsualForm({ messages, n: 1 })).toEqual({ messages, n: 1 });
				expect(toUsualForm({ input: messages })).toEqual({ input: messages });
			}),
		);
	});
});
