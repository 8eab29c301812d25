import { describe, expect, it } from "vitest";
import { quotedIn } from "./said.ts";

const PICTURE = "![Generated Image](https://gateway.test/images/1/0.png)";
const FENCE = "```";

describe("the words that a prompt quotes", () => {
	it.each<readonly [form: string, prompt: string, words: string]>([
		["JSON", '[{"role":"user","mainText":"a red fox"},{"role":"assistant","mainText":"ok"}]', "a red fox"],
		["JSON with blanks", '[{"role": "user", "content": "a red fox"}]', "a red fox"],
		["JSON with signs", '[{"role":"user","content":"a \\"red\\" fox\\nin oil"}]', 'a "red" fox\nin oil'],
		["the last of several examples", "\nUser Input: hi\n\nUser Input: ho\n\nUser Input: a red fox\n", "a red fox"],
		["several lines", "\nUser Input:\na red fox\nin oil\n", "a red fox\nin oil"],
		["a name", "User: a red fox\nAssistant: ok", "a red fox"],
		["a name without a blank", "USER:fox\nASSISTANT: ok", "fox"],
		["a name and quotation marks", 'USER: """a red fox"""\n\n\nASSISTANT: ok', '""a red fox""'],
		["a name and one pair of quotation marks", 'User: "a red fox"\nAssistant: ok', "a red fox"],
		["a name in brackets", "[USER]: a red fox\n\n[ASSISTANT]: ok", "a red fox"],
		["a name behind an arrow", "||>User: a red fox\n||>Assistant: ok", "a red fox"],
		["a name and three lines between", "Human: a red fox\n\n\nAI: ok", "a red fox"],
		["blanks around the words", "User:  a red fox \nAssistant: ok", "a red fox"],
		["a tag on lines of its own", "<translate_input>\na red fox\n</translate_input>", "a red fox"],
		["a tag that ends on the same line", "<translate_input>\na red fox</translate_input>", "a red fox"],
		["a tag behind its name", "in `<text>` tags:\n<text>a red fox</text>", "a red fox"],
		["a fence", `Here's the conversation:\n\n${FENCE}\na red fox\n\n---------\n\nok\n${FENCE}`, "a red fox"],
		["a fence around one message", `Here's the conversation:\n${FENCE}\na red fox\n${FENCE}`, "a red fox"],
		["a follow-up", "Follow Up Input: a red fox, it's standalone query:", "a red fox"],
		["braces and a language", "输入: {a fox} [by-me] sits} [zh-CN]", "a fox} [by-me] sits"],
		["a list", "提示词：\n1. a red fox\n2. a hen", "a red fox"],
		["a translation", "请将以下内容 a fox，翻译为 one day，翻译为 en-US", "a fox，翻译为 one day"],
		["braces", "{a {red} fox}", "a {red} fox"],
		["a dash and a name", "- You: a red fox\n- Assistant: ok", "a red fox"],
		["a dash and a name behind words", "The chat:\n- You: a red fox\n- Assistant: ok", "a red fox"],
		["the words behind the request", "Summarize in a 10-word Title. Give the title only. a red fox", "a red fox"],
		[
			"quotation marks behind the request",
			'Summarize in a 10-word Title. Give the title only. Here is the message: "a "red" fox"',
			'a "red" fox',
		],
		[
			"two paragraphs",
			`no additional text or explanation.\n\na red fox\n\nin oil\n\n${PICTURE}`,
			"a red fox\n\nin oil",
		],
		["a second form if the first is empty", "User:   \nAssistant: ok\n\n- You: a red fox\n", "a red fox"],
	])("are found in %s", (_, prompt, words) => {
		expect(quotedIn(prompt)).toBe(words);
	});

	it.each([
		"So: Follow Up Input: a red fox, it's standalone query:",
		"My 输入: {a red fox} [zh-CN]",
		"My 提示词：\n1. a red fox\n2. a hen",
		"So 请将以下内容 a red fox，翻译为 en-US",
		"So {a red fox}",
		'{"title": "a red fox"}',
		'{ "title": "a red fox"}',
		"So: Summarize in a 10-word Title. Give the title only. a red fox",
		"",
	])("are not found in %j", (prompt) => {
		expect(quotedIn(prompt)).toBe("");
	});

	it("are the first 1,000 characters", () => {
		expect(quotedIn(`User: ${"x".repeat(1_001)}`)).toBe("x".repeat(1_000));
	});
});
