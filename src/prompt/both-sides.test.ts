import { describe, expect, it } from "vitest";
import { findBothSides } from "./both-sides.ts";
import { PICTURE_SIDES, PICTURES_WITH_SIDES, PIXEL_UNITS, SIDES, THINGS_WITH_SIDES } from "./size-words.ts";

/** Returns the sizes of a text, each with the words that it was read from. */
function sizesOf(text: string) {
	return findBothSides(text).map(({ start, end, size }) => [text.slice(start, end), size]);
}

function pixels(width: number, height: number) {
	return { kind: "pixels", width, height };
}

describe("findBothSides", () => {
	it.each(SIDES.width.flatMap((wide) => SIDES.height.map((high) => [wide, high] as const)))(
		"reads sides behind %s and %s, in any order",
		(wide, high) => {
			expect(sizesOf(`a fox, ${wide}: 1024, ${high}: 768`)).toEqual([
				[`${wide}: 1024, ${high}: 768`, pixels(1024, 768)],
			]);
			expect(sizesOf(`a fox, ${high}768 ${wide}1024`)).toEqual([[`${high}768 ${wide}1024`, pixels(1024, 768)]]);
		},
	);

	it("reads sides of options", () => {
		for (const sides of ["--w 1024 --h 768", "--h=768 --w=1024", "--width 1024 --height 768"])
			expect(sizesOf(`a fox ${sides}`)).toEqual([[sides, pixels(1024, 768)]]);
		expect(sizesOf("a fox w 1024 h 768")).toEqual([]);
	});

	it.each(SIDES.tall)("reads sides before wide and %s", (tall) => {
		for (const between of [" by ", " and ", ", and ", " x ", ", "]) {
			const sides = `1024 wide${between}768 ${tall}`;
			expect(sizesOf(`a fox ${sides}.`)).toEqual([[sides, pixels(1024, 768)]]);
		}
		expect(sizesOf(`a fox 1024 wide 768 ${tall}`)).toEqual([]);
	});

	it.each(PICTURE_SIDES)("takes %i for the side of a picture", (side) => {
		expect(sizesOf(`宽${side},高${side}`)).toHaveLength(1);
		expect(sizesOf(`宽${side},高1001`)).toEqual([]);
		expect(sizesOf(`宽1001,高${side}`)).toEqual([]);
	});

	it.each(PICTURES_WITH_SIDES)("takes any sides of %j", (picture) => {
		expect(sizesOf(`a fox, ${picture} width 1001 height 999`)).toEqual([["width 1001 height 999", pixels(1001, 999)]]);
		expect(sizesOf(`A FOX, ${picture.toUpperCase()} WIDTH 1001 HEIGHT 999`)).toHaveLength(1);
		expect(sizesOf(`一只狐狸,${picture}的宽1001,高999`)).toHaveLength(1);
		expect(sizesOf(`一只狐狸,${picture}里桌子宽1001,高999`)).toEqual([]);
	});

	it.each(THINGS_WITH_SIDES)("takes none of %j but in pixels", (thing) => {
		expect(sizesOf(`a fox, ${thing}, width 1024, height 768`)).toEqual([]);
		expect(sizesOf(`A FOX, ${thing.toUpperCase()}, WIDTH 1024, HEIGHT 768`)).toEqual([]);
		expect(sizesOf(`一只狐狸,${thing}的宽1024,高768`)).toEqual([]);
		expect(sizesOf(`一只狐狸,${thing}的宽1024px,高768`)).toHaveLength(1);
		expect(sizesOf(`一只狐狸,${thing}旁边,宽1024,高768`)).toHaveLength(1);
	});

	it.each(PIXEL_UNITS)("takes any sides from 256 on in %s", (unit) => {
		expect(sizesOf(`宽256${unit}高1001`)).toEqual([[`宽256${unit}高1001`, pixels(256, 1001)]]);
		expect(sizesOf(`宽1001高256${unit}`)).toEqual([[`宽1001高256${unit}`, pixels(1001, 256)]]);
		expect(sizesOf(`宽255${unit}高1001${unit}`)).toEqual([]);
		expect(sizesOf(`宽1001${unit}高255${unit}`)).toEqual([]);
	});

	it("takes any sides of JSON", () => {
		const json = '"width": 1001,\n  "height": 999';
		expect(sizesOf(`{${json}}`)).toEqual([[json, pixels(1001, 999)]]);
	});

	it("takes the name of the size before them", () => {
		expect(sizesOf("图片尺寸:宽1024,高768")).toEqual([["图片尺寸:宽1024,高768", pixels(1024, 768)]]);
	});

	it.each([
		"bandwidth 1024 height 768",
		"max-width 1024 height 768",
		"宽1024高768cm",
		"宽1024和狐狸,高768",
		"宽10245高768",
	])("finds none in %j", (text) => {
		expect(sizesOf(text)).toEqual([]);
	});
});
