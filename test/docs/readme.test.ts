/** Holds both editions of the README equal, section by section. The words are for people to compare. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const english = readFileSync("README.md", "utf8");
const chinese = readFileSync("README.zh-CN.md", "utf8");
const env = readFileSync("src/env.ts", "utf8");

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
