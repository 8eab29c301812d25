/** Models of other makers on fal. */

import {
	BY_RATIO,
	each,
	edit,
	ONE_IMAGE,
	optional,
	PIXELS_OR_AUTO,
	PNG_JPEG,
	PNG_JPEG_WEBP,
	pixels,
	ratios,
	row,
	USUAL,
	upTo,
	WHITE_MASK,
} from "./parts.ts";
import type { CatalogueModel, Family, Traits } from "./types.ts";

const GROK: Traits = {
	...BY_RATIO,
	dialect: ratios("1:1 2:1 20:9 19.5:9 16:9 4:3 3:2 2:3 3:4 9:16 9:19.5 9:20 1:2"),
	resolutions: ["1k", "2k"],
	seed: false,
	shape: "1:1",
};
const REVE: Traits = {
	...BY_RATIO,
	dialect: ratios("1:1 4:1 3:1 21:9 2:1 17:9 16:9 3:2 4:3 5:4 4:5 3:4 2:3 9:16 1:2 1:3 1:4"),
	seed: false,
};
const HUNYUAN: Traits = { ...USUAL, dialect: PIXELS_OR_AUTO, shape: "auto" };
/** Multiples of 32, to about 2048x2048. */
const HIDREAM: Traits = {
	...USUAL,
	dialect: pixels(512, 2048, { multiple: 32 }),
	outputFormats: PNG_JPEG_WEBP,
	shape: "auto",
};
const KLING_O: Traits = {
	...BY_RATIO,
	dialect: ratios("1:1 16:9 9:16 4:3 3:4 3:2 2:3 21:9"),
	resolutions: ["1K", "2K", "4K"],
	maxImages: 9,
	maxPromptChars: 2500,
	seed: false,
	shape: "16:9",
};
const KLING_2K: Traits = { ...KLING_O, resolutions: ["1K", "2K"] };
const LUMA: Traits = {
	...BY_RATIO,
	dialect: ratios("1:1 3:1 2:1 16:9 3:2 2:3 9:16 1:2 1:3"),
	maxImages: 1,
	outputFormats: PNG_JPEG,
	seed: false,
};
const KREA: Traits = {
	...BY_RATIO,
	dialect: ratios("1:1 4:3 3:2 16:9 2.35:1 4:5 2:3 9:16"),
	maxImages: 1,
	outputFormats: [],
	shape: "1:1",
};
const MAI: Traits = { ...BY_RATIO, dialect: ratios("1:1 4:3 3:4 16:9 9:16 3:2 2:3"), seed: false };
const IMAGINEART: Traits = {
	...BY_RATIO,
	dialect: ratios("1:1 16:9 9:16 4:3 3:4 3:1 1:3 3:2 2:3 21:9 4:5 5:4 4:1 1:4"),
	resolutions: ["1K", "2K"],
	maxImages: 1,
	outputFormats: [],
	shape: "1:1",
};
const { resolutions: _none, ...IMAGINEART_EDIT }: Traits = {
	...IMAGINEART,
	dialect: ratios("1:1 9:16 16:9 3:2 2:3 4:3 3:4 4:5 5:4 3:1 1:3 21:9"),
	seed: false,
};
const FIBO: Traits = {
	...BY_RATIO,
	dialect: ratios("1:1 2:3 3:2 3:4 4:3 4:5 5:4 9:16 16:9"),
	resolutions: ["1MP", "4MP"],
	maxImages: 1,
	outputFormats: [],
	negativePrompt: true,
	shape: "1:1",
};
const { resolutions: _, ...FIBO_EDIT }: Traits = { ...FIBO, prompt: "instruction", dialect: { kind: "none" } };
const MINIMAX: Traits = {
	...BY_RATIO,
	dialect: ratios("1:1 16:9 4:3 3:2 2:3 3:4 9:16 21:9"),
	maxImages: 9,
	outputFormats: [],
	seed: false,
	shape: "1:1",
};
const WITH_NEGATIVE: Traits = { ...USUAL, negativePrompt: true, shape: "auto" };
const GLM: Traits = { ...USUAL, dialect: pixels(512, 2048, { multiple: 32 }), shape: "1:1" };
const LONGCAT: Traits = { ...USUAL, outputFormats: PNG_JPEG_WEBP };

export const OTHER_MODELS: readonly CatalogueModel[] = [
	row("grok-imagine-image", "xai/grok-imagine-image", GROK, {
		edits: [edit("xai/grok-imagine-image/edit", GROK, optional(upTo(3)))],
		// fal.ai/models/xai/grok-imagine-image/llms.txt.
		price: each(0.02),
		chat: "grok",
		also: ["grok-imagine", "grok-2-image"],
	}),
	row("grok-imagine-image-quality", "xai/grok-imagine-image/quality/text-to-image", GROK, {
		edits: [edit("xai/grok-imagine-image/quality/edit", GROK, optional(upTo(3)))],
		chat: "grok-quality",
		also: ["grok-imagine-quality"],
	}),
	row("reve-2.1", "reve/2.1/text-to-image", REVE, {
		edits: [edit("reve/2.1/edit", REVE, ONE_IMAGE), edit("reve/2.1/remix", REVE, upTo(8))],
		chat: "reve",
		also: ["reve"],
	}),
	row("hunyuan-image-3", "fal-ai/hunyuan-image/v3/instruct/text-to-image", HUNYUAN, {
		edits: [edit("fal-ai/hunyuan-image/v3/instruct/edit", HUNYUAN, upTo(3))],
		chat: "hunyuan",
		also: ["hunyuan-image-3.0"],
	}),
	row("hidream-o1", "fal-ai/hidream-o1-image", HIDREAM, {
		// fal tells no bound of the pictures.
		edits: [edit("fal-ai/hidream-o1-image/edit", HIDREAM, upTo(4, "reference_image_urls"))],
		chat: "hidream",
		also: ["hidream-o1-image"],
	}),
	row("kling-image-o3", "fal-ai/kling-image/o3/text-to-image", KLING_O, {
		edits: [edit("fal-ai/kling-image/o3/image-to-image", KLING_O, upTo(10))],
		chat: "kling-o3",
		also: ["kling-image"],
	}),
	row(
		"kling-image-v3",
		"fal-ai/kling-image/v3/text-to-image",
		{ ...KLING_2K, negativePrompt: true },
		{
			edits: [edit("fal-ai/kling-image/v3/image-to-image", KLING_2K, ONE_IMAGE, { shape: "16:9" })],
			chat: "kling",
		},
	),
	row(
		"kling-image-o1",
		"fal-ai/kling-image/o1",
		{ ...KLING_2K, images: upTo(10), shape: "auto" },
		{ chat: "kling-o1" },
	),
	row("luma-uni-1", "luma/agent/uni-1/v1/text-to-image", LUMA, {
		edits: [edit("luma/agent/uni-1/v1/edit", { ...LUMA, dialect: { kind: "none" } }, ONE_IMAGE)],
		chat: "luma",
		also: ["uni-1"],
	}),
	row("krea-2-large", "krea/v2/large/text-to-image", KREA, { chat: "krea", also: ["krea-2"] }),
	row("krea-2-medium", "krea/v2/medium/text-to-image", KREA, { chat: "krea-medium" }),
	row("mai-image-2.5", "microsoft/mai-image-2.5", MAI, {
		edits: [edit("microsoft/mai-image-2.5/edit", MAI, upTo(1))],
		chat: "mai",
	}),
	row("mai-image-2.5-pro", "microsoft/mai-image-2.5-pro", MAI, {
		edits: [edit("microsoft/mai-image-2.5-pro/edit", MAI, optional(ONE_IMAGE))],
		chat: "mai-pro",
	}),
	row("imagineart-2", "imagineart/imagineart-2.0-preview/text-to-image", IMAGINEART, {
		edits: [edit("imagineart/imagineart-2.0-edit-preview/image-to-image", IMAGINEART_EDIT, upTo(4))],
		chat: "imagineart",
		also: ["imagineart"],
	}),
	row("bria-fibo", "bria/fibo/generate", FIBO, {
		edits: [edit("bria/fibo-edit/edit", FIBO_EDIT, optional(ONE_IMAGE), { mask: { ...WHITE_MASK, required: false } })],
		chat: "fibo",
		also: ["fibo"],
	}),
	row("minimax-image-01", "fal-ai/minimax/image-01", MINIMAX, { chat: "minimax", also: ["image-01"] }),
	row("stable-diffusion-3.5-large", "fal-ai/stable-diffusion-v35-large", WITH_NEGATIVE, {
		chat: "stability",
		also: ["sd3.5-large", "stable-diffusion-3.5"],
		releasedOn: "2024-10-22",
	}),
	row("sana", "fal-ai/sana", WITH_NEGATIVE, { chat: "sana" }),
	row("glm-image", "fal-ai/glm-image", GLM, {
		// fal tells no bound of the pictures.
		edits: [edit("fal-ai/glm-image/image-to-image", GLM, upTo(4), { shape: "1:1" })],
		chat: "glm",
	}),
	row("longcat-image", "fal-ai/longcat-image", LONGCAT, {
		edits: [edit("fal-ai/longcat-image/edit", { ...LONGCAT, dialect: { kind: "none" } }, ONE_IMAGE)],
		chat: "longcat",
	}),
];

export const OTHER_FAMILIES: readonly Family[] = [
	["xai/grok-imagine-image", GROK],
	["reve/", REVE],
	["fal-ai/hunyuan-image/v3/instruct", HUNYUAN],
	["fal-ai/hidream-o1", HIDREAM],
	["fal-ai/kling-image/o3", KLING_O],
	["fal-ai/kling-image", KLING_2K],
	["luma/agent/uni-1", LUMA],
	["krea/v2", KREA],
	["microsoft/mai-image", MAI],
	["fal-ai/glm-image", GLM],
];

/** The traits of an id that no family fits. */
export const UNKNOWN_MODEL: Traits = {
	dialect: { kind: "unknown" },
	/** OpenAI's own bound. */
	maxImages: 10,
	outputFormats: PNG_JPEG_WEBP,
	quality: null,
	seed: true,
	shape: "auto",
};
