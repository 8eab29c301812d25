/** ByteDance's Seedream on fal. Of the sizes fal bounds the pixels in all, and scales what lies outside. */

import { each, edit, PNG_JPEG, pixels, row, USUAL, upTo } from "./parts.ts";
import type { CatalogueModel, Family, Price, Traits } from "./types.ts";

const V4: Traits = {
	...USUAL,
	dialect: pixels(960, 4096),
	maxImages: 6,
	outputFormats: [],
	// It may draw more pictures than were asked for, each of them paid.
	fixed: { max_images: 1 },
	shape: "auto",
};
/** 2560x1440 to 4096x4096 pixels. Without a size it chooses a shape of about 2048x2048. */
const V4_5: Traits = { ...V4, dialect: pixels(1024, 4096, { area: { min: 3_686_400, max: 16_777_216 } }) };
const V5_LITE: Traits = { ...V4_5, seed: false };
/** 1024x1024 to 2048x2048 pixels. */
const V5_PRO: Traits = {
	...USUAL,
	dialect: pixels(512, 4096, { area: { min: 1_048_576, max: 4_194_304 } }),
	outputFormats: PNG_JPEG,
	seed: false,
	shape: "auto",
};

/** Pictures brought along and pictures made are at most 15 together, so ten leave five. */
const EDIT = { maxImages: 5 } as const;

/** fal.ai/models/bytedance/seedream/v5.5/text-to-image/llms.txt, November 2026. */
const PRICE_5_5: Price = { per: "image", tiers: [{ usd: 0.03, upTo: 2_610_000 }, { usd: 0.0405 }] };

export const SEEDREAM_MODELS: readonly CatalogueModel[] = [
	row("seedream-5.5", "bytedance/seedream/v5.5/text-to-image", V5_PRO, {
		// fal's client is older. That page has the fields of 5 pro; nobody has told those of an edit endpoint.
		editedBy: "seedream-5-pro",
		inputs: ["prompt", "image_size", "num_images", "output_format", "enable_safety_checker", "sync_mode"],
		price: PRICE_5_5,
		chat: "dream",
		also: ["doubao-seedream-5-5-*"],
		releasedOn: "2026-11-12",
	}),
	row("seedream-5-pro", "bytedance/seedream/v5/pro/text-to-image", V5_PRO, {
		edits: [edit("bytedance/seedream/v5/pro/edit", V5_PRO, upTo(10))],
		chat: "dream-pro",
		also: ["seedream-5.0-pro", "doubao-seedream-5-0-pro", "doubao-seedream-5-0-pro-*"],
	}),
	row("seedream-5-lite", "bytedance/seedream/v5/lite/text-to-image", V5_LITE, {
		edits: [edit("bytedance/seedream/v5/lite/edit", V5_LITE, upTo(10), { ...EDIT, price: each(0.035) })],
		price: each(0.035),
		chat: "dream-lite",
		also: ["seedream-5.0-lite", "doubao-seedream-5-0-*"],
	}),
	row("seedream-4.5", "fal-ai/bytedance/seedream/v4.5/text-to-image", V4_5, {
		edits: [edit("fal-ai/bytedance/seedream/v4.5/edit", V4_5, upTo(10), { ...EDIT, price: each(0.04) })],
		price: each(0.04),
		chat: "dream-4-5",
		also: ["doubao-seedream-4-5-*"],
		releasedOn: "2025-12-03",
	}),
	row("seedream-4", "fal-ai/bytedance/seedream/v4/text-to-image", V4, {
		edits: [edit("fal-ai/bytedance/seedream/v4/edit", V4, upTo(10), { ...EDIT, price: each(0.03) })],
		price: each(0.03),
		chat: "dream-4",
		also: ["doubao-seedream-4-0-*"],
		releasedOn: "2025-09-09",
	}),
];

export const SEEDREAM_FAMILIES: readonly Family[] = [
	["fal-ai/bytedance/seedream/", V4],
	["bytedance/seedream/v5/pro", V5_PRO],
	["bytedance/seedream/", V5_LITE],
];
