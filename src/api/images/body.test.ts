import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blamed } from "../../../test/support/blamed.ts";
import { parseBody } from "../request/fields.ts";
import { EditsBody, ImagesBody, readEdits, readImages, responseFormatOf } from "./body.ts";

const GUARD = "Use the following text as the complete prompt. Do not rewrite it:";
const DEFAULTS = { defaultModel: "imagen4-preview" };

describe("an Images body", () => {
	it.each([null, undefined, "", "{}", 7, true, [], [{ prompt: "a fox" }]])(
		"is refused if it is %j, no object",
		(body) => {
			expect(parseBody(ImagesBody, body)).toMatchObject({ ok: false, error: { kind: "invalid_json" } });
		},
	);

	const optional = ["model", "n", "size", "quality", "response_format", "output_format", "seed", "fal", "stream"];
	it.each(optional.flatMap((field) => [null, "", undefined].map((value) => [field, value] as const)))(
		"has no `%s` if it is %j",
		(field, value) => {
			const parsed = parseBody(ImagesBody, { prompt: "a fox", [field]: value });
			expect(parsed.ok && { ...parsed.value, [field]: undefined }).toEqual({ prompt: "a fox" });
		},
	);

	it("ignores fields that it does not know", () => {
		const others = { user: "u", style: "vivid", temperature: "hot", tools: [{}] };
		expect(parseBody(ImagesBody, { prompt: "a fox", ...others })).toEqual({ ok: true, value: { prompt: "a fox" } });
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
		[{ prompt: "a", model: "m".repeat(200) }, "ok"],
		[{ prompt: "a", model: "m".repeat(201) }, "model"],
		[{ prompt: "a", n: "1" }, "n"],
		[{ prompt: "a", n: 0 }, "n"],
		[{ prompt: "a", n: 1.5 }, "n"],
		[{ prompt: "a", n: 11 }, "n"],
		[{ prompt: "a", n: 10 }, "ok"],
		[{ prompt: "a", size: 1024 }, "size"],
		[{ prompt: "a", size: { width: 1 } }, "size"],
		[{ prompt: "a", size: "1".repeat(100) }, "ok"],
		[{ prompt: "a", size: "1".repeat(101) }, "size"],
		[{ prompt: "a", quality: true }, "quality"],
		[{ prompt: "a", quality: "q".repeat(20) }, "ok"],
		[{ prompt: "a", quality: "q".repeat(21) }, "quality"],
		[{ prompt: "a", response_format: "png" }, "response_format"],
		[{ prompt: "a", response_format: { type: "url" } }, "response_format"],
		[{ prompt: "a", output_format: 1 }, "output_format"],
		[{ prompt: "a", output_format: "f".repeat(10) }, "ok"],
		[{ prompt: "a", output_format: "f".repeat(11) }, "output_format"],
		[{ prompt: "a", seed: -1 }, "ok"],
		[{ prompt: "a", seed: -2 }, "seed"],
		[{ prompt: "a", seed: 0 }, "ok"],
		[{ prompt: "a", seed: 1.5 }, "seed"],
		[{ prompt: "a", seed: 2 ** 64 }, "ok"],
		[{ prompt: "a", seed: 2 ** 65 }, "seed"],
		[{ prompt: "a", seed: "7" }, "seed"],
		[{ prompt: "a", fal: [] }, "fal"],
		[{ prompt: "a", fal: "raw" }, "fal"],
		[{ prompt: "a", fal: {} }, "ok"],
		[{ prompt: "a", stream: "true" }, "stream"],
		[{ prompt: "a", stream: true }, "ok"],
	])("such as %j blames %s", (body, param) => {
		expect(blamed(parseBody(ImagesBody, body))).toBe(param);
	});

	it("never makes the parser throw, whatever JSON comes", () => {
		fc.assert(
			fc.property(fc.jsonValue(), (body) => {
				expect(typeof parseBody(ImagesBody, body).ok).toBe("boolean");
			}),
		);
	});

	it.each<readonly [said: string, prompt: string | null]>([
		[`${GUARD}\na fox`, "a fox"],
		[`a fox. ${GUARD}`, `a fox. ${GUARD}`],
		[`${GUARD}\n`, null],
	])("that says %j has the prompt %j", (said, prompt) => {
		const parsed = parseBody(ImagesBody, { prompt: said });
		expect(parsed.ok ? parsed.value.prompt : null).toBe(prompt);
	});
});

describe("responseFormatOf", () => {
	it.each<readonly [model: string, asked: "url" | "b64_json" | undefined, format: string]>([
		["imagen4-preview", undefined, "both"],
		["gpt-image-1.5", undefined, "b64_json"],
		["GPT-image-2", undefined, "b64_json"],
		["chatgpt-image-latest", undefined, "b64_json"],
		["gpt-image-2", "url", "url"],
		["openai/gpt-image-2", undefined, "both"],
		["darkroom-gpt-2", undefined, "both"],
		["dall-e-2", undefined, "url"],
		["dall-e-3", undefined, "url"],
		["DALL-E-3", undefined, "url"],
		["dall-e-3", "b64_json", "b64_json"],
		["imagen4-preview", "url", "url"],
		["fal-ai/dall-e-mini", undefined, "both"],
	])("answers %s, asked for %s, with %s", (model, asked, format) => {
		expect(responseFormatOf(model, asked)).toBe(format);
	});

	it("gives a stream the bytes, unless the body asks for links", () => {
		expect(responseFormatOf("dall-e-3", undefined, true)).toBe("both");
		expect(responseFormatOf("dall-e-3", "url", true)).toBe("url");
		expect(responseFormatOf("gpt-image-2", undefined, true)).toBe("b64_json");
	});
});

describe("readEdits", () => {
	it.each<readonly [body: object, said: string, n: number | undefined]>([
		[{ prompt: "make it blue", n: 2 }, "make it blue", 2],
		[{ prompt: null, n: 2 }, "", 2],
		[{}, "", undefined],
	])("reads %j: the words %j, %s pictures", (body, said, n) => {
		const parsed = parseBody(EditsBody, body);
		expect(parsed.ok && readEdits(parsed.value, DEFAULTS)).toMatchObject({ said, param: "prompt", fields: { n } });
	});
});

describe("readImages", () => {
	it("reads the seed -1 as none", () => {
		const parsed = parseBody(ImagesBody, { prompt: "a fox", seed: -1 });
		expect(parsed.ok && readImages(parsed.value, DEFAULTS).fields.seed).toBeUndefined();
	});

	it("takes the prompt as it is, and the default model", () => {
		expect(readImages({ prompt: "a fox 16:9" }, DEFAULTS)).toEqual({
			messages: [],
			said: "a fox 16:9",
			param: "prompt",
			fields: { model: "imagen4-preview" },
			rendering: { api: "images", model: "imagen4-preview", includeUsage: false, responseFormat: "both" },
			streamed: false,
		});
	});

	it("passes each field on", () => {
		const fields = { n: 2, size: "16:9", quality: "hd", seed: 7, fal: { guidance_scale: 3 } };
		const asked = readImages(
			{ prompt: "a fox", model: "dall-e-3", output_format: "webp", stream: true, ...fields },
			DEFAULTS,
		);
		expect(asked).toEqual({
			messages: [],
			said: "a fox",
			param: "prompt",
			fields: { model: "dall-e-3", outputFormat: "webp", ...fields },
			rendering: { api: "images", model: "dall-e-3", includeUsage: false, responseFormat: "both" },
			streamed: true,
		});
	});

	it("renders links alone for a retired model, as its clients expect", () => {
		expect(readImages({ prompt: "a fox", model: "dall-e-2" }, DEFAULTS).rendering.responseFormat).toBe("url");
	});
});
