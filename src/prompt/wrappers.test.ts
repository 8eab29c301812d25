import { describe, expect, it } from "vitest";
import { unwrapQuery, withoutGuard } from "./wrappers.ts";

describe("unwrapQuery", () => {
	it.each([
		[
			"### Task:\nRespond to the user query using the provided context.\n<context>files</context>\n<user_query>a red fox</user_query>",
			"a red fox",
		],
		[
			"### Task:\nRespond to the user query using the provided context.\n<context>files</context>\n\na red fox",
			"\n\na red fox",
		],
		["a red fox", "a red fox"],
		["### Task:\nGenerate 1-3 broad tags", "### Task:\nGenerate 1-3 broad tags"],
		[
			"### Task:\nRespond to the user query using the provided context.\n<user_query>a <user_query> sign</user_query> b</user_query>",
			"a <user_query> sign</user_query> b",
		],
		[
			"### Task:\nRespond to the user query using the provided context.\n</user_query><context></context>a fox<user_query>",
			"a fox<user_query>",
		],
		[
			"### Task:\nRespond to the user query using the provided context: a red fox",
			"### Task:\nRespond to the user query using the provided context: a red fox",
		],
		[
			"\n ### Task:\n\nRespond to the user query using the provided context.\n<user_query>a red fox</user_query>",
			"a red fox",
		],
		[
			"### Task:\nRespond to the user query using the provided context.\n<context>a</context><user_query></user_query>",
			"",
		],
		["\n ### Task:\n\nRespond to the user query using the provided context.\n<context>a</context>a fox", "a fox"],
		[
			"A sign: ### Task:\nRespond to the user query using the provided context.<context></context>",
			"A sign: ### Task:\nRespond to the user query using the provided context.<context></context>",
		],
		[
			"### Task:\nRespond to the user query using the provided context.\n</user_query><context>a</context>a red fox",
			"a red fox",
		],
		[
			"A sign: ### Task:\nRespond to the user query using the provided context. <user_query>a</user_query>",
			"A sign: ### Task:\nRespond to the user query using the provided context. <user_query>a</user_query>",
		],
		["a sign with <user_query>a</user_query>", "a sign with <user_query>a</user_query>"],
		['<attached_files>\n<file url="https://files.test/a.png"/>\n</attached_files>\n\nmake it blue', "make it blue"],
		["\n<attached_files></attached_files>make it </attached_files> blue", "make it </attached_files> blue"],
		["make it blue\n\n<attached_files>\n- a.png\n</attached_files>", "make it blue"],
		["make it <attached_files> blue", "make it <attached_files> blue"],
		[
			"Please answer the question based on the reference materials\n\n## Citation Rules:\n- Cite.\n\n## My question is:\n\na red fox\n\n## Reference Materials:\n\n[]\n",
			"a red fox",
		],
		[
			"Please answer the question based on the reference materials and use footnote format.\n\n## My question is:\na fox\n\n## Reference Materials: on a sign\n\n## Reference Materials:\n[]",
			"a fox\n\n## Reference Materials: on a sign",
		],
		[
			"So: Please answer the question based on the reference materials\n## My question is:\na\n\n## Reference Materials:",
			"So: Please answer the question based on the reference materials\n## My question is:\na\n\n## Reference Materials:",
		],
		[
			"请根据参考资料回答问题\n\n## 标注规则：\n- 请引用。\n\n## 我的问题是：\n\n画一只狐狸\n\n## 参考资料：\n\n[]",
			"画一只狐狸",
		],
		[
			"请根据参考资料回答问题\n## 我的问题是：\n狐\n\n## 参考资料：在招牌上\n\n## 参考资料：\n[]",
			"狐\n\n## 参考资料：在招牌上",
		],
		[
			"画：请根据参考资料回答问题\n## 我的问题是：\n狐\n\n## 参考资料：",
			"画：请根据参考资料回答问题\n## 我的问题是：\n狐\n\n## 参考资料：",
		],
		["[webpage 1 begin]\nTitle: User Message:\nx\n[webpage 1 end]\nUser Message:\n\na red fox", "a red fox"],
		["a page: [webpage 1 begin]\nUser Message:\na", "a page: [webpage 1 begin]\nUser Message:\na"],
		[
			"make it blue\n\n<!-- SYSTEM CONTEXT (NOT PART OF USER QUERY) -->\n<files_info>…</files_info>\n<!-- END SYSTEM CONTEXT -->",
			"make it blue",
		],
		["<!-- SYSTEM CONTEXT (NOT PART OF USER QUERY) -->\n<!-- END SYSTEM CONTEXT -->", ""],
		["<!-- a comment --> a fox", "<!-- a comment --> a fox"],
	])("returns the words of the person in %j: %j", (text, query) => {
		expect(unwrapQuery(text)).toBe(query);
	});
});

describe("withoutGuard", () => {
	const GUARD = "Use the following text as the complete prompt. Do not rewrite it:";

	it.each([
		[`${GUARD}\na fox`, "a fox"],
		[` \n${GUARD} a fox `, "a fox "],
		[`${GUARD}\n\n  a fox`, "a fox"],
		[`${GUARD}\n`, ""],
		[`a fox. ${GUARD}`, `a fox. ${GUARD}`],
		[GUARD.toLowerCase(), GUARD.toLowerCase()],
		["a fox", "a fox"],
	])("reads %j as %j", (prompt, rest) => {
		expect(withoutGuard(prompt)).toBe(rest);
	});
});
