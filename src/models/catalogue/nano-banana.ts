/** Google's Nano Banana (Gemini's image models) on fal. */

import { BY_RATIO, byWord, each, edit, optional, ratios, row, TOLERANCE_TO_6, upTo } from "./parts.ts";
import type { CatalogueModel, Family, Price, Traits } from "./types.ts";

const RATIOS = "1:1 21:9 16:9 3:2 4:3 5:4 4:5 3:4 2:3 9:16";

const NANO_BANANA: Traits = { ...BY_RATIO, dialect: ratios(RATIOS), lenient: TOLERANCE_TO_6, shape: "1:1" };
const PRO: Traits = { ...NANO_BANANA, resolutions: ["1K", "2K", "4K"] };
const LITE: Traits = { ...NANO_BANANA, shape: "auto", dialect: ratios(`${RATIOS} 4:1 1:4 8:1 1:8`) };
const NANO_BANANA_2: Traits = { ...LITE, resolutions: ["0.5K", "1K", "2K", "4K"] };

/** fal.ai/models/fal-ai/nano-banana-2/edit/llms.txt: 0.08, by 0.75, 1.5 and 2 at other resolutions. fal.ai/learn has the extras (2026-05-06). */
const PRICE_2: Price = {
	per: "image",
	tiers: byWord("resolution", { "0.5K": 0.06, "2K": 0.12, "4K": 0.16 }, 0.08),
	extras: [
		["enable_web_search", true, 0.015],
		["thinking_level", "high", 0.002],
	],
};
/** fal's pricing API, as a public repository recorded it on 2026-09-09. The model's page has the search: "an additional $0.015". */
const PRICE_PRO: Price = {
	per: "image",
	tiers: byWord("resolution", { "4K": 0.3 }, 0.15),
	extras: [["enable_web_search", true, 0.015]],
};
/** fal.ai/learn/tools/nano-banana-api, late in 2026: paid by tokens, about this much. Nothing is told of 2K, so it counts as 4K. */
const PRICE_2_1: Price = { per: "image", tiers: byWord("resolution", { "2K": 0.134, "4K": 0.134 }, 0.04) };

/** fal's client is older. That page of fal's has the fields of nano-banana-2, and up to 14 pictures. */
const INPUTS_2_1 = [
	"prompt",
	"aspect_ratio",
	"resolution",
	"num_images",
	"output_format",
	"seed",
	"safety_tolerance",
	"sync_mode",
];

export const NANO_BANANA_MODELS: readonly CatalogueModel[] = [
	row("nano-banana-2", "fal-ai/nano-banana-2", NANO_BANANA_2, {
		edits: [edit("fal-ai/nano-banana-2/edit", NANO_BANANA_2, optional(upTo(14)), { price: PRICE_2 })],
		price: PRICE_2,
		chat: "banana",
		also: ["gemini-3.1-flash-image", "gemini-3.1-flash-image-preview"],
		releasedOn: "2026-02-26",
	}),
	row("nano-banana-2.1", "google/nano-banana-2.1", NANO_BANANA_2, {
		edits: [
			edit("google/nano-banana-2.1/edit", NANO_BANANA_2, upTo(14), {
				inputs: [...INPUTS_2_1, "image_urls"],
				price: PRICE_2_1,
			}),
		],
		inputs: INPUTS_2_1,
		price: PRICE_2_1,
		chat: "banana-2-1",
	}),
	row("nano-banana-pro", "fal-ai/nano-banana-pro", PRO, {
		edits: [edit("fal-ai/nano-banana-pro/edit", PRO, upTo(14), { price: PRICE_PRO })],
		price: PRICE_PRO,
		chat: "banana-pro",
		also: ["nano-banana-2-pro", "gemini-3-pro-image", "gemini-3-pro-image-preview"],
		releasedOn: "2025-11-20",
	}),
	row("nano-banana-2-lite", "google/nano-banana-2-lite", LITE, {
		edits: [edit("google/nano-banana-lite/edit", LITE, optional(upTo(14)))],
		chat: "banana-lite",
		also: ["nano-banana-lite"],
	}),
	row("nano-banana", "fal-ai/nano-banana", NANO_BANANA, {
		edits: [edit("fal-ai/nano-banana/edit", NANO_BANANA, upTo(10), { price: each(0.0398) })],
		// As the pricing API's of PRICE_PRO.
		price: each(0.0398),
		chat: "banana-1",
		also: ["gemini-2.5-flash-image", "gemini-2.5-flash-image-preview"],
		releasedOn: "2025-08-26",
	}),
];

export const NANO_BANANA_FAMILIES: readonly Family[] = [
	["fal-ai/nano-banana-2", NANO_BANANA_2],
	["fal-ai/nano-banana-pro", PRO],
	["fal-ai/nano-banana", NANO_BANANA],
	["google/nano-banana-2.1", NANO_BANANA_2],
	["google/nano-banana", LITE],
];
