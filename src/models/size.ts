/** A picture's size as a value: the text of a `size` field, fal's presets, and the comparison of shapes. */

import type { Json } from "../json-value.ts";

/** A size as a client asks for it, before it is fitted to a model. */
export type Size =
	| { readonly kind: "auto" }
	| ({ readonly kind: "ratio" } & Dimensions)
	| ({ readonly kind: "pixels" } & Dimensions);

export interface Dimensions {
	readonly width: number;
	readonly height: number;
}

/** Outside of these bounds a size is a typing error: no model of fal's draws it. */
const MIN_SIDE_PX = 64;
const MAX_SIDE_PX = 8192;
const MAX_ELONGATION = 20;
const MAX_FIELD_CHARS = 40;

/** The usual shapes of pictures. Without a word such as "size" beside it, only one of these counts as a size. */
export const COMMON_RATIOS = [
	"1:1",
	"16:9",
	"9:16",
	"4:3",
	"3:4",
	"3:2",
	"2:3",
	"21:9",
	"9:21",
	"5:4",
	"4:5",
	"2:1",
	"1:2",
] as const;

function ratio(width: number, height: number): Size {
	return { kind: "ratio", width, height };
}

function pixels(width: number, height: number): Size {
	return { kind: "pixels", width, height };
}

/** fal's names for some `image_size`s (fal.ai/models, `ImageSize`). */
export const FAL_PRESETS: ReadonlyMap<string, Size> = new Map([
	["square_hd", pixels(1024, 1024)],
	["square", pixels(512, 512)],
	["portrait_4_3", pixels(768, 1024)],
	["portrait_16_9", pixels(576, 1024)],
	["landscape_4_3", pixels(1024, 768)],
	["landscape_16_9", pixels(1024, 576)],
]);

/** Reads a size as fal's bodies have it: a preset's name, another text, or an object of both sides. Null for any other value. */
export function parseFalSize(value: Json | undefined): Size | null {
	if (typeof value === "string") return FAL_PRESETS.get(value) ?? parseSize(value);
	const sides = sidesOf(value);
	return sides && pixels(sides.width, sides.height);
}

/** Returns both sides of a picture as a value of JSON has them, within no bounds; null if it has not both. */
export function sidesOf(value: Json | undefined): Dimensions | null {
	if (value === undefined || value === null || typeof value !== "object") return null;
	if (!("width" in value) || !("height" in value)) return null;
	const { width, height } = value;
	return typeof width === "number" && typeof height === "number" ? { width, height } : null;
}

/** Sizes by name. `square` is the shape that people mean here, not fal's small preset. */
const NAMED_SIZES: ReadonlyMap<string, Size> = new Map([
	...FAL_PRESETS,
	["auto", { kind: "auto" }],
	["square", ratio(1, 1)],
	["portrait", ratio(2, 3)],
	["landscape", ratio(3, 2)],
	["vertical", ratio(2, 3)],
	["horizontal", ratio(3, 2)],
	["widescreen", ratio(16, 9)],
]);

const SIZE_FIELD =
	/^(\d{1,5}(?:\.\d{1,2})?) ?(?:(?:px|pixels?|像素) ?(?=[x*]))?([:/x*]) ?(\d{1,5}(?:\.\d{1,2})?)(?: ?(?:px|pixels?|像素))?$/;

/** Replaces full-width digits and signs by half-width ones. Keeps the length, so that an index is valid in both texts. */
export function toHalfWidth(text: string): string {
	return text
		.replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
		.replace(/[×✕✖]/g, "x")
		.replace(/[∶﹕]/g, ":")
		.replace(/[\u3000\u00a0]/g, " ");
}

/**
 * Reads the value of a `size` field: `1024x1024` (also with `×`, `*`, spaces, full-width digits or `px`), `16:9`, `16/9`, `auto` or a
 * preset's name. `16x9` is read as a ratio. Returns null for any other text, and outside of 64 to 8192 pixels or 20 : 1.
 */
export function parseSize(text: string): Size | null {
	if (text.length > MAX_FIELD_CHARS) return null;
	const normalized = toHalfWidth(text).trim().toLowerCase();
	const named = NAMED_SIZES.get(normalized) ?? parsePreset(normalized);
	if (named) return named;
	const [, left = "", sign = "", right = ""] = SIZE_FIELD.exec(normalized) ?? [];
	// Makes the sides of `1.91:1` whole numbers: 191:100.
	const scale = left.includes(".") || right.includes(".") ? 100 : 1;
	const [width, height] = [Math.round(Number(left) * scale), Math.round(Number(right) * scale)];
	if (width < 1 || height < 1 || Math.max(width / height, height / width) > MAX_ELONGATION) return null;
	if (sign === ":" || sign === "/") return ratio(width, height);
	if (isCommonRatio(`${left}:${right}`)) return ratio(width, height);
	if (scale > 1 || Math.min(width, height) < MIN_SIDE_PX || Math.max(width, height) > MAX_SIDE_PX) return null;
	return pixels(width, height);
}

/** `widescreen_16_9`, `aspect_16_9`, `resolution_1024_768`: what services beside fal call their sizes. */
const PRESET = /^([a-z_]{1,30})_(\d{1,4})_(\d{1,4})$/;

function parsePreset(text: string): Size | null {
	const [, words = "", first = "", second = ""] = PRESET.exec(text) ?? [];
	// fal's `portrait_3_2` is 2:3.
	const sides = words.includes("portrait") && Number(first) > Number(second) ? [second, first] : [first, second];
	return first === "" ? null : parseSize(sides.join(Number(first) < MIN_SIDE_PX ? ":" : "x"));
}

/** Writes a size as a `size` field has it: `16:9`, `1024x1024`. */
export function toSizeText(size: Size): string {
	return size.kind === "auto" ? "auto" : `${size.width}${size.kind === "ratio" ? ":" : "x"}${size.height}`;
}

/** True for the text of a common ratio, such as `16:9`. */
export function isCommonRatio(text: string): boolean {
	return COMMON_RATIOS.some((common) => common === text);
}

/** Compares two shapes: 0 for the same one. Twice as wide is as far away as half as wide. */
export function shapeDistance(a: Dimensions, b: Dimensions): number {
	return Math.abs(Math.log((a.width * b.height) / (a.height * b.width)));
}

/** Models round their sides: Imagen draws 11:6 for 16:9. */
const SAME_SHAPE_DISTANCE = 0.04;

/** True for shapes that are the same but for such rounding. */
export function isSameShape(a: Dimensions, b: Dimensions): boolean {
	return shapeDistance(a, b) < SAME_SHAPE_DISTANCE;
}

/** Names a shape: the common ratio that it nearly is (1365 by 768 is `16:9`), else the reduced fraction. */
export function toRatioText(width: number, height: number): string {
	const nearest = COMMON_RATIOS.map((text) => ({
		text,
		distance: shapeDistance(toDimensions(text), { width, height }),
	}))
		.filter(({ distance }) => distance < SAME_SHAPE_DISTANCE)
		.toSorted((a, b) => a.distance - b.distance)[0];
	if (nearest) return nearest.text;
	const divisor = greatestCommonDivisor(width, height);
	return `${width / divisor}:${height / divisor}`;
}

function toDimensions(ratioText: string): Dimensions {
	const [width = 1, height = 1] = ratioText.split(":").map(Number);
	return { width, height };
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
