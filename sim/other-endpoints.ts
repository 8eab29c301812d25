/** Endpoints that the data lacks, in its form: pictures that came or went since August 2026, and what makes no picture. */
import type { EndpointData } from "./endpoints.ts";

const FORMATS = { type: '"jpeg" | "png" | "webp"', default: "png" };
const TEXT = { type: "string" };
const PROMPT = { type: "string", required: true };
const COUNT = { type: "number", default: "1" };
const NUMBER = { type: "number" };
const SWITCH = { type: "boolean" };

/** fal's client had Imagen 4 until April 2026. */
const IMAGEN: EndpointData["in"] = {
	prompt: PROMPT,
	aspect_ratio: { type: '"1:1" | "16:9" | "9:16" | "4:3" | "3:4"', default: "1:1" },
	num_images: COUNT,
	output_format: FORMATS,
	safety_tolerance: { type: '"1" | "2" | "3" | "4" | "5" | "6"', default: "4" },
	seed: NUMBER,
	sync_mode: SWITCH,
};
const IMAGEN_PLAIN = {
	in: { ...IMAGEN, resolution: { type: '"1K" | "2K"', default: "1K" } },
	out: ["images", "description"],
};
const IMAGEN_FAST = { in: IMAGEN, out: ["images", "description"] };

/** Source: fal.ai/learn/tools/nano-banana-api, November 2026. Its fields are those of nano-banana-2. */
const NANO_BANANA_2_1: EndpointData["in"] = {
	prompt: PROMPT,
	aspect_ratio: {
		type: '"auto" | "21:9" | "16:9" | "3:2" | "4:3" | "5:4" | "1:1" | "4:5" | "3:4" | "2:3" | "9:16" | "4:1" | "1:4" | "8:1" | "1:8"',
		default: "auto",
	},
	resolution: { type: '"0.5K" | "1K" | "2K" | "4K"', default: "1K" },
	num_images: COUNT,
	output_format: FORMATS,
	safety_tolerance: { type: '"1" | "2" | "3" | "4" | "5" | "6"', default: "4" },
	seed: NUMBER,
	sync_mode: SWITCH,
	limit_generations: SWITCH,
	enable_web_search: SWITCH,
	thinking_level: { type: '"minimal" | "high"' },
};

/** Source: fal.ai/models/bytedance/seedream/v5.5/text-to-image/llms.txt, November 2026. */
const SEEDREAM_5_5: EndpointData["in"] = {
	prompt: PROMPT,
	image_size: {
		type: 'ImageSize | "square_hd" | "square" | "portrait_4_3" | "portrait_16_9" | "landscape_4_3" | "landscape_16_9" | "auto_1K" | "auto_2K"',
		default: "auto_2K",
	},
	num_images: COUNT,
	output_format: { type: '"jpeg" | "png"', default: "png" },
	enable_safety_checker: { type: "boolean", default: "true" },
	sync_mode: SWITCH,
};
const PICTURES = { image_urls: { type: "Array<string>", required: true } };

export const OTHER_ENDPOINTS: Readonly<Record<string, EndpointData>> = {
	"fal-ai/imagen4/preview": IMAGEN_PLAIN,
	"fal-ai/imagen4/preview/ultra": IMAGEN_PLAIN,
	"fal-ai/imagen4/preview/fast": IMAGEN_FAST,
	"fal-ai/imagen4/ultra": IMAGEN_PLAIN,
	"fal-ai/imagen4/fast": IMAGEN_FAST,
	"google/nano-banana-2.1": { in: NANO_BANANA_2_1, out: ["images", "description"] },
	"google/nano-banana-2.1/edit": { in: { ...NANO_BANANA_2_1, ...PICTURES }, out: ["images", "description"] },
	"bytedance/seedream/v5.5/text-to-image": { in: SEEDREAM_5_5, out: ["images"] },
	"bytedance/seedream/v5.5/edit": { in: { ...SEEDREAM_5_5, ...PICTURES }, out: ["images"] },
	// A model that nobody has heard of, of an owner of its own.
	"atelier-nord/lumen/v3/text-to-image": {
		in: {
			prompt: PROMPT,
			aspect_ratio: { type: '"1:1" | "16:9" | "9:16"', default: "1:1" },
			num_images: COUNT,
			output_format: { type: '"jpeg" | "png"', default: "jpeg" },
			seed: NUMBER,
			negative_prompt: TEXT,
			mood: { type: '"calm" | "wild"', default: "calm" },
			enable_safety_checker: { type: "boolean", default: "true" },
		},
		out: ["images", "seed"],
	},
	"fal-ai/veo3": {
		in: { prompt: PROMPT, aspect_ratio: { type: '"16:9" | "9:16"' }, duration: { type: '"4s" | "8s"' }, seed: NUMBER },
		out: ["video"],
	},
	"fal-ai/kling-video/v3/pro/image-to-video": {
		in: { prompt: PROMPT, image_url: { type: "string", required: true } },
		out: ["video"],
	},
	"fal-ai/any-llm": { in: { prompt: PROMPT, system_prompt: TEXT, model: TEXT }, out: ["output", "reasoning"] },
	"fal-ai/elevenlabs/tts/turbo-v2.5": { in: { text: PROMPT, voice: TEXT }, out: ["audio"] },
	"fal-ai/flux-lora-fast-training": {
		in: { images_data_url: { type: "string", required: true }, trigger_word: TEXT, steps: NUMBER },
		out: ["diffusers_lora_file", "config_file"],
	},
	"fal-ai/imageutils/nsfw": { in: { image_url: { type: "string", required: true } }, out: ["nsfw_probability"] },
};
