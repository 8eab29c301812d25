import { expect, it } from "vitest";
import { isJsonObject } from "./json-value.ts";

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
