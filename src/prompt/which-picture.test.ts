import { describe, expect, it } from "vitest";
import { placesIn, withoutPlaces } from "./which-picture.ts";

describe("the places that a text names", () => {
	it.each<readonly [text: string, places: readonly number[]]>([
		["brighten picture number two", [1]],
		["brighten picture no. 3", [2]],
		["把第一张图改成黑白", [0]],
		["把第两张图改成黑白", [1]],
		["把第一张图改成 picture 3 的风格", [0, 2]],
		["make it like the second picture", [1]],
		["remake the second picture", [1]],
		["now show me the second picture", []],
		["brighten picture 0", []],
		["brighten picture 10", [9]],
		["brighten picture 11", []],
	])("of %j are %j", (text, places) => {
		expect(placesIn(text)).toEqual(places);
	});
});

describe("a text without places", () => {
	it("says this picture for each, in the language of its name", () => {
		expect(withoutPlaces("把第一张图改成 picture 3 的风格")).toBe("把这张图改成 this picture 的风格");
	});
});
