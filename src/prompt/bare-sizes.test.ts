import { describe, expect, it } from "vitest";
import { findBareSizes } from "./bare-sizes.ts";
import { MAX_SIZES } from "./found-size.ts";

/** Returns the sizes of a text, as they are written there. */
function sizesOf(text: string, isWanted = () => true): readonly string[] {
	return findBareSizes(text, isWanted).map(({ start, end }) => text.slice(start, end));
}

describe("findBareSizes", () => {
	it.each([
		["a fox 16:9", ["16:9"]],
		["a 1024x768 fox", ["1024x768"]],
		["a fox, 16:9 2K, in oil", ["16:9 2K"]],
		["猫16:9水彩", ["16:9"]],
		// Sizes of one shape are one size.
		["16:9, a fox, 16:9", ["16:9", "16:9"]],
		["a fox, 16:9, 1920x1080", ["16:9", "1920x1080"]],
		["16:9, a fox, 4:3", []],
		["1024x1024, a fox, 512x512", []],
		// Brackets right behind one hold a note.
		["a fox, 16:9 (1920x1080)", ["16:9"]],
		["a fox, 16:9 【1:1】", ["16:9"]],
		["a fox, 16:9 (and 1:1)", []],
		// No usual ratio, and no side of a picture.
		["a fox, 7:5", []],
		["a fox, 2.39:1", ["2.39:1"]],
		["a fox, 2.4:1", []],
		["a 256x256 fox", ["256x256"]],
		["a 255x256 fox", []],
		// A part of a sentence, unless words tie it to the picture.
		["a 16:9 fox", []],
		["a 16:9 photo of a fox", ["16:9"]],
		["以3:2获胜", []],
		["以3:2生成一只猫", ["3:2"]],
	])("finds in %j: %j", (text, sizes) => {
		expect(sizesOf(text)).toEqual(sizes);
	});

	it.each([
		["国足2:3，海报", []],
		["国足3:4，海报", ["3:4"]],
		["国足3:4日本", []],
		["早上9:16的街道", []],
		["早上4:3的街道", ["4:3"]],
		["猫，1:1复刻", []],
		["猫，3:4复刻", ["3:4"]],
		["左右分屏1:1", []],
		["牌子上写着16:9", []],
		["比分3:2", []],
	])("tells scores, times and copies by their numbers, %j: %j", (text, sizes) => {
		expect(sizesOf(text)).toEqual(sizes);
	});

	it("finds none that is not wanted", () => {
		expect(sizesOf("a fox 16:9", () => false)).toEqual([]);
	});

	it(`looks at the first ${MAX_SIZES} candidates`, () => {
		expect(sizesOf("a fox, 16:9, ".repeat(MAX_SIZES + 1))).toHaveLength(MAX_SIZES);
	});
});
