/** Alibaba's Qwen-Image, Z-Image and Wan on fal. */

import {
	edit,
	ONE_IMAGE,
	PIXELS_OR_AUTO,
	PNG_JPEG_WEBP,
	perMegapixel,
	pixels,
	row,
	USUAL,
	upTo,
	WHITE_MASK,
} from "./parts.ts";
import type { CatalogueModel, Family, Traits } from "./types.ts";

const QWEN: Traits = { ...USUAL, negativePrompt: true };
const QWEN_WEBP: Traits = { ...QWEN, outputFormats: PNG_JPEG_WEBP };
/** 512x512 to 2048x2048 pixels, and short prompts. */
const QWEN_2: Traits = { ...QWEN_WEBP, dialect: pixels(512, 2048), maxPromptChars: 800, shape: "1:1" };

/** fal tells no bound of the pictures. Three is the maker's. */
const QWEN_EDIT = edit("fal-ai/qwen-image-edit-2511", QWEN_WEBP, upTo(3));
/** fal tells no polarity of its mask. */
const QWEN_INPAINT = edit("fal-ai/qwen-image-edit/inpaint", QWEN, ONE_IMAGE, { mask: WHITE_MASK });
const QWEN_EDITS = [QWEN_INPAINT, QWEN_EDIT];

const Z_IMAGE: Traits = { ...USUAL, outputFormats: PNG_JPEG_WEBP };
const Z_IMAGE_EDIT: Traits = { ...Z_IMAGE, dialect: PIXELS_OR_AUTO };

/** fal tells bounds only of Wan 2.5, which are kept here: 768x768 to 1440x1440. */
const WAN: Traits = { ...QWEN_WEBP, dialect: pixels(768, 1440), shape: "1:1" };

export const ALIBABA_MODELS: readonly CatalogueModel[] = [
	row("qwen-image-2", "fal-ai/qwen-image-2/text-to-image", QWEN_2, {
		edits: [edit("fal-ai/qwen-image-2/edit", QWEN_2, upTo(3))],
		chat: "qwen",
	}),
	row("qwen-image-2-pro", "fal-ai/qwen-image-2/pro/text-to-image", QWEN_2, {
		edits: [edit("fal-ai/qwen-image-2/pro/edit", QWEN_2, upTo(3))],
		chat: "qwen-pro",
	}),
	row("qwen-image-2512", "fal-ai/qwen-image-2512", QWEN_WEBP, {
		edits: QWEN_EDITS,
		chat: "qwen-2512",
		releasedOn: "2025-12-31",
	}),
	row("qwen-image", "fal-ai/qwen-image", QWEN, {
		edits: QWEN_EDITS,
		// Portkey-AI/models, 2026-08-21. fal's page of the model counts each megapixel.
		price: perMegapixel(0.02),
		chat: "qwen-1",
		releasedOn: "2025-08-04",
	}),
	row("qwen-image-edit", "fal-ai/qwen-image-edit-2511", QWEN_EDIT, {
		edits: QWEN_EDITS,
		chat: "qwen-edit",
		also: ["qwen-image-edit-2511", "qwen-image-edit-2509", "qwen-image-edit-plus"],
		releasedOn: "2025-12-23",
	}),
	row("z-image-turbo", "fal-ai/z-image/turbo", Z_IMAGE, {
		edits: [
			// fal tells no polarity of its mask.
			edit("fal-ai/z-image/turbo/inpaint", Z_IMAGE_EDIT, ONE_IMAGE, {
				mask: { ...WHITE_MASK, field: "mask_image_url" },
			}),
			edit("fal-ai/z-image/turbo/image-to-image", Z_IMAGE_EDIT, ONE_IMAGE),
		],
		chat: "z",
		also: ["z-image"],
		releasedOn: "2025-11-27",
	}),
	row("wan-2.7", "fal-ai/wan/v2.7/text-to-image", WAN, {
		edits: [edit("fal-ai/wan/v2.7/edit", WAN, upTo(4), { shape: "1:1" })],
		chat: "wan",
		also: ["wan2.7-image"],
	}),
	row("wan-2.7-pro", "fal-ai/wan/v2.7/pro/text-to-image", WAN, {
		edits: [edit("fal-ai/wan/v2.7/pro/edit", WAN, upTo(4), { shape: "1:1" })],
		chat: "wan-pro",
		also: ["wan2.7-image-pro"],
	}),
];

export const ALIBABA_FAMILIES: readonly Family[] = [
	["fal-ai/qwen-image-2/", QWEN_2],
	["fal-ai/qwen-image", QWEN],
	["fal-ai/z-image", Z_IMAGE],
	["fal-ai/wan/v2.7", WAN],
];
