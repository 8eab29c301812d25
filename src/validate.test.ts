import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { validate } from "./validate.ts";

const numbers = z.array(z.number());

describe("a value with many faults", () => {
	it.each([
		["a list", numbers, Array(100_000).fill("no")],
		["a list in an object", z.object({ list: numbers }), { list: Array(100_000).fill("no") }],
		["lists in a list", z.array(numbers), Array(1_000).fill(Array(100).fill("no"))],
	])("has one for who asks: %s", (_, schema, value) => {
		const parsed = validate(schema, value);
		expect(parsed.error?.issues).toHaveLength(1);
	});

	it("has one in each branch of a union", () => {
		const parsed = validate(z.union([numbers, z.string()]), Array(100_000).fill("no"));
		expect(parsed.error?.issues).toMatchObject([{ code: "invalid_union", errors: [{ length: 1 }, { length: 1 }] }]);
	});
});

it("is what all sources use", () => {
	const others = readdirSync("src", { recursive: true, encoding: "utf8" })
		.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && file !== "validate.ts")
		.filter((file) => callsOf(readFileSync(join("src", file), "utf8")).length > 0);
	expect(others).toEqual([]);
});

/** Lists the calls of zod's parsers, which are methods of `z` or of a schema. */
function callsOf(code: string): readonly string[] {
	const calls = code.match(/\b\w+\.(?:safeP|p)arse(?:Async)?\(/g) ?? [];
	return calls.filter((call) => !/^(?:JSON|URL|Date)\./.test(call));
}

it("finds the calls of parsers", () => {
	expect(callsOf("z.safeParse(A, b); Schema.parse(x); JSON.parse(t); await Schema.safeParseAsync(x)")).toEqual([
		"z.safeParse(",
		"Schema.parse(",
		"Schema.safeParseAsync(",
	]);
});
