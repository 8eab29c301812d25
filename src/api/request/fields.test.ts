import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRequest } from "../../../test/support/make.ts";
import type { ImageRequest } from "../../models/request.ts";
import { ChatBody } from "../chat/body.ts";
import { ImagesBody } from "../images/body.ts";
import { parseBody } from "./fields.ts";
import { type Catalogue, type ImageFields, toImageRequest } from "./image-request.ts";

const messages = [{ role: "user", content: "a fox" }];

/** The field that is to blame; `-` where none is, and `ok` where nothing is wrong. */
function blamed(parsed: ReturnType<typeof parseBody> | ReturnType<typeof toImageRequest>): string {
	if (parsed.ok) return "ok";
	return parsed.error.kind === "invalid_value" ? (parsed.error.param ?? "-") : parsed.error.kind;
}

describe("a body", () => {
	it.each([null, undefined, "", "{}", 7, true, [], [{ prompt: "a fox" }]])("that is %j is no object", (body) => {
		const error = { kind: "invalid_json", message: "The body must be a JSON object." };
		expect(parseBody(ImagesBody, body)).toEqual({ ok: false, error });
		expect(parseBody(ChatBody, body)).toEqual({ ok: false, error });
	});

	const optional = ["model", "n", "size", "quality", "response_format", "output_format", "seed", "fal"];
	it.each(optional.flatMap((field) => [null, "", undefined].map((value) => [field, value] as const)))(
		"of the Images API has no `%s` when it is %j",
		(field, value) => {
			const parsed = parseBody(ImagesBody, { prompt: "a fox", [field]: value });
			expect(parsed.ok && { ...parsed.value, [field]: undefined }).toEqual({ prompt: "a fox" });
		},
	);

	const chatOptional = ["model", "stream", "stream_options", "n", "size", "quality", "output_format", "seed", "fal"];
	it.each(chatOptional.flatMap((field) => [null, "", undefined].map((value) => [field, value] as const)))(
		"of a chat has no `%s` when it is %j",
		(field, value) => {
			const parsed = parseBody(ChatBody, { messages, [field]: value });
			expect(parsed.ok && { ...parsed.value, [field]: undefined }).toEqual({ messages });
		},
	);

	it("may hold fields that nobody knows here", () => {
		const others = { user: "u", moderation: "low", background: null, style: "vivid", temperature: "hot", tools: [{}] };
		expect(parseBody(ImagesBody, { prompt: "a fox", ...others })).toEqual({ ok: true, value: { prompt: "a fox" } });
		expect(parseBody(ChatBody, { messages, ...others })).toEqual({ ok: true, value: { messages } });
	});

	it.each<readonly [body: object, param: string]>([
		[{}, "prompt"],
		[{ prompt: null }, "prompt"],
		[{ prompt: "" }, "prompt"],
		[{ prompt: " \n\t" }, "prompt"],
		[{ prompt: 7 }, "prompt"],
		[{ prompt: ["a fox"] }, "prompt"],
		[{ prompt: "x".repeat(32_000) }, "ok"],
		[{ prompt: "x".repeat(32_001) }, "prompt"],
		[{ prompt: "a", model: 7 }, "model"],
		[{ prompt: "a", model: "m".repeat(201) }, "model"],
		[{ prompt: "a", n: "1" }, "n"],
		[{ prompt: "a", n: 0 }, "n"],
		[{ prompt: "a", n: 1.5 }, "n"],
		[{ prompt: "a", n: 11 }, "n"],
		[{ prompt: "a", n: 10 }, "ok"],
		[{ prompt: "a", size: 1024 }, "size"],
		[{ prompt: "a", size: { width: 1 } }, "size"],
		[{ prompt: "a", size: "1".repeat(101) }, "size"],
		[{ prompt: "a", quality: true }, "quality"],
		[{ prompt: "a", response_format: "png" }, "response_format"],
		[{ prompt: "a", response_format: { type: "url" } }, "response_format"],
		[{ prompt: "a", output_format: 1 }, "output_format"],
		[{ prompt: "a", seed: -1 }, "seed"],
		[{ prompt: "a", seed: 0 }, "ok"],
		[{ prompt: "a", seed: 2 ** 32 - 1 }, "ok"],
		[{ prompt: "a", seed: 2 ** 32 }, "seed"],
		[{ prompt: "a", seed: "7" }, "seed"],
		[{ prompt: "a", fal: [] }, "fal"],
		[{ prompt: "a", fal: "raw" }, "fal"],
		[{ prompt: "a", fal: {} }, "ok"],
	])("of the Images API such as %j blames %s", (body, param) => {
		expect(blamed(parseBody(ImagesBody, body))).toBe(param);
	});

	it.each<readonly [body: object, param: string]>([
		[{}, "messages"],
		[{ messages: null }, "messages"],
		[{ messages: [] }, "messages"],
		[{ messages: "a fox" }, "messages"],
		[{ messages: ["a fox"] }, "messages[0]"],
		[{ messages: [null] }, "messages[0]"],
		[{ messages: [{ content: "a fox" }] }, "messages[0].role"],
		[{ messages: [{ role: 7, content: "a fox" }] }, "messages[0].role"],
		[{ messages: [{ role: "r".repeat(41), content: "a fox" }] }, "messages[0].role"],
		[{ messages: [...messages, { role: "user", content: 7 }] }, "messages[1].content"],
		[{ messages: [{ role: "user", content: {} }] }, "messages[0].content"],
		[{ messages: [{ role: "user", content: ["a fox"] }] }, "messages[0].content[0]"],
		[{ messages: [{ role: "user", content: [null] }] }, "messages[0].content[0]"],
		[{ messages: [{ role: "user", content: [{}] }] }, "messages[0].content[0].type"],
		[{ messages: [{ role: "user", content: [{ type: 7 }] }] }, "messages[0].content[0].type"],
		[{ messages: [...messages, { role: "user", content: [{ type: "text" }] }] }, "messages[1].content[0].text"],
		[
			{ messages: [...messages, { role: "user", content: [{ type: "text", text: 7 }] }] },
			"messages[1].content[0].text",
		],
		[
			{ messages: [{ role: "user", content: [{ type: "image_url" }, { type: "text", text: null }] }] },
			"messages[0].content[1].text",
		],
		[{ messages: [{ role: "user" }] }, "ok"],
		[{ messages: [{ role: "user", content: null }] }, "ok"],
		[{ messages: [{ role: "user", content: "" }] }, "ok"],
		[{ messages: [{ role: "user", content: [] }] }, "ok"],
		[{ messages: [{ role: "tool", content: "x", tool_call_id: "1" }] }, "ok"],
		[{ messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:," } }] }] }, "ok"],
		[{ messages: Array.from({ length: 10_000 }, () => messages[0]) }, "ok"],
		[{ messages: Array.from({ length: 10_001 }, () => messages[0]) }, "messages"],
		[{ messages, stream: "true" }, "stream"],
		[{ messages, stream: 1 }, "stream"],
		[{ messages, stream_options: [] }, "stream_options"],
		[{ messages, stream_options: { include_usage: "yes" } }, "stream_options.include_usage"],
		[{ messages, stream_options: { include_usage: null } }, "ok"],
		[{ messages, n: 0 }, "n"],
		[{ messages, seed: 1.5 }, "seed"],
		[{ messages, seed: -7 }, "ok"],
		[{ messages, seed: 2 ** 62 }, "ok"],
		[{ messages, fal: 7 }, "fal"],
	])("of a chat such as %j blames %s", (body, param) => {
		expect(blamed(parseBody(ChatBody, body))).toBe(param);
	});

	it("names what is wrong in words", () => {
		const parsed = parseBody(ImagesBody, { prompt: "a", n: "1" });
		expect(parsed).toMatchObject({ error: { message: expect.stringMatching(/expected (number|int)/i) } });
	});

	it("never throws, whatever JSON comes", () => {
		fc.assert(
			fc.property(fc.jsonValue(), (body) => {
				expect(typeof parseBody(ImagesBody, body).ok).toBe("boolean");
				expect(typeof parseBody(ChatBody, body).ok).toBe("boolean");
			}),
		);
	});
});

const ALL: Catalogue = { offered: { kind: "all" }, defaultModel: "imagen4-preview" };

describe("an image request", () => {
	it.each<readonly [wish: Omit<ImageFields, "prompt">, request: Partial<ImageRequest>]>([
		[{}, { size: { kind: "auto" } }],
		[{ model: "dall-e-3" }, { model: "imagen4-preview", size: { kind: "auto" } }],
		[{ model: "DARKROOM" }, { model: "imagen4-preview", size: { kind: "auto" } }],
		[{ model: "fal-ai/flux/dev" }, { model: "fal-ai/flux/dev", size: { kind: "auto" } }],
		[
			{ size: "16:9", n: 4 },
			{ n: 4, size: { kind: "ratio", width: 16, height: 9 } },
		],
		[{ size: "1792x1024" }, { size: { kind: "pixels", width: 1792, height: 1024 } }],
		[{ size: { kind: "auto" } }, { size: { kind: "auto" } }],
		[{ quality: "HD" }, { quality: "high", size: { kind: "auto" } }],
		[{ quality: "standard" }, { quality: "auto", size: { kind: "auto" } }],
		[{ quality: "2K" }, { quality: "high", size: { kind: "auto" } }],
		[{ quality: "xhigh" }, { quality: "high", size: { kind: "auto" } }],
		[{ outputFormat: "JPG" }, { outputFormat: "jpeg", size: { kind: "auto" } }],
		[{ seed: 7 }, { seed: 7, size: { kind: "auto" } }],
		[{ fal: { guidance_scale: 3 } }, { fal: { guidance_scale: 3 }, size: { kind: "auto" } }],
	])("of %j is understood", (wish, request) => {
		const wanted = toImageRequest({ prompt: "a red fox", ...wish }, ALL);
		expect(wanted).toEqual({ ok: true, value: makeRequest(request) });
	});

	it.each<readonly [wish: Omit<ImageFields, "prompt">, param: string, says: string]>([
		[{ n: 5 }, "n", "'imagen4-preview' makes at most 4 pictures in one request."],
		[{ n: 2, model: "fal-ai/recraft/v3/text-to-image" }, "n", "makes at most 1 picture in one request."],
		[{ size: "big" }, "size", "'big' is not a size. 'imagen4-preview' takes 1:1, 16:9, 9:16, 4:3, 3:4;"],
		[{ size: "0x0" }, "size", "'0x0' is not a size."],
		[{ size: "99999x1" }, "size", "is not a size."],
		[{ size: "big", model: "flux-schnell" }, "size", "takes WxH with sides of 256 to 2048 pixels"],
		[{ size: "big", model: "gpt-image-1.5" }, "size", "takes 1024x1024, 1536x1024, 1024x1536;"],
		[{ size: "big", model: "acme/new-model" }, "size", "takes WxH in pixels such as 1024x768"],
		[{ quality: "best" }, "quality", "quality is one of auto, standard, low, medium, high, hd, xhigh, max, 2k, 4k."],
		[{ quality: "constructor" }, "quality", "quality is one of"],
		[{ quality: "__proto__" }, "quality", "quality is one of"],
		[{ outputFormat: "gif" }, "output_format", "output_format is one of png, jpeg, webp."],
		[{ outputFormat: "constructor" }, "output_format", "output_format is one of"],
		[{ outputFormat: "__proto__" }, "output_format", "output_format is one of"],
		[{ fal: { prompt: "x" } }, "fal.prompt", "fal.prompt cannot be set here."],
		[{ fal: { num_images: 4 } }, "fal.num_images", "fal.num_images cannot be set here."],
		[{ fal: { sync_mode: true } }, "fal.sync_mode", "cannot be set here."],
		[{ fal: { image_url: "https://a.test/b.png" } }, "fal.image_url", "cannot be set here."],
		[{ fal: { image_urls: [] } }, "fal.image_urls", "cannot be set here."],
		[{ fal: { loras: [{ mask_url: "x" }] } }, "fal.loras", "cannot be set here."],
		[{ fal: { seed: "x" } }, "fal.seed", "fal.seed is a whole number."],
		[{ fal: { output_format: "bmp" } }, "fal.output_format", "'imagen4-preview' makes png, jpeg, webp."],
		[{ fal: { aspect_ratio: {} } }, "fal.aspect_ratio", "fal.aspect_ratio is a short text."],
		[{ fal: { image_size: { width: 1, height: 1e9 } } }, "fal.image_size", "fal.image_size is a preset's name"],
	])("of %j is refused for %s", (wish, param, says) => {
		const wanted = toImageRequest({ prompt: "a red fox", ...wish }, ALL);
		expect(blamed(wanted)).toBe(param);
		expect(wanted).toMatchObject({ error: { message: expect.stringContaining(says) } });
	});

	it("of an unknown model is refused with the names that are near", () => {
		const wanted = toImageRequest({ prompt: "a", model: "imagen4-previw" }, ALL);
		expect(wanted).toMatchObject({
			error: { kind: "model_not_found", model: "imagen4-previw", near: expect.arrayContaining(["imagen4-preview"]) },
		});
	});

	it("of a model that is not offered is refused", () => {
		const catalogue: Catalogue = { offered: { kind: "list", names: ["flux-schnell"] }, defaultModel: "flux-schnell" };
		expect(toImageRequest({ prompt: "a" }, catalogue)).toMatchObject({ ok: true, value: { model: "flux-schnell" } });
		expect(toImageRequest({ prompt: "a", model: "imagen4-preview" }, catalogue)).toMatchObject({ ok: false });
	});

	it("is refused before any other thing for its model", () => {
		expect(toImageRequest({ prompt: "a", model: "?", n: 99, size: "big" }, ALL)).toMatchObject({
			error: { kind: "model_not_found" },
		});
	});

	it("never throws, whatever JSON comes; what it makes is plain data", () => {
		const anyWord = fc.oneof(
			fc.constantFrom("constructor", "__proto__", "toString", "16:9", "1024x1024", "hd", "png", "auto", ""),
			fc.string(),
		);
		const anyBody = fc.record(
			{
				prompt: fc.oneof(fc.string({ minLength: 1 }), fc.jsonValue()),
				model: fc.oneof(fc.constantFrom("darkroom", "flux-schnell", "gpt-image-2", "acme/new"), anyWord),
				n: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.jsonValue()),
				size: fc.oneof(anyWord, fc.jsonValue()),
				quality: fc.oneof(anyWord, fc.jsonValue()),
				output_format: fc.oneof(anyWord, fc.jsonValue()),
				seed: fc.oneof(fc.nat(), fc.jsonValue()),
				fal: fc.oneof(
					fc.dictionary(
						fc.oneof(
							fc.constantFrom("image_size", "aspect_ratio", "seed", "output_format", "__proto__", "x"),
							fc.string(),
						),
						fc.jsonValue(),
						{ maxKeys: 4 },
					),
					fc.jsonValue(),
				),
			},
			{ requiredKeys: ["prompt"] },
		);
		fc.assert(
			fc.property(anyBody, (body) => {
				const parsed = parseBody(ImagesBody, JSON.parse(JSON.stringify(body)));
				if (!parsed.ok) return;
				const { output_format, prompt, model, n, size, quality, seed, fal } = parsed.value;
				const wanted = toImageRequest({ prompt, model, n, size, quality, outputFormat: output_format, seed, fal }, ALL);
				expect(JSON.parse(JSON.stringify(wanted))).toEqual(wanted);
				if (!wanted.ok) return;
				expect(["auto", "low", "medium", "high"]).toContain(wanted.value.quality);
				expect([null, "png", "jpeg", "webp"]).toContain(wanted.value.outputFormat);
			}),
			{ numRuns: 2_000 },
		);
	});
});
