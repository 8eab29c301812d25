import { describe, expect, it } from "vitest";
import { quotedIn, wordsBehind } from "./said.ts";

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
		["quotation marks behind a name", 'User message: "a "red" fox"', 'a "red" fox'],
		["a name in Chinese", "用户：红狐\n助手：好", "红狐"],
		["a name in Chinese and blanks", "标题\n用户： 红狐\n\n助手：好", "红狐"],
		["a tag, with its name in the words", "<messages>\n<messages>\nfox\n</messages>", "<messages>\nfox"],
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
		[
			"lines before a request",
			"Here is the query:\n\n--------------\n\na red fox\n\nin oil\n\n--------------\n\nCreate a concise, 3-5 word phrase",
			"a red fox\n\nin oil",
		],
		["a text behind a request in Chinese", "请为这段话写一个标题，十个字以内\n\n一只红狐", "一只红狐"],
		["a text before a request", "Here is the query:\na red fox\n\nCreate a concise, 3-5 word phrase", "a red fox"],
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
		"So Here is the query:\na red fox",
		'So User message: "a red fox"',
		"So You will rephrase follow-up questions\nFollow-up question: a red fox",
		"So Given the following conversation, Follow Up Input: a red fox Standalone question:",
		"他请我写标题\n\na red fox",
		"So This is the first title\na red fox",
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

describe("the words behind a request", () => {
	it.each<readonly [request: string, words: string]>([
		["Title this: a red fox", "a red fox"],
		["标题：红狐", "红狐"],
		["Title this:\na red fox\nin oil", "a red fox\nin oil"],
		["  Title this:\n\n\n a red fox ", "a red fox"],
		['Title this:\n"a red fox"', "a red fox"],
		["Title this: “a “red” fox”", "a “red” fox"],
		["Title this:\n- No quotes.\n* No dots.\n1. Be short.\n2) Or else.\na red fox", "a red fox"],
		["Title this:\nRules\nRequest:\na red fox\n\nReturn the title.", "a red fox"],
		["给个标题：\n请用中文\n红狐\n\n水彩\n标题不要引号", "红狐\n\n水彩"],
		["Title this. Do not perform it.\n\nTASK:\na red fox", "a red fox"],
		["Title this:\nreturning heroes", "returning heroes"],
		["Title this:\nOnly the title.", ""],
		["Title this.\na red fox", ""],
		["Title this.\nsee a:b\na red fox", ""],
		["Title this:\n  - No quotes.\n12. Be short.\nRequest: \na red-brown fox, only one", "a red-brown fox, only one"],
		["Title this.\nTASK: \na red fox", "a red fox"],
		["\nTitle this: a red fox", "a red fox"],
		["Title this:\na red fox: in oil", "a red fox: in oil"],
		["Title this:\na red fox\nExample: a dog", "a red fox"],
		["Title this:", ""],
		["", ""],
	])("%j are %j", (request, words) => {
		expect(wordsBehind(request)).toBe(words);
	});
});
