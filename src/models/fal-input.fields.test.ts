import { describe, expect, it } from "vitest";
import { makeRequest } from "../../test/support/make.ts";
import type { JsonObject } from "../json-value.ts";
import type { Model } from "./catalogue/types.ts";
import { toFalInput } from "./fal-input.ts";
import type { ImageRequest, InputPicture } from "./request.ts";

/** A model that has no more than a prompt. */
function makeModel(traits: Partial<Model> = {}): Model {
	return {
		id: "a/b",
		endpoint: "a/b",
		dialect: { kind: "none" },
		quality: null,
		maxImages: 1,
		outputFormats: [],
		seed: false,
		shape: "auto",
		...traits,
	};
}

function made(traits: Partial<Model>, request: Partial<ImageRequest> = {}) {
	return toFalInput(makeModel(traits), makeRequest({ size: { kind: "auto" }, ...request }));
}

/** The body without its prompt. */
function bodyOf(traits: Partial<Model>, request: Partial<ImageRequest> = {}): JsonObject {
	const result = made(traits, request);
	if (!result.ok) throw new Error(JSON.stringify(result.error));
	const { prompt: _, ...body } = result.value.input;
	return body;
}

function usedOf(traits: Partial<Model>, request: Partial<ImageRequest> = {}) {
	const result = made(traits, request);
	return result.ok ? result.value.used : result.error;
}

function faultOf(traits: Partial<Model>, request: Partial<ImageRequest> = {}) {
	const result = made(traits, request);
	return result.ok ? "none" : { param: result.error.param, ...result.error.fault };
}

const BOUNDS = { min: 256, max: 2_048, multiple: 16 } as const;
const RATIOS = { kind: "ratio", ratios: ["1:1", "16:9", "19.5:9"] } as const;
const PIXELS = { kind: "pixels", ...BOUNDS } as const;
const WORDS = { field: "quality", words: { low: "draft", high: "best" } } as const;
const LEVELS = { resolutions: ["1K", "2K", "4K"] } as const;

function pixels(width: number, height: number): Partial<ImageRequest> {
	return { size: { kind: "pixels", width, height } };
}

describe("a prompt", () => {
	const long = { is: "too_long", param: "prompt", max: 9, of: "characters" };

	it.each<readonly [traits: Partial<Model>, chars: number, fault: unknown]>([
		[{}, 9_999, "none"],
		[{ maxPromptChars: 9 }, 9, "none"],
		[{ maxPromptChars: 9 }, 10, long],
		[{ maxPromptChars: 9, prompt: "instruction" }, 10, long],
		[{ maxPromptChars: 9, prompt: null }, 10, "none"],
	])("of a model with %j, with %d characters, has the fault %j", (traits, chars, fault) => {
		expect(faultOf(traits, { prompt: "p".repeat(chars) })).toEqual(fault);
	});
});

describe("the quality of a request", () => {
	const square = pixels(1_448, 1_448);
	/** Just 2 megapixels, and one row less. */
	const [large, small] = [pixels(2_048, 1_024), pixels(2_048, 1_023)];

	it.each<readonly [traits: Partial<Model>, request: Partial<ImageRequest>, body: JsonObject]>([
		[LEVELS, {}, {}],
		[LEVELS, large, { resolution: "2K" }],
		[LEVELS, small, {}],
		[LEVELS, square, {}],
		[LEVELS, { size: { kind: "ratio", width: 2_048, height: 1_025 } }, {}],
		[LEVELS, { quality: "high" }, { resolution: "2K" }],
		[LEVELS, { quality: "medium" }, {}],
		[LEVELS, { quality: "high", resolution: "4K" }, { resolution: "4K" }],
		[LEVELS, { quality: "medium", resolution: "4K" }, {}],
		// A model's own default may be larger.
		[LEVELS, { resolution: "1K" }, { resolution: "1K" }],
		[LEVELS, { ...large, resolution: "1K" }, { resolution: "1K" }],
		[{ resolutions: ["1K", "2K"] }, { quality: "high", resolution: "4K" }, { resolution: "2K" }],
		[{ resolutions: ["1K"] }, { quality: "high", resolution: "4K" }, {}],
		[{ ...LEVELS, quality: WORDS }, { quality: "high" }, { quality: "best" }],
		[
			{ ...LEVELS, quality: WORDS },
			{ quality: "high", resolution: "4K" },
			{ quality: "best", resolution: "4K" },
		],
		[
			{ ...LEVELS, quality: WORDS },
			{ quality: "low", ...large },
			{ quality: "draft", resolution: "2K" },
		],
		[{ quality: WORDS }, { quality: "medium" }, {}],
		[{ quality: { field: "speed", words: { low: "turbo" } } }, { quality: "low" }, { speed: "turbo" }],
	])("asks a model with %j for %j as %j", (traits, request, body) => {
		expect(bodyOf(traits, request)).toStrictEqual(body);
	});

	it.each<readonly [traits: Partial<Model>, fal: JsonObject, quality: string]>([
		[{}, {}, "auto"],
		[{ quality: WORDS }, { quality: "best" }, "high"],
		[{ quality: WORDS }, { quality: "draft" }, "low"],
		[{ quality: WORDS }, { quality: "odd" }, "odd"],
		[{ quality: { field: "speed", words: { low: "turbo" } } }, { speed: "turbo" }, "low"],
		[{ quality: { field: "speed", words: { low: "turbo" } } }, { speed: "fast" }, "fast"],
		[{ quality: { field: "speed", words: { low: "turbo" } } }, { speed: 7, quality: "hd" }, "hd"],
		[{ quality: { field: "speed", words: { low: "turbo" } } }, { speed: "f".repeat(41), quality: "hd" }, "hd"],
		[{}, { quality: "hd" }, "hd"],
		[{}, { quality: "hd", resolution: "2K" }, "hd"],
		[{}, { resolution: "0.5K" }, "low"],
		[{}, { resolution: "1K" }, "medium"],
		[{}, { resolution: "1.5K" }, "medium"],
		[{}, { resolution: "2K" }, "high"],
		[{}, { resolution: "4MP" }, "high"],
		[{}, { resolution: "odd" }, "auto"],
		[{}, { resolution: "1".repeat(40) }, "auto"],
	])("that a model with %j was asked with %j is told as %j", (traits, fal, quality) => {
		expect(usedOf(traits, { fal })).toMatchObject({ quality });
	});
});

describe("the other fields of a request", () => {
	const all: Partial<ImageRequest> = {
		...{ seed: 7, negativePrompt: "fog", background: "opaque", inputFidelity: "high", moderation: "low" },
	};
	const takesAll: Partial<Model> = {
		...{ seed: true, negativePrompt: true, background: true, inputFidelity: true, lenient: { safety_tolerance: "6" } },
	};

	it("are sent to a model that has them, if they are asked for", () => {
		expect(bodyOf(takesAll, all)).toStrictEqual({
			...{ seed: 7, negative_prompt: "fog", background: "opaque", input_fidelity: "high", safety_tolerance: "6" },
		});
		expect(Object.keys(bodyOf(takesAll))).toEqual([]);
		expect(Object.keys(bodyOf({}, all))).toEqual([]);
	});

	it.each<readonly [traits: Partial<Model>, format: ImageRequest["outputFormat"], sent: string]>([
		[{ outputFormats: ["png", "jpeg"] }, "jpeg", "jpeg"],
		[{ outputFormats: ["png", "jpg"] }, "jpeg", "jpg"],
		[{ outputFormats: ["jpeg", "png"] }, "webp", "png"],
		[{ outputFormats: ["jpeg", "webp"] }, "png", "jpeg"],
		[{ outputFormats: ["jpeg", "png"] }, null, "png"],
		[{ outputFormats: ["jpeg"], formatField: "format" }, null, "jpeg"],
	])("name a format that a model with %j has, for %j: %s", (traits, outputFormat, sent) => {
		expect(bodyOf(traits, { outputFormat })).toEqual({ [traits.formatField ?? "output_format"]: sent });
	});

	it("name png to an unknown model that is asked for it, and no format otherwise", () => {
		const unknown = { dialect: { kind: "unknown" } } as const;
		expect(bodyOf(unknown, { outputFormat: "webp" })).toEqual({ output_format: "png" });
		expect(bodyOf(unknown)).toEqual({});
	});
});

describe("the size that was sent", () => {
	it.each<readonly [traits: Partial<Model>, request: Partial<ImageRequest>, size: string, shape: string]>([
		[{ shape: "4:3" }, {}, "auto", "4:3"],
		[{ dialect: RATIOS }, { size: { kind: "ratio", width: 16, height: 9 } }, "16:9", "16:9"],
		[{ dialect: RATIOS }, { size: { kind: "ratio", width: 195, height: 90 } }, "19.5:9", "13:6"],
		[{ dialect: { ...RATIOS, field: "ratio" } }, { size: { kind: "ratio", width: 16, height: 9 } }, "16:9", "16:9"],
		[{ dialect: { ...PIXELS, field: "size" } }, pixels(1_024, 512), "1024x512", "2:1"],
		[{ dialect: { kind: "sides", ...BOUNDS } }, pixels(1_024, 512), "1024x512", "2:1"],
		[{ dialect: PIXELS }, pixels(1_024, 512), "1024x512", "2:1"],
		// What `fal` sets counts, and of two fields the one that the model heeds.
		[{ dialect: RATIOS }, { fal: { aspect_ratio: "16:9", image_size: "square_hd" } }, "16:9", "16:9"],
		[{ dialect: RATIOS }, { fal: { aspect_ratio: "odd", image_size: "square_hd" } }, "1024x1024", "1:1"],
		[{ dialect: PIXELS }, { fal: { aspect_ratio: "16:9", image_size: "square_hd" } }, "1024x1024", "1:1"],
		[{ dialect: PIXELS }, { fal: { aspect_ratio: "16:9", image_size: "auto" } }, "16:9", "16:9"],
		[{ dialect: { kind: "unknown" } }, { fal: { image_size: { width: 512, height: 256 } } }, "512x256", "2:1"],
		[{ dialect: { kind: "none" } }, { fal: { width: 512, height: 256 } }, "auto", "auto"],
	])("by a model with %j for %j is told as %s, of the shape %s", (traits, request, size, aspectRatio) => {
		expect(usedOf(traits, request)).toMatchObject({ size, aspectRatio });
	});

	it("is left to the model if `fal` sets one", () => {
		const size = { kind: "ratio", width: 16, height: 9 } as const;
		expect(bodyOf({ dialect: RATIOS }, { size, fal: { aspect_ratio: "1:1" } })).toEqual({ aspect_ratio: "1:1" });
		expect(bodyOf({ dialect: RATIOS }, { size, fal: { image_size: "square" } })).toEqual({ image_size: "square" });
	});
});

describe("an edit without a size", () => {
	const images = { field: "image_url", isList: false, max: 1, required: false } as const;
	const picture: InputPicture = {
		role: "image",
		source: {
			...{ kind: "stored", key: "inputs/1/0", contentType: "image/png", bytes: 9, sha256: "5".repeat(64) },
			width: 160,
			height: 90,
		},
	};

	it.each<readonly [what: string, traits: Partial<Model>, inputs: readonly InputPicture[], body: JsonObject]>([
		["its first picture", { images, shape: "1:1" }, [picture], { aspect_ratio: "16:9" }],
		["nothing, if the model follows its picture", { images, shape: "auto" }, [picture], {}],
		["nothing, if it has no picture", { images, shape: "1:1" }, [], {}],
		["nothing, if it draws from words alone", { shape: "1:1" }, [], {}],
	])("has the shape of %s", (_, traits, inputs, body) => {
		expect(bodyOf({ dialect: RATIOS, ...traits }, { inputs })).toEqual(body);
	});
});

describe("a value of `fal`", () => {
	it.each<readonly [traits: Partial<Model>, fal: JsonObject, fault: unknown]>([
		[{ seed: true }, { seed: "7" }, { param: "fal.seed", is: "type", expected: ["integer"], got: "string" }],
		[{}, { output_format: "webp" }, "none"],
		[
			{},
			{ output_format: "gif" },
			{ param: "fal.output_format", is: "format_of_model", model: "a/b", allowed: ["png", "jpeg", "webp"] },
		],
		[
			{ outputFormats: ["png"] },
			{ output_format: "webp" },
			{ param: "fal.output_format", is: "format_of_model", model: "a/b", allowed: ["png"] },
		],
		[{}, { image_size: { width: 8_192, height: 1 } }, "none"],
		[{}, { image_size: { width: 8_193, height: 1 } }, { param: "fal.image_size", is: "image_size", max: 8_192 }],
		[
			{ dialect: PIXELS },
			{ image_size: { width: 2_049, height: 1 } },
			{ param: "fal.image_size", is: "image_size", max: 2_048 },
		],
		[
			{ dialect: { kind: "sides", ...BOUNDS } },
			{ image_size: { width: 2_049, height: 1 } },
			{ param: "fal.image_size", is: "image_size", max: 2_048 },
		],
		[
			{},
			Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`f${index}`, 1])),
			{ param: "fal.f64", is: "too_much", fields: 64, chars: 16_384, depth: 6 },
		],
		[{}, { prompt: "another" }, { param: "fal.prompt", is: "forbidden", why: "prompt" }],
		[{ inputs: ["prompt"] }, { odd: 1 }, { param: "fal.odd", is: "forbidden", why: "unknown" }],
	])("of a model with %j in %j has the fault %j", (traits, fal, fault) => {
		expect(faultOf(traits, { fal })).toEqual(fault);
	});
});

describe("an endpoint that needs more than words", () => {
	it.each<readonly [needs: readonly string[], fal: JsonObject, fault: unknown]>([
		[["style"], { style: "oil" }, "none"],
		[["style"], {}, { param: "fal", is: "needs_inputs", model: "a/b", settable: ["style"], others: [] }],
		[["style"], { style: null }, { param: "fal", is: "needs_inputs", model: "a/b", settable: ["style"], others: [] }],
		[
			["style", "video_url"],
			{},
			{ param: "fal", is: "needs_inputs", model: "a/b", settable: ["style"], others: ["video_url"] },
		],
		[["aspect_ratio"], {}, { param: "size", is: "missing" }],
		[["style", "aspect_ratio"], {}, { param: "size", is: "missing" }],
	])("names %j that %j does not set: %j", (needs, fal, fault) => {
		expect(faultOf({ dialect: RATIOS, needs }, { fal })).toEqual(fault);
	});
});
