import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toJson } from "./json.ts";

describe("toJson", () => {
	it.each([
		["a fox", '"a fox"'],
		["\u2028", '"\\u2028"'],
		["\u2029", '"\\u2029"'],
		["\u0085", '"\\u0085"'],
		["\u007f", '"\\u007f"'],
		["\u009f", '"\\u009f"'],
		["\u000b\u001c", '"\\u000b\\u001c"'],
		["\u00a0狐🦊", '"\u00a0狐🦊"'],
		[{ "\u2028": ["\u0085"] }, '{"\\u2028":["\\u0085"]}'],
		[undefined, "null"],
		[() => {}, "null"],
	])("writes %j as %s", (value, json) => {
		expect(toJson(value)).toBe(json);
	});

	it("writes the same value, on one line for every reader", () => {
		const anyText = fc.string({
			unit: fc.oneof(fc.constantFrom(..."\u007f\u0085\u2028\u2029\u000b\n\r"), fc.string()),
		});
		fc.assert(
			fc.property(fc.oneof(anyText, fc.jsonValue(), fc.dictionary(anyText, anyText)), (value) => {
				const json = toJson(value);
				expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
				// The line ends of Python's `str.splitlines`, and all other controls.
				expect(json).not.toMatch(/\p{Cc}|\p{Zl}|\p{Zp}/u);
			}),
		);
	});
});
