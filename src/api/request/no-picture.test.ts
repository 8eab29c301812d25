import { describe, expect, it } from "vitest";
import { languageOfSent } from "./no-picture.ts";

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
