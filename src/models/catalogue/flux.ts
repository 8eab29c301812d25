/** Black Forest Labs' FLUX on fal. */

import type { CatalogueModel, Family, Traits } from "./types.ts";

export const FLUX: Traits = {
	// fal publishes no bounds. These are the sizes that such models are trained on, and they bound the price of a picture.
	dialect: { kind: "pixels", min: 256, max: 2048, multiple: 16 },
	maxImages: 4,
	outputFormats: ["png", "jpeg"],
	quality: null,
	seed: true,
	shape: "4:3",
};
const FLUX_BY_RATIO: Traits = {
	...FLUX,
	dialect: { kind: "ratio", ratios: ["1:1", "21:9", "16:9", "3:2", "4:3", "3:4", "2:3", "9:16", "9:21"] },
	shape: "auto",
};

export const FLUX_MODELS: readonly CatalogueModel[] = [
	{
		id: "flux-schnell",
		endpoint: "fal-ai/flux/schnell",
		...FLUX,
		chatAlias: "darkroom-schnell",
		aliases: ["flux-1-schnell"],
		successor: null,
		releasedOn: "2024-08-01",
	},
];

export const FLUX_FAMILIES: readonly Family[] = [
	["fal-ai/flux-pro/v1.1-ultra", FLUX_BY_RATIO],
	["fal-ai/flux-pro/kontext", FLUX_BY_RATIO],
	["fal-ai/flux-pro", FLUX],
	["fal-ai/flux-2-", { ...FLUX, maxImages: 1 }],
	["fal-ai/flux-2", FLUX],
	["fal-ai/flux/", FLUX],
];
