/** Holds both editions of the README equal, section by section. The words are for people to compare. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const english = readFileSync("README.md", "utf8");
const chinese = readFileSync("README.zh-CN.md", "utf8");

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** Without comments, and without the words of placeholders such as `<your fal key>`. */
function codeOf(text: string): readonly string[] {
	return [...text.matchAll(FENCE)].map(
		([, language, code = ""]) => `${language}\n${code.replace(/ *# .*$/gm, "").replace(/<[^<>\n]+>/g, "<>")}`,
	);
}

function linesOf(text: string, pattern: RegExp): readonly string[] {
	return text
		.replace(FENCE, "")
		.split("\n")
		.flatMap((line) => pattern.exec(line)?.[1] ?? []);
}

/** Each link once for each time that it stands in the text. */
function linksOf(text: string): readonly string[] {
	return [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target = ""]) => target).toSorted();
}

describe("the two READMEs", () => {
	it.each([
		["headings", /^(#+) /],
		["rows in their tables", /^(\|)/],
		["points in their lists", /^(-) /],
		["steps", /^(\d+\.) /],
		["pictures", /^(!)\[/],
	])("have the same %s", (_, pattern) => {
		expect(linesOf(chinese, pattern)).toEqual(linesOf(english, pattern));
	});

	it("show the same code, but for its comments and placeholders", () => {
		expect(codeOf(chinese)).toEqual(codeOf(english));
		expect(codeOf(english).length).toBeGreaterThan(5);
	});

	it("have the same links, but for those that name an edition", () => {
		const others = (text: string) =>
			linksOf(text).map((link) => link.replace(/^README.*|\.zh-CN(?=\.(?:svg|png|jpg)$)/, ""));
		expect(others(chinese).toSorted()).toEqual(others(english).toSorted());
	});

	it("mark links to English pages in the Chinese one", () => {
		const withoutPictures = chinese.replace(/!\[[^\]]*\]\([^)]*\)/g, "");
		for (const [paragraph] of withoutPictures.matchAll(/^.*\]\((?:docs|examples|CONTRIBUTING)[^)]*\).*$/gm))
			expect(paragraph).toContain("（英文）");
	});
});
