import { expect, it } from "vitest";
import { readType } from "./field-type.ts";

it.each([
	["prompt", "string", { kind: "text" }],
	["seed", "number", { kind: "integer" }],
	["num_inference_steps", "number", { kind: "integer" }],
	["strength", "number", { kind: "number" }],
	["guidance_scale", "number | number", { kind: "number" }],
	["sync_mode", "boolean", { kind: "boolean" }],
	["output_format", '"jpeg" | "png"', { kind: "words", words: ["jpeg", "png"] }],
	["upscale_factor", "0 | 2 | 4", { kind: "words", words: [0, 2, 4] }],
	["image_urls", "Array<string>", { kind: "list", of: { kind: "text" } }],
	["maps", 'Array< | "a|b" | "c">', { kind: "list", of: { kind: "words", words: ["a|b", "c"] } }],
	["background", "Background", { kind: "object", name: "Background" }],
	[
		"image_size",
		'ImageSize | "square_hd" | "auto"',
		{
			kind: "union",
			of: [
				{ kind: "object", name: "ImageSize" },
				{ kind: "words", words: ["square_hd", "auto"] },
			],
		},
	],
	["structured_prompt", "unknown", { kind: "anything" }],
])("reads the type of %s from %s", (name, type, expected) => {
	expect(readType(name, type)).toEqual(expected);
});

it("reads what is left of a text that was cut", () => {
	const words = { kind: "words", words: ["realistic"] };
	expect(readType("style", '"realistic" | "real')).toEqual({ kind: "union", of: [{ kind: "text" }, words] });
	expect(readType("styles", 'Array< | "realistic" | "real')).toEqual({
		kind: "list",
		of: { kind: "union", of: [{ kind: "text" }, words] },
	});
});
