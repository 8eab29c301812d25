/** Google's Nano Banana (Gemini's image models) on fal. */

import { edit, PNG_JPEG_WEBP, TOLERANCE_TO_6, upTo } from "./parts.ts";
import type { CatalogueModel, Family, Traits } from "./types.ts";

const RATIOS = ["1:1", "21:9", "16:9", "3:2", "4:3", "5:4", "4:5", "3:4", "2:3", "9:16"];

const NANO_BANANA: Traits = {
	dialect: { kind: "ratio", ratios: RATIOS },
	maxImages: 4,
	outputFormats: PNG_JPEG_WEBP,
	quality: null,
	seed: true,
	lenient: TOLERANCE_TO_6,
	shape: "auto",
};
const NANO_BANANA_PRO: Traits = { ...NANO_BANANA, resolutions: ["1K", "2K", "4K"] };
const NANO_BANANA_2: Traits = {
	...NANO_BANANA,
	dialect: { kind: "ratio", ratios: [...RATIOS, "4:1", "1:4", "8:1", "1:8"] },
	resolutions: ["0.5K", "1K", "2K", "4K"],
};

export const NANO_BANANA_MODELS: readonly CatalogueModel[] = [
	{
		id: "nano-banana-2",
		endpoint: "fal-ai/nano-banana-2",
		...NANO_BANANA_2,
		edits: [edit("fal-ai/nano-banana-2/edit", NANO_BANANA_2, upTo(14))],
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
