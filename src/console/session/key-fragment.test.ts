import { expect, it } from "vitest";
import { parseKeyFragment } from "./key-fragment.ts";

it.each([
	["#key=sk-darkroom-local", "sk-darkroom-local"],
	["#key=a%2Bb%20c", "a+b c"],
	["#key=", null],
	["#key=%", null],
	["#/usage", null],
	["", null],
])("reads %j as %j", (hash, key) => {
	expect(parseKeyFragment(hash)).toBe(key);
});
