import { describe, expect, it } from "vitest";
import { isOfOtherCharset } from "./charset.ts";

describe("isOfOtherCharset", () => {
	it.each([
		["application/json; charset=gbk", "һֻè"],
		['application/json;charset = "GB18030"', "è"],
		["text/plain; CHARSET='Big5'", "è"],
		["text/plain; charset=Shift_JIS", "è"],
		["text/plain; charset=x; charset=euc-kr", "è"],
	])("is true of %j with %j", (type, text) => {
		expect(isOfOtherCharset(text, type)).toBe(true);
	});

	it.each([
		["application/json; charset=gbk", "a cat"],
		["application/json; charset=utf-8", "一只猫"],
		["application/json; charset=us-ascii", "一只猫"],
		// Clients declare it by default, whatever they send.
		["application/json; charset=ISO-8859-1", "è"],
		["application/gbk", "è"],
		[null, "è"],
	])("is false of %j with %j", (type, text) => {
		expect(isOfOtherCharset(text, type)).toBe(false);
	});
});
