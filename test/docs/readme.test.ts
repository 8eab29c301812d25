import { describe, expect, it } from "vitest";
import english from "../../README.md?raw";
import chinese from "../../README.zh-CN.md?raw";
import env from "../../src/env.ts?raw";

/** Both editions say the same, section by section. What each says is for people to compare. */

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm;

function codeOf(text: string): readonly string[] {
	return [...text.matchAll(FENCE)].map(([, language, code = ""]) => `${language}\n${code.replace(/ *# .*$/gm, "")}`);
}

function linesOf(text: string, pattern: RegExp): readonly string[] {
	return text
		.replace(FENCE, "")
		.split("\n")
		.flatMap((line) => pattern.exec(line)?.[1] ?? []);
}

const SETTINGS = [...env.matchAll(/readonly ([A-Z_]+)\?:/g)].map(([, name]) => name);

describe("the two READMEs", () => {
	it.each([
		["headings", /^(#+) /],
		["rows in their tables", /^(\|)/],
		["points in their lists", /^(-) /],
		["pictures", /^(!)\[/],
	])("have the same %s", (_, pattern) => {
		expect(linesOf(chinese, pattern)).toEqual(linesOf(english, pattern));
	});

	it("show the same code, but for its comments", () => {
		expect(codeOf(chinese)).toEqual(codeOf(english));
		expect(codeOf(english).length).toBeGreaterThan(10);
	});

	it("have the same error codes in the same order", () => {
		const codes = /^\| (\d{3} \| .*?) \|/;
		const plain = (text: string) => linesOf(text, codes).map((row) => row.replaceAll("、", ", "));
		expect(plain(chinese)).toEqual(plain(english));
	});

	it.each([
		["README.md", english],
		["README.zh-CN.md", chinese],
	])("%s explains every setting, and no other", (_, text) => {
		const explained = linesOf(text, /^\| `([A-Z_]+)` \|/);
		expect(explained.toSorted()).toEqual(SETTINGS.toSorted());
	});
});
