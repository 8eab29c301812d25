import { describe, expect, it } from "vitest";
import { parseFal } from "./fal-inputs.ts";

describe("parseFal", () => {
	it.each([
		["", {}],
		[" \n", {}],
		["{}", {}],
		['{ "guidance_scale": 4, "loras": [{ "scale": 1 }] }', { guidance_scale: 4, loras: [{ scale: 1 }] }],
	])("reads %j", (text, value) => {
		expect(parseFal(text)).toEqual({ ok: true, value });
	});

	it.each([
		["[1]", { is: "no_object" }],
		["4", { is: "no_object" }],
		["null", { is: "no_object" }],
		['{\n  "a": 1,\n  b: 2\n}', { is: "no_json", at: { line: 3, column: 3 } }],
		['{ "a": 1', { is: "no_json", at: { line: 1, column: 9 } }],
		["guidance", { is: "no_json", at: null }],
	])("says what is wrong with %j", (text, error) => {
		expect(parseFal(text)).toEqual({ ok: false, error });
	});
});
