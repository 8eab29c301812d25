/** OpenAI's GPT Image on fal. */

import { edit, PNG_JPEG_WEBP, pixels, row, upTo, WORDS, WORDS_WITH_AUTO } from "./parts.ts";
import type { CatalogueModel, Family, MaskField, Price, Traits } from "./types.ts";

const SIZES = ["1024x1024", "1536x1024", "1024x1536"];
/** fal tells no polarity. OpenAI's own is passed through. */
const MASK: MaskField = { field: "mask_image_url", polarity: "alpha", required: false };

const GPT_IMAGE: Traits = {
	dialect: { kind: "text", sizes: SIZES },
	maxImages: 4,
	outputFormats: PNG_JPEG_WEBP,
	quality: WORDS,
	seed: false,
	background: true,
	shape: "1:1",
};
// Without a word it chooses, as with `auto`.
const MINI: Traits = { ...GPT_IMAGE, shape: "auto" };

/** Without a word it would draw 4:3 at the quality `high`, the dearest. OpenAI's own default is `auto` for both. */
const GPT_IMAGE_2: Traits = {
	...GPT_IMAGE,
	// fal.ai/models/openai/gpt-image-2/llms.txt. The shortest side follows from the area and the elongation: 1408x480.
	dialect: pixels(480, 3840, { area: { min: 655_360, max: 8_294_400 }, maxElongation: 3, auto: "auto" }),
	quality: WORDS_WITH_AUTO,
	background: false,
	shape: "auto",
};

/** fal.ai/models/openai/gpt-image-2: a table of six sizes, in which the square costs more than some larger ones. Text comes on top. */
const PRICE_2: Price = {
	per: "image",
	tiers: [
		{ usd: 0.01, when: ["quality", "low"], upTo: 3_686_400 },
		{ usd: 0.02, when: ["quality", "low"] },
		{ usd: 0.06, when: ["quality", "medium"], upTo: 3_686_400 },
		{ usd: 0.11, when: ["quality", "medium"] },
		{ usd: 0.22, upTo: 2_073_600 },
		{ usd: 0.23, upTo: 3_686_400 },
		{ usd: 0.41 },
	],
};

export const GPT_IMAGE_MODELS: readonly CatalogueModel[] = [
	row("gpt-image-1.5", "fal-ai/gpt-image-1.5", GPT_IMAGE, {
		edits: [edit("fal-ai/gpt-image-1.5/edit", GPT_IMAGE, upTo(16), { inputFidelity: true, mask: MASK })],
		chat: "gpt",
		also: ["gpt-image-1", "gpt-image-1-*", "gpt-image-1.5-*"],
		releasedOn: "2025-12-16",
	}),
	row("gpt-image-2", "openai/gpt-image-2", GPT_IMAGE_2, {
		edits: [
			edit("openai/gpt-image-2/edit", GPT_IMAGE_2, upTo(16), { mask: { ...MASK, field: "mask_url" }, price: PRICE_2 }),
		],
		price: PRICE_2,
		chat: "gpt-2",
		// OpenAI's later ones are nearest to it.
		also: ["chatgpt-image-latest", "gpt-image-*"],
		releasedOn: "2026-04-21",
	}),
	row("gpt-image-1-mini", "fal-ai/gpt-image-1-mini", MINI, {
		edits: [edit("fal-ai/gpt-image-1-mini/edit", MINI, upTo(16))],
		chat: "gpt-mini",
		also: ["gpt-image-1-mini-*"],
		releasedOn: "2025-10-06",
	}),
];

export const GPT_IMAGE_FAMILIES: readonly Family[] = [
	["fal-ai/gpt-image-1", GPT_IMAGE],
	["openai/gpt-image-2", GPT_IMAGE_2],
];
