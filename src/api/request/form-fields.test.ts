import { describe, expect, it } from "vitest";
import { boundPassedIn, FileNames, readFieldName, roleOfField, roleOfFile, toSent } from "./form-fields.ts";

describe("readFieldName", () => {
	it.each([
		["image", { name: "image", inner: null, deeper: [] }],
		["image[]", { name: "image", inner: "", deeper: [] }],
		["image[0]", { name: "image", inner: "0", deeper: [] }],
		["svg[model]", { name: "svg", inner: "model", deeper: [] }],
		[" mask ", { name: "mask", inner: null, deeper: [] }],
		["a[b][]", { name: "a", inner: "b", deeper: [""] }],
		["a[b][c][0]", { name: "a", inner: "b", deeper: ["c", "0"] }],
		[`a${"[b]".repeat(8)}`, { name: "a", inner: "b", deeper: Array(7).fill("b") }],
		[`a${"[b]".repeat(9)}`, null],
		[`a[${"b".repeat(65)}]`, null],
		["a[b]c", null],
		["[]", null],
		["a".repeat(65), null],
	])("reads %j as %j", (text, name) => {
		expect(readFieldName(text)).toEqual(name);
	});
});

describe("the role of a field", () => {
	it.each([
		["image[]", "image", "image"],
		["Reference-Images[1]", "image", "image"],
		["mask", "mask", "mask"],
		["markup", "markup", "markup"],
		["file", null, "image"],
		["style_reference", null, "image"],
		["inpaint_Mask[0]", null, "mask"],
		["[]", null, "image"],
	] as const)("%j is for %s, and as a file for %s", (name, role, ofFile) => {
		expect([roleOfField(name), roleOfFile(name)]).toEqual([role, ofFile]);
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

	it("reads options that are JSON, whatever their field is called, but no prompt", () => {
		const prompt = '{"scene":"a fox"}';
		const fields = [
			["imageConfig", ' {"aspect_ratio":"16:9"} '],
			["parameters", '{"size":"1024x1024"}'],
			["images", '\n["https://a.example/1"]'],
			["image_prompt", '{"url":"https://a.example/1"}'],
			["prompt", prompt],
			["negativePrompt", prompt],
			["size", " 16:9"],
			["quality", "7"],
		] as const;
		expect(toSent(fields)).toEqual({
			imageConfig: { aspect_ratio: "16:9" },
			parameters: { size: "1024x1024" },
			images: ["https://a.example/1"],
			image_prompt: { url: "https://a.example/1" },
			prompt,
			negativePrompt: prompt,
			size: " 16:9",
			quality: "7",
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
			["images[0][image_url]", "https://a.example/1"],
			["images[0][weight]", "1"],
			["images[1][image_url]", "https://a.example/2"],
			["style[][url]", "https://a.example/3"],
			["style[][url]", "https://a.example/4"],
			["config[image][ratio]", "16:9"],
			["config[image][size]", "2K"],
			["config[n]", "2"],
			["image[0]", "https://a.example/5"],
			["__proto__[polluted]", "yes"],
		] as const;
		expect(toSent(fields)).toEqual({
			image: ["https://a.example/1", "https://a.example/2", "https://a.example/5"],
			images: [{ image_url: "https://a.example/1", weight: "1" }, { image_url: "https://a.example/2" }],
			style: [{ url: "https://a.example/3" }, { url: "https://a.example/4" }],
			config: { image: { ratio: "16:9", size: "2K" }, n: "2" },
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
		["imageConfig", nested(65), "depth"],
		["prompt", nested(65), null],
		["a[b][c]", nested(65), "depth"],
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
