import { describe, expect, it } from "vitest";
import { CATALOGUE } from "./catalogue/index.ts";
import { inputsOf, makesPictures } from "./inputs.ts";
import { resolveModel } from "./names.ts";

function inputsOfName(name: string): readonly string[] | null {
	const model = resolveModel(name);
	if (model === null) throw new Error(`no model ${name}`);
	const inputs = inputsOf(model);
	return inputs && [...inputs].toSorted();
}

describe("inputsOf", () => {
	it.each([
		["fal-ai/recraft/vectorize", "image_url"],
		[
			"flux-dev",
			"acceleration enable_safety_checker guidance_scale image_size num_images num_inference_steps output_format prompt seed sync_mode",
		],
		["flux-schnell", inputsOfName("fal-ai/flux/schnell")?.join(" ") ?? ""],
		["imagen4-preview", "aspect_ratio num_images output_format prompt resolution safety_tolerance seed"],
		["darkroom-fast", "aspect_ratio num_images output_format prompt safety_tolerance seed"],
	])("names the inputs of %s", (name, inputs) => {
		expect(inputsOfName(name)?.join(" ")).toBe(inputs);
	});

	it.each(["fal-ai/new/thing", "workflows/me/flow", "fal-ai/luma-photon"])(
		"returns null for %s, which no row has",
		(name) => {
			expect(inputsOfName(name)).toBeNull();
		},
	);

	it.each(CATALOGUE)("knows the inputs of $id", (model) => {
		const inputs = inputsOf(model);
		expect(inputs?.has(model.prompt === null ? "image_url" : "prompt")).toBe(true);
		// A row writes its inputs down only if the data lacks its endpoint.
		expect(model.inputs === undefined).toBe(makesPictures(model.endpoint));
	});
});

describe("makesPictures", () => {
	it.each([
		["fal-ai/flux/krea", true],
		["openai/gpt-image-2", true],
		["fal-ai/flux-2/klein/9b/base/edit/lora", true],
		["fal-ai/flux", false],
		["fal-ai/imagen4/preview", false],
		["constructor", false],
		["", false],
	])("of %s is %s", (endpoint, expected) => {
		expect(makesPictures(endpoint)).toBe(expected);
	});
});
