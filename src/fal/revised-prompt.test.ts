import { describe, expect, it } from "vitest";
import { findRevisedPrompt } from "./revised-prompt.ts";

describe("the prompt that a result names", () => {
	it.each<readonly [case_: string, body: unknown, prompt: string | null]>([
		["revised_prompt", { images: [], revised_prompt: "a fox", prompt: "fox" }, "a fox"],
		["actual_prompt", { images: [], actual_prompt: "a fox", prompt: "fox" }, "a fox"],
		["prompt", { images: [], prompt: "a fox" }, "a fox"],
		["one of the first picture", { images: [{ url: "u", revised_prompt: "a fox" }] }, "a fox"],
		["one of the picture", { image: { url: "u", revised_prompt: "a fox" } }, "a fox"],
		["an empty one, and another", { revised_prompt: " ", prompt: "a fox" }, "a fox"],
		["none", { images: [] }, null],
		["nothing but blanks", { prompt: " " }, null],
		["a number", { prompt: 7 }, null],
		["a list", { prompt: ["a fox"] }, null],
		["a list of no pictures", { images: [null] }, null],
		["no object", ["a fox"], null],
		["nothing", undefined, null],
	])("is found: %s", (_, body, prompt) => {
		expect(findRevisedPrompt(body, [])).toBe(prompt);
	});

	it("has a bound, whole characters and no key", () => {
		expect(findRevisedPrompt({ prompt: "a ".repeat(500_000) }, [])).toBe("a ".repeat(4_000));
		expect(findRevisedPrompt({ prompt: `a${" a".repeat(3_999)}🦊` }, [])).toBe(`a${" a".repeat(3_999)}`);
		expect(findRevisedPrompt({ prompt: "a\ud800" }, [])).toBe("a\ufffd");
		expect(findRevisedPrompt({ prompt: "a fox of key-id:key-secret" }, ["key-id:key-secret"])).not.toContain(
			"key-secret",
		);
	});
});
