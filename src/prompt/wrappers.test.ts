import { describe, expect, it } from "vitest";
import { unwrapQuery } from "./wrappers.ts";

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
	])("returns the words of the person in %j: %j", (text, query) => {
		expect(unwrapQuery(text)).toBe(query);
	});
});
