/** Tools on fal that change a picture without words: they are edit models without a prompt. */

import { each, ONE_IMAGE, row } from "./parts.ts";
import type { CatalogueModel, Traits } from "./types.ts";

const TOOL: Traits = {
	prompt: null,
	dialect: { kind: "none" },
	maxImages: 1,
	outputFormats: [],
	quality: null,
	seed: false,
	shape: "auto",
	images: ONE_IMAGE,
};

export const TOOL_MODELS: readonly CatalogueModel[] = [
	row(
		"upscale",
		"fal-ai/seedvr/upscale/image",
		{ ...TOOL, outputFormats: ["png", "jpg", "webp"], seed: true, enlarges: 2 },
		{
			chat: "upscale",
			also: ["upscaler", "seedvr"],
		},
	),
	row(
		"upscale-topaz",
		"fal-ai/topaz/upscale/image",
		{ ...TOOL, outputFormats: ["png", "jpeg"], enlarges: 2 },
		{
			chat: "topaz",
			also: ["topaz"],
		},
	),
	row(
		"remove-background",
		"fal-ai/birefnet/v2",
		{ ...TOOL, outputFormats: ["png", "webp"] },
		{
			chat: "cutout",
			also: ["background-remover", "rembg", "birefnet"],
		},
	),
	row("remove-background-bria", "fal-ai/bria/background/remove", TOOL, {
		// A public repository's list of prices, 2026-05.
		price: each(0.018),
		chat: "cutout-bria",
		also: ["rmbg"],
	}),
	row("vectorize", "fal-ai/recraft/vectorize", TOOL, { chat: "vectorize", also: ["vectorise"] }),
];
