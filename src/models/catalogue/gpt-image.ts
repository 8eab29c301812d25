/** OpenAI's GPT Image on fal. */

import type { CatalogueModel, Family, Traits } from "./types.ts";

const GPT_IMAGE: Traits = {
	dialect: { kind: "text", sizes: ["1024x1024", "1536x1024", "1024x1536"] },
	maxImages: 4,
	outputFormats: ["png", "jpeg", "webp"],
	quality: "words",
	seed: false,
	shape: "1:1",
};

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
	},
	takesAuto: true,
	shape: "auto",
};

export const GPT_IMAGE_MODELS: readonly CatalogueModel[] = [
	{
		id: "gpt-image-1.5",
		endpoint: "fal-ai/gpt-image-1.5",
		...GPT_IMAGE,
		chatAlias: "darkroom-gpt",
		aliases: ["gpt-image-1"],
		successor: null,
		releasedOn: "2025-12-16",
	},
	{
		id: "gpt-image-2",
		endpoint: "openai/gpt-image-2",
		...GPT_IMAGE_2,
		chatAlias: "darkroom-gpt-2",
		// OpenAI's later ones are nearest to it.
		aliases: ["chatgpt-image-latest", "gpt-image-*"],
		successor: null,
		releasedOn: "2026-04-21",
	},
	{
		id: "gpt-image-1-mini",
		endpoint: "fal-ai/gpt-image-1-mini",
		...GPT_IMAGE,
		// Without a word it chooses, as with `auto`.
		shape: "auto",
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
