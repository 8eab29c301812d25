import { describe, expect, it } from "vitest";
import { makeRequest } from "../../test/support/make.ts";
import type { JsonObject } from "../json-value.ts";
import { drawerOf } from "./drawer.ts";
import { toFalInput } from "./fal-input.ts";
import { resolveModel } from "./names.ts";
import type { ImageRequest, InputPicture, InputRole, StoredPicture } from "./request.ts";
import { parseSize } from "./size.ts";

const A = linked("image", "a");
const B = linked("image", "b");
const MASK = linked("mask", "m");
/** As a photograph that lies on its side. */
const WIDE: StoredPicture = {
	kind: "stored",
	key: "inputs/job/0",
	contentType: "image/png",
	bytes: 1,
	sha256: "0".repeat(64),
	width: 3000,
	height: 2000,
};

function linked(role: InputRole, name: string): InputPicture {
	return { role, source: { kind: "link", url: `https://pictures.test/${name}.png` } };
}

/** Returns fal's body for a request with pictures, at the endpoint that draws it. */
function toBody(name: string, overrides: Partial<ImageRequest>) {
	const model = resolveModel(name);
	if (model === null) throw new Error(`no model ${name}`);
	const request = makeRequest({ prompt: "a hat", model: model.id, size: { kind: "auto" }, ...overrides });
	const falInput = toFalInput(drawerOf(model, request), request);
	if (!falInput.ok) throw new Error(JSON.stringify(falInput.error));
	return falInput.value;
}

describe("the body of an edit", () => {
	it.each<readonly [name: string, asked: Partial<ImageRequest>, input: JsonObject]>([
		["nano-banana-2", {}, { prompt: "a hat", num_images: 1, output_format: "png" }],
		["imagen4-fast", { quality: "high" }, { prompt: "a hat", num_images: 1, output_format: "png", resolution: "2K" }],
		[
			"gpt-image-2",
			{ outputFormat: "webp" },
			{ prompt: "a hat", num_images: 1, image_size: "auto", output_format: "webp", quality: "auto" },
		],
		[
			"gpt-image-1.5",
			{ background: "transparent", inputFidelity: "low", quality: "low" },
			{
				prompt: "a hat",
				num_images: 1,
				output_format: "png",
				quality: "low",
				background: "transparent",
				input_fidelity: "low",
			},
		],
		["flux-2-pro", { seed: 7 }, { prompt: "a hat", image_size: "auto", output_format: "png", seed: 7 }],
		["seedream-4.5", { n: 2 }, { prompt: "a hat", num_images: 2, max_images: 1 }],
		[
			"qwen-image-2",
			{ negativePrompt: "fog" },
			{ prompt: "a hat", num_images: 1, output_format: "png", negative_prompt: "fog" },
		],
		[
			"grok-imagine-image",
			{ quality: "high" },
			{ prompt: "a hat", num_images: 1, output_format: "png", resolution: "2k" },
		],
		["ideogram-v3", { quality: "high" }, { prompt: "a hat", num_images: 1, rendering_speed: "QUALITY" }],
		["bria-fibo", { negativePrompt: "fog" }, { instruction: "a hat", negative_prompt: "fog" }],
		["upscale", { outputFormat: "jpeg" }, { output_format: "jpg" }],
		["remove-background-bria", { outputFormat: "jpeg" }, {}],
		["vectorize", {}, {}],
	])("of %s with %j has the fields of its endpoint, and no more", (name, asked, input) => {
		expect(toBody(name, { inputs: [A], ...asked }).input).toEqual(input);
	});

	it.each<readonly [name: string, inputs: readonly InputPicture[], attachments: readonly object[]]>([
		["nano-banana-2", [A, B], [{ field: "image_urls", isList: true, pictures: [A, B] }]],
		[
			"gpt-image-2",
			[A, MASK],
			[
				{ field: "image_urls", isList: true, pictures: [A] },
				{ field: "mask_url", isList: false, pictures: [MASK] },
			],
		],
		[
			"flux-kontext",
			[A, MASK],
			[
				{ field: "image_url", isList: false, pictures: [A] },
				{ field: "mask_url", isList: false, pictures: [MASK], turnTo: "white" },
			],
		],
		[
			"ideogram-v3",
			[A, MASK],
			[
				{ field: "image_url", isList: false, pictures: [A] },
				{ field: "mask_url", isList: false, pictures: [MASK], turnTo: "black" },
			],
		],
		["hidream-o1", [A], [{ field: "reference_image_urls", isList: true, pictures: [A] }]],
	])("of %s says which field takes which picture", (name, inputs, attachments) => {
		expect(toBody(name, { inputs }).attachments).toEqual(attachments);
	});

	it.each<readonly [name: string, size: string, width: number | null, sent: JsonObject]>([
		// It would draw a square.
		["wan-2.7", "auto", 3000, { image_size: { width: 1248, height: 832 } }],
		["kling-image-v3", "auto", 3000, { aspect_ratio: "3:2" }],
		["wan-2.7", "1:1", 3000, { image_size: { width: 1024, height: 1024 } }],
		["wan-2.7", "auto", null, {}],
		// It follows the picture itself.
		["nano-banana-2", "auto", 3000, {}],
		["qwen-image-2", "auto", 3000, {}],
	])("of %s at the size %s has the shape of its picture", (name, size, width, sent) => {
		const inputs = [{ role: "image" as const, source: { ...WIDE, width } }];
		const { aspect_ratio, image_size } = toBody(name, { inputs, size: parseSize(size) ?? { kind: "auto" } }).input;
		expect({ ...(aspect_ratio && { aspect_ratio }), ...(image_size && { image_size }) }).toEqual(sent);
	});
});

describe("the least strict check", () => {
	it.each([
		["nano-banana-2", { safety_tolerance: "6" }],
		["flux-2-pro", { safety_tolerance: "5" }],
		// A checker is on or off, and is never switched off.
		["flux-schnell", {}],
		["gpt-image-2", {}],
	])("of %s is %j", (name, fields) => {
		const { input } = toBody(name, { moderation: "low" });
		expect({ ...(input.safety_tolerance && { safety_tolerance: input.safety_tolerance }) }).toEqual(fields);
		expect(input).not.toHaveProperty("enable_safety_checker");
	});

	it("is left alone unless it is asked for", () => {
		expect(toBody("nano-banana-2", {}).input).not.toHaveProperty("safety_tolerance");
	});
});

describe("a request that its model cannot draw", () => {
	it.each<readonly [name: string, asked: Partial<ImageRequest>, param: string, fault: object]>([
		["krea-2-large", { inputs: [A] }, "image", { is: "pictures_of_model", model: "krea-2-large", max: 0 }],
		["qwen-image-2", { inputs: [A, B, A, B] }, "image", { is: "pictures_of_model", model: "qwen-image-2", max: 3 }],
		["imagen4-preview", { inputs: [A, MASK] }, "mask", { is: "role_of_model", model: "nano-banana-2", role: "mask" }],
		["upscale", {}, "image", { is: "needs_picture", model: "upscale", of: "image" }],
		["qwen-image-2", { prompt: "x".repeat(801) }, "prompt", { is: "too_long", max: 800, of: "characters" }],
	])("is refused: %s", (name, asked, param, fault) => {
		const model = resolveModel(name);
		if (model === null) throw new Error(`no model ${name}`);
		const request = makeRequest({ model: model.id, ...asked });
		expect(toFalInput(drawerOf(model, request), request)).toEqual({
			ok: false,
			error: { kind: "invalid_value", param, fault },
		});
	});
});
