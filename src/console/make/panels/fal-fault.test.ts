import { expect, it } from "vitest";
import { faultOfFal } from "./fal-fault.ts";

it.each([
	["[1]", { isJson: true, at: null }],
	['{\n  "a": 1,\n  b: 2\n}', { isJson: false, at: { line: 3, column: 3 } }],
	['{ "a": 1', { isJson: false, at: { line: 1, column: 9 } }],
	["guidance", { isJson: false, at: null }],
])("says what is wrong with %j", (text, fault) => {
	expect(faultOfFal(text)).toEqual(fault);
});
