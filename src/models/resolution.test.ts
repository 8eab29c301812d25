import { expect, it } from "vitest";
import { levelFor, sideOfLevel } from "./resolution.ts";

it.each([
	["1K", 1],
	["2k", 2],
	["4K", 4],
	["10K", 10],
	["0.5K", 0.5],
	["1MP", 1],
	["4mp", 2],
	["16 MP", null],
	["100K", null],
	["1.55K", null],
	["1.xK", null],
	["x2K", null],
	["2Kx", null],
	["K", null],
	["1080p", null],
	["auto", null],
	["", null],
])("the level %j has the side %j", (level, side) => {
	expect(sideOfLevel(level)).toBe(side);
});

it.each<readonly [levels: readonly string[] | undefined, side: number, level: string | undefined]>([
	[["1K", "2K", "4K"], 2, "2K"],
	[["1MP", "4MP"], 2, "4MP"],
	[["1K"], 2, undefined],
	[["auto", "1080p"], 2, undefined],
	[undefined, 2, undefined],
])("of the levels %j the side %d is %j", (levels, side, level) => {
	expect(levelFor(levels, side)).toBe(level);
});
