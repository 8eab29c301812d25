/** Google's Nano Banana (Gemini's image models) on fal. */

import type { CatalogueModel, Family, Traits } from "./types.ts";

const RATIOS = ["1:1", "21:9", "16:9", "3:2", "4:3", "5:4", "4:5", "3:4", "2:3", "9:16"];

const NANO_BANANA_PRO: Traits = {
	dialect: { kind: "ratio", ratios: RATIOS },
	maxImages: 4,
	outputFormats: ["png", "jpeg", "webp"],
	quality: "resolution",
	takes4K: true,
	seed: true,
	shape: "auto",
};
const NANO_BANANA_2: Traits = {
	...NANO_BANANA_PRO,
	dialect: { kind: "ratio", ratios: [...RATIOS, "4:1", "1:4", "8:1", "1:8"] },
};
const NANO_BANANA: Traits = { ...NANO_BANANA_PRO, quality: null, takes4K: false };

export const NANO_BANANA_MODELS: readonly CatalogueModel[] = [
	{
		id: "nano-banana-2",
		endpoint: "fal-ai/nano-banana-2",
		...NANO_BANANA_2,
		chatAlias: "darkroom-banana",
		aliases: [],
		successor: null,
		releasedOn: "2026-02-26",
	},
];

export const NANO_BANANA_FAMILIES: readonly Family[] = [
	["fal-ai/nano-banana-2", NANO_BANANA_2],
	["fal-ai/nano-banana-pro", NANO_BANANA_PRO],
	["fal-ai/nano-banana", NANO_BANANA],
];
