import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	atLevel,
	faultOfPixels,
	levelOf,
	optionOf,
	type PixelFault,
	type PixelSizes,
	pixelLevels,
	type Sizes,
	shapeOptions,
	sizeWithin,
} from "./sizes.ts";

const ALONE = { min_area: null, max_area: null, max_elongation: null };
const USUAL: PixelSizes = { kind: "pixels", min: 256, max: 2048, multiple: 16, ...ALONE };
const GPT: PixelSizes = {
	...{ kind: "pixels", min: 480, max: 3840, multiple: 16 },
	...{ min_area: 655_360, max_area: 8_294_400, max_elongation: 3 },
};
const WAN: PixelSizes = { kind: "pixels", min: 768, max: 1440, multiple: 16, ...ALONE };
const RATIOS: Sizes = { kind: "list", sizes: ["1:1", "21:9", "2:3", "19.5:9"] };
const TEXTS: Sizes = { kind: "list", sizes: ["1024x1024", "1536x1024", "1024x1536"] };
const namesOf = (sizes: Sizes) => shapeOptions(sizes).map(({ size }) => size);

describe("shapeOptions", () => {
	it("lists the model's own, from wide to tall", () => {
		expect(namesOf(RATIOS)).toEqual(["21:9", "19.5:9", "1:1", "2:3"]);
		expect(namesOf(TEXTS)).toEqual(["1536x1024", "1024x1024", "1024x1536"]);
		expect(shapeOptions(TEXTS)[0]).toEqual({ size: "1536x1024", shape: { width: 1536, height: 1024 } });
	});

	it("lists usual shapes for pixels, as long as the sides may be", () => {
		expect(namesOf(USUAL)).toContain("21:9");
		// 1440 by 768 is less than 2:1.
		expect(namesOf(WAN)).toEqual(["16:9", "3:2", "4:3", "5:4", "1:1", "4:5", "3:4", "2:3", "9:16"]);
	});

	it("lists usual shapes if nobody knows, and none if there are none", () => {
		expect(namesOf({ kind: "unknown" })).toContain("16:9");
		expect(namesOf({ kind: "none" })).toEqual([]);
	});
});

describe("the levels of pixels", () => {
	it.each<readonly [Sizes, readonly string[]]>([
		[USUAL, ["1K", "2K"]],
		[GPT, ["1K", "2K"]],
		[{ ...USUAL, max: 4096 }, ["1K", "2K", "4K"]],
		[{ ...USUAL, max: 4096, min_area: 3_686_400, max_area: 16_777_216 }, ["2K", "4K"]],
		// One is no choice.
		[WAN, []],
		[RATIOS, []],
	])("of %j are %j", (sizes, levels) => {
		expect(pixelLevels(sizes)).toEqual(levels);
	});

	it.each<readonly [width: number, height: number, level: string, sizes: PixelSizes, size: string]>([
		[1, 1, "1K", USUAL, "1024x1024"],
		[1, 1, "2K", USUAL, "2048x2048"],
		// As much as fits: neither side is longer than 2048.
		[16, 9, "2K", USUAL, "2048x1152"],
		[9, 16, "2K", GPT, "1536x2720"],
		[21, 9, "2K", GPT, "3120x1328"],
		[16, 9, "4K", { ...USUAL, max: 4096, max_area: 4_194_304 }, "2720x1536"],
	])("draw %s:%s at %s with %j as %s", (width, height, level, sizes, size) => {
		expect(atLevel({ width, height }, level, sizes)).toBe(size);
		if (level !== "4K") expect(levelOf(size, sizes)).toBe(level);
	});

	it("are found again, with the shape", () => {
		expect(optionOf("2048x1152", USUAL)?.size).toBe("16:9");
		expect(levelOf("16:9", USUAL)).toBeNull();
		expect(optionOf("16:9", USUAL)?.size).toBe("16:9");
		expect(levelOf("1000x1000", USUAL)).toBeNull();
		expect(optionOf("1008x992", USUAL)).toBeNull();
	});

	it("give what the model takes as it is", () => {
		const all = [USUAL, GPT, { ...USUAL, max: 4096, min_area: 3_686_400, max_area: 16_777_216 }];
		fc.assert(
			fc.property(fc.constantFrom(...all), fc.nat(20), fc.nat(3), (sizes, at, nth) => {
				const options = shapeOptions(sizes);
				const levels = pixelLevels(sizes);
				const [option, level] = [options[at % options.length], levels[nth % levels.length]];
				if (option === undefined || level === undefined) throw new Error("there are some");
				const [width = 0, height = 0] = atLevel(option.shape, level, sizes).split("x").map(Number);
				const { min, max, multiple, max_area, max_elongation } = sizes;
				expect([width, height].every((side) => side >= min && side <= max && side % multiple === 0)).toBe(true);
				expect(width * height).toBeLessThanOrEqual(max_area ?? Number.POSITIVE_INFINITY);
				expect(Math.max(width / height, height / width)).toBeLessThanOrEqual((max_elongation ?? 100) * 1.03);
			}),
		);
	});
});

describe("sizeWithin", () => {
	it.each<readonly [size: string, sizes: Sizes, kept: string | null]>([
		["21:9", RATIOS, "21:9"],
		["1024x1024", RATIOS, "1:1"],
		["2048x1360", TEXTS, "1536x1024"],
		["3:2", TEXTS, "1536x1024"],
		["16:9", TEXTS, null],
		["16:9", USUAL, "16:9"],
		["21:9", WAN, null],
		["1024x768", USUAL, "1024x768"],
		["4096x4096", USUAL, null],
		["16:9", { kind: "unknown" }, "16:9"],
		["16:9", { kind: "none" }, null],
		["big", USUAL, null],
	])("makes of %s within %j %s", (size, sizes, kept) => {
		expect(sizeWithin(size, sizes)).toBe(kept);
	});
});

describe("faultOfPixels", () => {
	it.each<readonly [width: number, height: number, fault: PixelFault | null]>([
		[1024, 1024, null],
		[464, 1408, { kind: "side", min: 480, max: 3840 }],
		[3856, 1408, { kind: "side", min: 480, max: 3840 }],
		[Number.NaN, 1408, { kind: "side", min: 480, max: 3840 }],
		[1000, 1024, { kind: "multiple", multiple: 16 }],
		[640, 640, { kind: "area", min: 655_360, max: 8_294_400 }],
		[3840, 3840, { kind: "area", min: 655_360, max: 8_294_400 }],
		[3840, 1264, { kind: "elongation", max: 3 }],
	])("says of %s by %s what is wrong", (width, height, fault) => {
		expect(faultOfPixels({ width, height }, GPT)).toEqual(fault);
	});
});
