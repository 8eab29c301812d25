/** Parts of which the rows of several families are made. */

import type {
	CatalogueModel,
	Endpoint,
	MaskField,
	PictureField,
	PixelBounds,
	Price,
	PriceTier,
	QualityField,
	Traits,
} from "./types.ts";

export const PNG_JPEG = ["png", "jpeg"] as const;
export const PNG_JPEG_WEBP = ["png", "jpeg", "webp"] as const;

/** fal's `safety_tolerance` goes from 1, the strictest, to this. */
export const TOLERANCE_TO_5 = { safety_tolerance: "5" } as const;
export const TOLERANCE_TO_6 = { safety_tolerance: "6" } as const;

export const WORDS: QualityField = { field: "quality", words: { low: "low", medium: "medium", high: "high" } };
export const WORDS_WITH_AUTO: QualityField = { ...WORDS, words: { ...WORDS.words, auto: "auto" } };

/** Speeds stand for qualities, as Ideogram and others have them. */
export const SPEEDS: QualityField = {
	field: "rendering_speed",
	words: { low: "TURBO", medium: "BALANCED", high: "QUALITY" },
};

/** Takes `{width, height}` or one of the six presets, puts out up to four pictures, and has a seed: as most of fal's models do. */
export const USUAL: Traits = {
	// fal publishes no bounds. These are the sizes that such models are trained on, and they bound the price of a picture.
	dialect: pixels(256, 2048),
	maxImages: 4,
	outputFormats: PNG_JPEG,
	quality: null,
	seed: true,
	shape: "4:3",
};

/** Takes one of these ratios. The model, or the picture brought along, decides if none is sent. */
export const BY_RATIO: Omit<Traits, "dialect"> = { ...USUAL, outputFormats: PNG_JPEG_WEBP, shape: "auto" };

export function ratios(list: string): Traits["dialect"] {
	return { kind: "ratio", ratios: list.split(" ") };
}

export function pixels(
	min: number,
	max: number,
	more: Partial<PixelBounds> & { auto?: string } = {},
): Traits["dialect"] {
	return { kind: "pixels", min, max, multiple: 16, ...more };
}

/** As those of `USUAL`, of an endpoint that has the size of its picture if it is told so. */
export const PIXELS_OR_AUTO = pixels(256, 2048, { auto: "auto" });

/** The field of an endpoint that edits one picture. */
export const ONE_IMAGE: PictureField = { field: "image_url", isList: false, max: 1, required: true };

/** The field of an endpoint that edits up to `max` pictures. */
export function upTo(max: number, field = "image_urls"): PictureField {
	return { field, isList: true, max, required: true };
}

/** For an endpoint that draws from words alone if it gets none. */
export function optional(images: PictureField): PictureField {
	return { ...images, required: false };
}

/** fal's models paint where a mask is white, if nothing else is known. The endpoint needs one. */
export const WHITE_MASK: MaskField = { field: "mask_url", polarity: "white", required: true };

/**
 * An endpoint that edits pictures, asked as its model is but for the changes. If its shape is not `auto` it would draw that one, whatever
 * the shape of the picture.
 */
export function edit(
	endpoint: string,
	traits: Traits,
	images: PictureField,
	changes: Partial<Omit<Endpoint, "endpoint">> = {},
): Endpoint {
	return { ...traits, shape: "auto", images, ...changes, endpoint };
}

/** The price of a picture, whatever its size. */
export function each(usd: number): Price {
	return { per: "image", tiers: [{ usd }] };
}

/** @param more Of each megapixel behind the first. Absent: the same */
export function perMegapixel(usd: number, more?: number): Price {
	return { per: "megapixel", tiers: [more === undefined ? { usd } : { usd, more }] };
}

/** The prices of some words of a field, and that of any other word or none. */
export function byWord(field: string, words: Readonly<Record<string, number>>, other: number): readonly PriceTier[] {
	return [...Object.entries(words).map(([word, usd]) => ({ usd, when: [field, word] as const })), { usd: other }];
}

interface Rest
	extends Partial<Pick<CatalogueModel, "inputs" | "price" | "edits" | "editedBy" | "successor" | "shutdownOn">> {
	/** Stands behind `darkroom-` in the name for chat clients. Absent: nothing does. */
	readonly chat?: string;
	/** Its aliases. */
	readonly also?: readonly string[];
	readonly releasedOn?: string;
}

export function row(id: string, endpoint: string, traits: Traits, rest: Rest): CatalogueModel {
	const { chat, also = [], releasedOn = null, successor = null, ...others } = rest;
	const chatAlias = chat === undefined ? "darkroom" : `darkroom-${chat}`;
	return { id, endpoint, ...traits, ...others, chatAlias, aliases: also, successor, releasedOn };
}
