/** Families without a row of their own in the catalogue, and the traits of every other fal model. */

import { FLUX } from "./flux.ts";
import type { Family, Traits } from "./types.ts";

export const OTHER_FAMILIES: readonly Family[] = [
	["fal-ai/qwen-image", FLUX],
	["fal-ai/recraft/v3/", { ...FLUX, maxImages: 1, outputFormats: [], seed: false }],
	["fal-ai/ideogram/v3", { ...FLUX, maxImages: 8, outputFormats: [] }],
];

/** The traits of an id that no family fits. */
export const UNKNOWN_MODEL: Traits = {
	dialect: { kind: "unknown" },
	/** OpenAI's own bound. */
	maxImages: 10,
	outputFormats: ["png", "jpeg", "webp"],
	quality: null,
	seed: true,
	shape: "auto",
};
