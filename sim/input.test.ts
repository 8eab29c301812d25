import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ENDPOINT_IDS, endpointOf } from "./endpoints.ts";
import { readInput } from "./input.ts";
import type { Problem } from "./problem.ts";

const IMAGEN = "fal-ai/imagen4/preview";
const PICTURE = "https://example.com/a.png";

function read(endpoint: string, body: unknown) {
	const model = endpointOf(endpoint);
	if (!model) throw new Error(`the simulator has no ${endpoint}`);
	return readInput(model, body, 42);
}
function problemsOf(endpoint: string, body: unknown): readonly Problem[] {
	const input = read(endpoint, body);
	return input.ok ? [] : input.error;
}

describe("readInput", () => {
	it("fills in the model's defaults", () => {
		expect(read(IMAGEN, { prompt: "a fox" })).toEqual({
			ok: true,
			value: { prompt: "a fox", size: [1024, 1024], count: 1, seed: 42 },
		});
	});

	it("takes the fields that are given", () => {
		const body = { prompt: "a fox", aspect_ratio: "16:9", num_images: 4, seed: 7 };
		expect(read(IMAGEN, body)).toEqual({
			ok: true,
			value: { prompt: "a fox", size: [1408, 768], count: 4, seed: 7 },
		});
	});

	it("takes null for a field that is not given", () => {
		const body = { prompt: "a fox", aspect_ratio: null, resolution: null, num_images: null, seed: null };
		expect(read(IMAGEN, { ...body, output_format: null })).toEqual(read(IMAGEN, { prompt: "a fox" }));
	});

	it.each([
		[IMAGEN, { aspect_ratio: "4:3", resolution: "2K" }, [2560, 1792]],
		["fal-ai/imagen4/fast", { aspect_ratio: "4:3" }, [1280, 896]],
		["fal-ai/nano-banana-2", { aspect_ratio: "8:1", resolution: "0.5K" }, [1440, 180]],
		["fal-ai/nano-banana-2", { aspect_ratio: "auto" }, [1024, 1024]],
		["fal-ai/flux/dev", {}, [1024, 768]],
		["fal-ai/flux/dev", { image_size: "square" }, [512, 512]],
		["fal-ai/flux/dev", { image_size: { width: 64, height: 2048 } }, [64, 2048]],
		["fal-ai/gpt-image-1.5", {}, [1024, 1024]],
		["fal-ai/gpt-image-1-mini", { image_size: "auto" }, [1024, 1024]],
		["openai/gpt-image-2", {}, [1024, 768]],
		["openai/gpt-image-2", { image_size: "auto" }, [1024, 1024]],
		["openai/gpt-image-2", { image_size: { width: 3840, height: 2160 } }, [3840, 2160]],
		["fal-ai/gpt-image-1.5/edit", { image_size: "auto", image_urls: [PICTURE] }, [1024, 1024]],
		["xai/grok-imagine-image", { aspect_ratio: "2:1", resolution: "2k" }, [2896, 1448]],
		["xai/grok-imagine-image", { aspect_ratio: "19.5:9" }, [1507, 696]],
		["fal-ai/bytedance/seedream/v4.5/text-to-image", { image_size: { width: 2560, height: 1440 } }, [2560, 1440]],
	])("reads the size of %s from %j", (endpoint, body, size) => {
		expect(read(endpoint, { prompt: "a fox", ...body })).toMatchObject({ ok: true, value: { size } });
	});

	it.each([
		["the body", "text", [], "model_attributes_type"],
		["the body", [], [], "model_attributes_type"],
		["prompt", {}, ["prompt"], "missing"],
		["prompt", { prompt: 7 }, ["prompt"], "string_type"],
		["prompt", { prompt: " " }, ["prompt"], "string_too_short"],
		["num_images", { prompt: "a fox", num_images: 0 }, ["num_images"], "greater_than_equal"],
		["num_images", { prompt: "a fox", num_images: 5 }, ["num_images"], "less_than_equal"],
		["num_images", { prompt: "a fox", num_images: 1.5 }, ["num_images"], "int_type"],
		["seed", { prompt: "a fox", seed: "7" }, ["seed"], "int_type"],
		["aspect_ratio", { prompt: "a fox", aspect_ratio: "toString" }, ["aspect_ratio"], "literal_error"],
		["aspect_ratio", { prompt: "a fox", aspect_ratio: "auto" }, ["aspect_ratio"], "literal_error"],
		["resolution", { prompt: "a fox", resolution: "4K" }, ["resolution"], "literal_error"],
		["a field that is not there", { prompt: "a fox", image_size: "square" }, ["image_size"], "extra_forbidden"],
		["a field that is not there", { prompt: "a fox", constructor: 1 }, ["constructor"], "extra_forbidden"],
		["output_format", { prompt: "a fox", output_format: "bmp" }, ["output_format"], "literal_error"],
	])("reports %s of %j at %j as %s", (_, body, field, type) => {
		expect(problemsOf(IMAGEN, body)).toEqual([expect.objectContaining({ loc: ["body", ...field], type })]);
	});

	it.each([
		["fal-ai/flux/dev", { image_size: "huge" }, ["image_size"], "literal_error"],
		["fal-ai/flux/dev", { image_size: 7 }, ["image_size"], "model_attributes_type"],
		["fal-ai/flux/dev", { image_size: { height: 64 } }, ["image_size", "ImageSize", "width"], "int_type"],
		[
			"fal-ai/flux/dev",
			{ image_size: { width: 63, height: 64 } },
			["image_size", "ImageSize", "width"],
			"greater_than_equal",
		],
		[
			"fal-ai/flux/dev",
			{ image_size: { width: 64, height: 2049 } },
			["image_size", "ImageSize", "height"],
			"less_than_equal",
		],
		["fal-ai/gpt-image-1.5", { image_size: "auto" }, ["image_size"], "literal_error"],
		["fal-ai/flux/dev", { image_size: "auto" }, ["image_size"], "literal_error"],
		["openai/gpt-image-2", { image_size: "1024x1024" }, ["image_size"], "literal_error"],
		["fal-ai/nano-banana/edit", {}, ["image_urls"], "missing"],
		["fal-ai/nano-banana/edit", { image_urls: PICTURE }, ["image_urls"], "list_type"],
		["fal-ai/nano-banana/edit", { image_urls: [PICTURE, "ftp://a"] }, ["image_urls", 1], "file_download_error"],
		["fal-ai/qwen-image-edit", { image_url: 7 }, ["image_url"], "string_type"],
		["fal-ai/qwen-image-edit", { image_url: "a.png" }, ["image_url"], "file_download_error"],
		["fal-ai/flux/dev", { guidance_scale: "7" }, ["guidance_scale"], "float_type"],
		["fal-ai/flux/dev", { enable_safety_checker: 1 }, ["enable_safety_checker"], "bool_type"],
		["openai/gpt-image-2", { image_size: { width: 1000, height: 1000 } }, ["image_size"], "value_error"],
		["openai/gpt-image-2", { image_size: { width: 640, height: 640 } }, ["image_size"], "value_error"],
		["openai/gpt-image-2", { image_size: { width: 3840, height: 1024 } }, ["image_size"], "value_error"],
		["fal-ai/flux-2-pro", { num_images: 1 }, ["num_images"], "extra_forbidden"],
	])("reports, for %s, %j at %j as %s", (endpoint, body, field, type) => {
		expect(problemsOf(endpoint, { prompt: "a fox", ...body })).toEqual([
			expect.objectContaining({ loc: ["body", ...field], type }),
		]);
	});

	it("lists the allowed values, and echoes the input", () => {
		expect(problemsOf(IMAGEN, { prompt: "a fox", aspect_ratio: "2:1" })).toEqual([
			{
				loc: ["body", "aspect_ratio"],
				msg: "Input should be '1:1', '16:9', '9:16', '4:3' or '3:4'",
				type: "literal_error",
				ctx: { expected: "'1:1', '16:9', '9:16', '4:3' or '3:4'" },
				input: "2:1",
				url: "https://errors.pydantic.dev/2.11/v/literal_error",
			},
		]);
	});

	it("reports all problems of a body", () => {
		const body = { prompt: "", num_images: 9, seed: 0.5, aspect_ratio: "2:1", resolution: "3K", output_format: "bmp" };
		expect(problemsOf(IMAGEN, body).map(({ loc }) => loc[1])).toEqual([
			"prompt",
			"aspect_ratio",
			"num_images",
			"output_format",
			"seed",
			"resolution",
		]);
	});

	it("never throws, and makes no size below one pixel, whatever the body is", () => {
		fc.assert(
			fc.property(fc.constantFrom(...ENDPOINT_IDS), fc.jsonValue(), (endpoint, body) => {
				for (const input of [
					read(endpoint, body),
					read(endpoint, { prompt: "a fox", image_size: body, aspect_ratio: body }),
				])
					if (input.ok) expect(Math.min(...input.value.size)).toBeGreaterThanOrEqual(1);
			}),
		);
	});
});
