import { describe, expect, it } from "vitest";
import { typeOf } from "./faults.ts";

describe("typeOf", () => {
	it.each([
		["x", "string"],
		[7, "integer"],
		[7.5, "decimal"],
		[true, "boolean"],
		[[], "array"],
		[{}, "object"],
		[null, "null"],
		[undefined, "null"],
	])("names the type of %j: %s", (value, name) => {
		expect(typeOf(value)).toBe(name);
	});
});
