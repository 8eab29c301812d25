/** Google's Imagen 4 on fal. fal's client has listed it no longer since August 2026, so its inputs are written down here. */

import { BY_RATIO, ratios, row, TOLERANCE_TO_6 } from "./parts.ts";
import type { CatalogueModel, Family, Traits } from "./types.ts";

const IMAGEN_FAST: Traits = {
	...BY_RATIO,
	dialect: ratios("1:1 16:9 9:16 4:3 3:4"),
	lenient: TOLERANCE_TO_6,
	shape: "1:1",
};
const IMAGEN: Traits = { ...IMAGEN_FAST, resolutions: ["1K", "2K"] };

const INPUTS_OF_FAST = ["prompt", "aspect_ratio", "num_images", "seed", "output_format", "safety_tolerance"];
const INPUTS = [...INPUTS_OF_FAST, "resolution"];

/** Jobs go on with the successor, which also edits pictures. */
const GONE = { editedBy: "nano-banana-2", successor: "nano-banana-2", shutdownOn: "2026-08-02" } as const;

export const IMAGEN_MODELS: readonly CatalogueModel[] = [
	row("imagen4-preview", "fal-ai/imagen4/preview", IMAGEN, {
		...GONE,
		inputs: INPUTS,
		also: ["imagen4", "imagen-4", "imagen-4.0-*", "dall-e-2", "dall-e-3"],
		releasedOn: "2025-05-20",
	}),
	row("imagen4-fast", "fal-ai/imagen4/preview/fast", IMAGEN_FAST, {
		...GONE,
		inputs: INPUTS_OF_FAST,
		chat: "fast",
		also: ["imagen4-preview-fast", "imagen-4-fast", "imagen-4.0-fast-*"],
		releasedOn: "2025-08-14",
	}),
	row("imagen4-ultra", "fal-ai/imagen4/preview/ultra", IMAGEN, {
		...GONE,
		inputs: INPUTS,
		chat: "ultra",
		also: ["imagen4-preview-ultra", "imagen-4-ultra", "imagen-4.0-ultra-*"],
		releasedOn: "2025-06-24",
	}),
];

export const IMAGEN_FAMILIES: readonly Family[] = [
	["fal-ai/imagen4/preview/fast", IMAGEN_FAST],
	["fal-ai/imagen4/fast", IMAGEN_FAST],
	["fal-ai/imagen4", IMAGEN],
];
