import { describe, expect, it } from "vitest";
import { mayHaveText, searchedPart } from "./list-text.ts";

describe("searchedPart", () => {
	it.each([
		["A Red Fox", "a red fox"],
		["füchse", "chse"],
		["Ärger", "rger"],
		["红色的 Fox", "红色的 fox"],
		["лиса", ""],
		["ü", ""],
		["100% _\\", "100% _\\"],
		["ab ü cde", " cde"],
		["🦊 fox", "🦊 fox"],
		["a red fox ü ab", "a red fox "],
		["ab ü cd", "ab "],
		["", ""],
	])("takes of %s the part %j", (text, part) => {
		expect(searchedPart(text)).toBe(part);
	});
});

describe("mayHaveText", () => {
	it.each([
		["A RED fox", "red Fox", true],
		["Die FÜCHSE", "füchse", true],
		["a red fox", "blue", false],
		["100 percent", "100%", false],
		["at 100% speed", "100%", true],
		["snake_case", "e_c", true],
		["snakescase", "e_c", false],
		[null, "fox", true],
		["a fox", null, true],
	])("of %j, with %j", (prompt, text, has) => {
		expect(mayHaveText(prompt, text)).toBe(has);
	});
});
