/** OpenAI's GPT Image on fal. */

import { edit, PNG_JPEG_WEBP, upTo, WORDS, WORDS_WITH_AUTO } from "./parts.ts";
import type { CatalogueModel, Family, MaskField, Traits } from "./types.ts";

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
const GPT_IMAGE_MINI: Traits = { ...GPT_IMAGE, quality: WORDS, shape: "auto" };

/** Without a word it would draw 4:3 at the quality `high`, the dearest. OpenAI's own default is `auto` for both. */
const GPT_IMAGE_2: Traits = {
	...GPT_IMAGE,
	// The shortest side follows from the area and the elongation: 1408x480.
	dialect: {
		kind: "pixels",
		min: 480,
		max: 3840,
		multiple: 16,
		area: { min: 655_360, max: 8_294_400 },
		maxElongation: 3,
		auto: "auto",
	},
	quality: WORDS_WITH_AUTO,
	background: false,
	shape: "auto",
};

export const GPT_IMAGE_MODELS: readonly CatalogueModel[] = [
	{
		id: "gpt-image-1.5",
		endpoint: "fal-ai/gpt-image-1.5",
		...GPT_IMAGE,
		edits: [edit("fal-ai/gpt-image-1.5/edit", GPT_IMAGE, upTo(16), { inputFidelity: true, mask: MASK })],
		chatAlias: "darkroom-gpt",
		aliases: ["gpt-image-1"],
		successor: null,
		releasedOn: "2025-12-16",
	},
	{
		id: "gpt-image-2",
		endpoint: "openai/gpt-image-2",
		...GPT_IMAGE_2,
		edits: [edit("openai/gpt-image-2/edit", GPT_IMAGE_2, upTo(16), { mask: { ...MASK, field: "mask_url" } })],
		chatAlias: "darkroom-gpt-2",
		// OpenAI's later ones are nearest to it.
		aliases: ["chatgpt-image-latest", "gpt-image-*"],
		successor: null,
		releasedOn: "2026-04-21",
	},
	{
		id: "gpt-image-1-mini",
		endpoint: "fal-ai/gpt-image-1-mini",
		...GPT_IMAGE_MINI,
		edits: [edit("fal-ai/gpt-image-1-mini/edit", GPT_IMAGE_MINI, upTo(16))],
		chatAlias: "darkroom-gpt-mini",
		aliases: [],
		successor: null,
		releasedOn: "2025-10-06",
	},
];

export const GPT_IMAGE_FAMILIES: readonly Family[] = [
	["fal-ai/gpt-image-1", GPT_IMAGE],
	["openai/gpt-image-2", GPT_IMAGE_2],
];
