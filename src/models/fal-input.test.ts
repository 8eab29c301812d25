import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRequest as makeAnyRequest } from "../../test/support/make.ts";
import { toRequestAnswer } from "../errors.ts";
import type { JsonObject } from "../json-value.ts";
import { CATALOGUE, FAMILIES } from "./catalogue/index.ts";
import type { Model, PixelBounds } from "./catalogue/types.ts";
import { type FalInput, invalid, toFalInput } from "./fal-input.ts";
import { resolveModel } from "./names.ts";
import type { ImageRequest, InputPicture, InputRole } from "./request.ts";
import { parseSize, type Size, shapeDistance } from "./size.ts";

function makeRequest(overrides: Partial<ImageRequest> = {}): ImageRequest {
	return makeAnyRequest({ prompt: "a cat", size: { kind: "auto" }, ...overrides });
}

function modelNamed(name: string): Model {
	const model = resolveModel(name);
	if (model === null) throw new Error(`no model ${name}`);
	return model;
}

/** Brings along a picture for an endpoint that draws nothing without one. */
function neededBy({ images }: Model): Partial<ImageRequest> {
	return images?.required ? { inputs: [linked("image", "a")] } : {};
}

/** Returns the body of a request that must be legal. */
function toBody(name: string, overrides: Partial<ImageRequest> = {}): FalInput {
	const model = modelNamed(name);
	const falInput = toFalInput(model, makeRequest({ model: model.id, ...neededBy(model), ...overrides }));
	if (!falInput.ok) throw new Error(JSON.stringify(falInput.error));
	return falInput.value;
}

function linked(role: InputRole, name: string): InputPicture {
	return { role, source: { kind: "link", url: `https://pictures.test/${name}.png` } };
}

function sized(text: string): Size {
	return parseSize(text) ?? { kind: "auto" };
}

describe("toFalInput", () => {
	it.each<[model: string, size: string, fields: JsonObject, size: string, shape: string]>([
		["imagen4-preview", "auto", {}, "auto", "1:1"],
		["imagen4-preview", "16:9", { aspect_ratio: "16:9" }, "16:9", "16:9"],
		["imagen4-preview", "1024x1024", { aspect_ratio: "1:1" }, "1:1", "1:1"],
		["imagen4-preview", "1536x1024", { aspect_ratio: "4:3" }, "4:3", "4:3"],
		["imagen4-preview", "1024x1536", { aspect_ratio: "3:4" }, "3:4", "3:4"],
		["imagen4-preview", "1792x1024", { aspect_ratio: "16:9" }, "16:9", "16:9"],
		["imagen4-preview", "1:20", { aspect_ratio: "9:16" }, "9:16", "9:16"],
		["imagen4-preview", "1920x1080", { aspect_ratio: "16:9" }, "16:9", "16:9"],
		["imagen4-preview", "2048x2048", { aspect_ratio: "1:1", resolution: "2K" }, "1:1", "1:1"],
		["imagen4-fast", "2048x2048", { aspect_ratio: "1:1" }, "1:1", "1:1"],
		["nano-banana-2", "auto", {}, "auto", "auto"],
		["nano-banana-2", "3840x2160", { aspect_ratio: "16:9", resolution: "2K" }, "16:9", "16:9"],
		["nano-banana-2", "21:9", { aspect_ratio: "21:9" }, "21:9", "21:9"],
		["flux-schnell", "auto", {}, "auto", "4:3"],
		["flux-schnell", "1024x768", { image_size: { width: 1024, height: 768 } }, "1024x768", "4:3"],
		["flux-schnell", "1:1", { image_size: { width: 1024, height: 1024 } }, "1024x1024", "1:1"],
		["flux-schnell", "16:9", { image_size: { width: 1360, height: 768 } }, "1360x768", "16:9"],
		["flux-schnell", "1000x700", { image_size: { width: 1008, height: 704 } }, "1008x704", "63:44"],
		["flux-schnell", "4096x2048", { image_size: { width: 2048, height: 1024 } }, "2048x1024", "2:1"],
		["flux-schnell", "128x64", { image_size: { width: 512, height: 256 } }, "512x256", "2:1"],
		["gpt-image-1.5", "auto", {}, "auto", "1:1"],
		["gpt-image-1.5", "16:9", { image_size: "1536x1024" }, "1536x1024", "3:2"],
		["gpt-image-1.5", "1024x1792", { image_size: "1024x1536" }, "1024x1536", "2:3"],
		["gpt-image-1.5", "512x512", { image_size: "1024x1024" }, "1024x1024", "1:1"],
		["gpt-image-1-mini", "auto", {}, "auto", "auto"],
		["gpt-image-1-mini", "1024x1792", { image_size: "1024x1536" }, "1024x1536", "2:3"],
		["gpt-image-2", "auto", { image_size: "auto" }, "auto", "auto"],
		["gpt-image-2", "1:1", { image_size: { width: 1024, height: 1024 } }, "1024x1024", "1:1"],
		["gpt-image-2", "16:9", { image_size: { width: 1360, height: 768 } }, "1360x768", "16:9"],
		["gpt-image-2", "1536x1024", { image_size: { width: 1536, height: 1024 } }, "1536x1024", "3:2"],
		["gpt-image-2", "1080x1920", { image_size: { width: 1088, height: 1920 } }, "1088x1920", "9:16"],
		["gpt-image-2", "3840x2160", { image_size: { width: 3840, height: 2160 } }, "3840x2160", "16:9"],
		["gpt-image-2", "8000x4500", { image_size: { width: 3840, height: 2160 } }, "3840x2160", "16:9"],
		["gpt-image-2", "4096x4096", { image_size: { width: 2880, height: 2880 } }, "2880x2880", "1:1"],
		["gpt-image-2", "512x512", { image_size: { width: 816, height: 816 } }, "816x816", "1:1"],
		["gpt-image-2", "1:20", { image_size: { width: 592, height: 1776 } }, "592x1776", "1:3"],
		["openai/gpt-image-2", "auto", { image_size: "auto" }, "auto", "auto"],
		["fal-ai/imagen4/fast", "2048x2048", { aspect_ratio: "1:1" }, "1:1", "1:1"],
		["fal-ai/flux-pro/kontext/text-to-image", "1:2", { aspect_ratio: "9:16" }, "9:16", "9:16"],
		["fal-ai/flux-2-pro", "1:1", { image_size: { width: 1024, height: 1024 } }, "1024x1024", "1:1"],
		[
			"fal-ai/bytedance/seedream/v4/text-to-image",
			"1024x512",
			{ image_size: { width: 1920, height: 960 }, max_images: 1 },
			"1920x960",
			"2:1",
		],
		["fal-ai/new/thing", "auto", {}, "auto", "auto"],
		["fal-ai/new/thing", "3:2", { aspect_ratio: "3:2", image_size: { width: 1256, height: 840 } }, "1256x840", "3:2"],
	])("puts the size into the words of %s: %s", (model, size, fields, usedSize, usedShape) => {
		const { input, used } = toBody(model, { size: sized(size) });
		const { prompt, num_images: _count, output_format: _format, quality: _quality, ...rest } = input;
		expect(prompt).toBe("a cat");
		expect(rest).toEqual(fields);
		expect(used).toMatchObject({ size: usedSize, aspectRatio: usedShape });
	});

	it.each<[model: string, quality: ImageRequest["quality"], fields: JsonObject, used: string]>([
		["imagen4-preview", "high", { resolution: "2K" }, "high"],
		["imagen4-ultra", "high", { resolution: "2K" }, "high"],
		["nano-banana-2", "high", { resolution: "2K" }, "high"],
		["imagen4-preview", "low", {}, "auto"],
		["imagen4-fast", "high", {}, "auto"],
		["flux-schnell", "high", {}, "auto"],
		["gpt-image-1.5", "high", { quality: "high" }, "high"],
		["gpt-image-1.5", "low", { quality: "low" }, "low"],
		["gpt-image-1.5", "auto", {}, "auto"],
		["gpt-image-1-mini", "auto", {}, "auto"],
		// fal's own default is the dearest one.
		["gpt-image-2", "auto", { quality: "auto" }, "auto"],
		["gpt-image-2", "low", { quality: "low" }, "low"],
		["gpt-image-2", "high", { quality: "high" }, "high"],
		["fal-ai/new/thing", "high", {}, "auto"],
	])("puts the quality into the words of %s: %s", (model, quality, fields, usedQuality) => {
		const { input, used } = toBody(model, { quality });
		const { prompt: _prompt, num_images: _count, output_format: _format, image_size: _size, ...rest } = input;
		expect(rest).toEqual(fields);
		expect(used.quality).toBe(usedQuality);
	});

	it.each([
		["nano-banana-2", { resolution: "4K" }],
		["fal-ai/nano-banana-pro", { resolution: "4K" }],
		["imagen4-preview", { resolution: "2K" }],
		["flux-schnell", {}],
	])("asks %s for 4K if it has that: %j", (model, fields) => {
		const { input, used } = toBody(model, { quality: "high", resolution: "4K" });
		expect(input.resolution).toBe("resolution" in fields ? fields.resolution : undefined);
		expect(used.quality).toBe("resolution" in fields ? "high" : "auto");
	});

	it.each<[model: string, asked: ImageRequest["outputFormat"], sent: string | undefined, used: string]>([
		["imagen4-preview", null, "png", "png"],
		["imagen4-preview", "webp", "webp", "webp"],
		["flux-schnell", "jpeg", "jpeg", "jpeg"],
		["flux-schnell", "webp", "png", "png"],
		["fal-ai/ideogram/v3", "jpeg", undefined, "png"],
		["fal-ai/new/thing", null, undefined, "png"],
		["fal-ai/new/thing", "webp", "webp", "webp"],
	])("sends %s the output format that it takes: %s", (model, outputFormat, sent, usedFormat) => {
		const { input, used } = toBody(model, { outputFormat });
		expect(input.output_format).toBe(sent);
		expect(used.outputFormat).toBe(usedFormat);
	});

	it.each([
		["imagen4-preview", 1, 1],
		["imagen4-preview", 4, 4],
		["fal-ai/flux-2-pro", 1, undefined],
		["fal-ai/new/thing", 1, undefined],
		["fal-ai/new/thing", 10, 10],
	])("sends %s a count if it takes one: %d", (model, n, sent) => {
		expect(toBody(model, { n }).input.num_images).toBe(sent);
	});

	it.each([
		["imagen4-preview", 11],
		["imagen4-preview", 0],
		["imagen4-preview", 1.5],
		["fal-ai/flux-2-pro", 11],
		["fal-ai/new/thing", 11],
	])("refuses for %s a count of %d", (model, n) => {
		expect(toFalInput(modelNamed(model), makeRequest({ n }))).toMatchObject({
			ok: false,
			error: { kind: "invalid_value", param: "n" },
		});
	});

	it.each([
		["imagen4-preview", 7, 7],
		["imagen4-preview", 0, 0],
		["imagen4-preview", 2 ** 31 - 1, 2 ** 31 - 1],
		["imagen4-preview", 2 ** 31 + 5, 5],
		["imagen4-preview", -3, 3],
		["gpt-image-1.5", 7, undefined],
	])("sends %s a seed of 31 bits: %d", (model, seed, sent) => {
		expect(toBody(model, { seed }).input.seed).toBe(sent);
	});
});

describe("the fields of `fal`", () => {
	it("win over the request, and count as used", () => {
		const fal = { aspect_ratio: "3:4", resolution: "4K", output_format: "jpeg", seed: 9, safety_tolerance: "6" };
		const asked = { size: sized("16:9"), quality: "low", outputFormat: "png", seed: 1, fal } as const;
		expect(toBody("nano-banana-2", asked)).toEqual({
			input: { prompt: "a cat", num_images: 1, ...fal },
			used: { size: "3:4", aspectRatio: "3:4", quality: "high", outputFormat: "jpeg" },
			attachments: [],
		});
	});

	it.each<[JsonObject, string, string]>([
		[{ image_size: { width: 640, height: 480 } }, "640x480", "4:3"],
		[{ image_size: "portrait_16_9" }, "576x1024", "9:16"],
		[{ image_size: "square" }, "512x512", "1:1"],
		[{ image_size: "something_new" }, "auto", "4:3"],
		[{ image_size: null }, "auto", "4:3"],
	])("set the size: %j", (fal, size, aspectRatio) => {
		const { input, used } = toBody("flux-schnell", { size: sized("1:1"), fal });
		expect(used).toMatchObject({ size, aspectRatio });
		expect(input).toMatchObject(fal);
		expect("image_size" in input && "aspect_ratio" in input).toBe(false);
	});

	it("set the ratio of an endpoint whose inputs nobody knows, and take the place of the size", () => {
		const { input, used } = toBody("fal-ai/new/thing", {
			size: sized("1:1"),
			fal: { aspect_ratio: "16:9", new_field: 1 },
		});
		expect(used).toMatchObject({ size: "16:9", aspectRatio: "16:9" });
		expect(input).toEqual({ prompt: "a cat", aspect_ratio: "16:9", new_field: 1 });
	});

	it.each<[string, JsonObject, string]>([
		["fal-ai/new/thing", { aspect_ratio: 1 }, "fal.aspect_ratio"],
		["nano-banana-2", { aspect_ratio: 1 }, "fal.aspect_ratio"],
		["nano-banana-2", { resolution: { k: 2 } }, "fal.resolution"],
		["gpt-image-1.5", { quality: "x".repeat(41) }, "fal.quality"],
		["flux-dev", { guidance: 4 }, "fal.guidance"],
		["imagen4-preview", { negative_prompt: "x" }, "fal.negative_prompt"],
		["imagen4-fast", { resolution: "2K" }, "fal.resolution"],
	])("are refused if %s does not take them: %j", (name, fal, param) => {
		expect(toFalInput(modelNamed(name), makeRequest({ fal }))).toMatchObject({ ok: false, error: { param } });
	});

	it.each<[string, JsonObject]>([
		["flux-dev", { guidance_scale: 4, num_inference_steps: 20, acceleration: "none" }],
		["imagen4-preview", { safety_tolerance: "6", resolution: "2K" }],
		["imagen4-fast", { safety_tolerance: "6" }],
		["fal-ai/qwen-image", { negative_prompt: "blur" }],
	])("pass to %s if it has them: %j", (name, fal) => {
		expect(toBody(name, { fal }).input).toMatchObject(fal);
	});

	it.each<[JsonObject, string]>([
		[{ seed: 1.5 }, "fal.seed"],
		[{ seed: "7" }, "fal.seed"],
		[{ output_format: "webp" }, "fal.output_format"],
		[{ output_format: "tiff" }, "fal.output_format"],
		[{ output_format: ["png"] }, "fal.output_format"],
		[{ image_size: { width: 2049, height: 100 } }, "fal.image_size"],
		[{ image_size: { width: 100.5, height: 100 } }, "fal.image_size"],
		[{ image_size: { width: 1e9, height: 1e9 } }, "fal.image_size"],
		[{ image_size: { width: 100 } }, "fal.image_size"],
		[{ image_size: [100, 100] }, "fal.image_size"],
		[{ image_size: 100 }, "fal.image_size"],
		[{ prompt: "a dog" }, "fal.prompt"],
		[{ num_images: 100 }, "fal.num_images"],
	])("are refused if no model takes them: %j", (fal, param) => {
		expect(toFalInput(modelNamed("flux-schnell"), makeRequest({ fal }))).toMatchObject({ ok: false, error: { param } });
	});
});

describe("a refusal", () => {
	const faultOf = (name: string, overrides: Partial<ImageRequest>) => {
		const answer = toFalInput(modelNamed(name), makeRequest(overrides));
		return answer.ok ? null : [answer.error.param, answer.error.fault];
	};

	it.each<readonly [n: number, fault: object | null]>([
		[1.5, { is: "type", expected: ["integer"], got: "decimal" }],
		[0, { is: "too_small", min: 1, got: 0 }],
		[-1, { is: "too_small", min: 1, got: -1 }],
		[4, null],
		[10, null],
		[11, { is: "too_large", max: 10, got: 11 }],
	])("of a count says what is wrong with it, whatever the model makes in one request: %d", (n, fault) => {
		for (const model of ["imagen4-preview", "fal-ai/flux-2-pro"])
			expect(faultOf(model, { n })).toEqual(fault && ["n", fault]);
	});

	it.each<readonly [fal: JsonObject, param: string, fault: object | null]>([
		[{ seed: "7" }, "fal.seed", { is: "type", expected: ["integer"], got: "string" }],
		[{ aspect_ratio: 7 }, "fal.aspect_ratio", { is: "type", expected: ["string"], got: "integer" }],
		[{ aspect_ratio: "x".repeat(40) }, "", null],
		[{ aspect_ratio: "x".repeat(41) }, "fal.aspect_ratio", { is: "too_long", max: 40, of: "characters" }],
	])("of a field of `fal` says what is wrong with it: %j", (fal, param, fault) => {
		expect(faultOf("fal-ai/some/model-of-the-future", { fal })).toEqual(fault && [param, fault]);
	});

	it.each<readonly [size: object | string, fault: boolean]>([
		[{ width: 1, height: 8192 }, false],
		[{ width: 0, height: 100 }, true],
		[{ width: 100, height: 8193 }, true],
		[{ width: 1.5, height: 100 }, true],
		[{ width: "100", height: 100 }, true],
		[{ width: 100, height: "100" }, true],
		[{ width: 100 }, true],
		["x".repeat(40), false],
		["x".repeat(41), true],
	])("of an image_size names the bound: %j", (size, isRefused) => {
		const fal: JsonObject = JSON.parse(JSON.stringify({ image_size: size }));
		const fault = { is: "image_size", max: 8192 };
		expect(faultOf("fal-ai/some/model-of-the-future", { fal })).toEqual(isRefused ? ["fal.image_size", fault] : null);
	});
});

describe("every model", () => {
	const names = [
		...CATALOGUE.map(({ id }) => id),
		...FAMILIES.map(([prefix]) => `${prefix}${prefix.endsWith("/") || prefix.endsWith("-") ? "x" : ""}`),
		"fal-ai/new/thing",
	];
	const side = fc.integer({ min: 64, max: 8192 });
	const part = fc.integer({ min: 1, max: 20 });
	const anySize = fc.oneof(
		fc.constant<Size>({ kind: "auto" }),
		fc.record({ kind: fc.constant("ratio" as const), width: part, height: part }),
		fc.record({ kind: fc.constant("pixels" as const), width: side, height: side }),
	);

	it.each(names)("%s gets a legal body for any size, with the nearest of its own sizes", (name) => {
		const { dialect } = modelNamed(name);
		fc.assert(
			fc.property(anySize, (size) => {
				const { input, used } = toBody(name, { size });
				expect(used.size).toMatch(/^(?:auto|\d+x\d+|[\d.]+:[\d.]+)$/);
				if (dialect.kind === "none") {
					expect([input.aspect_ratio, input.image_size, used.size]).toEqual([undefined, undefined, "auto"]);
					return;
				}
				if (size.kind === "auto") {
					expect(input).not.toHaveProperty("aspect_ratio");
					expect(input.image_size).toBe("auto" in dialect ? dialect.auto : undefined);
					return;
				}
				if (dialect.kind === "ratio" || dialect.kind === "text") {
					const offered = dialect.kind === "ratio" ? dialect.ratios : dialect.sizes;
					const sent = input[dialect.kind === "ratio" ? "aspect_ratio" : "image_size"];
					expect(offered).toContain(sent);
					const distanceOf = (text: unknown) => {
						const own = parseSize(String(text));
						return own === null || own.kind === "auto" ? Number.NaN : shapeDistance(own, size);
					};
					for (const other of offered) expect(distanceOf(sent)).toBeLessThanOrEqual(distanceOf(other));
					return;
				}
				const bounds: PixelBounds = dialect.kind === "pixels" ? dialect : { min: 64, max: 8192, multiple: 8 };
				const { min, max, multiple, area, maxElongation = Number.POSITIVE_INFINITY } = bounds;
				const [width = 0, height = 0] = used.size.split("x").map(Number);
				expect(input.image_size).toEqual({ width, height });
				for (const length of [width, height]) {
					expect(length).toBeGreaterThanOrEqual(min);
					expect(length).toBeLessThanOrEqual(max);
					expect(length % multiple).toBe(0);
				}
				expect(width * height).toBeGreaterThanOrEqual(area?.min ?? 0);
				expect(width * height).toBeLessThanOrEqual(area?.max ?? max * max);
				expect(Math.max(width / height, height / width)).toBeLessThanOrEqual(maxElongation);
				// If the bounds leave room, only the steps change the shape.
				const elongation = Math.max(size.width / size.height, size.height / size.width);
				if (elongation * min < max && elongation < maxElongation) {
					expect(shapeDistance({ width, height }, size)).toBeLessThan(multiple / min);
				}
			}),
		);
	});

	it.each(names)("%s gets one of its own sizes unchanged", (name) => {
		const { dialect } = modelNamed(name);
		const offered = dialect.kind === "ratio" ? dialect.ratios : dialect.kind === "text" ? dialect.sizes : [];
		for (const text of offered) expect(toBody(name, { size: sized(text) }).used.size).toBe(text);
	});
});

describe("the order of the checks", () => {
	const forbidden = { prompt: "x", seed: "x" };

	it.each<[model: string, overrides: Partial<ImageRequest>, param: string, message: string]>([
		["imagen4-preview", { n: 11, fal: forbidden }, "n", "Invalid value for 'n': 11, must be at most 10."],
		[
			"flux-schnell",
			{ fal: forbidden },
			"fal.prompt",
			"Invalid value for 'fal.prompt': it cannot be set here, since the prompt has a field of its own.",
		],
		[
			"flux-schnell",
			{ fal: { seed: "x", image_url: "x" } },
			"fal.image_url",
			"Invalid value for 'fal.image_url': it cannot be set here, since it names a file or an address.",
		],
		[
			"flux-schnell",
			{ fal: { seed: "x", quality: 1 } },
			"fal.quality",
			"Invalid value for 'fal.quality': it cannot be set here, since the model has no such input.",
		],
		[
			"flux-schnell",
			{ fal: { image_size: 1, seed: "x" } },
			"fal.seed",
			"Invalid type for 'fal.seed': expected an integer, got a string.",
		],
		[
			"flux-schnell",
			{ fal: { output_format: "bmp" } },
			"fal.output_format",
			"Invalid value for 'fal.output_format': 'flux-schnell' makes 'png', 'jpeg'.",
		],
		[
			"fal-ai/new/thing",
			{ fal: { output_format: "bmp" } },
			"fal.output_format",
			"Invalid value for 'fal.output_format': 'fal-ai/new/thing' makes 'png', 'jpeg', 'webp'.",
		],
		[
			"gpt-image-1.5",
			{ fal: { quality: 1 } },
			"fal.quality",
			"Invalid type for 'fal.quality': expected a string, got an integer.",
		],
		[
			"flux-schnell",
			{ fal: { image_size: 1 } },
			"fal.image_size",
			"Invalid value for 'fal.image_size': must be a preset's name, or a width and a height of 1 to 2048 pixels.",
		],
	])("names the first problem of a request to %s: %j", (name, overrides, param, message) => {
		const read = toFalInput(modelNamed(name), makeRequest(overrides));
		expect(read.ok ? null : toRequestAnswer(read.error).body.error).toMatchObject({ param, message });
	});
});

it("a refused field has its name and its fault", () => {
	const fault = { is: "too_small", min: 1, got: 0 } as const;
	expect(invalid("n", fault)).toEqual({ ok: false, error: { kind: "invalid_value", param: "n", fault } });
});
