/** Checks the bodies that fal gets for a size and a count under other names than OpenAI's. A row has the fields that a client adds to its body. */

import { describe, expect, it } from "vitest";
import { APIS, type Api, bodyOf } from "../../test/support/read-request.ts";
import { aPrompt, ask, eventually, sim } from "../../test/support/workerd/gateway.ts";

const PATHS: Readonly<Record<Api, string>> = {
	images: "/v1/images/generations",
	chat: "/v1/chat/completions",
	responses: "/v1/responses",
};

/** Fields and words that a client adds to its request. */
interface Said {
	readonly words?: string;
	readonly [name: string]: unknown;
}

/** Sends a request, and returns what the simulator was asked for, but for the prompt, the seed of the job's own and the format. */
async function askedOf(api: Api, { words = "", ...more }: Said): Promise<object> {
	const prompt = aPrompt("sim:hold");
	const response = await ask(PATHS[api], {
		json: bodyOf(api, prompt + words, more),
		headers: { prefer: "respond-async" },
	});
	expect([response.status, await response.text()]).toEqual([202, expect.any(String)]);
	const [submit] = await eventually(
		async (): Promise<readonly { input: Record<string, unknown> | null }[]> =>
			(await sim(`/calls?prompt=${encodeURIComponent(prompt)}`)).json(),
		(calls) => calls.some(({ input }) => input !== null),
	);
	const { prompt: _prompt, output_format: _format, seed, ...asked } = submit?.input ?? {};
	return "seed" in more || "extra_body" in more ? { ...asked, seed } : asked;
}

const ONE = { num_images: 1 };
const FLUX = { model: "flux-schnell" };

describe("fal is asked, by each API alike,", () => {
	it.each<readonly [more: Said, asked: object]>([
		// Without a size the model decides.
		[{}, { ...ONE }],
		[{ size: null, aspect_ratio: "", image_size: null, num_images: null, width: null, height: "" }, { ...ONE }],
		[{ aspect_ratio: "auto", image_size: "auto" }, { ...ONE }],
		[{ aspect_ratio: "match_input_image" }, { ...ONE }],
		// fal's names.
		[{ aspect_ratio: "9:16" }, { ...ONE, aspect_ratio: "9:16" }],
		[{ image_size: "landscape_16_9" }, { ...ONE, aspect_ratio: "16:9" }],
		[{ image_size: "portrait_4_3" }, { ...ONE, aspect_ratio: "3:4" }],
		[{ image_size: { width: 1080, height: 1920 } }, { ...ONE, aspect_ratio: "9:16" }],
		[
			{ ...FLUX, image_size: { width: 1080, height: 1920 } },
			{ ...ONE, image_size: { width: 1088, height: 1920 } },
		],
		[
			{ ...FLUX, image_size: { width: "768", height: "1024" } },
			{ ...ONE, image_size: { width: 768, height: 1024 } },
		],
		[
			{ ...FLUX, image_size: "square_hd" },
			{ ...ONE, image_size: { width: 1024, height: 1024 } },
		],
		[
			{ ...FLUX, aspect_ratio: "16:9" },
			{ ...ONE, image_size: { width: 1360, height: 768 } },
		],
		[{ num_images: 3 }, { num_images: 3 }],
		[
			{ aspect_ratio: "16:9", resolution: "2K" },
			{ ...ONE, aspect_ratio: "16:9", resolution: "2K" },
		],
		// OpenRouter's, Gemini's.
		[{ image_config: { aspect_ratio: "16:9" } }, { ...ONE, aspect_ratio: "16:9" }],
		[{ image_config: { aspect_ratio: "16:9", image_size: "2K" } }, { ...ONE, aspect_ratio: "16:9", resolution: "2K" }],
		[{ image_config: { aspect_ratio: "3:4", image_size: "1K" } }, { ...ONE, aspect_ratio: "3:4", resolution: "1K" }],
		[{ ...FLUX, image_config: { image_size: "1K" } }, { ...ONE }],
		[{ image_config: '{"aspect_ratio":"16:9"}' }, { ...ONE, aspect_ratio: "16:9" }],
		[{ tools: [{ type: "image_generation", size: "16:9", n: 2 }] }, { num_images: 2, aspect_ratio: "16:9" }],
		[
			{ generationConfig: { imageConfig: { aspectRatio: "9:16", imageSize: "4K" } } },
			{ ...ONE, aspect_ratio: "9:16", resolution: "2K" },
		],
		[
			{ extra_body: { google: { image_config: { aspect_ratio: "4:3" } } } },
			{ ...ONE, aspect_ratio: "4:3", seed: expect.any(Number) },
		],
		[
			{ numberOfImages: 2, aspectRatio: "4:3" },
			{ num_images: 2, aspect_ratio: "4:3" },
		],
		// SiliconFlow's.
		[
			{ image_size: "1024x1536", batch_size: 2 },
			{ num_images: 2, aspect_ratio: "3:4" },
		],
		[{ image_size: "1024x1024" }, { ...ONE, aspect_ratio: "1:1" }],
		// A1111's.
		[
			{ width: 768, height: 1024 },
			{ ...ONE, aspect_ratio: "3:4" },
		],
		[
			{ ...FLUX, width: 768, height: 1024 },
			{ ...ONE, image_size: { width: 768, height: 1024 } },
		],
		[
			{ width: 512, height: 512, batch_size: 2, n_iter: 2 },
			{ num_images: 4, aspect_ratio: "1:1" },
		],
		[{ n_iter: 3 }, { num_images: 3 }],
		// Replicate's, Hugging Face's, DashScope's, Ideogram's, Freepik's, Fooocus's.
		[
			{ aspect_ratio: "custom", width: 1440, height: 810, num_outputs: 2 },
			{ num_images: 2, aspect_ratio: "16:9" },
		],
		[{ parameters: { width: 1024, height: 576 } }, { ...ONE, aspect_ratio: "16:9" }],
		[{ parameters: { size: "720*1280", n: 2 } }, { num_images: 2, aspect_ratio: "9:16" }],
		[{ aspect_ratio: "ASPECT_16_9" }, { ...ONE, aspect_ratio: "16:9" }],
		[{ aspect_ratio: "9x16" }, { ...ONE, aspect_ratio: "9:16" }],
		[{ aspect_ratio: "social_story_9_16" }, { ...ONE, aspect_ratio: "9:16" }],
		[{ aspect_ratios_selection: "1152×896" }, { ...ONE, aspect_ratio: "4:3" }],
		[{ orientation: "portrait" }, { ...ONE, aspect_ratio: "3:4" }],
		// OpenAI's own field wins, and pixels win over the ratio that they have.
		[
			{ size: "1:1", aspect_ratio: "16:9", width: 1024, height: 1536 },
			{ ...ONE, aspect_ratio: "1:1" },
		],
		[{ n: 2, num_images: 3 }, { num_images: 2 }],
		[
			{ size: "auto", aspect_ratio: "16:9" },
			{ ...ONE, aspect_ratio: "16:9" },
		],
		[
			{ ...FLUX, aspect_ratio: "16:9", image_size: { width: 1920, height: 1080 } },
			{ ...ONE, image_size: { width: 1920, height: 1088 } },
		],
		// Resolutions and qualities.
		[{ size: "2K" }, { ...ONE, resolution: "2K" }],
		[
			{ size: "2k", aspect_ratio: "16:9" },
			{ ...ONE, aspect_ratio: "16:9", resolution: "2K" },
		],
		[
			{ size: "16:9", image_config: { image_size: "2K", aspect_ratio: "1:1" } },
			{ ...ONE, aspect_ratio: "16:9", resolution: "2K" },
		],
		[{ size: "4K" }, { ...ONE, resolution: "2K" }],
		[
			{ model: "nano-banana-2", resolution: "4K" },
			{ ...ONE, resolution: "4K" },
		],
		[
			{ model: "nano-banana-2", quality: "4k" },
			{ ...ONE, resolution: "2K" },
		],
		[{ quality: "1K" }, { ...ONE }],
		[{ quality: "2K" }, { ...ONE, resolution: "2K" }],
		[{ quality: "hd" }, { ...ONE, resolution: "2K" }],
		[
			{ quality: "hd", resolution: "1K" },
			{ ...ONE, resolution: "1K" },
		],
		[{ quality: "standard" }, { ...ONE }],
		// In words, which name no field.
		[{ words: "，16:9 2K" }, { ...ONE, aspect_ratio: "16:9", resolution: "2K" }],
		[
			{ words: "，16:9 2K", ...FLUX },
			{ ...ONE, image_size: { width: 1360, height: 768 } },
		],
		[{ words: "，分辨率2K，以3:4的比例绘制" }, { ...ONE, aspect_ratio: "3:4", resolution: "2K" }],
		// The model, under other names.
		[
			{ parameters: { model: "flux-schnell" }, size: "1024x768" },
			{ ...ONE, image_size: { width: 1024, height: 768 } },
		],
		[
			{ model: "flux-schnell", model_name: "nano-banana-2", size: "1024x768" },
			{ ...ONE, image_size: { width: 1024, height: 768 } },
		],
		// Seeds.
		[{ seed: 7 }, { ...ONE, seed: 7 }],
		[{ seed: 2 ** 31 + 7 }, { ...ONE, seed: 7 }],
		[{ seed: 2 ** 32 + 7 }, { ...ONE, seed: 7 }],
		[{ seed: 2 ** 53 + 2 }, { ...ONE, seed: 2 }],
		[
			{ extra_body: { seed: 7, quality: "hd", n: 2, size: "16:9" } },
			{ num_images: 2, aspect_ratio: "16:9", resolution: "2K", seed: 7 },
		],
	])("for %j: %j", async (more, asked) => {
		const each = await Promise.all(APIS.map((api) => askedOf(api, more)));
		expect(each).toEqual([asked, asked, asked]);
	});

	it("for a random picture by the seed -1", async () => {
		const seeds = await Promise.all([1, 2].flatMap(() => APIS.map((api) => askedOf(api, { seed: -1 }))));
		expect(new Set(seeds.map((asked) => JSON.stringify(asked))).size).toBe(seeds.length);
	});
});

describe("a model under another name that nobody has", () => {
	it.each(APIS)("is a 404 on that field, and the default model draws nothing, in %s", async (api) => {
		const response = await ask(PATHS[api], { json: bodyOf(api, aPrompt(""), { extra_body: { model: "no-such" } }) });
		expect(response.status).toBe(404);
		expect(await response.json()).toMatchObject({ error: { code: "model_not_found", param: "extra_body.model" } });
	});
});
