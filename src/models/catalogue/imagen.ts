/** Google's Imagen 4 on fal. */

import { PNG_JPEG_WEBP, TOLERANCE_TO_6 } from "./parts.ts";
import type { CatalogueModel, Family, Traits } from "./types.ts";

const IMAGEN: Traits = {
	dialect: { kind: "ratio", ratios: ["1:1", "16:9", "9:16", "4:3", "3:4"] },
	maxImages: 4,
	resolutions: ["1K", "2K"],
	outputFormats: PNG_JPEG_WEBP,
	quality: null,
	seed: true,
	lenient: TOLERANCE_TO_6,
	shape: "1:1",
};
const { resolutions: _none, ...IMAGEN_FAST } = IMAGEN;

/** fal's client lists Imagen no longer, so its inputs are written down here. */
const INPUTS_OF_FAST = ["prompt", "aspect_ratio", "num_images", "seed", "output_format", "safety_tolerance"];
const INPUTS = [...INPUTS_OF_FAST, "resolution"];

export const IMAGEN_MODELS: readonly CatalogueModel[] = [
	{
		id: "imagen4-preview",
		endpoint: "fal-ai/imagen4/preview",
		inputs: INPUTS,
		...IMAGEN,
		chatAlias: "darkroom",
		aliases: ["imagen4", "imagen-4", "dall-e-2", "dall-e-3"],
		editedBy: "nano-banana-2",
		successor: "nano-banana-2",
		releasedOn: "2025-05-20",
	},
	{
		id: "imagen4-fast",
		endpoint: "fal-ai/imagen4/preview/fast",
		inputs: INPUTS_OF_FAST,
		...IMAGEN_FAST,
		chatAlias: "darkroom-fast",
		aliases: ["imagen4-preview-fast", "imagen-4-fast"],
		editedBy: "nano-banana-2",
		successor: "nano-banana-2",
		releasedOn: "2025-08-14",
	},
	{
		id: "imagen4-ultra",
		endpoint: "fal-ai/imagen4/preview/ultra",
		inputs: INPUTS,
		...IMAGEN,
		chatAlias: "darkroom-ultra",
		aliases: ["imagen4-preview-ultra", "imagen-4-ultra"],
		editedBy: "nano-banana-2",
		successor: "nano-banana-2",
		releasedOn: "2025-06-24",
	},
];

export const IMAGEN_FAMILIES: readonly Family[] = [
	["fal-ai/imagen4/preview/fast", IMAGEN_FAST],
	["fal-ai/imagen4/fast", IMAGEN_FAST],
	["fal-ai/imagen4", IMAGEN],
];
