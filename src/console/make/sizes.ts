/** Turns the sizes that a model takes into shapes to choose from, and back into the value of a request. */

import { parseSize, type Shape, shapeDistance } from "../jobs/shape.ts";
import type { Operation } from "./operation.ts";

export type Sizes = Operation["sizes"];
export type PixelSizes = Extract<Sizes, { kind: "pixels" }>;

/** Shapes for a model that takes any. */
const COMMON = ["1:1", "5:4", "4:3", "3:2", "16:9", "21:9", "4:5", "3:4", "2:3", "9:16"] as const;
/** Sides of a square, by the name of the level. */
const LEVELS = [
	["1K", 1024],
	["2K", 2048],
	["4K", 4096],
] as const;
/** Two sizes are of one shape but for the rounding of their sides. */
const SAME_SHAPE = 0.02;

export interface ShapeOption {
	/** As a request says it. */
	readonly size: string;
	readonly shape: Shape;
}

/** Returns the shapes to choose from: wide ones first, then the square, then tall ones. */
export function shapeOptions(sizes: Sizes): readonly ShapeOption[] {
	const options = namesOf(sizes).flatMap((size) => {
		const shape = parseSize(size);
		return shape === null ? [] : [{ size, shape }];
	});
	return options.sort((a, b) => ratioOf(b.shape) - ratioOf(a.shape));
}

function namesOf(sizes: Sizes): readonly string[] {
	switch (sizes.kind) {
		case "list":
			return sizes.sizes;
		case "pixels":
			return COMMON.filter((name) => elongationOf(parseSize(name)) <= maxElongationOf(sizes));
		case "unknown":
			return COMMON;
		case "none":
			return [];
	}
}

function ratioOf({ width, height }: Shape): number {
	return width / height;
}

function elongationOf(shape: Shape | null): number {
	return shape === null ? Number.POSITIVE_INFINITY : Math.max(ratioOf(shape), 1 / ratioOf(shape));
}

function maxElongationOf({ min, max, max_elongation }: PixelSizes): number {
	return Math.min(max / min, max_elongation ?? Number.POSITIVE_INFINITY);
}

/** True for `1024x1024`, as against a ratio. */
export function isInPixels(size: string): boolean {
	return /^\d+x\d+$/.test(size);
}

/** Returns the levels at which a model that takes pixels can draw a square. One alone is no choice. */
export function pixelLevels(sizes: Sizes): readonly string[] {
	if (sizes.kind !== "pixels") return [];
	const { min, max, min_area, max_area } = sizes;
	const found = LEVELS.filter(
		([, side]) =>
			side >= min && side <= max && side ** 2 >= (min_area ?? 0) && side ** 2 <= (max_area ?? Number.POSITIVE_INFINITY),
	);
	return found.length > 1 ? found.map(([name]) => name) : [];
}

/** Returns the pixels of a shape at a level: about as many as the level's square has, in the model's steps and within its bounds. */
export function atLevel(shape: Shape, level: string, sizes: PixelSizes): string {
	const side = LEVELS.find(([name]) => name === level)?.[1] ?? 1024;
	const { min, max, multiple, max_area } = sizes;
	const area = Math.min(side ** 2, max_area ?? Number.POSITIVE_INFINITY);
	const scale = Math.min(Math.sqrt(area / (shape.width * shape.height)), max / Math.max(shape.width, shape.height));
	const toStep = (length: number) =>
		Math.min(max, Math.max(Math.ceil(min / multiple) * multiple, Math.floor((length * scale) / multiple) * multiple));
	return `${toStep(shape.width)}x${toStep(shape.height)}`;
}

/** Returns the level at which a size was chosen; null for a ratio, and for other pixels. */
export function levelOf(size: string, sizes: PixelSizes): string | null {
	const chosen = parseSize(size);
	if (chosen === null || !isInPixels(size)) return null;
	const levels = pixelLevels(sizes);
	return levels.find((level) => shapeOptions(sizes).some(({ shape }) => atLevel(shape, level, sizes) === size)) ?? null;
}

/** Returns the option that a chosen size belongs to; null for a size of one's own. */
export function optionOf(size: string, sizes: Sizes): ShapeOption | null {
	const options = shapeOptions(sizes);
	const same = options.find((option) => option.size === size);
	if (same !== undefined) return same;
	if (sizes.kind !== "pixels") return null;
	const level = levelOf(size, sizes);
	if (level === null) return null;
	return options.find(({ shape }) => atLevel(shape, level, sizes) === size) ?? null;
}

/** Returns the nearest value that these sizes have for one that was chosen for others; null if none has its shape. */
export function sizeWithin(size: string, sizes: Sizes): string | null {
	const wanted = parseSize(size);
	if (wanted === null) return null;
	switch (sizes.kind) {
		case "list": {
			if (sizes.sizes.includes(size)) return size;
			return shapeOptions(sizes).find(({ shape }) => shapeDistance(shape, wanted) < SAME_SHAPE)?.size ?? null;
		}
		case "pixels":
			if (!isInPixels(size)) return elongationOf(wanted) <= maxElongationOf(sizes) ? size : null;
			return faultOfPixels(wanted, sizes) === null ? size : null;
		case "unknown":
			return size;
		case "none":
			return null;
	}
}

/** Why a width and a height are not taken as they are. */
export type PixelFault =
	| { readonly kind: "side"; readonly min: number; readonly max: number }
	| { readonly kind: "multiple"; readonly multiple: number }
	| { readonly kind: "area"; readonly min: number; readonly max: number | null }
	| { readonly kind: "elongation"; readonly max: number };

export function faultOfPixels({ width, height }: Shape, sizes: PixelSizes): PixelFault | null {
	const { min, max, multiple, min_area, max_area, max_elongation } = sizes;
	const sides = [width, height];
	if (sides.some((side) => !(side >= min && side <= max))) return { kind: "side", min, max };
	if (sides.some((side) => side % multiple !== 0)) return { kind: "multiple", multiple };
	const area = width * height;
	if (area < (min_area ?? 0) || area > (max_area ?? area)) return { kind: "area", min: min_area ?? 0, max: max_area };
	const longest = max_elongation ?? Number.POSITIVE_INFINITY;
	return elongationOf({ width, height }) > longest ? { kind: "elongation", max: longest } : null;
}

/** Writes a size as people read it: `1024 × 768`, or its ratio. */
export function toTimes(size: string): string {
	return isInPixels(size) ? size.replace("x", " × ") : size;
}
