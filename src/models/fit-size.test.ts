import { describe, expect, it } from "vitest";
import type { Model, SizeDialect } from "./catalogue/types.ts";
import { sizeFieldOf, toSizeFields } from "./fit-size.ts";
import { parseSize } from "./size.ts";

function fieldsOf(dialect: SizeDialect, size: string): object {
	const model: Model = {
		...{ id: "a/b", endpoint: "a/b", dialect, quality: null, maxImages: 1, outputFormats: [], seed: false },
		shape: "auto",
	};
	return toSizeFields(model, parseSize(size) ?? { kind: "auto" });
}

const BOUNDS = { min: 256, max: 2_048, multiple: 16 } as const;
const RATIOS = { kind: "ratio", ratios: ["1:1", "16:9", "9:16"] } as const;
const PIXELS = { kind: "pixels", ...BOUNDS } as const;
const PRESETS = ["square_hd", "square", "landscape_4_3", "portrait_16_9"];
const TEXTS = { kind: "text", sizes: ["1024x1024", "1536x1024", "portrait_4_3"] } as const;
const SIDES = { kind: "sides", ...BOUNDS } as const;

describe("the fields of a size", () => {
	it.each<readonly [dialect: SizeDialect, size: string, fields: object]>([
		[RATIOS, "16:9", { aspect_ratio: "16:9" }],
		[RATIOS, "2:1", { aspect_ratio: "16:9" }],
		[RATIOS, "1024x1024", { aspect_ratio: "1:1" }],
		[RATIOS, "auto", {}],
		[{ ...RATIOS, auto: "auto" }, "auto", { aspect_ratio: "auto" }],
		[{ ...RATIOS, field: "ratio" }, "9:16", { ratio: "9:16" }],
		// The first of equals, and never a word that is no size.
		[{ kind: "ratio", ratios: ["4:3", "3:4"] }, "1:1", { aspect_ratio: "4:3" }],
		[{ kind: "ratio", ratios: ["auto", "wide", "16:9"] }, "1:1", { aspect_ratio: "16:9" }],
		[{ kind: "ratio", ratios: ["16:9", "auto", "wide"] }, "1:1", { aspect_ratio: "16:9" }],
		[{ kind: "text", sizes: ["1024x1024", "2048x2048"] }, "1:1", { image_size: "1024x1024" }],
		[{ kind: "text", sizes: ["1024x1024", "2048x2048"] }, "2048x2048", { image_size: "2048x2048" }],
		[{ kind: "text", sizes: ["1024x1024", "2048x2048"] }, "1536x1536", { image_size: "1024x1024" }],
		[{ kind: "text", sizes: PRESETS }, "512x512", { image_size: "square" }],
		[{ kind: "text", sizes: PRESETS }, "1:1", { image_size: "square_hd" }],
		[TEXTS, "16:9", { image_size: "1536x1024" }],
		[TEXTS, "3:4", { image_size: "portrait_4_3" }],
		[TEXTS, "auto", {}],
		[{ ...TEXTS, auto: "auto" }, "auto", { image_size: "auto" }],
		[{ ...TEXTS, field: "size" }, "1:1", { size: "1024x1024" }],
		[PIXELS, "1024x768", { image_size: { width: 1_024, height: 768 } }],
		[PIXELS, "auto", {}],
		[{ ...PIXELS, field: "size" }, "512x512", { size: { width: 512, height: 512 } }],
		[SIDES, "1024x768", { width: 1_024, height: 768 }],
		[SIDES, "16:9", { width: 1_360, height: 768 }],
		[SIDES, "auto", {}],
		[{ kind: "none" }, "16:9", {}],
		[{ kind: "none" }, "auto", {}],
		[{ kind: "unknown" }, "16:9", { aspect_ratio: "16:9", image_size: { width: 1_368, height: 768 } }],
		[{ kind: "unknown" }, "1000x500", { aspect_ratio: "2:1", image_size: { width: 1_000, height: 504 } }],
		[{ kind: "unknown" }, "auto", {}],
	])("of %j for %s are %j", (dialect, size, fields) => {
		expect(fieldsOf(dialect, size)).toEqual(fields);
	});

	it.each<readonly [size: string, word: unknown]>([
		["1024x1024", "square_hd"],
		["512x512", "square"],
		["768x768", { width: 768, height: 768 }],
		["1:1", "square_hd"],
		["4:3", "landscape_4_3"],
		["1024x768", "landscape_4_3"],
		["2048x1536", { width: 2_048, height: 1_536 }],
		["9:16", "portrait_16_9"],
		["16:9", { width: 1_360, height: 768 }],
	])("are a preset for what is just that: %s", (size, word) => {
		expect(fieldsOf({ ...PIXELS, presets: PRESETS }, size)).toEqual({ image_size: word });
		expect(fieldsOf({ ...PIXELS, presets: ["odd", "auto", ...PRESETS] }, size)).toEqual({ image_size: word });
	});

	it("are a small preset only for its pixels", () => {
		expect(fieldsOf({ ...PIXELS, presets: ["square"] }, "1:1")).toEqual({
			image_size: { width: 1_024, height: 1_024 },
		});
	});
});

describe("a size in pixels", () => {
	const area = { min: 512 * 512, max: 1_024 * 1_024 };

	it.each<readonly [what: string, bounds: object, size: string, width: number, height: number]>([
		["is moved to the nearest step", {}, "1000x700", 1_008, 704],
		["is scaled down to the longest side", {}, "4096x1024", 2_048, 512],
		["is scaled up to the shortest side", {}, "128x256", 256, 512],
		["has the longest side before the shortest", {}, "20:1", 2_048, 256],
		["of a ratio has the pixels of a square of 1024", {}, "1:1", 1_024, 1_024],
		["is scaled down to its area", { area }, "2048x1024", 1_456, 720],
		["is scaled up to its area", { area }, "256x256", 512, 512],
		["may have just the largest area", { area }, "1020x1020", 1_024, 1_024],
		["may have just the smallest area", { area }, "516x516", 512, 512],
		["takes the steps below if those above pass its area", { area }, "1096x952", 1_104, 944],
		["takes the steps above if those below pass its area", { area }, "490x530", 496, 544],
		["is shortened to the longest shape", { maxElongation: 2 }, "2000x500", 1_008, 512],
		["is shortened to the tallest shape", { maxElongation: 2 }, "500x2000", 496, 992],
		["may have just the longest shape", { maxElongation: 2 }, "1024x512", 1_024, 512],
		["takes the steps that keep to the shape", { maxElongation: 2, multiple: 100, min: 100 }, "450x250", 500, 300],
	])("%s: %j, %s", (_, bounds, size, width, height) => {
		expect(fieldsOf({ ...SIDES, ...bounds }, size)).toEqual({ width, height });
	});
});

it.each<readonly [dialect: SizeDialect, field: string | null]>([
	[RATIOS, "aspect_ratio"],
	[{ ...RATIOS, field: "ratio" }, "ratio"],
	[PIXELS, "image_size"],
	[TEXTS, "image_size"],
	[{ ...TEXTS, field: "size" }, "size"],
	[SIDES, null],
	[{ kind: "none" }, null],
	[{ kind: "unknown" }, null],
])("the size field of %j is %j", (dialect, field) => {
	expect(sizeFieldOf(dialect)).toBe(field);
});
