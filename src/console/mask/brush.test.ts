import { describe, expect, it } from "vitest";
import { firstBrush, fromSlider, led, resized, toSlider } from "./brush.ts";

const size = { width: 1200, height: 800 };

describe("the size of the brush", () => {
	it("begins with a twelfth of the shorter side", () => {
		expect(firstBrush(size)).toBe(67);
		expect(firstBrush({ width: 3, height: 900 })).toBe(1);
	});

	it.each([
		[1, 1, 2],
		[2, 1, 3],
		[40, 1, 50],
		[799, 1, 800],
		[800, 1, 800],
		[50, -1, 40],
		[2, -1, 1],
		[1, -1, 1],
	] as const)("goes from %i by %i to %i", (brush, by, next) => {
		expect(resized(brush, by, size)).toBe(next);
	});

	it("has a slider from one pixel to the shorter side", () => {
		expect(fromSlider(0, size)).toBe(1);
		expect(fromSlider(50, size)).toBe(28);
		expect(fromSlider(100, size)).toBe(800);
		expect(toSlider(1, size)).toBe(0);
		expect(toSlider(28, size)).toBe(50);
		expect(toSlider(800, size)).toBe(100);
	});

	it("has a slider for a picture of one pixel", () => {
		const one = { width: 1, height: 1 };
		expect([toSlider(1, one), fromSlider(0, one), fromSlider(100, one)]).toEqual([0, 1, 1]);
	});
});

describe("the cursor", () => {
	it.each([
		["ArrowLeft", false, { x: 90, y: 50 }],
		["ArrowRight", false, { x: 110, y: 50 }],
		["ArrowUp", false, { x: 100, y: 40 }],
		["ArrowDown", true, { x: 100, y: 130 }],
		// Not out of the picture.
		["ArrowUp", true, { x: 100, y: 0 }],
		["a", false, null],
		["constructor", false, null],
	])("is led by %s (fast: %s)", (key, isFast, wanted) => {
		expect(led({ x: 100, y: 50 }, key, 40, isFast, size)).toEqual(wanted);
	});

	it("goes by a pixel at least", () => {
		expect(led({ x: 100, y: 50 }, "ArrowRight", 1, false, size)).toEqual({ x: 101, y: 50 });
	});
});
