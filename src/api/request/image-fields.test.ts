import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blamed } from "../../../test/support/blamed.ts";
import { APIS, bodyOf, readRequest } from "../../../test/support/read-request.ts";

const RATIO = { kind: "ratio", width: 16, height: 9 };
const PIXELS = { kind: "pixels", width: 1080, height: 1920 };

/** All APIs read such a request alike. other-names.worker.test.ts tests the bodies that fal then gets. */
describe.each(APIS)("a request of %s", (api) => {
	it.each<readonly [said: string, more: object, prompt: string, size: object]>([
		["a fox, 16:9", {}, "a fox", RATIO],
		["a fox, 16:9", { size: "auto" }, "a fox", RATIO],
		["a fox, 16:9", { size: " Default " }, "a fox", RATIO],
		["a fox", { w: "1080px", h: "1920.0" }, "a fox", PIXELS],
		["a fox, 16:9", { size: null, aspect_ratio: "auto", image_size: "", width: null }, "a fox", RATIO],
		["a fox, 16:9", { size: "2K" }, "a fox", RATIO],
		["a fox, 16:9", { fal: { safety_tolerance: "3" } }, "a fox", RATIO],
		["a fox, 4:3", { size: "16:9" }, "a fox, 4:3", RATIO],
		["a fox, 4:3", { aspect_ratio: "16:9" }, "a fox, 4:3", RATIO],
		["a fox, 4:3", { width: 1080, height: 1920 }, "a fox, 4:3", PIXELS],
		["a fox, 4:3", { fal: { aspect_ratio: "16:9" } }, "a fox, 4:3", { kind: "auto" }],
		["a fox, 4:3", { extra_body: { fal: { aspect_ratio: "16:9" } } }, "a fox, 4:3", { kind: "auto" }],
		["a fox, 4:3", { model: "flux-schnell", fal: { image_size: "square_hd" } }, "a fox, 4:3", { kind: "auto" }],
	])("that says %j with %j has the prompt %j and the size %j", (said, more, prompt, size) => {
		expect(readRequest(api, bodyOf(api, said, more))).toMatchObject({ ok: true, value: { prompt, size } });
	});

	it.each<readonly [more: object, param: string]>([
		// No size.
		[{ aspect_ratio: "wide" }, "aspect_ratio"],
		[{ aspect_ratio: 1.5 }, "aspect_ratio"],
		[{ aspectRatio: "0:9" }, "aspectRatio"],
		[{ image_size: { width: 1024 } }, "image_size"],
		[{ image_size: { width: "a", height: "b" } }, "image_size"],
		[{ image_size: { width: 1024, height: 99_999 } }, "image_size"],
		[{ image_size: [1024, 1024] }, "image_size"],
		[{ image_size: "huge" }, "image_size"],
		[{ resolution: "1080p" }, "resolution"],
		[{ resolution: 2 }, "resolution"],
		[{ orientation: "upside-down" }, "orientation"],
		[{ width: "1024.5", height: 1024 }, "width"],
		[{ output_mime_type: "x-image/png" }, "output_mime_type"],
		[{ image_config: { aspect_ratio: "wide" } }, "image_config.aspect_ratio"],
		[{ image_config: { image_size: "big" } }, "image_config.image_size"],
		[
			{ extra_body: { google: { image_config: { aspect_ratio: "x" } } } },
			"extra_body.google.image_config.aspect_ratio",
		],
		[{ extra_body: { size: "huge" } }, "extra_body.size"],
		[{ width: 1024 }, "width"],
		[{ height: 1024 }, "height"],
		[{ width: 10, height: 1024 }, "width"],
		[{ width: 1024, height: "tall" }, "height"],
		[{ parameters: { width: -1, height: 512 } }, "parameters.width"],
		// A resolution that the model, or Darkroom, does not have.
		[{ size: "2K", model: "flux-schnell" }, "size"],
		[{ size: "8K" }, "size"],
		[{ resolution: "0.5K" }, "resolution"],
		[{ image_config: { image_size: "2K" }, model: "gpt-image-1.5" }, "image_config.image_size"],
		[{ image_size: "auto_4K", model: "imagen4-fast" }, "image_size"],
		// No count.
		[{ num_images: 0 }, "num_images"],
		[{ num_images: 11 }, "num_images"],
		[{ num_images: 1.5 }, "num_images"],
		[{ num_images: "two" }, "num_images"],
		[{ num_images: 11 }, "num_images"],
		[{ batch_size: 11 }, "batch_size"],
		[{ batch_size: 4, n_iter: 4 }, "batch_size"],
		[{ n_iter: -1 }, "n_iter"],
		[{ numberOfImages: [2] }, "numberOfImages"],
		[{ generationConfig: { imageConfig: {}, sampleCount: 99 } }, "generationConfig.sampleCount"],
		// Other fields in an object of options.
		[{ extra_body: { quality: "superb" } }, "extra_body.quality"],
		[{ extra_body: { seed: "x" } }, "extra_body.seed"],
		[{ quality: "superb", image_quality: "low" }, "quality"],
		[{ output_format: "tiff", image_format: "png" }, "output_format"],
		[{ background: "green", extra_body: { background: "opaque" } }, "background"],
		[{ input_fidelity: "x", extra_body: { input_fidelity: "high" } }, "input_fidelity"],
		[{ moderation: "x", extra_body: { moderation: "low" } }, "moderation"],
		[{ extra_body: { output_format: "tiff" } }, "extra_body.output_format"],
		[{ extra_body: { background: "green" } }, "extra_body.background"],
		[{ extra_body: { fal: "fast" } }, "extra_body.fal"],
		[{ extra_body: { input_fidelity: "x" } }, "extra_body.input_fidelity"],
		[{ extra_body: { moderation: "x" } }, "extra_body.moderation"],
		[{ extra_body: { moderation: 7 } }, "extra_body.moderation"],
		[{ extra_body: { output_format: 7 } }, "extra_body.output_format"],
		// Two that contradict each other.
		[{ aspect_ratio: "16:9", image_size: "1024x1024" }, "image_size"],
		[{ aspect_ratio: "16:9", width: 1024, height: 1024 }, "width"],
		[{ image_config: { aspect_ratio: "16:9" }, aspect_ratio: "9:16" }, "aspect_ratio"],
		[{ image_size: "1024x1024", width: 2048, height: 2048 }, "width"],
		[{ resolution: "1K", image_config: { image_size: "2K" } }, "image_config.image_size"],
		[{ num_images: 2, batch_size: 3 }, "batch_size"],
		[{ num_outputs: 2, batch_size: 2, n_iter: 2 }, "batch_size"],
	])("such as %j is refused and blames %s", (more, param) => {
		expect(blamed(readRequest(api, bodyOf(api, "a fox", more)))).toBe(param);
	});

	it("names both of two fields that contradict each other", () => {
		expect(readRequest(api, bodyOf(api, "a fox", { aspect_ratio: "16:9", image_size: "1024x1024" }))).toMatchObject({
			error: { param: "image_size", fault: { is: "contradiction", other: "aspect_ratio" } },
		});
	});

	it.each<readonly [more: object]>([
		[{ size: "16:9", aspect_ratio: "wide", image_size: [1], width: "x" }],
		[{ size: "16:9", resolution: "1k" }],
		[{ n: 1, num_images: 99, batch_size: "x" }],
	])("does not look at other names beside its own field: %j", (more) => {
		expect(readRequest(api, bodyOf(api, "a fox", more))).toMatchObject({ ok: true, value: { n: 1 } });
	});

	it.each<readonly [more: object, value: object]>([
		[{ num_images: 3 }, { n: 3 }],
		[{ n: 2, num_images: 3 }, { n: 2 }],
		[{ extra_body: { seed: 8 } }, { seed: 8 }],
		[{ seed: 7, extra_body: { seed: 8 } }, { seed: 7 }],
		[{ extra_body: { negative_prompt: "blurry" } }, { negativePrompt: "blurry" }],
		[{ negative_prompt: "text", negativePrompt: "blurry" }, { negativePrompt: "text" }],
		[
			{ tools: [{ type: "image_generation", size: "16:9", n: 2, quality: "low" }] },
			{ size: RATIO, n: 2, quality: "low" },
		],
		[{ tools: [{ type: "openrouter:image_generation", parameters: { size: "16:9" } }] }, { size: RATIO }],
		[
			{ extra_body: { background: "transparent", input_fidelity: "high", moderation: "low" } },
			{ background: "transparent", inputFidelity: "high", moderation: "low" },
		],
		[{ extra_body: { fal: { safety_tolerance: "3" } } }, { fal: { safety_tolerance: "3" } }],
		[
			{ fal: { safety_tolerance: "2" }, extra_body: { fal: { safety_tolerance: "3" } } },
			{ fal: { safety_tolerance: "2" } },
		],
		[{ providerOptions: { fal: { seed: 7 } } }, { fal: {}, seed: 7 }],
		[{ image_quality: "low" }, { quality: "low" }],
		[{ quality: "high", image_quality: "low" }, { quality: "high" }],
		[{ image_format: "webp" }, { outputFormat: "webp" }],
		[{ output_format: "png", image_format: "webp" }, { outputFormat: "png" }],
		[{ outputMimeType: "image/JPEG" }, { outputFormat: "jpeg" }],
	])("that says %j is asked for %j", (more, value) => {
		expect(readRequest(api, bodyOf(api, "a fox", more))).toMatchObject({ ok: true, value });
	});

	it("blames the field of its words if they are too long for the model", () => {
		const fault = {
			images: { param: "prompt", fault: { is: "too_long", max: 800, of: "characters" } },
			chat: { param: "messages", fault: { is: "message_too_long", max: 800 } },
			responses: { param: "input", fault: { is: "message_too_long", max: 800 } },
		}[api];
		const model = "qwen-image-2";
		expect(readRequest(api, bodyOf(api, "x".repeat(801), { model }))).toMatchObject({ ok: false, error: fault });
		expect(readRequest(api, bodyOf(api, "x".repeat(800), { model }))).toMatchObject({ ok: true });
	});

	it("never throws, whatever the names hold", () => {
		const value = fc.oneof(
			fc.constantFrom("16:9", "1024x1024", "2K", "auto", "", 1, 0, -1, 1024, null, "square_hd", {
				width: 1024,
				height: 1,
			}),
			fc.jsonValue(),
		);
		const names = ["aspect_ratio", "imageSize", "width", "height", "resolution", "num_images", "batch_size", "n_iter"];
		const fields = fc.dictionary(fc.constantFrom(...names, "seed", "quality", "size", "n", "image_config"), value);
		fc.assert(
			fc.property(fields, fields, (some, nested) => {
				const body = bodyOf(api, "a fox", { ...some, extra_body: nested });
				const read = readRequest(api, JSON.parse(JSON.stringify(body)));
				expect(JSON.parse(JSON.stringify(read))).toEqual(read);
			}),
			{ numRuns: 500 },
		);
	});
});

it("a Response's tool has other names, too, and its own field wins over those of the body", () => {
	const read = (tool: object, more: object = {}) =>
		readRequest("responses", bodyOf("responses", "a fox", { tools: [{ type: "image_generation", ...tool }], ...more }));
	expect(read({ aspect_ratio: "16:9" })).toMatchObject({ value: { size: RATIO } });
	expect(read({ size: "auto", aspect_ratio: "16:9" })).toMatchObject({ value: { size: RATIO } });
	expect(read({ size: "16:9" }, { aspect_ratio: "1:1" })).toMatchObject({ value: { size: RATIO } });
	expect(blamed(read({ size: "big" }))).toBe("tools[0].size");
	expect(blamed(read({ aspect_ratio: "wide" }))).toBe("tools[0].aspect_ratio");
	expect(blamed(read({ n: 11 }))).toBe("tools[0].n");
});

it("an Images prompt that is nothing but a size has nothing to draw", () => {
	const nothing = { kind: "invalid_value", param: "prompt", fault: { is: "missing" } };
	expect(readRequest("images", { prompt: "16:9" })).toEqual({ ok: false, error: nothing });
});
