import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHeaderValue } from "./header-value.ts";

const anyCode = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code));

describe("toHeaderValue", () => {
	it.each([
		["imagen4-preview", "imagen4-preview"],
		[" fal-ai/flux/dev\u000b\ufeff\n", "fal-ai/flux/dev"],
		["a\r\nset-cookie: b", "a??set-cookie: b"],
		["dar\u212Aroom", "dar?room"],
		["é\u0000\u007f\u0080\ud800", "?????"],
		["", ""],
		["x".repeat(1_024), "x".repeat(1_024)],
		["x".repeat(1_025), "x".repeat(1_024)],
	])("of %j is %j", (text, value) => {
		expect(toHeaderValue(text)).toBe(value);
	});

	it("is a value that headers carry unchanged, whatever the text", () => {
		fc.assert(
			fc.property(fc.string({ unit: anyCode, maxLength: 200 }), (text) => {
				const value = toHeaderValue(text);
				expect(value).toMatch(/^[\x20-\x7e]*$/);
				expect(new Headers({ "x-test": value }).get("x-test")).toBe(value.trim());
			}),
		);
	});
});
