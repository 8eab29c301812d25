import { describe, expect, it } from "vitest";
import { makeDraft } from "../../../test/support/console-jobs.ts";
import { makeReference } from "../../../test/support/console-models.ts";
import { orderedReferences, placeOfParam, toFields } from "./draft.ts";

describe("toFields", () => {
	it("says what is chosen, in the words of the API", () => {
		const draft = makeDraft({
			...{ prompt: "a fox", model: "nano-banana-2", size: "16:9", resolution: "2K", n: 3 },
			...{ quality: "low", outputFormat: "webp", background: "transparent", seed: 0 },
			...{ negativePrompt: "blur", inputFidelity: "high", fal: '{ "guidance_scale": 4 }' },
		});
		expect(toFields(draft)).toEqual({
			...{ prompt: "a fox", model: "nano-banana-2", size: "16:9", resolution: "2K", n: 3 },
			...{ quality: "low", output_format: "webp", background: "transparent", seed: 0 },
			...{ negative_prompt: "blur", input_fidelity: "high", fal: { guidance_scale: 4 } },
		});
	});

	it("leaves out what is left to the model", () => {
		expect(toFields(makeDraft({ prompt: "", size: null, references: [makeReference("a")] }))).toEqual({
			model: "flux-schnell",
			n: 1,
		});
	});
});

describe("placeOfParam", () => {
	it.each([
		["prompt", "prompt"],
		["n", "n"],
		["output_format", "outputFormat"],
		["size", "size"],
		["resolution", "resolution"],
		["image", "references"],
		["image[2]", "references"],
		["images[0].image_url", "references"],
		["mask", "mask"],
		["negative_prompt", "negativePrompt"],
		["input_fidelity", "inputFidelity"],
		["fal", "fal"],
		["fal.guidance_scale", "fal"],
		["webhook_url", null],
		[null, null],
	])("puts an error of %s at %s", (param, place) => {
		expect(placeOfParam(param)).toBe(place);
	});
});

describe("orderedReferences", () => {
	const [one, two, three] = ["one", "two", "three"].map((id) => makeReference(id));
	if (!one || !two || !three) throw new Error("three references");
	const references = [one, two, three];

	it("puts the reference of the mask first", () => {
		const mask = { png: new Blob(), of: "two" };
		expect(orderedReferences({ references, mask })).toEqual([two, one, three]);
	});

	it("leaves the order alone without a mask, and with that of a reference that is gone", () => {
		expect(orderedReferences({ references, mask: null })).toBe(references);
		expect(orderedReferences({ references, mask: { png: new Blob(), of: "gone" } })).toBe(references);
	});
});
