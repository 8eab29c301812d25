import { describe, expect, it } from "vitest";
import type { Fault } from "../../faults.ts";
import type { JsonObject } from "../../json-value.ts";
import type { Size } from "../../models/size.ts";
import { placeholderOf } from "../../placeholder.ts";
import { readOtherNames, toResolution } from "./other-names.ts";

const NOTHING_ELSE = { size: false, n: false };
const AUTO: Size = { kind: "auto" };

function ratio(width: number, height: number): Size {
	return { kind: "ratio", width, height };
}

function pixels(width: number, height: number): Size {
	return { kind: "pixels", width, height };
}

function read(body: JsonObject) {
	return readOtherNames(body, NOTHING_ELSE);
}

function toolWith(options: JsonObject): JsonObject {
	return { tools: [{ type: "image_generation", ...options }] };
}

function refusal(param: string, fault: Fault) {
	return { ok: false, error: { kind: "invalid_value", param, fault } };
}

describe("the names of a size", () => {
	it("are read in any spelling", () => {
		for (const name of ["aspect_ratio", "img-Size", "outputAspectRatio"])
			expect(read({ [name]: "16:9" })).toEqual({ ok: true, value: { size: { value: ratio(16, 9), param: name } } });
	});

	it.each<readonly [value: string | JsonObject, size: Size]>([
		["1600x900", pixels(1600, 900)],
		["portrait", ratio(2, 3)],
		[{ width: 1600, height: 900 }, pixels(1600, 900)],
		[{ width: "1600", height: " 900 " }, pixels(1600, 900)],
	])("reads %j", (value, size) => {
		expect(read({ image_size: value })).toEqual({ ok: true, value: { size: { value: size, param: "image_size" } } });
	});

	it.each(["auto", "default", "custom", "original", "adaptive", "match_input_image", " Auto "])(
		"takes %j for no wish",
		(value) => {
			expect(read({ aspect_ratio: value })).toEqual({ ok: true, value: {} });
		},
	);

	it.each<readonly [value: JsonObject[string], got: string | null]>([
		["wide", "wide"],
		["x2k", "x2k"],
		["2kk", "2kk"],
		["2.k", "2.k"],
		[1.5, null],
		[true, null],
		[["16:9"], null],
		[{ width: 1024 }, null],
		[{ height: 1024 }, null],
		[{ width: 1024.5, height: 1024 }, null],
		[{ width: "1234567890", height: 1024 }, null],
	])("refuses %j", (value, got) => {
		expect(read({ aspect_ratio: value })).toEqual(refusal("aspect_ratio", { is: "no_size", got }));
	});

	it("are not looked at if OpenAI's own field says a size", () => {
		const body = { aspect_ratio: "wide", width: "x", resolution: "2K" };
		expect(readOtherNames(body, { size: true, n: false })).toEqual({
			ok: true,
			value: { resolution: { value: "2k", param: "resolution" } },
		});
	});
});

describe("two sizes", () => {
	it.each<readonly [body: JsonObject, size: Size, param: string]>([
		[{ aspect_ratio: "16:9", image_size: "1600x900" }, pixels(1600, 900), "image_size"],
		[{ image_size: "1600x900", aspect_ratio: "16:9" }, pixels(1600, 900), "image_size"],
		[{ image_size: "1600x900", dimensions: "1600x900" }, pixels(1600, 900), "image_size"],
		[{ ratio: "16:9", ar: "16:9" }, ratio(16, 9), "ratio"],
		[{ ratio: "16:9", ar: "32:18" }, ratio(16, 9), "ratio"],
		[{ aspect_ratio: "16:9", width: 1600, height: 900 }, pixels(1600, 900), "width"],
		[{ aspect_ratio: "16:9", image_size: "ａｕｔｏ" }, ratio(16, 9), "aspect_ratio"],
		[{ aspect_ratio: "ａｕｔｏ", image_size: "16:9" }, AUTO, "aspect_ratio"],
		[{ orientation: "landscape", aspect_ratio: "16:9" }, ratio(16, 9), "aspect_ratio"],
		[{ aspect_ratio: "16:9", orientation: "landscape" }, ratio(16, 9), "aspect_ratio"],
		[{ orientation: "portrait", width: 720, height: 1280 }, pixels(720, 1280), "width"],
		[{ orientation: "square", image_size: "square_hd" }, pixels(1024, 1024), "image_size"],
		[{ orientation: "landscape", aspect_ratio: "landscape" }, ratio(3, 2), "orientation"],
	])("of %j agree", (body, value, param) => {
		expect(read(body)).toEqual({ ok: true, value: { size: { value, param } } });
	});

	it.each<readonly [body: JsonObject, param: string, other: string]>([
		[{ image_size: "1600x900", dimensions: "1600x1600" }, "dimensions", "image_size"],
		[{ image_size: "1600x900", dimensions: "800x900" }, "dimensions", "image_size"],
		[{ image_size: "1600x900", dimensions: "800x450" }, "dimensions", "image_size"],
		[{ image_size: "1600x900", aspect_ratio: "1:1" }, "aspect_ratio", "image_size"],
		[{ aspect_ratio: "1:1", image_size: "1600x900" }, "image_size", "aspect_ratio"],
		[{ ratio: "16:9", ar: "9:16" }, "ar", "ratio"],
		[{ ratio: "16:9", width: 1024, height: 1024 }, "width", "ratio"],
		[{ orientation: "portrait", aspect_ratio: "16:9" }, "orientation", "aspect_ratio"],
		[{ aspect_ratio: "16:9", orientation: "square" }, "orientation", "aspect_ratio"],
		[{ orientation: "portrait", aspect_ratio: "landscape" }, "aspect_ratio", "orientation"],
		[{ aspect_ratio: "16:9", image_size: "4:3", orientation: "landscape" }, "image_size", "aspect_ratio"],
		[{ image_size: "landscape_4_3", aspect_ratio: "16:9" }, "aspect_ratio", "image_size"],
		[{ image_size: { width: 16, height: 9 }, aspect_ratio: "4:3" }, "aspect_ratio", "image_size"],
		[{ aspect_ratio: "１：１", image_size: "２：２", size_hint: 1, ratio: "３：２" }, "ratio", "aspect_ratio"],
	])("of %j contradict each other", (body, param, other) => {
		expect(read(body)).toEqual(refusal(param, { is: "contradiction", other }));
	});
});

describe("two sides", () => {
	it.each<readonly [body: JsonObject, param: string]>([
		[{ width: 1024, height: 768 }, "width"],
		[{ height: 768, width: "1024" }, "width"],
		[{ image_width: " 1024", imageHeight: "768 " }, "image_width"],
		[{ width: 1024, height: 768, output_width: "1024", output_height: 768 }, "width"],
	])("of %j make a size", (body, param) => {
		expect(read(body)).toEqual({ ok: true, value: { size: { value: pixels(1024, 768), param } } });
	});

	it.each<readonly [body: JsonObject, param: string, fault: Fault]>([
		[{ width: 1024 }, "width", { is: "one_side" }],
		[{ height: 1024 }, "height", { is: "one_side" }],
		[{ width: 10, height: 1024 }, "width", { is: "no_size", got: "10x1024" }],
		[{ width: "wide", height: 1 }, "width", { is: "type", expected: ["integer"], got: "string" }],
		[{ width: 1024, height: 7.5 }, "height", { is: "type", expected: ["integer"], got: "decimal" }],
		[{ height: [768], width: 1024 }, "height", { is: "type", expected: ["integer"], got: "array" }],
		[{ width: "12345678901", height: 1024 }, "width", { is: "type", expected: ["integer"], got: "string" }],
		[{ width: 512, height: 512, img_width: 768 }, "img_width", { is: "contradiction", other: "width" }],
		[{ height: 512, width: 512, img_height: 768 }, "img_height", { is: "contradiction", other: "height" }],
		[{ width: 512, height: 512, img_height: "x" }, "img_height", { is: "type", expected: ["integer"], got: "string" }],
	])("of %j are refused", (body, param, fault) => {
		expect(read(body)).toEqual(refusal(param, fault));
	});
});

describe("a resolution", () => {
	it.each<readonly [text: string, word: string | null]>([
		["2K", "2k"],
		[" 4k ", "4k"],
		["1.5k", "1.5k"],
		["auto_2K", "2k"],
		["auto_4k", "4k"],
		["x2k", null],
		["2kk", null],
		["2.xk", null],
		["16:9", null],
		["", null],
	])("of %j is %j", (text, word) => {
		expect(toResolution(text)).toBe(word);
	});

	it("stands beside a size, and may be said twice", () => {
		expect(read({ aspect_ratio: "16:9", image_size: "2K", resolution: "auto_2k" })).toEqual({
			ok: true,
			value: {
				size: { value: ratio(16, 9), param: "aspect_ratio" },
				resolution: { value: "2k", param: "resolution" },
			},
		});
	});

	it("is refused beside another one", () => {
		expect(read({ image_size: "2K", resolution: "4K" })).toEqual(
			refusal("resolution", { is: "contradiction", other: "image_size" }),
		);
	});
});

describe("the names of a count", () => {
	it.each(["image_number", "batch_size", "n_iter"])("%s is one", (name) => {
		expect(read({ [name]: 3 })).toEqual({ ok: true, value: { n: { value: 3, param: name } } });
	});

	it.each<readonly [body: JsonObject, value: number, param: string]>([
		[{ num_images: 1 }, 1, "num_images"],
		[{ num_images: 10 }, 10, "num_images"],
		[{ num_images: "3" }, 3, "num_images"],
		[{ num_images: 3, num_outputs: 3 }, 3, "num_images"],
		[{ batch_size: 3, num_images: 3 }, 3, "num_images"],
		[{ batch_size: 2, n_iter: 3 }, 6, "batch_size"],
		[{ n_iter: 3, batch_size: 2 }, 6, "batch_size"],
		[{ batch_size: 5, batch_count: 2 }, 10, "batch_size"],
		[{ batch_size: 2, n_iter: 3, num_images: 6 }, 6, "num_images"],
	])("%j asks for %i", (body, value, param) => {
		expect(read(body)).toEqual({ ok: true, value: { n: { value, param } } });
	});

	it.each<readonly [body: JsonObject, param: string, fault: Fault]>([
		[{ num_images: 0 }, "num_images", { is: "too_small", min: 1, got: 0 }],
		[{ num_images: -1 }, "num_images", { is: "too_small", min: 1, got: -1 }],
		[{ num_images: 11 }, "num_images", { is: "too_large", max: 10, got: 11 }],
		[{ batch_size: 11, n_iter: 1 }, "batch_size", { is: "too_large", max: 10, got: 11 }],
		[{ batch_size: 6, n_iter: 2 }, "batch_size", { is: "too_large", max: 10, got: 12 }],
		[{ num_images: "two" }, "num_images", { is: "type", expected: ["integer"], got: "string" }],
		[{ num_images: "1234567890" }, "num_images", { is: "type", expected: ["integer"], got: "string" }],
		[{ num_images: 1.5 }, "num_images", { is: "type", expected: ["integer"], got: "decimal" }],
		[{ num_images: [2] }, "num_images", { is: "type", expected: ["integer"], got: "array" }],
		[{ num_images: 11, num_outputs: 12 }, "num_images", { is: "too_large", max: 10, got: 11 }],
		[{ num_images: 2, batch_size: 3 }, "batch_size", { is: "contradiction", other: "num_images" }],
		[{ batch_size: 3, num_images: 2 }, "batch_size", { is: "contradiction", other: "num_images" }],
		[{ num_images: 2, num_outputs: 3 }, "num_outputs", { is: "contradiction", other: "num_images" }],
		[{ batch_size: 2, n_iter: 3, num_images: 2 }, "batch_size", { is: "contradiction", other: "num_images" }],
	])("%j is refused", (body, param, fault) => {
		expect(read(body)).toEqual(refusal(param, fault));
	});

	it("are not looked at if OpenAI's own field says a count", () => {
		expect(readOtherNames({ num_images: 99, batch_size: "x" }, { size: false, n: true })).toEqual({
			ok: true,
			value: {},
		});
	});
});

describe("other words", () => {
	it.each<readonly [body: JsonObject, value: object]>([
		[{ imageQuality: "high" }, { quality: { value: "high", param: "imageQuality" } }],
		[{ extra_body: { quality: "low" } }, { quality: { value: "low", param: "extra_body.quality" } }],
		[{ image_format: "webp" }, { outputFormat: { value: "webp", param: "image_format" } }],
		[{ outputFormat: "png" }, { outputFormat: { value: "png", param: "outputFormat" } }],
		[{ options: { seed: 7 } }, { seed: { value: 7, param: "options.seed" } }],
		[{ options: { seed: 0 } }, { seed: { value: 0, param: "options.seed" } }],
		[{ options: { seed: -1 } }, {}],
		[{ image_seed: "42" }, { seed: { value: 42, param: "image_seed" } }],
		[{ image_seed: " -1 " }, {}],
		[{ random_seed: true }, {}],
		[{ negativePrompt: "blurry" }, { negativePrompt: { value: "blurry", param: "negativePrompt" } }],
		[
			{ extra_body: { negative_prompt: "x".repeat(10_000) } },
			{ negativePrompt: { value: "x".repeat(10_000), param: "extra_body.negative_prompt" } },
		],
		[{ negativePrompt: "half \ud83d" }, { negativePrompt: { value: "half \ufffd", param: "negativePrompt" } }],
		[{ imageQuality: " ", image_format: null, num_images: "", aspect_ratio: [] }, {}],
		[{ strength: 0.5, guidance: { scale: 3 } }, {}],
		[{ extra_body: { background: true } }, {}],
		[
			{ extra_body: { quality: "low" }, options: { quality: 7 } },
			{ quality: { value: "low", param: "extra_body.quality" } },
		],
	])("of %j are read", (body, value) => {
		expect(read(body)).toEqual({ ok: true, value });
	});

	it.each<readonly [body: JsonObject, param: string, fault: Fault]>([
		[{ image_quality: 7 }, "image_quality", { is: "type", expected: ["string"], got: "integer" }],
		[{ image_format: ["png"] }, "image_format", { is: "type", expected: ["string"], got: "array" }],
		[{ extra: { seed: "seven" } }, "extra.seed", { is: "type", expected: ["integer"], got: "string" }],
		[{ extra: { seed: "x7" } }, "extra.seed", { is: "type", expected: ["integer"], got: "string" }],
		[{ extra: { seed: "7x" } }, "extra.seed", { is: "type", expected: ["integer"], got: "string" }],
		[{ extra: { seed: "1e5" } }, "extra.seed", { is: "type", expected: ["integer"], got: "string" }],
		[{ extra: { seed: [7] } }, "extra.seed", { is: "type", expected: ["integer"], got: "array" }],
		[{ extra: { fal: "fast" } }, "extra.fal", { is: "type", expected: ["object"], got: "string" }],
		[{ negativePrompt: ["blurry"] }, "negativePrompt", { is: "type", expected: ["string"], got: "array" }],
		[{ negativePrompt: `a ${placeholderOf(0)}` }, "negativePrompt", { is: "long_data" }],
		[{ negativePrompt: "x".repeat(10_001) }, "negativePrompt", { is: "too_long", max: 10_000, of: "characters" }],
		[{ extra: { seed: 1.5 } }, "extra.seed", { is: "type", expected: ["integer"], got: "decimal" }],
	])("of %j are refused", (body, param, fault) => {
		expect(read(body)).toEqual(refusal(param, fault));
	});
});

describe("OpenAI's own names", () => {
	const own = {
		...{ size: "1600x900", n: 3, quality: "high", output_format: "png", seed: 7, negative_prompt: "blurry" },
		...{ background: "opaque", input_fidelity: "high", moderation: "low", fal: { a: 1 } },
	};
	const asOther = (prefix: string) => ({
		size: { value: pixels(1600, 900), param: `${prefix}size` },
		n: { value: 3, param: `${prefix}n` },
		quality: { value: "high", param: `${prefix}quality` },
		outputFormat: { value: "png", param: `${prefix}output_format` },
		seed: { value: 7, param: `${prefix}seed` },
		negativePrompt: { value: "blurry", param: `${prefix}negative_prompt` },
		background: { value: "opaque", param: `${prefix}background` },
		inputFidelity: { value: "high", param: `${prefix}input_fidelity` },
		moderation: { value: "low", param: `${prefix}moderation` },
		fal: { value: { a: 1 }, param: `${prefix}fal` },
	});

	it("are no other names in a body", () => {
		expect(read(own)).toEqual({ ok: true, value: {} });
	});

	it("are other names in an image tool and in an object of options", () => {
		expect(read(toolWith(own))).toEqual({ ok: true, value: asOther("tools[0].") });
		expect(read({ extra_body: own })).toEqual({ ok: true, value: asOther("extra_body.") });
		expect(read(toolWith({ options: own }))).toEqual({ ok: true, value: asOther("tools[0].options.") });
	});
});

it("a tool goes before its body", () => {
	const body = { image_quality: "low", options: { seed: 8 } };
	expect(read({ ...body, ...toolWith({ image_quality: "high", options: { seed: 7 } }) })).toEqual({
		ok: true,
		value: {
			quality: { value: "high", param: "tools[0].image_quality" },
			seed: { value: 7, param: "tools[0].options.seed" },
		},
	});
});
