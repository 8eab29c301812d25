import { describe, expect, it } from "vitest";
import { parseInnerJson, parseJson } from "./json.ts";

/** A list of so many values, itself included: its text is about six times as long. */
function listOf(values: number): string {
	return `[${'"ab", '.repeat(values - 2)}"ab"]`;
}

describe("JSON with numbers that only Python writes", () => {
	it.each<readonly [text: string, value: unknown]>([
		['{"seed":NaN,"url":"a"}', { seed: null, url: "a" }],
		["[NaN, Infinity,-Infinity]", [null, null, null]],
		[' [NaN,"NaN, \\" Infinity","\\\\",NaN,"\\\\\\"NaN"]', [null, 'NaN, " Infinity', "\\", null, '\\"NaN']],
		['["", NaN, ""]', ["", null, ""]],
		['["Infinity"]', ["Infinity"]],
		["NaN", undefined],
		["[NaNs]", undefined],
		['[NaN,"', undefined],
		['[NaN,"\\"', undefined],
		["a page, [NaN]", undefined],
		["null", null],
	])("is read from %j as %j", (text, value) => {
		expect(parseJson(text)).toEqual(value);
	});

	it("is read in time that grows with its length", () => {
		const texts = [
			`[NaN,"${"\\".repeat(2_000_000)}"]`,
			`[NaN,"${'\\"'.repeat(1_000_000)}"]`,
			`[${"NaN,".repeat(50_000)}0]`,
		];
		const started = performance.now();
		for (const text of texts) parseJson(text);
		expect(performance.now() - started).toBeLessThan(1_000);
	});
});

describe("JSON that is a text in JSON", () => {
	it.each<readonly [text: string, value: unknown]>([
		['{"url":"https://fal.test/a"}', { url: "https://fal.test/a" }],
		["[1]", [1]],
		[`${" ".repeat(16)}[]`, []],
		['["图片 🦊"]', ["图片 🦊"]],
		[`${" ".repeat(17)}[]`, undefined],
		['"{}"', undefined],
		["7", undefined],
		["null", undefined],
		["", undefined],
		["{", undefined],
		["a fox [1]", undefined],
	])("is read from %j as %j", (text, value) => {
		expect(parseInnerJson(text)).toEqual(value);
	});

	it("has 100,000 values at most, wherever in a long text they stand", () => {
		expect(listOf(100_000).length).toBeGreaterThan(9 * 65_536);
		expect(parseInnerJson(listOf(100_000))).toHaveLength(99_999);
		expect(parseInnerJson(listOf(100_001))).toBeUndefined();
	});

	it("has 64 levels at most, the last of them far behind", () => {
		const nested = (levels: number) => `[${"1, ".repeat(50_000)}${"[".repeat(levels - 1)}${"]".repeat(levels)}`;
		expect(parseInnerJson(nested(64))).toHaveLength(50_001);
		expect(parseInnerJson(nested(65))).toBeUndefined();
	});

	it("has no bound of its own for long texts", () => {
		const words = "a red fox in the snow, ".repeat(200_000);
		expect(parseInnerJson(JSON.stringify([words]))).toEqual([words]);
	});
});
