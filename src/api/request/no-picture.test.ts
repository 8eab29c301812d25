import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../json-value.ts";
import type { Language } from "../../language.ts";
import type { Asked } from "./asked.ts";
import { answerProbe, argumentsFor, languageOfAsked, languageOfSent } from "./no-picture.ts";

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
		["a remark", { said: "so beautiful", messages: user("a red fox", "so beautiful") }, "en", "Tell me what to draw"],
		[
			"a remark that is a first message",
			{ said: "so beautiful", messages: [{ role: "system", text: "You draw." }, ...user("so beautiful")] },
			"en",
			null,
		],
		["a request with room for a word", { maxTokens: 1 }, "en", "no room for a picture"],
		["a request with room for a word, in Chinese", { maxTokens: 1 }, "zh", "放不下图片"],
		[
			"a client's request for a title",
			{ messages: user("a red fox", "### Task:\nGenerate a concise, 3-5 word title with an emoji.\n<chat_history>") },
			"en",
			"A red fox",
		],
	])("of %s", (_, asked, language, says) => {
		const answer = answerProbe(makeAsked(asked), {}, language);
		if (says === null) expect(answer).toBeNull();
		else expect(answer).toContain(says);
	});
});

describe("the words beside a link of a picture", () => {
	const LINK = `https://gateway.test/images/${"0f".repeat(32)}/0.png`;
	const behind = (said: string, maxTokens?: number) =>
		answerProbe(makeAsked({ said, maxTokens, messages: user("a fox", said) }), {}, "en");

	it.each([
		`> ![image](${LINK})\n\n太美了`,
		`![image](${LINK})\nso beautiful!`,
		`${LINK} looks great, thanks`,
		`![image](${LINK}) 图片打不开`,
		`![image](${LINK})\nhi`,
		"hi https://i.imgur.com/abc.png",
		"https://i.imgur.com/abc.png thanks",
	])("are a remark or a greeting in %j", (said) => {
		expect(behind(said)).toContain("Tell me what to draw");
	});

	it("are counted without it for a request with room for few", () => {
		expect(behind(`make it night and cold ${LINK}`, 50)).toBeNull();
		expect(behind(`make it night ${LINK}`, 50)).toContain("no room for a picture");
	});

	it.each([LINK, `make it night ${LINK}`, `![image](${LINK})\n改成夜晚`, `hi, make ${LINK} blue`])(
		"are a wish in %j",
		(said) => {
			expect(behind(said)).toBeNull();
		},
	);
});

it("answers a remark on an earlier Response", () => {
	const remark = makeAsked({ said: "太美了", param: "input", messages: user("太美了") });
	expect(answerProbe(remark, { previous_response_id: "resp_1" }, "zh")).toContain("请描述想画的内容");
	expect(answerProbe(remark, { previous_response_id: null }, "zh")).toBeNull();
});

describe("the answer to a request for JSON", () => {
	const schema = { type: "object", properties: { title: { type: "string" } } };
	const hidden = { role: "user", text: "Please generate a four to five word title" } as const;
	const fox = makeAsked({ said: "a red fox", messages: [{ role: "user", text: "a red fox" }] });

	it.each<readonly [sent: JsonObject, answer: string | null]>([
		[{ response_format: { type: "json_schema", json_schema: { name: "t", schema } } }, '{"title":"A red fox"}'],
		[{ text: { format: { type: "json_schema", name: "t", schema } } }, '{"title":"A red fox"}'],
		[{ text: { format: { type: "json_schema", schema } }, tools: [{ type: "web_search" }] }, '{"title":"A red fox"}'],
		[{ text: { format: { type: "json_schema", schema } }, tools: [null, { type: "image_generation" }] }, null],
		[{ text: { format: { type: "json_schema", schema } }, tools: [{ type: "openrouter:image_generation" }] }, null],
		[{ response_format: { type: "text" } }, null],
		[{ response_format: "url" }, null],
		[{ text: { verbosity: "low" }, tools: {} }, null],
		[{ text: "a fox" }, null],
	])("%j is %s", (sent, answer) => {
		expect(answerProbe(fox, sent, "en")).toBe(answer);
	});

	it("has the form of the arguments of a function that must be called", () => {
		expect(argumentsFor({ name: "set_title", parameters: schema }, fox)).toBe('{"title":"A red fox"}');
	});

	it.each<JsonObject>([
		{ response_format: { type: "json_object" } },
		{ response_format: "json_object" },
		{ text: { format: "json_object" } },
		{ response_format: { type: "json_schema" } },
		{ response_format: { type: "json_schema", json_schema: {} } },
	])("says in JSON that a picture is none, if it has no schema: %j", (sent) => {
		expect(JSON.parse(answerProbe(fox, sent, "zh") ?? "")).toEqual({
			message: "图片不是 JSON。需要图片时，请去掉 `response_format` 或 `text.format`。",
		});
		const { message } = JSON.parse(answerProbe(fox, sent, "en") ?? "");
		expect(message).toBe(
			"A picture is no JSON. To get one, send the request without `response_format` or `text.format`.",
		);
	});

	it("is that of a client's hidden request, if that is JSON, or else holds it", () => {
		const sent = { response_format: { type: "json_object" } };
		const tags = { role: "user", text: '### Task:\n{ "tags": ["tag"] }\n<chat_history>' } as const;
		const list = {
			role: "user",
			text: "You are an AI assistant tasked with predicting the user's next question",
		} as const;
		expect(answerProbe(makeAsked({ messages: [tags] }), sent, "en")).toBe('{"tags":["Image"]}');
		expect(answerProbe(makeAsked({ messages: [list] }), sent, "en")).toBe("[]");
		const messages = [...fox.messages, hidden];
		expect(answerProbe(makeAsked({ messages }), sent, "en")).toBe('{"message":"A red fox"}');
		const summary = "Summarize the discussion briefly in 200 words or less to use as a prompt for future context.";
		const asked = makeAsked({ messages: user("[photo] a red fox", summary) });
		expect(answerProbe(asked, sent, "en")).toBe('{"message":"[photo] a red fox"}');
		const withSchema = { response_format: { type: "json_schema", json_schema: { schema } } };
		expect(answerProbe(makeAsked({ messages }), withSchema, "en")).toBe('{"title":"A red fox"}');
	});
});
