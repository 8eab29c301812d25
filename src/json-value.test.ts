import { expect, it } from "vitest";
import { isJsonObject, parseJsonText } from "./json-value.ts";

it.each<readonly [value: unknown, is: boolean]>([
	[{}, true],
	[{ a: 1 }, true],
	[[], false],
	[[{}], false],
	[null, false],
	[undefined, false],
	["{}", false],
	[7, false],
	[true, false],
])("%j is an object of JSON: %s", (value, is) => {
	expect(isJsonObject(value)).toBe(is);
});

it.each<readonly [text: string, value: unknown]>([
	['{"a":[1,null]}', { a: [1, null] }],
	["null", null],
	["{", undefined],
	["", undefined],
	["NaN", undefined],
])("%j is parsed to %j", (text, value) => {
	expect(parseJsonText(text)).toEqual(value);
});
