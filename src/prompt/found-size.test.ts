import { describe, expect, it } from "vitest";
import { hasSideOfOne, toSize, withResolution } from "./found-size.ts";

function ratio(width: number, height: number) {
	return { kind: "ratio", width, height } as const;
}

describe("toSize", () => {
	it.each([
		["16:9", ratio(16, 9)],
		["16比9", ratio(16, 9)],
		["16 比 9", ratio(16, 9)],
		["十六比九", ratio(16, 9)],
		["二十一比九", ratio(21, 9)],
		["三比四", ratio(3, 4)],
		["16 by 9", ratio(16, 9)],
		["16 BY 9", ratio(16, 9)],
		["1024 by 768", { kind: "pixels", width: 1024, height: 768 }],
		["1024乘768", { kind: "pixels", width: 1024, height: 768 }],
		["1024画素x768画素", { kind: "pixels", width: 1024, height: 768 }],
	])("reads %s", (text, size) => {
		expect(toSize(text)).toEqual(size);
	});

	it.each(["auto", "big", "六比九", ""])("reads no numbers in %j", (text) => {
		expect(toSize(text)).toBeNull();
	});
});

describe("hasSideOfOne", () => {
	it.each([
		[ratio(1, 1), true],
		[ratio(1, 12), true],
		[ratio(2, 1), true],
		[ratio(2, 3), false],
	])("of %j is %s", (size, has) => {
		expect(hasSideOfOne(size)).toBe(has);
	});
});

describe("withResolution", () => {
	it.each([
		["a fox 16:9 2K in oil", "16:9 2K", "2k"],
		["a fox 4K / 16:9 in oil", "4K / 16:9", "4k"],
		["a fox 16:9, 2K in oil", "16:9", undefined],
		["a fox 16:9 in 2K", "16:9", undefined],
	])("takes what stands right beside the size of %j", (text, taken, resolution) => {
		const start = text.indexOf("16:9");
		const found = withResolution(text, { start, end: start + 4, size: ratio(16, 9) });
		expect([text.slice(found.start, found.end), found.resolution]).toEqual([taken, resolution]);
	});
});
