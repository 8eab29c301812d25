import { expect, it } from "vitest";
import { parseNumber, parseWhole } from "./numbers.ts";

it.each<readonly [typed: string, value: number | null]>([
	["5", 5],
	[" 5 ", 5],
	["$5", 5],
	["$ 2.50", 2.5],
	["2,50", 2.5],
	["2,5", 2.5],
	["１２．５", 12.5],
	["＄２，５０", 2.5],
	["2。5", 2.5],
	["0.125", 0.125],
	["0.500", 0.5],
	["1.255", 1.255],
	["1000", 1000],
	[".5", 0.5],
	["0", 0],
	["", null],
	["five", null],
	["-1", null],
	["1e3", null],
	["1.2.3", null],
	["1,000,000", null],
	["1,234.50", null],
	["1 000", null],
	["5²", null],
	// A thousand for one reader, one for another.
	["1,000", null],
	["10,000", null],
	["$2,500", null],
	["0,500", null],
	["1,0000", null],
	["１，０００", null],
	["1.000", null],
	["2.500", null],
	["Infinity", null],
])("reads %j as the number %s", (typed, value) => {
	expect(parseNumber(typed)).toBe(value);
});

it.each<readonly [typed: string, value: number | null]>([
	["6", 6],
	[" 60 ", 60],
	["0", 0],
	["６０", 60],
	["1.5", null],
	["1,000", null],
	["", null],
	["-1", null],
	["ten", null],
])("reads %j as the whole number %s", (typed, value) => {
	expect(parseWhole(typed)).toBe(value);
});
