/** Parts of which the rows of several families are made. */

import type { Endpoint, PictureField, QualityField, Traits } from "./types.ts";

export const PNG_JPEG = ["png", "jpeg"] as const;
export const PNG_JPEG_WEBP = ["png", "jpeg", "webp"] as const;

/** fal's `safety_tolerance` goes from 1, the strictest, to this. */
export const TOLERANCE_TO_5 = { safety_tolerance: "5" } as const;
export const TOLERANCE_TO_6 = { safety_tolerance: "6" } as const;

export const WORDS: QualityField = { field: "quality", words: { low: "low", medium: "medium", high: "high" } };
export const WORDS_WITH_AUTO: QualityField = { ...WORDS, words: { ...WORDS.words, auto: "auto" } };

/** The field of an endpoint that edits one picture. */
export const ONE_IMAGE: PictureField = { field: "image_url", isList: false, max: 1, required: true };

/** The field of an endpoint that edits up to `max` pictures. */
export function upTo(max: number): PictureField {
	return { field: "image_urls", isList: true, max, required: true };
}

/** An endpoint that edits pictures, asked as its model is but for the changes. */
export function edit(endpoint: string, traits: Traits, images: PictureField, changes: Partial<Traits> = {}): Endpoint {
	return { ...traits, shape: "auto", images, ...changes, endpoint };
}
