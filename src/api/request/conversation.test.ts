import { describe, expect, it } from "vitest";
import type { ChatMessage } from "../../prompt/hidden-requests.ts";
import { WORDS } from "../../words/index.ts";
import { faultOf, MAX_PROMPT_CHARS, promptOf, readPrompt, unwrapLast } from "./conversation.ts";

describe("promptOf", () => {
	it.each<readonly [messages: readonly ChatMessage[], prompt: string]>([
		[[], ""],
		[[{ role: "system", text: "draw" }], ""],
		[[{ role: "User", text: "a fox" }], ""],
		[[{ role: "user", text: " a fox \n" }], "a fox"],
		[
			[
				{ role: "user", text: "a fox" },
				{ role: "user", text: "a hen" },
				{ role: "assistant", text: "done" },
			],
			"a hen",
		],
		[
			[
				{ role: "user", text: "a fox" },
				{ role: "user", text: " " },
			],
			"",
		],
	])("returns the trimmed last message of the user (%#): %o → %j", (messages, prompt) => {
		expect(promptOf(messages)).toBe(prompt);
	});
});

describe("readPrompt", () => {
	it("takes the size out of the prompt", () => {
		const size = { kind: "ratio", width: 16, height: 9 };
		expect(readPrompt("a fox, 16:9")).toEqual({ prompt: "a fox", size, tooLong: false });
	});

	it("leaves a prompt as it is that is not to be searched", () => {
		expect(readPrompt("a fox, 16:9", false)).toEqual({ prompt: "a fox, 16:9", size: undefined, tooLong: false });
	});

	it("has no size if the prompt names none", () => {
		expect(readPrompt("a fox")).toEqual({ prompt: "a fox", size: undefined, tooLong: false });
	});

	it("reads only the beginning of a prompt that is too long, and says so", () => {
		const full = "x".repeat(MAX_PROMPT_CHARS);
		expect(readPrompt(full)).toEqual({ prompt: full, size: undefined, tooLong: false });
		expect(readPrompt(`${full} 16:9`)).toEqual({ prompt: full, size: undefined, tooLong: true });
	});
});

it("only the last message of the user is taken out of what its client wraps around it", () => {
	const wrapped = (words: string) =>
		`### Task:\nRespond to the user query using the provided context.\n<context>x</context>\n<user_query>${words}</user_query>`;
	const system = { role: "system", text: wrapped("an owl") };
	const earlier = { role: "user", text: wrapped("a hen") };
	const answer = { role: "assistant", text: wrapped("an elk") };
	expect(unwrapLast([system, earlier, { role: "user", text: wrapped("a fox") }, answer])).toEqual([
		system,
		earlier,
		{ role: "user", text: "a fox" },
		answer,
	]);
	expect(unwrapLast([system])).toEqual([system]);
});

it("the fault of a prompt with long data says so", () => {
	const prompt = "see data:image/x-removed;run=0,";
	const fault = { is: "message_data" };
	expect(faultOf({ prompt, tooLong: false }, "input")).toEqual({ kind: "invalid_value", param: "input", fault });
	expect(faultOf({ prompt: "a fox", tooLong: false }, "input")).toBeNull();
});

it("the fault of a long prompt names the bound", () => {
	const fault = { is: "message_too_long", max: MAX_PROMPT_CHARS };
	expect(faultOf({ prompt: "a", tooLong: true }, "input")).toEqual({ kind: "invalid_value", param: "input", fault });
	expect(faultOf({ prompt: "a", tooLong: true }, "prompt")).toEqual({
		kind: "invalid_value",
		param: "prompt",
		fault: { is: "too_long", max: MAX_PROMPT_CHARS, of: "characters" },
	});
});

describe.each(["en", "zh"] as const)("the help in %s", (language) => {
	it.each(["16:9", "size:9:16", "比例 3:4", "1024x1024"])("names a size that is understood: %s", (size) => {
		expect(WORDS[language].help).toContain(size);
		expect(readPrompt(`a fox ${size}`)).toMatchObject({ prompt: "a fox", size: expect.anything() });
	});
});
