import { expect, it } from "vitest";
import { toMarkdown } from "./markdown.ts";

it("writes the prompt and the link", () => {
	expect(toMarkdown("A red fox", "https://x.test/images/1/0.png?exp=1&sig=a_b")).toBe(
		"![A red fox](<https://x.test/images/1/0.png?exp=1&sig=a_b>)",
	);
});

it("keeps a prompt from ending the text", () => {
	expect(toMarkdown("a](b)\n![c\\", "https://x.test/")).toBe("![a\\](b) \\!\\[c\\\\](<https://x.test/>)");
});

it("cuts a long prompt", () => {
	expect(toMarkdown("狐".repeat(300), "u")).toBe(`![${"狐".repeat(200)}](<u>)`);
});
