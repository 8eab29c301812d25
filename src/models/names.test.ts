import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CATALOGUE, FAMILIES } from "./catalogue.ts";
import {
	checkExtras,
	describeSizes,
	findModel,
	findRow,
	isFalId,
	listModels,
	type Model,
	type Offered,
	parseOffered,
	submissionOf,
	successorOf,
	toFalInput,
} from "./names.ts";
import type { ImageRequest, JsonObject } from "./request.ts";
import { parseSize, type Size, shapeDistance } from "./size.ts";

const ALL: Offered = { kind: "all" };

function modelNamed(name: string): Model {
	const found = findModel(name, ALL);
	if (!found.ok) throw new Error(`no model ${name}`);
	return found.model;
}

function makeRequest(overrides: Partial<ImageRequest> = {}): ImageRequest {
	return {
		prompt: "a cat",
		model: "imagen4-preview",
		n: 1,
		size: { kind: "auto" },
		quality: "auto",
		outputFormat: null,
		seed: null,
		fal: {},
		...overrides,
	};
}

function made(name: string, overrides: Partial<ImageRequest> = {}) {
	const model = modelNamed(name);
	const result = toFalInput(model, makeRequest({ model: model.id, ...overrides }));
	if (!result.ok) throw new Error(result.message);
	return result;
}

function sized(text: string): Size {
	return parseSize(text) ?? { kind: "auto" };
}

describe("the catalogue", () => {
	it("begins with imagen4-preview, in its order", () => {
		expect(CATALOGUE.map(({ id }) => id)).toEqual([
			"imagen4-preview",
			"imagen4-fast",
			"imagen4-ultra",
			"nano-banana-2",
			"flux-schnell",
			"gpt-image-1.5",
		]);
	});

	it("gives every name to one model only", () => {
		const names = CATALOGUE.flatMap(({ id, endpoint, chatAlias, aliases }) => [id, endpoint, chatAlias, ...aliases]);
		expect(new Set(names).size).toBe(names.length);
	});

	it.each(CATALOGUE)("knows $id by all its names", ({ id, endpoint, chatAlias, aliases }) => {
		const names = [id, endpoint, chatAlias, ...aliases.map((alias) => alias.replace("*", "9-turbo"))];
		for (const name of [...names, ` ${chatAlias} `, id.toUpperCase()]) expect(modelNamed(name).id).toBe(id);
	});

	it.each(CATALOGUE)("has a plain name for $id, that no chat client takes for an image model's", ({ chatAlias }) => {
		expect(chatAlias).toMatch(/^darkroom(?:-[a-z]+)?$/);
		expect(chatAlias).not.toMatch(/imagen|flux|sd|-image|dall-e|stable|midjourney/);
	});

	it.each(CATALOGUE)(
		"has a real endpoint and an existing successor, if any, for $id",
		({ id, endpoint, successor }) => {
			expect(isFalId(endpoint)).toBe(true);
			if (successor !== null) expect(modelNamed(successor).id).toBe(successor);
			expect(successorOf(id)).toBe(successor);
		},
	);

	it.each([
		["imagen4-preview", "nano-banana-2"],
		["imagen4-fast", "nano-banana-2"],
		["imagen4-ultra", "nano-banana-2"],
		["nano-banana-2", null],
		["fal-ai/flux/dev", null],
		["__proto__", null],
	])("sends %s on to %s", (id, successor) => {
		expect(successorOf(id)).toBe(successor);
	});

	it.each([
		["dall-e-2", "imagen4-preview"],
		["dall-e-3", "imagen4-preview"],
		["DALL-E-3", "imagen4-preview"],
		["darkroom", "imagen4-preview"],
		["gpt-image-1", "gpt-image-1.5"],
		["gpt-image-2", "gpt-image-1.5"],
		["gpt-image-1-mini", "gpt-image-1.5"],
		["gpt-image-3-2027-01-01", "gpt-image-1.5"],
		["chatgpt-image-latest", "gpt-image-1.5"],
		["fal-ai/imagen4/preview", "imagen4-preview"],
		["fal-ai/imagen4/preview/ultra", "imagen4-ultra"],
		["fal-ai/flux/dev", "fal-ai/flux/dev"],
	])("takes %s for %s", (name, id) => {
		expect(modelNamed(name).id).toBe(id);
	});
});

describe("fal ids", () => {
	it.each([
		"fal-ai/flux/dev",
		"fal-ai/flux-pro/v1.1-ultra",
		"fal-ai/bytedance/seedream/v4/text-to-image",
		"workflows/someone/my_flow",
		"comfy/someone/flow",
		"a/b/c/d/e/f",
	])("passes %s straight through", (id) => {
		expect(isFalId(id)).toBe(true);
		expect(modelNamed(id)).toMatchObject({ id, endpoint: id });
	});

	it.each([
		"",
		"flux",
		"/",
		"../x",
		"a/..",
		"a/../b",
		"a/b..c",
		"a//b",
		"/a/b",
		"a/b/",
		"a/./b",
		"fal-ai/x?y",
		"fal-ai/x#y",
		"fal-ai/x y",
		"fal-ai/x\ny",
		"fal-ai/x\\y",
		"fal-ai/x@y",
		"fal-ai/x:y",
		"FAL-AI/x",
		"fal-ai/X",
		"fal-ai%2Fflux",
		"fal-ai/%2e%2e/x",
		"fal.ai/x",
		"-a/b",
		"a/_b",
		"a/b/c/d/e/f/g",
		"fal-ai/猫",
		"https://fal.run/fal-ai/flux",
		"fal-ai/imagen4/requests/abc",
		"fal-ai/imagen4/requests",
		`a/${"b".repeat(199)}`,
	])("refuses %j", (id) => {
		expect(isFalId(id)).toBe(false);
		expect(findModel(id, ALL).ok).toBe(false);
	});

	it("makes addresses that stay under the queue", () => {
		const likely = fc.stringMatching(/^[a-z0-9][a-z0-9-]*(\/[a-z0-9._-]+){1,5}$/);
		fc.assert(
			fc.property(likely, (id) => {
				if (isFalId(id)) expect(new URL(`https://queue.fal.run/${id}`).href).toBe(`https://queue.fal.run/${id}`);
			}),
		);
	});
});

describe("what is offered", () => {
	it.each([
		["*", { kind: "all" }],
		[" imagen4-preview, *", { kind: "all" }],
		["imagen4-preview", { kind: "list", names: ["imagen4-preview"] }],
		["Darkroom,fal-ai/flux/dev\n darkroom", { kind: "list", names: ["darkroom", "fal-ai/flux/dev"] }],
		["", null],
		[" , ", null],
		["imagen4-preview,imagen9", null],
		["fal-ai/x?y", null],
	])("reads MODELS=%j", (text, offered) => {
		expect(parseOffered(text)).toEqual(offered);
	});

	const few: Offered = { kind: "list", names: ["imagen4-preview", "darkroom-banana", "fal-ai/flux/dev"] };

	it.each(["imagen4-preview", "darkroom", "dall-e-3", "nano-banana-2", "fal-ai/nano-banana-2", "fal-ai/flux/dev"])(
		"offers %s, which the list names in one way or another",
		(name) => {
			expect(findModel(name, few).ok).toBe(true);
		},
	);

	it.each(["imagen4-fast", "gpt-image-1", "fal-ai/flux/schnell", "fal-ai/anything/else"])(
		"does not offer %s",
		(name) => {
			expect(findModel(name, few).ok).toBe(false);
			expect(findRow(name, few)).toBeNull();
		},
	);

	it.each([
		["imagen4-previw", ["imagen4-preview", "imagen4"]],
		["dalle-3", ["dall-e-3", "dall-e-2"]],
		["nano-banana", ["nano-banana-2"]],
		["gpt-image-", ["gpt-image-1.5", "gpt-image-1", "gpt-image-1-mini"]],
		["stable-diffusion-xl", []],
		["", []],
		["x".repeat(100_000), []],
	])("says what is near to %.20j", (name, near) => {
		expect(findModel(name, ALL)).toEqual({ ok: false, near });
	});

	it("names only what is offered as near, and at most three", () => {
		expect(findModel("imagen4-fast", few)).toEqual({ ok: false, near: [] });
		expect(findModel("imagen4", { kind: "list", names: ["imagen4-fast"] })).toEqual({
			ok: false,
			near: ["imagen4-fast"],
		});
		fc.assert(
			fc.property(fc.string({ maxLength: 30 }), (name) => {
				const found = findModel(name, ALL);
				if (found.ok) return;
				expect(found.near.length).toBeLessThanOrEqual(3);
				for (const near of found.near) expect(findModel(near, ALL).ok).toBe(true);
			}),
		);
	});
});

describe("the list", () => {
	it("has the catalogue's ids first, then the names for chat, in OpenAI's fields", () => {
		const rows = listModels(ALL);
		expect(rows.map(({ id }) => id)).toEqual([
			...CATALOGUE.map(({ id }) => id),
			...CATALOGUE.map(({ chatAlias }) => chatAlias),
		]);
		expect(rows[0]).toEqual({
			id: "imagen4-preview",
			object: "model",
			created: 1747699200,
			owned_by: "fal-ai",
			permission: [],
			root: "imagen4-preview",
			parent: null,
		});
		for (const { created } of rows) expect(Number.isSafeInteger(created)).toBe(true);
	});

	it("is just the models of MODELS, as they are named there", () => {
		const offered = parseOffered("flux-schnell fal-ai/flux/dev darkroom");
		expect(offered && listModels(offered).map(({ id }) => id)).toEqual(["flux-schnell", "fal-ai/flux/dev", "darkroom"]);
	});

	it.each(["darkroom", "dall-e-3", "gpt-image-7", "fal-ai/imagen4/preview", "fal-ai/flux/dev"])(
		"has a row for %s",
		(id) => {
			expect(findRow(id, ALL)).toMatchObject({ id, root: id });
		},
	);
});

describe("fal's input", () => {
	it.each<[model: string, size: string, fields: JsonObject, size: string, shape: string]>([
		["imagen4-preview", "auto", {}, "auto", "1:1"],
		["imagen4-preview", "16:9", { aspect_ratio: "16:9" }, "16:9", "16:9"],
		["imagen4-preview", "1024x1024", { aspect_ratio: "1:1" }, "1:1", "1:1"],
		["imagen4-preview", "1536x1024", { aspect_ratio: "4:3" }, "4:3", "4:3"],
		["imagen4-preview", "1024x1536", { aspect_ratio: "3:4" }, "3:4", "3:4"],
		["imagen4-preview", "1792x1024", { aspect_ratio: "16:9" }, "16:9", "16:9"],
		["imagen4-preview", "1:20", { aspect_ratio: "9:16" }, "9:16", "9:16"],
		["imagen4-preview", "1920x1080", { aspect_ratio: "16:9" }, "16:9", "16:9"],
		["imagen4-preview", "2048x2048", { aspect_ratio: "1:1", resolution: "2K" }, "1:1", "1:1"],
		["imagen4-fast", "2048x2048", { aspect_ratio: "1:1" }, "1:1", "1:1"],
		["nano-banana-2", "auto", {}, "auto", "auto"],
		["nano-banana-2", "3840x2160", { aspect_ratio: "16:9", resolution: "2K" }, "16:9", "16:9"],
		["nano-banana-2", "21:9", { aspect_ratio: "21:9" }, "21:9", "21:9"],
		["flux-schnell", "auto", {}, "auto", "4:3"],
		["flux-schnell", "1024x768", { image_size: { width: 1024, height: 768 } }, "1024x768", "4:3"],
		["flux-schnell", "1:1", { image_size: { width: 1024, height: 1024 } }, "1024x1024", "1:1"],
		["flux-schnell", "16:9", { image_size: { width: 1360, height: 768 } }, "1360x768", "16:9"],
		["flux-schnell", "1000x700", { image_size: { width: 1008, height: 704 } }, "1008x704", "63:44"],
		["flux-schnell", "4096x2048", { image_size: { width: 2048, height: 1024 } }, "2048x1024", "2:1"],
		["flux-schnell", "128x64", { image_size: { width: 512, height: 256 } }, "512x256", "2:1"],
		["gpt-image-1.5", "auto", {}, "auto", "1:1"],
		["gpt-image-1.5", "16:9", { image_size: "1536x1024" }, "1536x1024", "3:2"],
		["gpt-image-1.5", "1024x1792", { image_size: "1024x1536" }, "1024x1536", "2:3"],
		["gpt-image-1.5", "512x512", { image_size: "1024x1024" }, "1024x1024", "1:1"],
		["fal-ai/imagen4/fast", "2048x2048", { aspect_ratio: "1:1" }, "1:1", "1:1"],
		["fal-ai/flux-pro/kontext/text-to-image", "1:2", { aspect_ratio: "9:16" }, "9:16", "9:16"],
		["fal-ai/flux-2-pro", "1:1", { image_size: { width: 1024, height: 1024 } }, "1024x1024", "1:1"],
		[
			"fal-ai/bytedance/seedream/v4/text-to-image",
			"1024x512",
			{ image_size: { width: 1920, height: 960 } },
			"1920x960",
			"2:1",
		],
		["fal-ai/new/thing", "auto", {}, "auto", "auto"],
		["fal-ai/new/thing", "3:2", { aspect_ratio: "3:2", image_size: { width: 1256, height: 840 } }, "1256x840", "3:2"],
	])("of %s for %s", (model, size, fields, usedSize, usedShape) => {
		const { input, used } = made(model, { size: sized(size) });
		const { prompt, num_images: _count, output_format: _format, ...rest } = input;
		expect(prompt).toBe("a cat");
		expect(rest).toEqual(fields);
		expect(used).toMatchObject({ size: usedSize, aspectRatio: usedShape });
	});

	it.each<[model: string, quality: ImageRequest["quality"], fields: JsonObject, used: string]>([
		["imagen4-preview", "high", { resolution: "2K" }, "high"],
		["imagen4-ultra", "high", { resolution: "2K" }, "high"],
		["nano-banana-2", "high", { resolution: "2K" }, "high"],
		["imagen4-preview", "low", {}, "auto"],
		["imagen4-fast", "high", {}, "auto"],
		["flux-schnell", "high", {}, "auto"],
		["gpt-image-1.5", "high", { quality: "high" }, "high"],
		["gpt-image-1.5", "low", { quality: "low" }, "low"],
		["gpt-image-1.5", "auto", {}, "auto"],
		["fal-ai/new/thing", "high", {}, "auto"],
	])("of %s for quality %s", (model, quality, fields, usedQuality) => {
		const { input, used } = made(model, { quality });
		const { prompt: _prompt, num_images: _count, output_format: _format, ...rest } = input;
		expect(rest).toEqual(fields);
		expect(used.quality).toBe(usedQuality);
	});

	it.each<[model: string, asked: ImageRequest["outputFormat"], sent: string | undefined, used: string]>([
		["imagen4-preview", null, "png", "png"],
		["imagen4-preview", "webp", "webp", "webp"],
		["flux-schnell", "jpeg", "jpeg", "jpeg"],
		["flux-schnell", "webp", "png", "png"],
		["fal-ai/ideogram/v3", "jpeg", undefined, "png"],
		["fal-ai/new/thing", null, undefined, "png"],
		["fal-ai/new/thing", "webp", "webp", "webp"],
	])("of %s for format %s", (model, outputFormat, sent, usedFormat) => {
		const { input, used } = made(model, { outputFormat });
		expect(input.output_format).toBe(sent);
		expect(used.outputFormat).toBe(usedFormat);
	});

	it.each([
		["imagen4-preview", 1, 1],
		["imagen4-preview", 4, 4],
		["fal-ai/flux-2-pro", 1, undefined],
		["fal-ai/new/thing", 1, undefined],
		["fal-ai/new/thing", 10, 10],
	])("of %s for %d pictures", (model, n, sent) => {
		expect(made(model, { n }).input.num_images).toBe(sent);
	});

	it.each([
		["imagen4-preview", 5],
		["imagen4-preview", 0],
		["imagen4-preview", 1.5],
		["fal-ai/flux-2-pro", 2],
		["fal-ai/new/thing", 11],
	])("is refused by %s for %d pictures", (model, n) => {
		expect(toFalInput(modelNamed(model), makeRequest({ n }))).toMatchObject({ ok: false, param: "n" });
	});

	it.each([
		["imagen4-preview", 7, 7],
		["imagen4-preview", 0, 0],
		["imagen4-preview", 2 ** 31 - 1, 2 ** 31 - 1],
		["imagen4-preview", 2 ** 31 + 5, 5],
		["imagen4-preview", -3, 3],
		["gpt-image-1.5", 7, undefined],
	])("of %s for seed %d", (model, seed, sent) => {
		expect(made(model, { seed }).input.seed).toBe(sent);
	});
});

describe("extra fal inputs", () => {
	it("go on top, and what was used tells of them", () => {
		const fal = { aspect_ratio: "3:4", resolution: "4K", output_format: "jpeg", seed: 9, safety_tolerance: "6" };
		const asked = { size: sized("16:9"), quality: "low", outputFormat: "png", seed: 1, fal } as const;
		expect(made("nano-banana-2", asked)).toEqual({
			ok: true,
			input: { prompt: "a cat", num_images: 1, ...fal },
			used: { size: "3:4", aspectRatio: "3:4", quality: "high", outputFormat: "jpeg" },
		});
	});

	it.each<[JsonObject, string, string]>([
		[{ image_size: { width: 640, height: 480 } }, "640x480", "4:3"],
		[{ image_size: "portrait_16_9" }, "576x1024", "9:16"],
		[{ image_size: "square" }, "512x512", "1:1"],
		[{ image_size: "something_new" }, "auto", "4:3"],
		[{ image_size: null }, "auto", "4:3"],
		[{ aspect_ratio: "16:9" }, "16:9", "16:9"],
	])("%j are the size that was used", (fal, size, aspectRatio) => {
		const { input, used } = made("flux-schnell", { size: sized("1:1"), fal });
		expect(used).toMatchObject({ size, aspectRatio });
		expect(input).toMatchObject(fal);
		expect("image_size" in input && "aspect_ratio" in input).toBe(false);
	});

	it.each<[JsonObject, string]>([
		[{ seed: 1.5 }, "fal.seed"],
		[{ seed: "7" }, "fal.seed"],
		[{ output_format: "webp" }, "fal.output_format"],
		[{ output_format: "tiff" }, "fal.output_format"],
		[{ output_format: ["png"] }, "fal.output_format"],
		[{ aspect_ratio: 1 }, "fal.aspect_ratio"],
		[{ resolution: { k: 2 } }, "fal.resolution"],
		[{ quality: "x".repeat(41) }, "fal.quality"],
		[{ image_size: { width: 2049, height: 100 } }, "fal.image_size"],
		[{ image_size: { width: 100.5, height: 100 } }, "fal.image_size"],
		[{ image_size: { width: 1e9, height: 1e9 } }, "fal.image_size"],
		[{ image_size: { width: 100 } }, "fal.image_size"],
		[{ image_size: [100, 100] }, "fal.image_size"],
		[{ image_size: 100 }, "fal.image_size"],
		[{ prompt: "a dog" }, "fal.prompt"],
		[{ num_images: 100 }, "fal.num_images"],
	])("%j are refused", (fal, param) => {
		expect(toFalInput(modelNamed("flux-schnell"), makeRequest({ fal }))).toMatchObject({ ok: false, param });
	});

	const nested = (depth: number): JsonObject => (depth === 0 ? {} : { inner: nested(depth - 1) });

	it.each<[JsonObject, string | null]>([
		[{}, null],
		[{ negative_prompt: "blur", num_inference_steps: 4, loras: [{ path: "a/b", scale: 1 }] }, null],
		[{ image_size: "square", image_prompt_strength: 0.5, raw: true, colors: [{ r: 1, g: 2, b: 3 }] }, null],
		[{ prompt: "x" }, "prompt"],
		[{ Prompt: "x" }, "Prompt"],
		[{ raw: true, num_images: 2 }, "num_images"],
		[{ n: 2 }, "n"],
		[{ max_images: 6 }, "max_images"],
		[{ batch_size: 6 }, "batch_size"],
		[{ sync_mode: true }, "sync_mode"],
		[{ image_url: "https://example.com" }, "image_url"],
		[{ image_urls: [] }, "image_urls"],
		[{ mask_url: "" }, "mask_url"],
		[{ mask_image_url: "" }, "mask_image_url"],
		[{ control_image_url: "" }, "control_image_url"],
		[{ image: "" }, "image"],
		[{ images: [] }, "images"],
		[{ controlnets: [{ control_image_url: "" }] }, "controlnets"],
		[nested(6), null],
		[nested(7), "inner"],
		[{ style: "x".repeat(16 * 1024 - 7) }, null],
		[{ style: "x".repeat(16 * 1024 - 6) }, "style"],
		[Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`f${index}`, 1])), null],
		[Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`f${index}`, 1])), "f64"],
	])("checkExtras(%.60j) is %j", (fal, refused) => {
		expect(checkExtras(fal)).toBe(refused);
	});
});

describe("on every model", () => {
	const names = [
		...CATALOGUE.map(({ id }) => id),
		...FAMILIES.map(([prefix]) => `${prefix}${prefix.endsWith("/") || prefix.endsWith("-") ? "x" : ""}`),
		"fal-ai/new/thing",
	];
	const side = fc.integer({ min: 64, max: 8192 });
	const part = fc.integer({ min: 1, max: 20 });
	const anySize = fc.oneof(
		fc.constant<Size>({ kind: "auto" }),
		fc.record({ kind: fc.constant("ratio" as const), width: part, height: part }),
		fc.record({ kind: fc.constant("pixels" as const), width: side, height: side }),
	);

	it.each(names)("%s gets a legal body for any size, and the nearest of its own", (name) => {
		const { dialect } = modelNamed(name);
		fc.assert(
			fc.property(anySize, (size) => {
				const { input, used } = made(name, { size });
				expect(used.size).toMatch(/^(?:auto|\d+[x:]\d+)$/);
				if (size.kind === "auto") {
					expect(input).not.toHaveProperty("aspect_ratio");
					expect(input).not.toHaveProperty("image_size");
					return;
				}
				if (dialect.kind === "ratio" || dialect.kind === "text") {
					const offered = dialect.kind === "ratio" ? dialect.ratios : dialect.sizes;
					const sent = input[dialect.kind === "ratio" ? "aspect_ratio" : "image_size"];
					expect(offered).toContain(sent);
					const far = (text: unknown) => {
						const own = parseSize(String(text));
						return own === null || own.kind === "auto" ? Number.NaN : shapeDistance(own, size);
					};
					for (const other of offered) expect(far(sent)).toBeLessThanOrEqual(far(other));
					return;
				}
				const { min, max, multiple } = dialect.kind === "pixels" ? dialect : { min: 64, max: 8192, multiple: 8 };
				const [width = 0, height = 0] = used.size.split("x").map(Number);
				expect(input.image_size).toEqual({ width, height });
				for (const length of [width, height]) {
					expect(length).toBeGreaterThanOrEqual(min);
					expect(length).toBeLessThanOrEqual(max);
					expect(length % multiple).toBe(0);
				}
				// Where the bounds leave room, the shape is lost only to the steps.
				if (Math.max(size.width / size.height, size.height / size.width) * min < max) {
					expect(shapeDistance({ width, height }, size)).toBeLessThan(multiple / min);
				}
			}),
		);
	});

	it.each(names)("%s gets the shape that it has when it has it", (name) => {
		const { dialect } = modelNamed(name);
		const offered = dialect.kind === "ratio" ? dialect.ratios : dialect.kind === "text" ? dialect.sizes : [];
		for (const text of offered) expect(made(name, { size: sized(text) }).used.size).toBe(text);
	});

	it.each(names)("%s says what it takes", (name) => {
		expect(describeSizes(modelNamed(name))).toMatch(/WxH/);
	});

	it.each(names)("%s has the same body when a stored request is sent", (name) => {
		const { input, used } = made(name, { size: sized("16:9") });
		const { id, endpoint } = modelNamed(name);
		expect(submissionOf(id, makeRequest({ model: id, size: sized("16:9") }))).toEqual({ endpoint, input, used });
	});
});

describe("submissionOf", () => {
	it("is null for what is no model, and for a count that the model no longer has", () => {
		expect(submissionOf("imagen9", makeRequest())).toBeNull();
		expect(submissionOf("imagen4-preview", makeRequest({ n: 9 }))).toBeNull();
	});

	it("puts a request into the successor's words", () => {
		const request = makeRequest({ size: sized("21:9"), quality: "high", n: 2 });
		expect(submissionOf("imagen4-preview", request)?.input.aspect_ratio).toBe("16:9");
		expect(submissionOf("nano-banana-2", request)).toMatchObject({
			endpoint: "fal-ai/nano-banana-2",
			input: { aspect_ratio: "21:9", resolution: "2K", num_images: 2 },
		});
	});
});
