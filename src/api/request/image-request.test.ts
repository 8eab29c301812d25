import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blamed } from "../../../test/support/blamed.ts";
import { makeRequest, makeTraits } from "../../../test/support/make.ts";
import { toRequestAnswer } from "../../errors.ts";
import type { ImageRequest } from "../../models/request.ts";
import { ImagesBody } from "../images/body.ts";
import { parseBody } from "./fields.ts";
import { type Catalogue, type ImageFields, toImageRequest } from "./image-request.ts";

const ALL: Catalogue = {
	offered: { kind: "all", named: ["acme/new", "acme/new-model"] },
	defaultModel: "imagen4-preview",
};

describe("toImageRequest", () => {
	it.each<readonly [fields: Omit<ImageFields, "prompt">, request: Partial<ImageRequest>]>([
		[{}, { size: { kind: "auto" } }],
		[{ model: "dall-e-3" }, { model: "imagen4-preview", size: { kind: "auto" } }],
		[{ model: "DARKROOM" }, { model: "imagen4-preview", size: { kind: "auto" } }],
		[{ model: "fal-ai/flux/krea" }, { model: "fal-ai/flux/krea", size: { kind: "auto" } }],
		[
			{ size: "16:9", n: 4 },
			{ n: 4, size: { kind: "ratio", width: 16, height: 9 } },
		],
		[{ size: "1792x1024" }, { size: { kind: "pixels", width: 1792, height: 1024 } }],
		[{ size: { kind: "auto" } }, { size: { kind: "auto" } }],
		[{ quality: "HD" }, { quality: "high", size: { kind: "auto" } }],
		[{ quality: "medium" }, { quality: "medium", size: { kind: "auto" } }],
		[{ quality: "high" }, { quality: "high", size: { kind: "auto" } }],
		[{ quality: " MAX " }, { quality: "high", size: { kind: "auto" } }],
		[{ quality: "standard" }, { quality: "auto", size: { kind: "auto" } }],
		[{ quality: "1K" }, { quality: "auto", size: { kind: "auto" } }],
		[{ quality: "2K" }, { quality: "high", size: { kind: "auto" } }],
		[
			{ resolution: "2k", params: { resolution: "size" } },
			{ quality: "high", size: { kind: "auto" } },
		],
		[
			{ resolution: "1k", quality: "hd", params: { resolution: "size" } },
			{ quality: "auto", resolution: "1K", size: { kind: "auto" } },
		],
		[
			{ resolution: "1k", quality: "low" },
			{ quality: "low", size: { kind: "auto" } },
		],
		[
			{ resolution: "4k", model: "nano-banana-2", params: { resolution: "size" } },
			{ resolution: "4K", quality: "high", model: "nano-banana-2", size: { kind: "auto" } },
		],
		[
			{ quality: "4k", model: "nano-banana-2" },
			{ quality: "high", model: "nano-banana-2", size: { kind: "auto" } },
		],
		[
			{ resolution: "4k", params: { resolution: "size" } },
			{ quality: "high", size: { kind: "auto" } },
		],
		// In words it is no demand.
		[{ resolution: "2k" }, { quality: "high", size: { kind: "auto" } }],
		[
			{ resolution: "2k", quality: " Auto" },
			{ quality: "high", size: { kind: "auto" } },
		],
		[
			{ resolution: "2k", quality: "1K" },
			{ quality: "auto", size: { kind: "auto" } },
		],
		[
			{ resolution: "2k", quality: "low" },
			{ quality: "low", size: { kind: "auto" } },
		],
		[
			{ resolution: "2k", model: "gpt-image-1.5" },
			{ model: "gpt-image-1.5", quality: "auto", size: { kind: "auto" } },
		],
		[
			{ resolution: "1k", quality: "hd", model: "gpt-image-1.5", params: { resolution: "size" } },
			{ model: "gpt-image-1.5", quality: "high", size: { kind: "auto" } },
		],
		[{ quality: "xhigh" }, { quality: "high", size: { kind: "auto" } }],
		[
			{ resolution: "4k", quality: "low", model: "nano-banana-2" },
			{ quality: "low", model: "nano-banana-2", size: { kind: "auto" } },
		],
		[{ outputFormat: "JPG" }, { outputFormat: "jpeg", size: { kind: "auto" } }],
		[{ outputFormat: "jpeg" }, { outputFormat: "jpeg", size: { kind: "auto" } }],
		[{ outputFormat: "png" }, { outputFormat: "png", size: { kind: "auto" } }],
		[{ outputFormat: "webp" }, { outputFormat: "webp", size: { kind: "auto" } }],
		[{ background: " Transparent " }, { background: "transparent", size: { kind: "auto" } }],
		[{ background: "auto" }, { size: { kind: "auto" } }],
		[{ inputFidelity: "high" }, { inputFidelity: "high", size: { kind: "auto" } }],
		[{ inputFidelity: "auto" }, { size: { kind: "auto" } }],
		[{ moderation: "low" }, { moderation: "low", size: { kind: "auto" } }],
		[{ moderation: "auto" }, { size: { kind: "auto" } }],
		[{ negativePrompt: "hens" }, { negativePrompt: "hens", size: { kind: "auto" } }],
		[{ seed: 7 }, { seed: 7, size: { kind: "auto" } }],
		[{ seed: 2 ** 32 - 1 }, { seed: 2 ** 32 - 1, size: { kind: "auto" } }],
		[{ seed: 2 ** 32 }, { seed: 0, size: { kind: "auto" } }],
		[{ seed: 2 ** 32 + 5 }, { seed: 5, size: { kind: "auto" } }],
		[{ fal: { safety_tolerance: "3" } }, { fal: { safety_tolerance: "3" }, size: { kind: "auto" } }],
	])("reads %j", (fields, request) => {
		const read = toImageRequest({ prompt: "a red fox", ...fields }, ALL);
		expect(read).toEqual({ ok: true, value: makeRequest(request) });
	});

	it.each<readonly [fields: Omit<ImageFields, "prompt">, param: string, says: string]>([
		[{ n: 11 }, "n", "11, must be at most 10."],
		[{ n: 11, model: "fal-ai/recraft/v3/text-to-image" }, "n", "11, must be at most 10."],
		[{ size: "big" }, "size", "'big' is not a size. 'imagen4-preview' takes 1:1, 16:9, 9:16, 4:3, 3:4;"],
		[{ size: "0x0" }, "size", "'0x0' is not a size."],
		[{ size: "99999x1" }, "size", "is not a size."],
		[{ size: "big", params: { size: "tools[0].size" } }, "tools[0].size", "'big' is not a size."],
		[
			{ quality: "best", params: { quality: "extra_body.quality" } },
			"extra_body.quality",
			"'extra_body.quality': 'best', must be one of",
		],
		[{ outputFormat: "gif", params: { outputFormat: "imageFormat" } }, "imageFormat", "'gif', must be one of 'png'"],
		[{ resolution: "8k", params: { resolution: "size" } }, "size", "'8k', must be one of '1K', '2K', '4K'."],
		[
			{ resolution: "2k", model: "flux-schnell", params: { resolution: "resolution" } },
			"resolution",
			"'2K' is a resolution, and 'flux-schnell' has none. As 'size' it takes WxH with sides of 256 to 2048 pixels",
		],
		[
			{ resolution: "4k", model: "gpt-image-1.5", params: { resolution: "size" } },
			"size",
			"As 'size' it takes 1024x1024, 1536x1024",
		],
		[{ size: "big", model: "flux-schnell" }, "size", "takes WxH with sides of 256 to 2048 pixels"],
		[{ size: "big", model: "gpt-image-1.5" }, "size", "takes 1024x1024, 1536x1024, 1024x1536;"],
		[{ size: "big", model: "acme/new-model" }, "size", "takes WxH in pixels such as 1024x768"],
		[
			{ quality: "best" },
			"quality",
			"'best', must be one of 'auto', 'standard', 'low', 'medium', 'high', 'hd', 'xhigh', 'max', '1k', '2k', '4k'.",
		],
		[{ quality: "constructor" }, "quality", "must be one of"],
		[{ quality: "__proto__" }, "quality", "must be one of"],
		[{ background: "blue" }, "background", "'blue', must be one of 'transparent', 'opaque', 'auto'."],
		[{ background: "blue", params: { background: "tools[0].background" } }, "tools[0].background", "'blue', must"],
		[{ inputFidelity: "best" }, "input_fidelity", "'best', must be one of 'low', 'high', 'auto'."],
		[{ inputFidelity: "best", params: { inputFidelity: "a.b" } }, "a.b", "'a.b': 'best', must be"],
		[{ moderation: "none" }, "moderation", "'none', must be one of 'low', 'auto'."],
		[{ moderation: "none", params: { moderation: "a.b" } }, "a.b", "'a.b': 'none', must be"],
		[{ model: "remove-background" }, "image", "'remove-background' needs a picture to work on."],
		[{ outputFormat: "gif" }, "output_format", "'gif', must be one of 'png', 'jpeg', 'webp'."],
		[{ outputFormat: "constructor" }, "output_format", "must be one of"],
		[{ outputFormat: "__proto__" }, "output_format", "must be one of"],
		[{ fal: { prompt: "x" } }, "fal.prompt", "'fal.prompt': it cannot be set here, since the prompt has"],
		[{ fal: { num_images: 4 } }, "fal.num_images", "'fal.num_images': it cannot be set here, since `n` says"],
		[{ fal: { sync_mode: true } }, "fal.sync_mode", "cannot be set here, since Darkroom needs"],
		[{ fal: { image_url: "https://a.test/b.png" } }, "fal.image_url", "cannot be set here, since it names a file"],
		[{ fal: { image_urls: [] } }, "fal.image_urls", "cannot be set here, since it names a file"],
		[{ fal: { loras: [{ mask_url: "x" }] } }, "fal.loras", "cannot be set here, since it names a file"],
		[{ fal: { guidance_scale: 3 } }, "fal.guidance_scale", "cannot be set here, since the model has no such input."],
		[
			{ fal: { loras: [] }, model: "flux-schnell" },
			"fal.loras",
			"cannot be set here, since the model has no such input.",
		],
		[{ fal: { seed: "x" } }, "fal.seed", "Invalid type for 'fal.seed': expected an integer, got a string."],
		[{ fal: { output_format: "bmp" } }, "fal.output_format", "'imagen4-preview' makes 'png', 'jpeg', 'webp'."],
		[
			{ fal: { aspect_ratio: {} } },
			"fal.aspect_ratio",
			"Invalid type for 'fal.aspect_ratio': expected a string, got an object.",
		],
		[
			{ model: "flux-schnell", fal: { image_size: { width: 1, height: 1e9 } } },
			"fal.image_size",
			"must be a preset's name",
		],
	])("refuses %j and blames %s", (fields, param, says) => {
		const read = toImageRequest({ prompt: "a red fox", ...fields }, ALL);
		expect(blamed(read)).toBe(param);
		expect(read.ok ? "" : toRequestAnswer(read.error).body.error.message).toContain(says);
	});

	it("refuses an unknown model with the names that are near", () => {
		const read = toImageRequest({ prompt: "a", model: "imagen4-previw" }, ALL);
		expect(read).toMatchObject({
			error: { kind: "model_not_found", model: "imagen4-previw", near: expect.arrayContaining(["imagen4-preview"]) },
		});
	});

	it("refuses a model that is not offered", () => {
		const catalogue: Catalogue = { offered: { kind: "list", names: ["flux-schnell"] }, defaultModel: "flux-schnell" };
		expect(toImageRequest({ prompt: "a" }, catalogue)).toMatchObject({ ok: true, value: { model: "flux-schnell" } });
		expect(toImageRequest({ prompt: "a", model: "imagen4-preview" }, catalogue)).toMatchObject({ ok: false });
	});

	it.each(["workflows/me/flow", "storage/upload/initiate", "somebody/app"])(
		"refuses %s, which makes no pictures",
		(model) => {
			const offered = { offered: { kind: "all" }, defaultModel: "imagen4-preview" } as const;
			expect(toImageRequest({ prompt: "a", model }, offered)).toMatchObject({
				error: { kind: "model_not_found", model },
			});
		},
	);

	it("asks a model that only fal knows as its schema says", () => {
		const traits = makeTraits({ maxPromptChars: 5 });
		expect(toImageRequest({ prompt: "a fox", model: "acme/unheard" }, { ...ALL, traits })).toMatchObject({
			ok: true,
			value: { model: "acme/unheard" },
		});
		expect(blamed(toImageRequest({ prompt: "a vixen", model: "acme/unheard" }, { ...ALL, traits }))).toBe("prompt");
		expect(toImageRequest({ prompt: "a fox", model: "acme/unheard" }, ALL)).toMatchObject({
			error: { kind: "model_not_found", model: "acme/unheard" },
		});
	});

	it("refuses the model first, whatever else is wrong", () => {
		expect(toImageRequest({ prompt: "a", model: "?", n: 99, size: "big" }, ALL)).toMatchObject({
			error: { kind: "model_not_found" },
		});
	});

	it("never throws, whatever JSON comes, and makes plain data", () => {
		const anyWord = fc.oneof(
			fc.constantFrom("constructor", "__proto__", "toString", "16:9", "1024x1024", "hd", "png", "auto", ""),
			fc.string(),
		);
		const anyBody = fc.record(
			{
				prompt: fc.oneof(fc.string({ minLength: 1 }), fc.jsonValue()),
				model: fc.oneof(fc.constantFrom("darkroom", "flux-schnell", "gpt-image-2", "acme/new"), anyWord),
				n: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.jsonValue()),
				size: fc.oneof(anyWord, fc.jsonValue()),
				quality: fc.oneof(anyWord, fc.jsonValue()),
				output_format: fc.oneof(anyWord, fc.jsonValue()),
				seed: fc.oneof(fc.nat(), fc.jsonValue()),
				fal: fc.oneof(
					fc.dictionary(
						fc.oneof(
							fc.constantFrom("image_size", "aspect_ratio", "seed", "output_format", "__proto__", "x"),
							fc.string(),
						),
						fc.jsonValue(),
						{ maxKeys: 4 },
					),
					fc.jsonValue(),
				),
			},
			{ requiredKeys: ["prompt"] },
		);
		fc.assert(
			fc.property(anyBody, (body) => {
				const parsed = parseBody(ImagesBody, JSON.parse(JSON.stringify(body)));
				if (!parsed.ok) return;
				const { output_format, prompt, model, n, size, quality, seed, fal } = parsed.value;
				const read = toImageRequest({ prompt, model, n, size, quality, outputFormat: output_format, seed, fal }, ALL);
				expect(JSON.parse(JSON.stringify(read))).toEqual(read);
				if (!read.ok) return;
				expect(["auto", "low", "medium", "high"]).toContain(read.value.quality);
				expect([null, "png", "jpeg", "webp"]).toContain(read.value.outputFormat);
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe("pictures that a request brings along", () => {
	const image = (index: number) => ({ role: "image", param: `images[${index}]` }) as const;
	const onlyImagen = {
		offered: { kind: "list", names: ["imagen4-preview"] },
		defaultModel: "imagen4-preview",
	} as const;

	it.each<readonly [model: string, wanted: Parameters<typeof toImageRequest>[2], param: string, is: string]>([
		["nano-banana-2", Array.from({ length: 15 }, (_, index) => image(index)), "images[14]", "pictures_of_model"],
		["nano-banana-2", [image(0), { role: "mask", param: "mask_url" }], "mask_url", "role_of_model"],
		["nano-banana-2", [image(0), { role: "markup" }], "markup", "role_of_model"],
		["nano-banana-2", [image(0), { role: "markup", param: "extra.markup" }], "extra.markup", "role_of_model"],
	])("are refused by %s in the words of the client (%#)", (model, wanted, param, is) => {
		expect(toImageRequest({ prompt: "make it blue", model }, ALL, wanted)).toMatchObject({
			ok: false,
			error: { param, fault: { is } },
		});
	});

	it("are refused if only a model edits them that is not offered", () => {
		const fields = { prompt: "make it blue", model: "imagen4-preview" };
		expect(toImageRequest(fields, ALL, [image(0)]).ok).toBe(true);
		expect(toImageRequest(fields, onlyImagen, [image(0)])).toMatchObject({
			ok: false,
			error: { param: "images[0]", fault: { is: "pictures_of_model", model: "imagen4-preview", max: 0 } },
		});
		expect(toImageRequest(fields, onlyImagen).ok).toBe(true);
	});

	it("need no words for a model that takes none", () => {
		expect(toImageRequest({ prompt: "", model: "remove-background" }, ALL, [image(0)]).ok).toBe(true);
		expect(blamed(toImageRequest({ prompt: "", model: "nano-banana-2" }, ALL, [image(0)]))).toBe("prompt");
	});

	it("make it a request of the model that draws it, which may be another one", () => {
		const fields = { prompt: "a hat", model: "imagen4-fast", resolution: "4k", params: { resolution: "size" } };
		expect(toImageRequest(fields, ALL, [image(0)])).toMatchObject({
			ok: true,
			value: { model: "imagen4-fast", quality: "high", resolution: "4K" },
		});
		expect(toImageRequest(fields, ALL)).toMatchObject({
			ok: false,
			error: { fault: { is: "resolution_of_model", model: "imagen4-fast" } },
		});
		expect(toImageRequest({ prompt: "a hat", model: "imagen4-fast", size: "huge" }, ALL, [image(0)])).toMatchObject({
			ok: false,
			error: { fault: { is: "size_of_model", model: "nano-banana-2" } },
		});
	});
});
