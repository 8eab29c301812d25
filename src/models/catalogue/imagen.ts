/** Google's Imagen 4 on fal. */

import type { CatalogueModel, Family, Traits } from "./types.ts";

const IMAGEN: Traits = {
	dialect: { kind: "ratio", ratios: ["1:1", "16:9", "9:16", "4:3", "3:4"] },
	maxImages: 4,
	outputFormats: ["png", "jpeg", "webp"],
	quality: "resolution",
	seed: true,
	shape: "1:1",
};
const IMAGEN_FAST: Traits = { ...IMAGEN, quality: null };

export const IMAGEN_MODELS: readonly CatalogueModel[] = [
	{
		id: "imagen4-preview",
		endpoint: "fal-ai/imagen4/preview",
		...IMAGEN,
		chatAlias: "darkroom",
		aliases: ["imagen4", "imagen-4", "dall-e-2", "dall-e-3"],
		successor: "nano-banana-2",
		releasedOn: "2025-05-20",
	},
	{
		id: "imagen4-fast",
		endpoint: "fal-ai/imagen4/preview/fast",
		...IMAGEN_FAST,
		chatAlias: "darkroom-fast",
		aliases: ["imagen4-preview-fast", "imagen-4-fast"],
		successor: "nano-banana-2",
		releasedOn: "2025-08-14",
	},
	{
		id: "imagen4-ultra",
		endpoint: "fal-ai/imagen4/preview/ultra",
		...IMAGEN,
		chatAlias: "darkroom-ultra",
		aliases: ["imagen4-preview-ultra", "imagen-4-ultra"],
		successor: "nano-banana-2",
		releasedOn: "2025-06-24",
	},
];

export const IMAGEN_FAMILIES: readonly Family[] = [
	["fal-ai/imagen4/preview/fast", IMAGEN_FAST],
	["fal-ai/imagen4/fast", IMAGEN_FAST],
	["fal-ai/imagen4", IMAGEN],
];
