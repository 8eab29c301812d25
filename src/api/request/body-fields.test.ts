import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../json-value.ts";
import { fieldsOf, holdsSomething, imageToolOf } from "./body-fields.ts";

function pathsOf(body: JsonObject, path?: string): readonly string[] {
	return Array.from(fieldsOf(body, path), (field) => field.path);
}

describe("the fields of a body", () => {
	it("have their path, their plain name and their value", () => {
		expect([...fieldsOf({ "aspect-Ratio[]": "16:9", n: null })]).toEqual([
			{ path: "aspect-Ratio[]", plain: "aspectratio", value: "16:9", isNest: false },
			{ path: "n", plain: "n", value: null, isNest: false },
		]);
		expect(pathsOf({ size: "1:1" }, "tools[0].")).toEqual(["tools[0].size"]);
	});

	it.each([
		{ extra_body: { size: "1:1" } },
		{ extra_body: { extra_body: { google: { image_config: { aspect_ratio: "1:1" } } } } },
		{ providerOptions: { vertex: { aspectRatio: "1:1" } } },
	])("stand in objects of options, too: %j", (body) => {
		expect([...fieldsOf(body)].at(-1)).toMatchObject({ value: "1:1" });
	});

	it("are nests if they have fields that follow", () => {
		const isNest = (body: JsonObject) => [...fieldsOf(body)].map((field) => field.isNest);
		expect(isNest({ options: { extra: 1 }, config: [], metadata: {} })).toEqual([true, false, false, false]);
	});

	it.each<readonly [body: JsonObject, paths: readonly string[]]>([
		[{ metadata: { size: "1:1" } }, ["metadata"]],
		[{ options: ["size"], config: "size" }, ["options", "config"]],
		[
			{ extra: { extra: { extra: { extra: { extra: { extra: { extra: { size: "1:1" } } } } } } } },
			[1, 2, 3, 4, 5, 6, 7].map((depth) => Array.from({ length: depth }, () => "extra").join(".")),
		],
		[{ [`s${"x".repeat(63)}`]: 1 }, [`s${"x".repeat(63)}`]],
		[{ [`s${"x".repeat(64)}`]: 1, n: 1 }, ["n"]],
	])("of %j are %j", (body, paths) => {
		expect(pathsOf(body)).toEqual(paths);
	});
});

describe("the image tool", () => {
	const tool = { type: "image_generation", size: "1:1" };
	const toolAt = (tools: Json | undefined, place: string) => Array.isArray(tools) && tools[Number(place.slice(6, -2))];

	it.each<readonly [tools: Json | undefined, place: string | null]>([
		[[tool], "tools[0]."],
		[[{ type: "function" }, "image_generation", null, tool, { type: "image_generation" }], "tools[3]."],
		[[{ type: "openrouter:image_generation" }], "tools[0]."],
		[[{ type: "vendor.image_generation" }], "tools[0]."],
		[[{ type: "vendor/image_generation" }], "tools[0]."],
		[[{ type: "my_image_generation" }, { type: "image_generation_call" }, { type: "a b:image_generation" }], null],
		[[{ type: "function" }, { type: ["image_generation"] }], null],
		[[], null],
		["image_generation", null],
		[undefined, null],
	])("of %j stands at %j", (tools, place) => {
		const found = imageToolOf(tools === undefined ? {} : { tools });
		expect(found === null ? null : [found.path, found.tool]).toEqual(
			place === null ? null : [place, toolAt(tools, place)],
		);
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
