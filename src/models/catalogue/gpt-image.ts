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

export const GPT_IMAGE_MODELS: readonly CatalogueModel[] = [
	{
		id: "gpt-image-1.5",
		endpoint: "fal-ai/gpt-image-1.5",
		...GPT_IMAGE,
		chatAlias: "darkroom-gpt",
		aliases: ["gpt-image-1", "gpt-image-1-mini", "gpt-image-2", "chatgpt-image-latest", "gpt-image-*"],
		successor: null,
		releasedOn: "2025-12-16",
	},
];

export const GPT_IMAGE_FAMILIES: readonly Family[] = [["fal-ai/gpt-image-1", GPT_IMAGE]];
