/** Turns a request into the body that a fal model takes, in the model's own words for size and quality. */

import type { RequestError } from "../errors.ts";
import { type Fault, type TypeName, typeOf } from "../faults.ts";
import { err, ok, type Result } from "../result.ts";
import type { Model, PixelBounds } from "./catalogue/types.ts";
import { FAL_BOUNDS, findForbiddenField } from "./forbidden-fields.ts";
import { inputsOf } from "./inputs.ts";
import type { ImageRequest, Json, JsonObject, OutputFormat, Used } from "./request.ts";
import {
	COMMON_RATIOS,
	type Dimensions,
	FAL_PRESETS,
	parseSize,
	type Size,
	shapeDistance,
	toRatioText,
} from "./size.ts";

export interface FalInput {
	/** The body for fal. */
	readonly input: JsonObject;
	/** The settings that the body comes to. */
	readonly used: Used;
}

export type InvalidValue = Extract<RequestError, { kind: "invalid_value" }>;

/** The longest text of a field that the answer repeats. */
const MAX_WORD_CHARS = 40;

/** A ratio without pixels is drawn with about as many pixels as a square of this side. */
const USUAL_SIDE_PX = 1024;
const UNKNOWN_BOUNDS: PixelBounds = { min: 64, max: 8192, multiple: 8 };
/** Half-way between the pictures of `1K` and of `2K`: from here on `2K` is nearer. Full HD lies below. */
const LARGE_PIXELS = 2 * 1024 * 1024;
/** fal does not publish the range of a seed. Every model takes 31 bits. */
export const SEED_COUNT = 2 ** 31;
const OUTPUT_FORMATS: readonly OutputFormat[] = ["png", "jpeg", "webp"];

/**
 * Returns fal's body for a request. Replaces a size by the model's nearest, an output format that the model lacks by png, and
 * folds a seed into 31 bits. The fields of `request.fal` win. Refuses a count above the model's maximum, a field of `fal` that
 * is forbidden, and one with a value that no model takes: this is the only place that checks them.
 */
export function toFalInput(model: Model, request: ImageRequest): Result<FalInput, InvalidValue> {
	const { prompt, n, outputFormat, fal } = request;
	const problem = checkCount(model, n) ?? checkForbidden(model, fal);
	if (problem !== null) return err(problem);
	// An unknown model gets only the fields that the client asked for: it may refuse a field that it does not have.
	const isUnknown = model.dialect.kind === "unknown";
	const sendsCount = isUnknown ? n > 1 : model.maxImages > 1;
	const sendsFormat = isUnknown ? outputFormat !== null : model.outputFormats.length > 0;
	const input: JsonObject = {
		prompt,
		...(sendsCount && { num_images: n }),
		...("aspect_ratio" in fal || "image_size" in fal ? {} : toSizeFields(model, request.size)),
		...toQualityFields(model, request),
		...(sendsFormat && { output_format: nearestFormat(model, outputFormat) }),
		...(model.seed && request.seed !== null && { seed: Math.abs(request.seed % SEED_COUNT) }),
		...fal,
	};
	const invalid = checkMerged(model, input);
	return invalid === null ? ok({ input, used: readUsed(model, input) }) : err(invalid);
}

function invalidValue(param: string, fault: Fault): InvalidValue {
	return { kind: "invalid_value", param, fault };
}

function checkCount({ id, maxImages }: Model, n: number): InvalidValue | null {
	if (!Number.isInteger(n)) return invalidValue("n", { is: "type", expected: ["integer"], got: typeOf(n) });
	if (n < 1) return invalidValue("n", { is: "too_small", min: 1, got: n });
	return n <= maxImages ? null : invalidValue("n", { is: "count_of_model", model: id, max: maxImages });
}

function checkForbidden(model: Model, fal: JsonObject): InvalidValue | null {
	const found = findForbiddenField(fal, inputsOf(model));
	if (found === null) return null;
	const { field, why } = found;
	return invalidValue(`fal.${field}`, why === "too_much" ? { is: why, ...FAL_BOUNDS } : { is: "forbidden", why });
}

function toSizeFields({ dialect, takesAuto }: Model, size: Size): JsonObject {
	if (size.kind === "auto") return takesAuto ? { image_size: "auto" } : {};
	switch (dialect.kind) {
		case "ratio":
			return { aspect_ratio: nearest(dialect.ratios, size) };
		case "pixels":
			return { image_size: fitPixels(size, dialect) };
		case "text":
			return { image_size: nearest(dialect.sizes, size) };
		case "unknown":
			return { aspect_ratio: nearest(COMMON_RATIOS, size), image_size: fitPixels(size, UNKNOWN_BOUNDS) };
	}
}

/** Returns the candidate with the nearest shape; the first of equals. */
function nearest(candidates: readonly string[], wanted: Dimensions): string {
	return candidates.reduce((best, next) => (distance(next, wanted) < distance(best, wanted) ? next : best));
}

function distance(sizeText: string, wanted: Dimensions): number {
	const size = parseSize(sizeText);
	return size === null || size.kind === "auto" ? Number.POSITIVE_INFINITY : shapeDistance(size, wanted);
}

/** Keeps the shape if the bounds allow it: a side that would be too short or too long, or a picture too small or too large, scales both. */
function fitPixels(size: Exclude<Size, { kind: "auto" }>, bounds: PixelBounds): Dimensions & JsonObject {
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

function toQualityFields(model: Model, { quality, size, resolution }: ImageRequest): JsonObject {
	const isLarge = size.kind === "pixels" && size.width * size.height >= LARGE_PIXELS;
	if (model.quality === "resolution") {
		if (quality === "high" && resolution === "4K" && model.takes4K) return { resolution };
		return quality === "high" || isLarge ? { resolution: "2K" } : {};
	}
	return model.quality === "words" && (quality !== "auto" || model.takesAuto) ? { quality } : {};
}

function nearestFormat({ outputFormats }: Model, wanted: OutputFormat | null): OutputFormat {
	return outputFormats.find((format) => format === wanted) ?? "png";
}

/** Checks the fields that the answer repeats to the client, and the one that could make a picture dearer than any size does. */
function checkMerged({ id, dialect, outputFormats }: Model, input: JsonObject): InvalidValue | null {
	const { seed, output_format: format, image_size: size } = input;
	if (isSet(seed) && !Number.isSafeInteger(seed)) return invalidValue("fal.seed", wrongType("integer", seed));
	const formats = outputFormats.length > 0 ? outputFormats : OUTPUT_FORMATS;
	if (isSet(format) && !formats.some((allowed) => allowed === format)) {
		return invalidValue("fal.output_format", { is: "format_of_model", model: id, allowed: formats });
	}
	for (const name of ["aspect_ratio", "resolution", "quality"]) {
		const word = input[name];
		if (!isSet(word) || isWord(word)) continue;
		const isText = typeof word === "string";
		const fault: Fault = isText ? { is: "too_long", max: MAX_WORD_CHARS, of: "characters" } : wrongType("string", word);
		return invalidValue(`fal.${name}`, fault);
	}
	if (!isSet(size) || isWord(size)) return null;
	const { max } = dialect.kind === "pixels" ? dialect : UNKNOWN_BOUNDS;
	const box = toDimensions(size);
	if (box !== null && [box.width, box.height].every((side) => Number.isInteger(side) && side >= 1 && side <= max)) {
		return null;
	}
	return invalidValue("fal.image_size", { is: "image_size", max });
}

function wrongType(expected: TypeName, got: Json): Fault {
	return { is: "type", expected: [expected], got: typeOf(got) };
}

function isWord(value: Json | undefined): value is string {
	return typeof value === "string" && value.length <= MAX_WORD_CHARS;
}

function toDimensions(value: Json | undefined): Dimensions | null {
	if (!isSet(value) || typeof value !== "object" || !("width" in value) || !("height" in value)) return null;
	const { width, height } = value;
	return typeof width === "number" && typeof height === "number" ? { width, height } : null;
}

/** fal's models read null as "not given". */
function isSet(value: Json | undefined): value is Exclude<Json, null> {
	return value !== undefined && value !== null;
}

const QUALITY_OF_RESOLUTION: ReadonlyMap<string, string> = new Map([
	["0.5K", "low"],
	["1K", "medium"],
	["2K", "high"],
	["4K", "high"],
]);

/** Reads the settings from the body itself, so that they include the fields of `fal`. */
function readUsed({ dialect, shape }: Model, input: JsonObject): Used {
	const { aspect_ratio: ratio, image_size: imageSize, quality, resolution, output_format: format } = input;
	const fields = dialect.kind === "ratio" ? [ratio, imageSize] : [imageSize, ratio];
	const size = fields.map(readSize).find((candidate) => candidate !== null && candidate.kind !== "auto");
	return {
		size: size ? `${size.width}${size.kind === "ratio" ? ":" : "x"}${size.height}` : "auto",
		aspectRatio: size ? toRatioText(size.width, size.height) : shape,
		quality: isWord(quality) ? quality : (isWord(resolution) && QUALITY_OF_RESOLUTION.get(resolution)) || "auto",
		outputFormat: OUTPUT_FORMATS.find((allowed) => allowed === format) ?? "png",
	};
}

function readSize(value: Json | undefined): Size | null {
	if (typeof value === "string") return FAL_PRESETS.get(value) ?? parseSize(value);
	const dimensions = toDimensions(value);
	return dimensions && { kind: "pixels", ...dimensions };
}
