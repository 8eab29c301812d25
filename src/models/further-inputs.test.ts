import { describe, expect, it } from "vitest";
import { drawerOf } from "./drawer.ts";
import { furtherInputsOf } from "./further-inputs.ts";
import { resolveModel } from "./names.ts";

function furtherOf(name: string, ...roles: readonly ("image" | "mask")[]): readonly string[] | null {
	const model = resolveModel(name);
	if (model === null) throw new Error(`no model ${name}`);
	return furtherInputsOf(drawerOf(model, { inputs: roles.map((role) => ({ role })) }));
}

describe("furtherInputsOf", () => {
	it("names what only `fal` can set", () => {
		expect(furtherOf("flux-schnell")).toEqual([
			...["enable_safety_checker", "guidance_scale", "num_inference_steps", "acceleration"],
		]);
	});

	it("leaves out what has a field, what Darkroom answers for, and files", () => {
		expect(furtherOf("gpt-image-1.5")).toEqual([]);
		expect(furtherOf("gpt-image-1.5", "image")).toEqual([]);
	});

	it.each(["flux-schnell", "nano-banana-2"])("leaves out of %s whatever another field sets", (name) => {
		const model = resolveModel(name);
		if (model === null) throw new Error(`no model ${name}`);
		const ofTheFormat = ["seed", "output_format", "image_size", "aspect_ratio", "width", "height", "resolution"];
		const set = [...ofTheFormat, "quality", "background", "input_fidelity", "negative_prompt"];
		expect(furtherInputsOf({ ...model, quality: null, inputs: [...set, "mood"] })).toEqual(["mood"]);
	});

	it("is of the endpoint that draws", () => {
		expect(furtherOf("qwen-image", "image", "mask")).toContain("strength");
		expect(furtherOf("qwen-image", "image")).not.toContain("strength");
	});

	it("is null where nobody knows the inputs", () => {
		expect(furtherOf("fal-ai/some/model-of-tomorrow")).toBe(null);
	});
});
