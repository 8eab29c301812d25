import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toDigits } from "./numbers.ts";

describe("toDigits", () => {
	it.each([
		[0, 0, 0, "0"],
		[7, 0, 1, "7"],
		[4.25, 0, 1, "4.3"],
		[0.04, 2, 4, "0.04"],
		[0.0312, 2, 4, "0.0312"],
		[3, 2, 2, "3.00"],
		[999, 0, 0, "999"],
		[1000, 0, 0, "1,000"],
		[1234567.5, 2, 2, "1,234,567.50"],
		[-1234.5, 0, 2, "-1,234.5"],
		[-0.001, 0, 2, "0"],
	])("writes %d with %d to %d digits as %s", (value, least, most, text) => {
		expect(toDigits(value, least, most)).toBe(text);
	});

	it("writes as Intl does, in both languages", () => {
		const thousandths = fc.integer({ min: -1e9, max: 1e9 });
		fc.assert(
			fc.property(thousandths, fc.integer({ min: 0, max: 2 }), (value, least) => {
				// Not half-way between two digits, where the two round in their own ways.
				const number = (value * 10 + 1) / 10_000;
				const style = { minimumFractionDigits: least, maximumFractionDigits: 3, signDisplay: "negative" } as const;
				for (const locale of ["en", "zh-CN"])
					expect(toDigits(number, least, 3)).toBe(number.toLocaleString(locale, style));
			}),
		);
	});
});
