/** ByteDance's Seedream on fal. */

import { FLUX } from "./flux.ts";
import { edit, upTo } from "./parts.ts";
import type { CatalogueModel, Family, Traits } from "./types.ts";

const SEEDREAM: Traits = {
	...FLUX,
	dialect: { kind: "pixels", min: 960, max: 4096, multiple: 16 },
	maxImages: 6,
	outputFormats: [],
	// It may draw more pictures than were asked for, each of them paid.
	fixed: { max_images: 1 },
};
/** fal's text: 2560x1440 to 4096x4096 pixels in all. Without a size it chooses one of about 2048x2048. */
const SEEDREAM_5_LITE: Traits = {
	...SEEDREAM,
	dialect: {
		kind: "pixels",
		min: 1024,
		max: 4096,
		multiple: 16,
		area: { min: 3_686_400, max: 16_777_216 },
		maxElongation: 4,
	},
	seed: false,
	shape: "auto",
};

export const SEEDREAM_MODELS: readonly CatalogueModel[] = [
	{
		id: "seedream-5-lite",
		endpoint: "bytedance/seedream/v5/lite/text-to-image",
		...SEEDREAM_5_LITE,
		edits: [edit("bytedance/seedream/v5/lite/edit", SEEDREAM_5_LITE, upTo(10))],
		chatAlias: "darkroom-dream-lite",
		aliases: ["seedream-5.0-lite"],
		successor: null,
		releasedOn: "2026-02-10",
	},
];

export const SEEDREAM_FAMILIES: readonly Family[] = [
	["fal-ai/bytedance/seedream/", SEEDREAM],
	["bytedance/seedream/", SEEDREAM_5_LITE],
];
