/** Says how an endpoint of fal's is asked, from the document that fal publishes for it: which of its inputs takes which part of a request. */

import type { JsonObject } from "../json-value.ts";
import { ok, type Result } from "../result.ts";
import { SPEEDS } from "./catalogue/parts.ts";
import type { MaskField, PictureField, QualityField, SchemaTraits, Traits } from "./catalogue/types.ts";
import { MAX_COUNT } from "./fal-input.ts";
import type { ImageRequest, OutputFormat } from "./request.ts";
import { sideOfLevel } from "./resolution.ts";
import { type DocumentFault, type EndpointDocument, readDocument, type Shape } from "./schema-document.ts";
import { readSizeField } from "./schema-size.ts";

/** An endpoint as its document describes it. */
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
	const { inputs, outputs, category } = read.value;
	const givesPictures = outputs === null ? IMAGE_CATEGORY.test(category ?? "") : givesPicture(outputs);
	return ok({ traits: toTraits(endpoint, inputs), givesPictures });
}

function toTraits(endpoint: string, inputs: Inputs): SchemaTraits {
	const prompt = PROMPTS.find((name) => inputs.get(name)?.shape.text) ?? null;
	const maxPromptChars = prompt === null ? null : (inputs.get(prompt)?.shape.maxChars ?? null);
	const size = readSizeField(inputs);
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
		...(maxPromptChars === null ? {} : { maxPromptChars }),
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

/** fal's word for an endpoint that makes pictures: `text-to-image`, `image-to-image`. */
const IMAGE_CATEGORY = /-to-image$/;

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
/** Most schemas say how many a model takes only in words, if at all. */
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
	const max = Math.max(1, Math.floor(Math.min(shape.maxItems ?? MAX_PICTURES, MAX_PICTURES)));
	return { field, isList, max: isList ? max : 1, required };
}

function takesAddress({ text, items }: Shape): boolean {
	return text || items?.text === true;
}

const MASKS = ["mask_url", "mask_image_url", "mask"];
/** Masks in which another colour than fal's usual white marks the part to paint, as the models' own documents say. */
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
