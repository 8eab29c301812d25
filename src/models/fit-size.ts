/** Fits a size to a model: the nearest that it takes, in the fields that it takes it in. */

import type { JsonObject } from "../json-value.ts";
import type { Model, PixelBounds, SizeDialect } from "./catalogue/types.ts";
import {
	COMMON_RATIOS,
	type Dimensions,
	FAL_PRESETS,
	parseSize,
	type Size,
	shapeDistance,
	toSizeText,
} from "./size.ts";

/** A ratio without pixels is drawn with about as many pixels as a square of this side. */
const USUAL_SIDE_PX = 1024;
export const UNKNOWN_BOUNDS: PixelBounds = { min: 64, max: 8192, multiple: 8 };

type GivenSize = Exclude<Size, { kind: "auto" }>;

/** Returns the fields of a size; none if the model has no field for it, or is left to choose. */
export function toSizeFields({ dialect }: Model, size: Size): JsonObject {
	switch (dialect.kind) {
		case "ratio":
			return fieldOf(dialect, size, (given) => nearest(dialect.ratios, given));
		case "pixels":
			return fieldOf(dialect, size, (given) => toPixels(given, dialect));
		case "text":
			return fieldOf(dialect, size, (given) => nearest(dialect.sizes, given));
		case "sides":
			return size.kind === "auto" ? {} : fitPixels(size, dialect);
		case "none":
			return {};
		case "unknown":
			return size.kind === "auto"
				? {}
				: { aspect_ratio: nearest(COMMON_RATIOS, size), image_size: fitPixels(size, UNKNOWN_BOUNDS) };
	}
}

/** Returns the name of the field that takes a size; null if there is none, or not only one. */
export function sizeFieldOf(dialect: SizeDialect): string | null {
	return dialect.kind === "ratio" || dialect.kind === "pixels" || dialect.kind === "text" ? nameOf(dialect) : null;
}

type FieldDialect = Extract<SizeDialect, { kind: "ratio" | "pixels" | "text" }>;

function nameOf({ kind, field }: FieldDialect): string {
	return field ?? (kind === "ratio" ? "aspect_ratio" : "image_size");
}

/** Prefers a preset that is just what is asked for: each model gives it the pixels that suit it. */
function toPixels(
	size: GivenSize,
	dialect: PixelBounds & { readonly presets?: readonly string[] },
): string | (Dimensions & JsonObject) {
	const preset = dialect.presets?.find((name) => {
		const own = FAL_PRESETS.get(name);
		if (own === undefined || own.kind === "auto" || shapeDistance(own, size) > 0) return false;
		return size.kind === "pixels" ? own.width === size.width : Math.max(own.width, own.height) === USUAL_SIDE_PX;
	});
	return preset ?? fitPixels(size, dialect);
}

function fieldOf(
	dialect: FieldDialect,
	size: Size,
	toWord: (given: GivenSize) => string | (Dimensions & JsonObject),
): JsonObject {
	const word = size.kind === "auto" ? dialect.auto : toWord(size);
	return word === undefined ? {} : { [nameOf(dialect)]: word };
}

/** Returns the candidate with the nearest shape; of equals the one that is as large; else the first. */
function nearest(candidates: readonly string[], wanted: GivenSize): string {
	return candidates.reduce((best, next) => {
		const isNearer = distance(next, wanted) < distance(best, wanted);
		return isNearer || (isEqual(next, wanted) && !isEqual(best, wanted)) ? next : best;
	});
}

function distance(sizeText: string, wanted: GivenSize): number {
	const size = parseSize(sizeText);
	return size === null || size.kind === "auto" ? Number.POSITIVE_INFINITY : shapeDistance(size, wanted);
}

/** Compares the texts, so that `square` among other names is the small one. */
function isEqual(sizeText: string, wanted: GivenSize): boolean {
	const size = FAL_PRESETS.get(sizeText) ?? parseSize(sizeText);
	return size !== null && toSizeText(size) === toSizeText(wanted);
}

/** Keeps the shape if the bounds allow it: a side that would be too short or too long, or a picture too small or too large, scales both. */
function fitPixels(size: GivenSize, bounds: PixelBounds): Dimensions & JsonObject {
	const { min, max, area = { min: 0, max: Number.POSITIVE_INFINITY } } = bounds;
	const { width, height } = withinElongation(size, bounds);
	const usualScale = size.kind === "ratio" ? USUAL_SIDE_PX / Math.sqrt(width * height) : 1;
	const minScale = Math.max(usualScale, min / Math.min(width, height), Math.sqrt(area.min / (width * height)));
	const scale = Math.min(minScale, max / Math.max(width, height), Math.sqrt(area.max / (width * height)));
	return nearestSteps({ width: width * scale, height: height * scale }, bounds);
}

/** Shortens the longer side of a shape that the model does not take. */
function withinElongation(
	{ width, height }: Dimensions,
	{ maxElongation = Number.POSITIVE_INFINITY }: PixelBounds,
): Dimensions {
	return { width: Math.min(width, height * maxElongation), height: Math.min(height, width * maxElongation) };
}

/** Moves each side to the nearest step; to the one above or below if the picture would pass a bound. */
function nearestSteps({ width, height }: Dimensions, bounds: PixelBounds): Dimensions & JsonObject {
	const { min, max, multiple, area, maxElongation = Number.POSITIVE_INFINITY } = bounds;
	const stepsOf = (side: number): readonly number[] =>
		[Math.round, Math.ceil, Math.floor].map((toStep) =>
			Math.min(max, Math.max(min, toStep(side / multiple) * multiple)),
		);
	const candidates = stepsOf(width).flatMap((x) => stepsOf(height).map((y) => ({ width: x, height: y })));
	const isTaken = ({ width: x, height: y }: Dimensions) =>
		(area === undefined || (x * y >= area.min && x * y <= area.max)) &&
		Math.max(x, y) <= Math.min(x, y) * maxElongation;
	const [nearest = { width: max, height: max }] = candidates;
	return candidates.find(isTaken) ?? nearest;
}
