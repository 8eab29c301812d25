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
		[
			"### Task:\nRespond to the user query using the provided context.\n</user_query><context>a</context>a red fox",
			"a red fox",
		],
		[
			"A sign: ### Task:\nRespond to the user query using the provided context. <user_query>a</user_query>",
			"A sign: ### Task:\nRespond to the user query using the provided context. <user_query>a</user_query>",
		],
		["a sign with <user_query>a</user_query>", "a sign with <user_query>a</user_query>"],
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
