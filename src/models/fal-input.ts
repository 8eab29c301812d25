import type { Model, PixelBounds } from "./catalogue.ts";
import type { ImageRequest, Json, JsonObject, OutputFormat, Used } from "./request.ts";
import { COMMON_RATIOS, FAL_PRESETS, parseSize, type Size, shapeDistance, toRatioText } from "./size.ts";

/** From a request to the body that a fal model takes, in the model's own words for size and quality. */

export type FalInput =
	| { readonly ok: true; readonly input: JsonObject; readonly used: Used }
	| { readonly ok: false; readonly param: string; readonly message: string };

interface Box {
	readonly width: number;
	readonly height: number;
}

/** Bounds of what `fal` may add. */
const MAX_EXTRA_FIELDS = 64;
const MAX_EXTRA_CHARS = 16 * 1024;
const MAX_EXTRA_DEPTH = 6;
const MAX_WORD_CHARS = 40;

/** A ratio without pixels is drawn with about as many as a square of this side. */
const USUAL_SIDE_PX = 1024;
const UNKNOWN_BOUNDS: PixelBounds = { min: 64, max: 8192, multiple: 8 };
/** Half-way between the pictures of `1K` and of `2K`: from here on `2K` is nearer. Full HD is below it. */
const LARGE_PIXELS = 2 * 1024 * 1024;
/** fal does not tell the range of a seed; every model takes 31 bits. */
const SEEDS = 2 ** 31;
const FORMATS: readonly OutputFormat[] = ["png", "jpeg", "webp"];

/**
 * fal's body for a request, and what it comes to. Sizes that the model does not have become the nearest that it has, a format that
 * it does not have becomes png, and a seed is folded into 31 bits. `request.fal` wins over all of it.
 * Refused are counts above the model's, fields that `checkExtras` names, and extras of a form that no model takes.
 */
export function toFalInput(model: Model, request: ImageRequest): FalInput {
	const { prompt, n, outputFormat, fal } = request;
	if (!Number.isInteger(n) || n < 1 || n > model.maxImages) {
		return refuse(
			"n",
			`'${model.id}' makes ${model.maxImages === 1 ? "one picture" : `1 to ${model.maxImages} pictures`} in one request.`,
		);
	}
	const forbidden = checkExtras(fal);
	if (forbidden !== null) return refuse(`fal.${forbidden}`, `fal.${forbidden} cannot be set here.`);
	// An unknown model is sent only what was asked for, since it may refuse a field that it does not have.
	const known = model.dialect.kind !== "unknown";
	const input: JsonObject = {
		prompt,
		...((known ? model.maxImages > 1 : n > 1) && { num_images: n }),
		...("aspect_ratio" in fal || "image_size" in fal ? {} : toSizeFields(model, request.size)),
		...toQualityFields(model, request),
		...((known ? model.outputFormats.length > 0 : outputFormat) && {
			output_format: nearestFormat(model, outputFormat),
		}),
		...(model.seed && request.seed !== null && { seed: Math.abs(request.seed % SEEDS) }),
		...fal,
	};
	return checkMerged(model, input) ?? { ok: true, input, used: readUsed(model, input) };
}

function refuse(param: string, message: string): FalInput & { ok: false } {
	return { ok: false, param, message };
}

function toSizeFields({ dialect }: Model, size: Size): JsonObject {
	if (size.kind === "auto") return {};
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

/** The one whose shape is the least stretched or squeezed away; the first of equals. */
function nearest(offered: readonly string[], wanted: Box): string {
	return offered.reduce((best, next) => (distance(next, wanted) < distance(best, wanted) ? next : best));
}

function distance(text: string, wanted: Box): number {
	const size = parseSize(text);
	return size === null || size.kind === "auto" ? Number.POSITIVE_INFINITY : shapeDistance(size, wanted);
}

/** The shape is kept where the bounds allow it; a side that would be too short or too long scales both. */
function fitPixels(size: Exclude<Size, { kind: "auto" }>, { min, max, multiple }: PixelBounds): Box & JsonObject {
	const usual = size.kind === "ratio" ? USUAL_SIDE_PX / Math.sqrt(size.width * size.height) : 1;
	const grown = Math.max(usual, min / Math.min(size.width, size.height));
	const scale = Math.min(grown, max / Math.max(size.width, size.height));
	const snap = (side: number): number => Math.min(max, Math.max(min, Math.round((side * scale) / multiple) * multiple));
	return { width: snap(size.width), height: snap(size.height) };
}

function toQualityFields(model: Model, { quality, size }: ImageRequest): JsonObject {
	const large = size.kind === "pixels" && size.width * size.height >= LARGE_PIXELS;
	if (model.quality === "resolution") return quality === "high" || large ? { resolution: "2K" } : {};
	return model.quality === "words" && quality !== "auto" ? { quality } : {};
}

function nearestFormat({ outputFormats }: Model, wanted: OutputFormat | null): OutputFormat {
	return outputFormats.find((format) => format === wanted) ?? "png";
}

/** Fields that are not the client's to add: what is asked for, what is paid for, and what is fetched. */
const RESERVED: ReadonlySet<string> = new Set([
	"prompt",
	"prompts",
	"n",
	"num_images",
	"max_images",
	"num_outputs",
	"num_samples",
	"num_generations",
	"image_count",
	"batch_size",
	"batch_count",
	"sync_mode",
]);
const INPUT_FILE = /(?:^|_)(?:urls?|images?|masks?|image_data|mask_data|base64|b64)$/i;

/** The first field of a request's `fal` object that it may not have, by name or by size; null if all may be. */
export function checkExtras(fal: JsonObject): string | null {
	let chars = 0;
	for (const [index, [name, value]] of Object.entries(fal).entries()) {
		if (index >= MAX_EXTRA_FIELDS || RESERVED.has(name.toLowerCase()) || holdsFile(name, value, 1)) return name;
		chars += name.length + JSON.stringify(value).length;
		if (chars > MAX_EXTRA_CHARS) return name;
	}
	return null;
}

/** Also says so of what is nested too deep to be looked through. */
function holdsFile(name: string, value: Json, depth: number): boolean {
	if (INPUT_FILE.test(name) || depth > MAX_EXTRA_DEPTH) return true;
	if (value === null || typeof value !== "object") return false;
	return Object.entries(value).some(([key, inner]) => holdsFile(key, inner, depth + 1));
}

/** What extras may break: a field that has to be told to the client again, or that makes a picture dearer than any size does. */
function checkMerged({ id, dialect, outputFormats }: Model, input: JsonObject): (FalInput & { ok: false }) | null {
	const { seed, output_format: format, image_size: size } = input;
	if (isSet(seed) && !Number.isSafeInteger(seed)) return refuse("fal.seed", "fal.seed is a whole number.");
	const formats = outputFormats.length > 0 ? outputFormats : FORMATS;
	if (isSet(format) && !formats.some((known) => known === format)) {
		return refuse("fal.output_format", `'${id}' makes ${formats.join(", ")}.`);
	}
	for (const name of ["aspect_ratio", "resolution", "quality"]) {
		if (isSet(input[name]) && !isWord(input[name])) return refuse(`fal.${name}`, `fal.${name} is a short text.`);
	}
	if (!isSet(size) || isWord(size)) return null;
	const { max } = dialect.kind === "pixels" ? dialect : UNKNOWN_BOUNDS;
	const box = toBox(size);
	if (box !== null && [box.width, box.height].every((side) => Number.isInteger(side) && side >= 1 && side <= max)) {
		return null;
	}
	return refuse("fal.image_size", `fal.image_size is a preset's name, or a width and a height of 1 to ${max} pixels.`);
}

function isWord(value: Json | undefined): value is string {
	return typeof value === "string" && value.length <= MAX_WORD_CHARS;
}

function toBox(value: Json | undefined): Box | null {
	if (!isSet(value) || typeof value !== "object" || !("width" in value) || !("height" in value)) return null;
	const { width, height } = value;
	return typeof width === "number" && typeof height === "number" ? { width, height } : null;
}

/** fal's models take null for "not given". */
function isSet(value: Json | undefined): value is Exclude<Json, null> {
	return value !== undefined && value !== null;
}

const QUALITY_OF_RESOLUTION: ReadonlyMap<string, string> = new Map([
	["0.5K", "low"],
	["1K", "medium"],
	["2K", "high"],
	["4K", "high"],
]);

/** Read from the body itself, so that it is true of extras too. */
function readUsed({ dialect, shape }: Model, input: JsonObject): Used {
	const { aspect_ratio: ratio, image_size: size, quality, resolution, output_format: format } = input;
	const fields = dialect.kind === "ratio" ? [ratio, size] : [size, ratio];
	const known = fields.map(readSize).find((found) => found !== null && found.kind !== "auto");
	return {
		size: known ? `${known.width}${known.kind === "ratio" ? ":" : "x"}${known.height}` : "auto",
		aspectRatio: known ? toRatioText(known.width, known.height) : shape,
		quality: isWord(quality) ? quality : (isWord(resolution) && QUALITY_OF_RESOLUTION.get(resolution)) || "auto",
		outputFormat: FORMATS.find((known) => known === format) ?? "png",
	};
}

function readSize(value: Json | undefined): Size | null {
	if (typeof value === "string") return FAL_PRESETS.get(value) ?? parseSize(value);
	const box = toBox(value);
	return box && { kind: "pixels", ...box };
}

/** What a model takes, to be read after "takes" in a message. */
export function describeSizes({ dialect }: Model): string {
	switch (dialect.kind) {
		case "ratio":
			return `${dialect.ratios.join(", ")}; or WxH in pixels, of which the nearest ratio is used; or auto`;
		case "pixels":
			return `WxH with sides of ${dialect.min} to ${dialect.max} pixels, such as 1024x768; or a ratio such as 16:9; or auto`;
		case "text":
			return `${dialect.sizes.join(", ")}; or any WxH or ratio such as 16:9, of which the nearest is used; or auto`;
		case "unknown":
			return "WxH in pixels such as 1024x768, or a ratio such as 16:9, or auto";
	}
}
