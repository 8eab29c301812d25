import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	COMMON_RATIOS,
	FAL_PRESETS,
	isCommonRatio,
	isSameShape,
	parseFalSize,
	parseSize,
	type Size,
	shapeDistance,
	toHalfWidth,
	toRatioText,
	toSizeText,
} from "./size.ts";

function show(size: Size | null): string {
	if (size === null) return "null";
	return size.kind === "auto" ? "auto" : `${size.width}${size.kind === "ratio" ? ":" : "x"}${size.height}`;
}

describe("parseSize", () => {
	it.each([
		["1024x1024", "1024x1024"],
		["1024X768", "1024x768"],
		["1024×768", "1024x768"],
		["1024*768", "1024x768"],
		["1024 x 768", "1024x768"],
		[" 1792x1024px ", "1792x1024"],
		["１０２４×７６８", "1024x768"],
		["16:9", "16:9"],
		["16/9", "16:9"],
		["16：9", "16:9"],
		["１６：９", "16:9"],
		["16x9", "16:9"],
		["1.91:1", "191:100"],
		["20:1", "20:1"],
		["64x64", "64x64"],
		["8192x8192", "8192x8192"],
		["auto", "auto"],
		["AUTO", "auto"],
		["square_hd", "1024x1024"],
		["portrait_16_9", "576x1024"],
		["landscape_4_3", "1024x768"],
		["square", "1:1"],
		["Landscape", "3:2"],
		["portrait", "2:3"],
		["1024x768 pixel", "1024x768"],
		["1024x768 pixels", "1024x768"],
		["1024 pixel x 768", "1024x768"],
		["1024 pixels x 768 pixels", "1024x768"],
		["1024x768像素", "1024x768"],
		["1080px × 1920px", "1080x1920"],
		["1080 px x 1920 px", "1080x1920"],
		["1080px*1920", "1080x1920"],
		["1080像素×1920像素", "1080x1920"],
		["16px:9", "null"],
		["1:1.91", "100:191"],
		["16.50/9", "1650:900"],
		["Vertical", "2:3"],
		["horizontal", "3:2"],
		["widescreen", "16:9"],
		["widescreen_16_9", "16:9"],
		["aspect_16_9", "16:9"],
		["1aspect_16_9", "null"],
		["!aspect_16_9", "null"],
		["aspect_16_9!", "null"],
		["a_1_1", "1:1"],
		["resolution_1024_768", "1024x768"],
		["portrait_3_2", "2:3"],
		["portrait_2_3", "2:3"],
		["portrait_1_1", "1:1"],
		["portrait_1024_768", "768x1024"],
		["landscape_3_2", "3:2"],
		["landscape_2_3", "2:3"],
		["size_63_64", "63:64"],
		["size_64_63", "null"],
		["size_64_64", "64x64"],
		["16:9".padEnd(40), "16:9"],
	])("reads %j as %s", (text, expected) => {
		expect(show(parseSize(text))).toBe(expected);
	});

	it.each([
		"",
		" ",
		"big",
		"0x0",
		"0:0",
		"0:9",
		"-16:9",
		"99999x1",
		"16:9".padEnd(41),
		"1.91x1",
		"9:0",
		"16_9",
		"wide_16_9x",
		"wide_16_",
		"wide_12345_9",
		"wide_16_12345",
		"wide2_16_9",
		"1024",
		"1024x",
		"x1024",
		"1024xx768",
		"1024x768x3",
		"1:100",
		"21:1",
		"3x3",
		"63x64",
		"8193x1024",
		"100.5x200",
		"1e3x1e3",
		"16:9; drop",
		"NaN:1",
		"9".repeat(1000),
	])("returns null for %j", (text) => {
		expect(parseSize(text)).toBeNull();
	});

	it("reads any pair of sides, with any sign between them", () => {
		const side = fc.integer({ min: 410, max: 8192 });
		fc.assert(
			fc.property(side, side, fc.constantFrom("x", "×", "*", " x "), (width, height, sign) => {
				expect(parseSize(`${width}${sign}${height}`)).toEqual({ kind: "pixels", width, height });
			}),
		);
	});
});

describe("toRatioText", () => {
	it.each([
		[1024, 1024, "1:1"],
		[1024, 768, "4:3"],
		[1365, 768, "16:9"],
		[1344, 768, "16:9"],
		[768, 1408, "9:16"],
		[1536, 672, "21:9"],
		[8, 1, "8:1"],
		[1000, 700, "10:7"],
	])("names %d by %d as %s", (width, height, expected) => {
		expect(toRatioText(width, height)).toBe(expected);
	});

	it("names the nearer one of two that are near", () => {
		expect([toRatioText(1290, 1000), toRatioText(1000, 1290)]).toEqual(["5:4", "4:5"]);
	});

	it("names a common ratio at any size", () => {
		fc.assert(
			fc.property(fc.constantFrom(...COMMON_RATIOS), fc.integer({ min: 1, max: 300 }), (common, scale) => {
				const [width = 0, height = 0] = common.split(":").map(Number);
				expect(toRatioText(width * scale, height * scale)).toBe(common);
			}),
		);
	});
});

describe("toSizeText", () => {
	it.each<readonly [size: Size, text: string]>([
		[{ kind: "auto" }, "auto"],
		[{ kind: "ratio", width: 16, height: 9 }, "16:9"],
		[{ kind: "pixels", width: 1024, height: 768 }, "1024x768"],
	])("writes %j as %s", (size, text) => {
		expect(toSizeText(size)).toBe(text);
	});
});

describe("isSameShape", () => {
	it("is true for shapes that differ by the rounding of models", () => {
		const wide = { width: 16, height: 9 };
		expect(isSameShape(wide, { width: 1920, height: 1080 })).toBe(true);
		expect(isSameShape(wide, { width: 11, height: 6 })).toBe(true);
		expect(isSameShape(wide, { width: 3, height: 2 })).toBe(false);
		expect(isSameShape(wide, { width: 9, height: 16 })).toBe(false);
	});
});

describe("isCommonRatio", () => {
	it.each(COMMON_RATIOS)("accepts %s", (text) => {
		expect(isCommonRatio(text)).toBe(true);
	});

	it.each(["7:5", "16/9", "16x9", "016:9", "16:9 ", ""])("rejects %j", (text) => {
		expect(isCommonRatio(text)).toBe(false);
	});
});

describe("shapeDistance", () => {
	it("is 0 for the same shape at any size", () => {
		expect(shapeDistance({ width: 1920, height: 1080 }, { width: 16, height: 9 })).toBe(0);
	});

	it("puts twice as wide and half as wide at the same distance", () => {
		const square = { width: 1, height: 1 };
		const wide = shapeDistance(square, { width: 2, height: 1 });
		expect(wide).toBeCloseTo(Math.log(2));
		expect(shapeDistance(square, { width: 1, height: 2 })).toBeCloseTo(wide);
	});
});

describe("toHalfWidth", () => {
	it("replaces full-width digits, signs and spaces", () => {
		expect(toHalfWidth("１６：９，１０２４×７６８　ＰＸ\u00a0∶")).toBe("16:9,1024x768 PX :");
	});

	it("keeps the length of any text", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (text) => {
				expect(toHalfWidth(text)).toHaveLength(text.length);
			}),
		);
	});
});

describe("FAL_PRESETS", () => {
	it.each([...FAL_PRESETS.keys()].filter((name) => name !== "square"))("reads %s as fal does", (name) => {
		expect(parseSize(name)).toEqual(FAL_PRESETS.get(name));
	});
});

describe("parseFalSize", () => {
	it.each([
		["square", "512x512"],
		["portrait_4_3", "768x1024"],
		["16:9", "16:9"],
		["auto", "auto"],
		["huge", "null"],
		[{ width: 20_000, height: 3 }, "20000x3"],
		[{ width: 1024 }, "null"],
		[{ height: 1024 }, "null"],
		[{ width: 1024, height: "768" }, "null"],
		[{ width: "1024", height: 768 }, "null"],
		[[1024, 768], "null"],
		[1024, "null"],
		[null, "null"],
		[undefined, "null"],
	])("reads %j as %s", (value, size) => {
		expect(show(parseFalSize(value))).toBe(size);
	});
});
