import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "./canonical.ts";

describe("canonical", () => {
	it.each<readonly [value: unknown, text: string]>([
		[null, "null"],
		[undefined, "null"],
		[true, "true"],
		[1.5, "1.5"],
		['a "fox"', '"a \\"fox\\""'],
		[[], "[]"],
		[{}, "{}"],
		[[2, 1, [3]], "[2,1,[3]]"],
		[[1, undefined], "[1,null]"],
		[{ b: 1, a: { d: [], c: "x" } }, '{"a":{"c":"x","d":[]},"b":1}'],
		[{ a: null, b: undefined }, '{"a":null}'],
		[{ 10: "ten", 9: "nine" }, '{"10":"ten","9":"nine"}'],
		[{ "": 1, ä: 2, 狐: 3, '"': 4 }, '{"":1,"\\"":4,"ä":2,"狐":3}'],
	])("writes %j as %s", (value, text) => {
		expect(canonical(value)).toBe(text);
	});

	const anyJson = fc.jsonValue({ maxDepth: 4 });

	it("is the same text in whatever order the names come, at any depth", () => {
		const reversed = (value: unknown): unknown => {
			if (Array.isArray(value)) return value.map(reversed);
			if (typeof value !== "object" || value === null) return value;
			return Object.fromEntries(
				Object.entries(value)
					.toReversed()
					.map(([name, item]) => [name, reversed(item)]),
			);
		};
		fc.assert(
			fc.property(anyJson, (value) => {
				expect(canonical(reversed(value))).toBe(canonical(value));
			}),
		);
	});

	it("is JSON of the value: what it means is kept, so different values have different texts", () => {
		fc.assert(
			fc.property(anyJson, (value) => {
				expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
			}),
		);
	});
});
