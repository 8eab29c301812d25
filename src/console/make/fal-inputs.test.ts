import { expect, it } from "vitest";
import { parseFal } from "./fal-inputs.ts";

it.each([
	["", {}],
	[" \n", {}],
	["{}", {}],
	['{ "guidance_scale": 4, "loras": [{ "scale": 1 }] }', { guidance_scale: 4, loras: [{ scale: 1 }] }],
	["[1]", null],
	["4", null],
	["null", null],
	['{ "a": 1', null],
	["guidance", null],
])("reads %j", (text, inputs) => {
	expect(parseFal(text)).toEqual(inputs);
});
