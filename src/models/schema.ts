/** Says how an endpoint of fal's is asked, from the document that fal publishes for it: which of its inputs takes which part of a request. */

import { ok, type Result } from "../result.ts";
import type { MaskField, PictureField, QualityField, SchemaTraits, SizeDialect, Traits } from "./catalogue/types.ts";
import type { ImageRequest, JsonObject, OutputFormat } from "./request.ts";
import { sideOfLevel } from "./resolution.ts";
import {
	type DocumentFault,
	type EndpointDocument,
	type Property,
	readDocument,
	type Shape,
} from "./schema-document.ts";
import { COMMON_RATIOS, FAL_PRESETS, parseSize, toRatioText } from "./size.ts";

/** What a document says of an endpoint. */
export interface Described {
	readonly traits: SchemaTraits;
	/** False: it makes something else, or the document does not say what. */
	readonly givesPictures: boolean;
}

type Inputs = EndpointDocument["inputs"];

/** Reads a document of fal's. Refuses one that has no inputs that can be read, or too many of them. */
export function readSchema(document: unknown, endpoint: string): Result<Described, DocumentFault> {
	const read = readDocument(document, endpoint);
	if (!read.ok) return read;
	const { inputs, outputs } = read.value;
	return ok({ traits: toTraits(endpoint, inputs), givesPictures: outputs !== null && givesPicture(outputs) });
}

function toTraits(endpoint: string, inputs: Inputs): SchemaTraits {
	const prompt = PROMPTS.find((name) => inputs.get(name)?.shape.text) ?? null;
	const size = readSize(inputs);
	const count = readCount(inputs);
	const format = readFormat(inputs);
	const quality = readQuality(inputs);
	const images = readImages(inputs);
	const mask = readMask(endpoint, inputs);
	const lenient = readLenient(inputs);
	const sent = [prompt, images?.field, mask?.field, count.max > 1 ? count.field : null, format?.field];
	const needs = [...inputs].flatMap(([name, { required }]) => (required && !sent.includes(name) ? [name] : []));
	return {
		...(prompt === "prompt" ? {} : { prompt }),
		dialect: size.dialect,
		...quality,
		maxImages: count.max,
		...(count.max > 1 && count.field !== USUAL_COUNT_FIELD ? { countField: count.field } : {}),
		outputFormats: format?.words ?? [],
		...(format === null || format.field === USUAL_FORMAT_FIELD ? {} : { formatField: format.field }),
		seed: inputs.get("seed")?.shape.number ?? false,
		...(inputs.get("negative_prompt")?.shape.text ? { negativePrompt: true } : {}),
		...(hasWords(inputs, "background", ["transparent", "opaque"]) ? { background: true } : {}),
		...(hasWords(inputs, "input_fidelity", ["low", "high"]) ? { inputFidelity: true } : {}),
		...(lenient === null ? {} : { lenient }),
		...(Object.keys(count.fixed).length > 0 ? { fixed: count.fixed } : {}),
		shape: size.shape,
		...(images === null ? {} : { images }),
		...(mask === null ? {} : { mask }),
		...(needs.length > 0 ? { needs } : {}),
		inputs: [...inputs.keys()],
	};
}

/** Inputs that take the words of a request, the usual one first. */
const PROMPTS = ["prompt", "instruction", "text_input", "text_prompt"];

function wordsOf(inputs: Inputs, name: string): readonly string[] {
	return inputs.get(name)?.shape.words ?? [];
}

function hasWords(inputs: Inputs, name: string, words: readonly string[]): boolean {
	const own = wordsOf(inputs, name);
	return words.every((word) => own.includes(word));
}

/** Outputs that hold pictures, by the names that fal's models give them. */
const PICTURE_OUTPUT = /^(?:images?|output_images?|edited_images?|generated_images?|image_urls?|svg|vector)$/;

function givesPicture(outputs: ReadonlyMap<string, Shape>): boolean {
	return [...outputs].some(([name, { text, fields, items }]) => {
		const holdsAddress = text || fields !== null || items?.text === true || (items?.fields ?? null) !== null;
		return holdsAddress && PICTURE_OUTPUT.test(name);
	});
}

const USUAL_COUNT_FIELD = "num_images";
const COUNT_FIELDS = [USUAL_COUNT_FIELD, "num_results", "number_of_images", "num_outputs", "num_samples"];
/** The least that a model of fal's with `num_images` takes. */
const USUAL_COUNT = 4;
/** OpenAI's own bound. */
const MAX_COUNT = 10;

interface Count {
	readonly field: string;
	readonly max: number;
	/** Keeps the model from making more than one picture for each that is asked for. */
	readonly fixed: JsonObject;
}

function readCount(inputs: Inputs): Count {
	const field = COUNT_FIELDS.find((name) => inputs.get(name)?.shape.number) ?? USUAL_COUNT_FIELD;
	const shape = inputs.get(field)?.shape;
	const usual = shape !== undefined && field === USUAL_COUNT_FIELD ? USUAL_COUNT : 1;
	const max = Math.min(MAX_COUNT, Math.max(1, Math.floor(shape?.max ?? usual)));
	const single = [...(max > 1 ? [] : [field]), "max_images"];
	const fixed = single.filter((name) => {
		const own = inputs.get(name)?.shape;
		return own?.number && own.default !== 1;
	});
	return { field, max, fixed: Object.fromEntries(fixed.map((name) => [name, 1])) };
}

const USUAL_FORMAT_FIELD = "output_format";
const FORMAT_FIELDS = [USUAL_FORMAT_FIELD, "format", "image_format"];
const FORMATS: readonly (OutputFormat | "jpg")[] = ["png", "jpeg", "webp", "jpg"];

function readFormat(inputs: Inputs): { readonly field: string; readonly words: Traits["outputFormats"] } | null {
	for (const field of FORMAT_FIELDS) {
		const own = wordsOf(inputs, field);
		const words = FORMATS.filter((format) => own.includes(format) && (format !== "jpg" || !own.includes("jpeg")));
		if (words.length > 0) return { field, words };
	}
	return null;
}

const QUALITIES: readonly ImageRequest["quality"][] = ["auto", "low", "medium", "high"];
/** Words for a quality under other names. */
const SPEEDS: QualityField = {
	field: "rendering_speed",
	words: { low: "TURBO", medium: "BALANCED", high: "QUALITY" },
};
const LINES = /^(\d{3,4})p$/;
/** More are as much as 2K, which is asked for as such. */
const MAX_LINES = 1_080;

function readQuality(inputs: Inputs): Pick<Traits, "quality" | "resolutions"> {
	const levels = wordsOf(inputs, "resolution");
	const resolutions = levels
		.filter((level) => sideOfLevel(level) !== null)
		.toSorted((a, b) => (sideOfLevel(a) ?? 0) - (sideOfLevel(b) ?? 0));
	return { quality: readQualityField(inputs), ...(resolutions.length > 0 ? { resolutions } : {}) };
}

function readQualityField(inputs: Inputs): QualityField | null {
	const own = wordsOf(inputs, "quality");
	if (own.includes("high")) {
		const words = Object.fromEntries(QUALITIES.filter((word) => own.includes(word)).map((word) => [word, word]));
		return { field: "quality", words };
	}
	if (hasWords(inputs, SPEEDS.field, Object.values(SPEEDS.words))) return SPEEDS;
	const lines = wordsOf(inputs, "resolution")
		.filter((level) => linesOf(level) <= MAX_LINES)
		.toSorted((a, b) => linesOf(a) - linesOf(b));
	const [low, high] = [lines[0], lines.at(-1)];
	return low === undefined || high === undefined ? null : { field: "resolution", words: { low, high } };
}

function linesOf(level: string): number {
	return Number(LINES.exec(level)?.[1] ?? Number.POSITIVE_INFINITY);
}

function readLenient(inputs: Inputs): JsonObject | null {
	const levels = wordsOf(inputs, "safety_tolerance").filter((level) => /^\d{1,2}$/.test(level));
	const most = levels.toSorted((a, b) => Number(a) - Number(b)).at(-1);
	return most === undefined ? null : { safety_tolerance: most };
}

/** Inputs with addresses of pictures, those that are drawn from first. */
const USUAL_PICTURES = [
	...["image_url", "image_urls", "input_image_url", "input_image_urls", "images", "image", "init_image_url"],
	...["reference_image_urls", "reference_image_url"],
];
const PICTURE = /(?:^|_)(?:images?|photos?|pictures?)(?:_urls?|_source)?$/;
/** fal says how many a model takes only in words, if at all. */
const MAX_PICTURES = 16;

/** Returns the input that takes a request's pictures: the only one that must have one, or the usual one. */
function readImages(inputs: Inputs): PictureField | null {
	const all = [...inputs].filter(([name, { shape }]) => PICTURE.test(name) && takesAddress(shape));
	const needed = all.filter(([, { required }]) => required);
	const [only] = needed.length === 1 ? needed : [];
	const found = only ?? USUAL_PICTURES.flatMap((name) => all.filter(([own]) => own === name))[0];
	if (found === undefined) return null;
	const [field, { shape, required }] = found;
	const isList = shape.items !== null;
	return { field, isList, max: isList ? MAX_PICTURES : 1, required };
}

function takesAddress({ text, items }: Shape): boolean {
	return text || items?.text === true;
}

const MASKS = ["mask_url", "mask_image_url", "mask"];
/** What paints, where a model's own words differ from fal's usual white. */
const POLARITIES: readonly (readonly [part: string, polarity: MaskField["polarity"]])[] = [
	["/gpt-image-", "alpha"],
	["/chrono-edit-lora-gallery/paintbrush", "black"],
];

function readMask(endpoint: string, inputs: Inputs): MaskField | null {
	const field = MASKS.find((name) => inputs.get(name)?.shape.text);
	if (field === undefined) return null;
	const polarity = POLARITIES.find(([part]) => endpoint.includes(part))?.[1] ?? "white";
	return { field, polarity, required: inputs.get(field)?.required ?? false };
}

interface SizeField {
	readonly dialect: SizeDialect;
	/** The shape of a picture whose size is not asked for. */
	readonly shape: string;
}

const RATIO_FIELDS = ["aspect_ratio", "resolution_mode", "ratio"];
const SIZE_FIELDS = ["image_size", "size"];
/** Sizes in pixels as text that models with such a field are trained on. */
const TRAINED_SIZES = ["1024x1024", "1152x896", "896x1152", "1216x832", "832x1216", "1344x768", "768x1344"];
/** Bounds the price of a picture. fal's schemas allow 14,142 pixels, whatever the model draws. */
const SIDES = { min: 256, max: 4_096, multiple: 16 } as const;

function readSize(inputs: Inputs): SizeField {
	for (const field of [...SIZE_FIELDS, ...RATIO_FIELDS]) {
		const property = inputs.get(field);
		const dialect = property === undefined ? null : readDialect(field, property);
		if (property !== undefined && dialect !== null) return { dialect, shape: shapeOf(property.shape.default) };
	}
	const [width, height] = [inputs.get("width")?.shape, inputs.get("height")?.shape];
	if (width?.number && height?.number) return { dialect: { kind: "sides", ...boundsOf(width, height) }, shape: "auto" };
	return { dialect: { kind: "none" }, shape: "auto" };
}

function readDialect(field: string, { shape }: Property): SizeDialect | null {
	const { words, fields, text, default: usual } = shape;
	const [width, height] = [fields?.get("width"), fields?.get("height")];
	const sizes = words.filter((word) => isSize(word));
	const name = field === "image_size" || field === "aspect_ratio" ? {} : { field };
	if (width?.number && height?.number) {
		const presets = sizes.filter((word) => FAL_PRESETS.has(word));
		return { kind: "pixels", ...boundsOf(width, height), ...name, ...(presets.length > 0 ? { presets } : {}) };
	}
	const ratios = sizes.filter((word) => parseSize(word)?.kind === "ratio");
	if (RATIO_FIELDS.includes(field)) {
		if (ratios.length > 0) return { kind: "ratio", ratios, ...name };
		if (!text) return null;
		return typeof usual === "string" && parseSize(usual)?.kind === "pixels"
			? { kind: "text", sizes: TRAINED_SIZES, field }
			: { kind: "ratio", ratios: COMMON_RATIOS, ...name };
	}
	return sizes.length > 0 ? { kind: "text", sizes, ...name } : null;
}

function isSize(word: string): boolean {
	const size = parseSize(word);
	return size !== null && size.kind !== "auto";
}

function boundsOf(width: Shape, height: Shape) {
	const min = Math.max(SIDES.min, width.min ?? 0, height.min ?? 0);
	const max = Math.min(SIDES.max, width.max ?? SIDES.max, height.max ?? SIDES.max);
	return min <= max ? { ...SIDES, min: Math.ceil(min), max: Math.floor(max) } : SIDES;
}

function shapeOf(usual: Shape["default"]): string {
	if (typeof usual !== "string") return "auto";
	const size = FAL_PRESETS.get(usual) ?? parseSize(usual);
	return size === null || size.kind === "auto" ? "auto" : toRatioText(size.width, size.height);
}
