import { describe, expect, it } from "vitest";
import type { Model, Traits } from "./catalogue/types.ts";
import { resolveModel } from "./names.ts";
import { type Operation, operationsOf, type Sizes } from "./operations.ts";

const TRAITS: Traits = {
	dialect: { kind: "none" },
	maxImages: 1,
	outputFormats: [],
	quality: null,
	seed: false,
	shape: "auto",
};

function makeModel(changes: Partial<Model>): Model {
	return { ...TRAITS, id: "a/b", endpoint: "a/b", ...changes };
}

function generationOf(changes: Partial<Model>): Operation | null {
	const model = makeModel(changes);
	return operationsOf(model, model).generation;
}

function operationsNamed(name: string) {
	const model = resolveModel(name);
	if (model === null) throw new Error(name);
	return operationsOf(model, model.editedBy === undefined ? model : resolveModel(model.editedBy));
}

const BOUNDS = { min: 480, max: 3840, multiple: 16 } as const;
const ALONE = { min_area: null, max_area: null, max_elongation: null };

describe("the sizes of an operation", () => {
	it.each<readonly [dialect: Traits["dialect"], sizes: Sizes]>([
		[
			{ kind: "ratio", ratios: ["1:1", "19.5:9", "2.35:1"] },
			{ kind: "list", sizes: ["1:1", "19.5:9", "2.35:1"] },
		],
		[
			{ kind: "ratio", ratios: ["auto", "wide", "widescreen_16_9", "16:9", "portrait_3_2"] },
			{ kind: "list", sizes: ["16:9", "2:3"] },
		],
		[
			{ kind: "text", sizes: ["1024x1024", "1536x1024"] },
			{ kind: "list", sizes: ["1024x1024", "1536x1024"] },
		],
		[
			{ kind: "text", sizes: ["square_hd", "square", "landscape_16_9"] },
			{ kind: "list", sizes: ["1024x1024", "512x512", "1024x576"] },
		],
		[
			{ kind: "pixels", ...BOUNDS, area: { min: 655_360, max: 8_294_400 }, maxElongation: 3 },
			{ kind: "pixels", ...BOUNDS, min_area: 655_360, max_area: 8_294_400, max_elongation: 3 },
		],
		[
			{ kind: "pixels", ...BOUNDS, presets: ["square_hd"] },
			{ kind: "pixels", ...BOUNDS, ...ALONE },
		],
		[
			{ kind: "sides", ...BOUNDS },
			{ kind: "pixels", ...BOUNDS, ...ALONE },
		],
		[{ kind: "none" }, { kind: "none" }],
		[{ kind: "unknown" }, { kind: "unknown" }],
	])("of %j are %j", (dialect, sizes) => {
		expect(generationOf({ dialect })?.sizes).toEqual(sizes);
	});
});

describe("an operation", () => {
	it.each<readonly [traits: Partial<Model>, expected: Partial<Operation>]>([
		[{ outputFormats: ["png", "jpg", "jpeg"] }, { output_formats: ["png", "jpeg"] }],
		[{ background: true }, { backgrounds: ["transparent", "opaque"] }],
		[{ resolutions: ["0.5K", "1k", "4MP"] }, { resolutions: ["1K", "2K"], qualities: [] }],
		[
			{ resolutions: ["1K", "2K"], quality: { field: "quality", words: { auto: "auto", low: "L", high: "H" } } },
			{ resolutions: [], qualities: ["low", "high"] },
		],
		[{ maxPromptChars: 800 }, { max_prompt_chars: 800 }],
		[{ prompt: null }, { required_parameters: [] }],
		[
			{ dialect: { kind: "text", sizes: ["1024x1024"], field: "size" }, needs: ["size", "style"] },
			{ required_parameters: ["prompt", "size", "fal.style"] },
		],
		[
			{ dialect: { kind: "sides", ...BOUNDS }, needs: ["width", "height"] },
			{ required_parameters: ["prompt", "size"] },
		],
	])("with %j says %j", (traits, expected) => {
		expect(generationOf(traits)).toMatchObject(expected);
	});
});

describe("operationsOf", () => {
	it.each<readonly [name: string, max: readonly [edit: number | null, masked: number | null]]>([
		["flux-1.1-pro", [4, 1]],
		["gpt-image-2", [16, 16]],
		["nano-banana-2", [14, null]],
		["qwen-image", [3, 1]],
		["krea-2-large", [null, null]],
		["flux-schnell", [4, null]],
		["fal-ai/flux-pro/v1/fill", [null, 1]],
	])("says how many pictures %s takes without a mask and with one", (name, [edit, masked]) => {
		const found = operationsNamed(name);
		expect([found.edit?.max_images ?? null, found.masked_edit?.max_images ?? null]).toEqual([edit, masked]);
	});

	it.each(["upscale", "qwen-image-edit", "fal-ai/flux-pro/v1/fill"])(
		"lets %s make nothing without a picture",
		(name) => {
			expect(operationsNamed(name).generation).toBeNull();
		},
	);

	it("tells the endpoint of a mask from that of pictures alone", () => {
		const { edit, masked_edit: masked } = operationsNamed("ideogram-v3");
		expect(edit).toMatchObject({ sizes: { kind: "pixels" }, qualities: ["low", "medium", "high"] });
		expect(masked).toMatchObject({ sizes: { kind: "none" }, qualities: ["low", "medium", "high"] });
		expect(edit?.supported_parameters).toContain("negative_prompt");
		expect(masked?.supported_parameters).not.toContain("negative_prompt");
	});

	it("names the further inputs at fal if it is asked for all, and where they are known", () => {
		const model = makeModel({ inputs: ["prompt", "steps"] });
		const { generation } = operationsOf(model, null, true);
		expect(generation).toEqual({ ...operationsOf(model, null).generation, fal_inputs: ["steps"] });
		expect(operationsOf(makeModel({}), null, true).generation).toEqual(generationOf({}));
	});

	it("has no operation with pictures if nobody edits them", () => {
		expect(operationsOf(makeModel({}), null)).toMatchObject({ edit: null, masked_edit: null });
	});
});
