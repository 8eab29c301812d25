import { describe, expect, it } from "vitest";
import { boundPassedIn, FileNames, readFieldName, toSent } from "./form-fields.ts";

describe("readFieldName", () => {
	it.each([
		["image", { name: "image", inner: null }],
		["image[]", { name: "image", inner: "" }],
		["image[0]", { name: "image", inner: "0" }],
		["svg[model]", { name: "svg", inner: "model" }],
		[" mask ", { name: "mask", inner: null }],
		["a[b][c]", null],
		["[]", null],
		["a".repeat(65), null],
	])("reads %j as %j", (text, name) => {
		expect(readFieldName(text)).toEqual(name);
	});
});

describe("toSent", () => {
	it("reads numbers, flags and objects where JSON has them, and leaves all other texts", () => {
		const fields = [
			["prompt", "7"],
			["n", "2"],
			["seed", " 7 "],
			["stream", "True"],
			["output_compression", "80"],
			["size", "1024"],
			["quality", "true"],
			["fal", '{"guidance_scale":3}'],
			["partial_images", "many"],
		] as const;
		expect(toSent(fields)).toEqual({
			prompt: "7",
			n: 2,
			seed: 7,
			stream: true,
			output_compression: 80,
			size: "1024",
			quality: "true",
			fal: { guidance_scale: 3 },
			partial_images: "many",
		});
	});

	it("reads brackets as lists and objects, and takes the last of equal names", () => {
		const fields = [
			["image[]", "https://a.example/1"],
			["image[]", "https://a.example/2"],
			["svg[model]", "m"],
			["svg[reasoning]", "low"],
			["prompt", "a fox"],
			["prompt", "a cat"],
			["a[b][c]", "x"],
			["__proto__[polluted]", "yes"],
		] as const;
		expect(toSent(fields)).toEqual({
			image: ["https://a.example/1", "https://a.example/2"],
			svg: { model: "m", reasoning: "low" },
			prompt: "a cat",
			["__proto__"]: { polluted: "yes" },
		});
		expect(Reflect.get({}, "polluted")).toBeUndefined();
	});

	it("takes what clients write for nothing as absent, and broken JSON as a text", () => {
		expect(
			toSent([
				["imageUrl", "null"],
				["cfg", "undefined"],
				["user", ""],
				["fal", "{"],
			]),
		).toEqual({ user: "", fal: "{" });
	});
});

describe("JSON in a field", () => {
	const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

	it.each([
		["extra_body", nested(64), null],
		["extra_body", nested(65), "depth"],
		["fal[]", nested(5_000), "depth"],
		[" metadata ", "[".repeat(65), "depth"],
		["svg", `[${"0,".repeat(99_998)}0]`, null],
		["svg", `[${"0,".repeat(99_999)}0]`, "values"],
		["prompt", nested(65), null],
		["a[b][c]", nested(65), null],
	])("is bounded as a body is: in %j", (name, text, bound) => {
		expect(boundPassedIn(name, text)).toBe(bound);
	});
});

describe("the files of a form", () => {
	it.each([
		[["image"], ["image"]],
		[
			["image", "image", "image"],
			["image", "image[1]", "image[2]"],
		],
		[
			["image[]", "image[]"],
			["image[0]", "image[1]"],
		],
		[
			["image[4]", "image[0]"],
			["image[4]", "image[0]"],
		],
		[
			["image", "image[]", "init_image", "init_image"],
			["image", "image[1]", "init_image", "init_image[1]"],
		],
		[["image]]"], ["image]]"]],
	])("%j are named %j in an error", (written, named) => {
		const names = new FileNames();
		expect(written.map((name) => names.next(name))).toEqual(named);
	});
});
