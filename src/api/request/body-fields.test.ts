import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../json-value.ts";
import { fieldsOf, holdsSomething, imageToolOf } from "./body-fields.ts";

function pathsOf(body: JsonObject, path?: string): readonly string[] {
	return Array.from(fieldsOf(body, path), (field) => field.path);
}

describe("the fields of a body", () => {
	it("have their path, their plain name and their value", () => {
		expect([...fieldsOf({ "aspect-Ratio[]": "16:9", n: null })]).toEqual([
			{ path: "aspect-Ratio[]", plain: "aspectratio", value: "16:9" },
			{ path: "n", plain: "n", value: null },
		]);
		expect(pathsOf({ size: "1:1" }, "tools[0].")).toEqual(["tools[0].size"]);
	});

	it.each([
		"extra_body",
		"extra_params",
		"extra_parameters",
		"extra",
		"google",
		"image_config",
		"generationConfig",
		"imageGenerationConfig",
		"config",
		"parameters",
		"params",
		"options",
		"image_options",
		"image_params",
		"image_settings",
		"providerOptions",
		"openai",
	])("stand in %s, too", (nest) => {
		expect(pathsOf({ [nest]: { size: "1:1" } })).toEqual([nest, `${nest}.size`]);
	});

	it.each<readonly [body: JsonObject, paths: readonly string[]]>([
		[{ metadata: { size: "1:1" } }, ["metadata"]],
		[{ options: ["size"], config: "size" }, ["options", "config"]],
		[
			{ extra: { extra: { extra: { extra: { size: "1:1" } } } } },
			["extra", "extra.extra", "extra.extra.extra", "extra.extra.extra.extra"],
		],
		[{ [`s${"x".repeat(63)}`]: 1 }, [`s${"x".repeat(63)}`]],
		[{ [`s${"x".repeat(64)}`]: 1, n: 1 }, ["n"]],
	])("of %j are %j", (body, paths) => {
		expect(pathsOf(body)).toEqual(paths);
	});
});

describe("the image tool", () => {
	const tool = { type: "image_generation", size: "1:1" };

	it.each<readonly [tools: Json | undefined, place: string | null]>([
		[[tool], "tools[0]."],
		[[{ type: "function" }, "image_generation", null, tool, { type: "image_generation" }], "tools[3]."],
		[[{ type: "function" }], null],
		[[], null],
		["image_generation", null],
		[undefined, null],
	])("of %j stands at %j", (tools, place) => {
		expect(imageToolOf(tools === undefined ? {} : { tools })).toEqual(place === null ? null : { tool, path: place });
	});
});

describe("a value", () => {
	it.each<readonly [value: Json | undefined, is: boolean]>([
		[undefined, false],
		[null, false],
		[false, false],
		["", false],
		[" \n", false],
		[[], false],
		[["", null, []], false],
		[{}, false],
		[{ url: "", inner: { data: null } }, false],
		[{ type: "image" }, false],
		[{ detail: "auto" }, false],
		[{ media_type: "image/png" }, false],
		[{ mime_type: "image/png" }, false],
		[{ format: "png" }, false],
		[{ name: "cat.png" }, false],
		[{ cache_control: { ttl: 5 } }, false],
		[{ type: "image", url: "x" }, true],
		[true, true],
		[0, true],
		["x", true],
		[["", "x"], true],
		[{ inner: { data: "x" } }, true],
	])("of %j says something: %s", (value, is) => {
		expect(holdsSomething(value)).toBe(is);
	});
});
