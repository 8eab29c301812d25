import { expect, it } from "vitest";
import { parseNumber, parseWhole } from "./numbers.ts";

it.each<readonly [typed: string, value: number | null]>([
	["5", 5],
	[" 5 ", 5],
	["$5", 5],
	["$ 2.50", 2.5],
	["2,50", 2.5],
	[".5", 0.5],
	["0", 0],
	["", null],
	["five", null],
	["-1", null],
	["1e3", null],
	["1.2.3", null],
	["1,000,000", null],
	["Infinity", null],
])("reads %j as the number %s", (typed, value) => {
	expect(parseNumber(typed)).toBe(value);
});

it.each<readonly [typed: string, value: number | null]>([
	["6", 6],
	[" 60 ", 60],
	["0", 0],
	["1.5", null],
	["", null],
	["-1", null],
	["ten", null],
])("reads %j as the whole number %s", (typed, value) => {
	expect(parseWhole(typed)).toBe(value);
});
