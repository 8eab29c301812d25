/** Black Forest Labs' FLUX on fal. */

import { edit, ONE_IMAGE, PNG_JPEG, PNG_JPEG_WEBP, TOLERANCE_TO_5, TOLERANCE_TO_6, upTo } from "./parts.ts";
import type { CatalogueModel, Family, Traits } from "./types.ts";

export const FLUX: Traits = {
	// fal publishes no bounds. These are the sizes that such models are trained on, and they bound the price of a picture.
	dialect: { kind: "pixels", min: 256, max: 2048, multiple: 16 },
	maxImages: 4,
	outputFormats: PNG_JPEG,
	quality: null,
	seed: true,
	shape: "4:3",
};
const FLUX_PRO: Traits = { ...FLUX, lenient: TOLERANCE_TO_6 };
const FLUX_BY_RATIO: Traits = {
	...FLUX_PRO,
	dialect: { kind: "ratio", ratios: ["1:1", "21:9", "16:9", "3:2", "4:3", "3:4", "2:3", "9:16", "9:21"] },
	shape: "auto",
};
// fal tells 512 to 2048 pixels a side.
const FLUX_2: Traits = {
	...FLUX,
	dialect: { kind: "pixels", min: 512, max: 2048, multiple: 16 },
	outputFormats: PNG_JPEG_WEBP,
};
const FLUX_2_PRO: Traits = { ...FLUX, maxImages: 1, lenient: TOLERANCE_TO_5 };

/** Follows its picture without a size. */
const KONTEXT_EDITS = [
	edit("fal-ai/flux-pro/kontext", FLUX_BY_RATIO, ONE_IMAGE),
	// fal tells no bound.
	edit("fal-ai/flux-pro/kontext/multi", FLUX_BY_RATIO, upTo(4)),
];

export const FLUX_MODELS: readonly CatalogueModel[] = [
	{
		id: "flux-schnell",
		endpoint: "fal-ai/flux/schnell",
		...FLUX,
		editedBy: "flux-kontext",
		chatAlias: "darkroom-schnell",
		aliases: ["flux-1-schnell"],
		successor: null,
		releasedOn: "2024-08-01",
	},
	{
		id: "flux-2",
		endpoint: "fal-ai/flux-2",
		...FLUX_2,
		edits: [edit("fal-ai/flux-2/edit", FLUX_2, upTo(4))],
		chatAlias: "darkroom-bfl-2",
		aliases: ["flux-2-dev"],
		successor: null,
		releasedOn: "2025-11-25",
	},
	{
		id: "flux-2-pro",
		endpoint: "fal-ai/flux-2-pro",
		...FLUX_2_PRO,
		// fal tells no bound. Eight is the maker's (docs.bfl.ai, FLUX.2).
		edits: [edit("fal-ai/flux-2-pro/edit", FLUX_2_PRO, upTo(8))],
		chatAlias: "darkroom-bfl-2-pro",
		aliases: [],
		successor: null,
		releasedOn: "2025-11-25",
	},
	{
		id: "flux-kontext",
		endpoint: "fal-ai/flux-pro/kontext/text-to-image",
		...FLUX_BY_RATIO,
		edits: KONTEXT_EDITS,
		chatAlias: "darkroom-kontext",
		aliases: ["flux-kontext-pro", "flux-1-kontext-pro"],
		successor: null,
		releasedOn: "2025-05-29",
	},
];

export const FLUX_FAMILIES: readonly Family[] = [
	["fal-ai/flux-pro/v1.1-ultra", FLUX_BY_RATIO],
	["fal-ai/flux-pro/kontext", FLUX_BY_RATIO],
	["fal-ai/flux-pro", FLUX_PRO],
	["fal-ai/flux-2-", FLUX_2_PRO],
	["fal-ai/flux-2", FLUX_2],
	["fal-ai/flux/", FLUX],
];
