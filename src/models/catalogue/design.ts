/** Ideogram and Recraft on fal: models for lettering and for graphic design. */

import { byWord, each, edit, ONE_IMAGE, PIXELS_OR_AUTO, row, SPEEDS, USUAL, WHITE_MASK } from "./parts.ts";
import type { CatalogueModel, Family, Price, Traits } from "./types.ts";

const IDEOGRAM_3: Traits = {
	...USUAL,
	maxImages: 8,
	outputFormats: [],
	quality: SPEEDS,
	negativePrompt: true,
	shape: "1:1",
};
const IDEOGRAM_4_INSTANT: Traits = { ...USUAL, shape: "1:1" };
const IDEOGRAM_4: Traits = { ...IDEOGRAM_4_INSTANT, quality: SPEEDS };
const IDEOGRAM_4_EDIT: Traits = { ...IDEOGRAM_4, dialect: PIXELS_OR_AUTO };

/** Paints where the mask is black, as its maker says (developer.ideogram.ai, masked edits), in the size of the picture. */
const IDEOGRAM_3_INPAINT = edit(
	"fal-ai/ideogram/v3/edit",
	{ ...IDEOGRAM_3, dialect: { kind: "none" }, negativePrompt: false },
	ONE_IMAGE,
	{ mask: { ...WHITE_MASK, polarity: "black" } },
);

/** fal.ai/models/ideogram/v4/llms.txt: of each megapixel, and once for the prompt, which is expanded unless `fal` says no. */
const PRICE_4: Price = {
	per: "megapixel",
	tiers: byWord("rendering_speed", { TURBO: 0.03, QUALITY: 0.1 }, 0.06),
	plus: 0.03,
};

const RECRAFT: Traits = { ...USUAL, maxImages: 1, outputFormats: [], seed: false, shape: "1:1" };

export const DESIGN_MODELS: readonly CatalogueModel[] = [
	row("ideogram-v4", "ideogram/v4", IDEOGRAM_4, {
		edits: [edit("ideogram/v4/image-to-image", IDEOGRAM_4_EDIT, ONE_IMAGE, { price: PRICE_4 })],
		price: PRICE_4,
		chat: "ideogram",
		also: ["ideogram-4", "ideogram"],
	}),
	row("ideogram-v3", "fal-ai/ideogram/v3", IDEOGRAM_3, {
		edits: [IDEOGRAM_3_INPAINT, edit("fal-ai/ideogram/v3/remix", IDEOGRAM_3, ONE_IMAGE, { shape: "1:1" })],
		// fal.ai/models/fal-ai/ideogram/custom-models/generate/llms.txt, for the same model; LiteLLM has 0.06 for this one.
		price: { per: "image", tiers: byWord("rendering_speed", { TURBO: 0.03, QUALITY: 0.09 }, 0.06) },
		chat: "ideogram-3",
		also: ["ideogram-3"],
		releasedOn: "2025-03-26",
	}),
	row("recraft-v4.1", "fal-ai/recraft/v4.1/text-to-image", RECRAFT, {
		editedBy: "recraft-v3",
		// fal.ai/models/fal-ai/recraft/v4.1/text-to-image/llms.txt.
		price: each(0.04),
		chat: "recraft",
		also: ["recraftv4.1", "recraftv4_1"],
	}),
	row("recraft-v4.1-pro", "fal-ai/recraft/v4.1/pro/text-to-image", RECRAFT, {
		editedBy: "recraft-v3",
		chat: "recraft-pro",
		also: ["recraftv4.1_pro"],
	}),
	row("recraft-v3", "fal-ai/recraft/v3/text-to-image", RECRAFT, {
		edits: [
			edit("fal-ai/recraft/v3/image-to-image", RECRAFT, ONE_IMAGE, { dialect: { kind: "none" }, negativePrompt: true }),
		],
		// Portkey-AI/models, 2026-08-21. fal's page of the model has the double for its vector styles.
		price: { ...each(0.04), extras: [["style", "vector_illustration*", 0.04]] },
		chat: "recraft-3",
		also: ["recraftv3"],
		releasedOn: "2024-10-30",
	}),
];

export const DESIGN_FAMILIES: readonly Family[] = [
	["fal-ai/recraft/", RECRAFT],
	["fal-ai/ideogram/v3", IDEOGRAM_3],
	["ideogram/v4/instant", IDEOGRAM_4_INSTANT],
	["ideogram/v4", IDEOGRAM_4],
];
