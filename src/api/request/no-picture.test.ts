import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../json-value.ts";
import type { Language } from "../../language.ts";
import type { Asked } from "./asked.ts";
import { answerProbe, languageOfAsked, languageOfSent } from "./no-picture.ts";

const PICTURE = { type: "image_url", image_url: { url: "https://example.org/a.png" } };

describe("languageOfSent", () => {
	it.each([
		["a prompt", { prompt: "改成红色" }],
		["an input that is a text", { input: "改成红色" }],
		["a message", { messages: [{ role: "user", content: "改成红色" }] }],
		[
			"words before a picture",
			{ messages: [{ role: "user", content: [{ type: "text", text: "改成红色" }, PICTURE] }] },
		],
		[
			"words behind a picture",
			{ messages: [{ role: "user", content: [PICTURE, { type: "text", text: "改成红色" }] }] },
		],
		["words before sixteen pictures", { input: [{ role: "user", content: ["改成红色", ...Array(16).fill(PICTURE)] }] }],
		[
			"a message before a picture's item",
			{
				input: [
					{ role: "user", content: "改成红色" },
					{ type: "image_generation_call", id: "ig_1" },
				],
			},
		],
		[
			"the last message with words",
			{
				messages: [
					{ role: "user", content: "make it red" },
					{ role: "user", content: "改成红色" },
					{ role: "user", content: "16:9" },
				],
			},
		],
		[
			"the user's words, and not in those of an answer",
			{
				messages: [
					{ role: "user", content: "改成红色" },
					{ role: "assistant", content: "Generated image with prompt" },
					{ role: "user", content: [PICTURE] },
				],
			},
		],
	])("reads Chinese in %s", (_, sent) => {
		expect(languageOfSent(sent, "en")).toBe("zh");
	});

	it("reads the last words, and not those before them", () => {
		const messages = [
			{ role: "user", content: "画一只狐狸" },
			{ role: "user", content: [{ type: "text", text: "make it red" }, PICTURE] },
		];
		expect(languageOfSent({ messages }, "zh")).toBe("en");
	});

	it.each([[{}], [{ prompt: 5 }], [{ messages: [PICTURE] }], [{ messages: [[[[[["改成红色"]]]]]] }]])(
		"takes the language that the client prefers for %j",
		(sent) => {
			expect(languageOfSent(sent, "zh-CN")).toBe("zh");
			expect(languageOfSent(sent, null)).toBe("en");
		},
	);

	it("looks at a bounded number of entries", () => {
		const messages = [{ role: "user", content: "改成红色" }, ...Array(100_000).fill(PICTURE)];
		expect(languageOfSent({ messages }, null)).toBe("en");
	});
});

const ENGLISH = "en-US,en;q=0.9";
const CHINESE = "zh-CN,zh;q=0.9";

function makeAsked(overrides: Partial<Asked>): Asked {
	return {
		messages: [],
		said: "a red fox",
		param: "messages",
		fields: {},
		rendering: { api: "chat", model: "imagen4-preview", includeUsage: false, responseFormat: "url" },
		streamed: false,
		...overrides,
	};
}

function user(...texts: readonly string[]) {
	return texts.map((text) => ({ role: "user", text }));
}

describe("the language of an answer", () => {
	it.each<readonly [said: string, messages: Asked["messages"], header: string | null, language: Language]>([
		["a red fox", user("一只狐狸"), CHINESE, "en"],
		["一只狐狸", user("a red fox"), ENGLISH, "zh"],
		// Words without a language are in that of the latest before them.
		["16:9", user("a red fox", "一只狐狸"), ENGLISH, "zh"],
		["16:9", user("一只狐狸", "a red fox"), CHINESE, "en"],
		["16:9", [...user("一只狐狸"), { role: "assistant", text: "Here it is." }], ENGLISH, "zh"],
		["16:9", [{ role: "system", text: "Draw what the user wants." }], CHINESE, "zh"],
		["16:9", user("一只狐狸", ...Array(9).fill("16:9")), ENGLISH, "zh"],
		["16:9", user("一只狐狸", ...Array(10).fill("16:9")), ENGLISH, "en"],
		["16:9", [], CHINESE, "zh"],
		["16:9", [], ENGLISH, "en"],
		["16:9", [], null, "en"],
	])("to %j after %j for %j is %s", (said, messages, header, language) => {
		expect(languageOfAsked(makeAsked({ said, messages }), header)).toBe(language);
	});

	it.each<readonly [body: JsonObject, header: string | null, language: Language]>([
		[{ prompt: "一只狐狸", n: "x" }, ENGLISH, "zh"],
		[{ prompt: "a red fox", n: "x" }, CHINESE, "en"],
		[{ input: "一只狐狸" }, ENGLISH, "zh"],
		[{ input: [{ content: "a red fox" }, { content: [{ type: "input_text", text: "一只狐狸" }] }] }, ENGLISH, "zh"],
		[{ messages: [{ content: "一只狐狸" }] }, ENGLISH, "zh"],
		[{ messages: [{ content: "一只狐狸" }, { content: "a red fox" }] }, CHINESE, "en"],
		[{ messages: [{ content: [{ text: "a red fox" }, { text: "一只狐狸" }] }] }, ENGLISH, "zh"],
		[{ prompt: "16:9", input: "一只狐狸" }, ENGLISH, "zh"],
		[{ prompt: [[[[[["一只狐狸"]]]]]] }, ENGLISH, "en"],
		[{ prompt: [[[[["一只狐狸"]]]]] }, ENGLISH, "zh"],
		[{ prompt: { text: { text: { text: { text: { text: { text: "一只狐狸" } } } } } } }, ENGLISH, "en"],
		[{ prompt: { text: { text: { text: { text: { text: "一只狐狸" } } } } } }, ENGLISH, "zh"],
		[{ prompt: ["一只狐狸", ...Array(197).fill(7)] }, ENGLISH, "zh"],
		[{ prompt: ["一只狐狸", ...Array(199).fill(7)] }, ENGLISH, "en"],
		[{ messages: [{ role: "USER", content: "一只狐狸" }] }, ENGLISH, "zh"],
		[{ messages: [{ role: "assistant", content: "一只狐狸" }] }, ENGLISH, "en"],
		[{ prompt: [] }, CHINESE, "zh"],
		[{ prompt: null }, CHINESE, "zh"],
		[{ prompt: 7 }, CHINESE, "zh"],
		[{ prompt: { text: 7 } }, CHINESE, "zh"],
		[{}, CHINESE, "zh"],
		[{}, ENGLISH, "en"],
		[{}, null, "en"],
	])("to the faulty body %j for %j is %s", (body, header, language) => {
		expect(languageOfSent(body, header)).toBe(language);
	});
});

describe("the answer without a picture", () => {
	it.each<readonly [what: string, asked: Partial<Asked>, language: Language, says: string | null]>([
		["what a person asks", {}, "en", null],
		["what a person asks with room for a long answer", { maxTokens: 4_096 }, "en", null],
		["a greeting", { said: "Hello!" }, "en", "Tell me what to draw"],
		["a greeting in Chinese", { said: "你好" }, "zh", "请描述想画的内容"],
		["a greeting with room for a word", { said: "Hello!", maxTokens: 1 }, "en", "Tell me what to draw"],
		["a request with room for a word", { maxTokens: 1 }, "en", "no room for a picture"],
		["a request with room for a word, in Chinese", { maxTokens: 1 }, "zh", "放不下图片"],
		[
			"a client's request for a title",
			{ messages: user("a red fox", "### Task:\nGenerate a concise, 3-5 word title with an emoji.\n") },
			"en",
			"A red fox",
		],
	])("of %s", (_, asked, language, says) => {
		const answer = answerProbe(makeAsked(asked), language);
		if (says === null) expect(answer).toBeNull();
		else expect(answer).toContain(says);
	});
});
