/** Turns a request into the body that a fal model takes, in the model's own words for size and quality. */

import type { RequestError } from "../errors.ts";
import { type Fault, type TypeName, typeOf } from "../faults.ts";
import type { Json, JsonObject } from "../json-value.ts";
import { err, ok, type Result } from "../result.ts";
import { type Attachment, attach } from "./attachments.ts";
import type { Endpoint, Model } from "./catalogue/types.ts";
import { sizeFieldOf, toSizeFields, UNKNOWN_BOUNDS } from "./fit-size.ts";
import { FAL_BOUNDS, findForbiddenField } from "./forbidden-fields.ts";
import { inputsOf } from "./inputs.ts";
import { type ImageRequest, type OutputFormat, sizeOfFirst, type Used } from "./request.ts";
import { levelFor, sideOfLevel } from "./resolution.ts";
import { parseFalSize, type Size, sidesOf, toRatioText } from "./size.ts";

export interface FalInput {
	/** The body for fal, but for the addresses of pictures. */
	readonly input: JsonObject;
	/** The settings that the body comes to. */
	readonly used: Used;
	/** The pictures whose addresses belong into the body. Nothing here holds an address of ours. */
	readonly attachments: readonly Attachment[];
}

export type InvalidValue = Extract<RequestError, { kind: "invalid_value" }>;

/** The most pictures of a request, whatever its model makes in one: OpenAI's own bound. */
export const MAX_COUNT = 10;
/** The longest text of a field that the answer repeats. */
const MAX_WORD_CHARS = 40;

/** Half-way between the pictures of `1K` and of `2K`: from here on `2K` is nearer. Full HD lies below. */
const LARGE_PIXELS = 2 * 1024 * 1024;
/** fal does not publish the range of a seed. Every model takes 31 bits. */
export const SEED_COUNT = 2 ** 31;
const OUTPUT_FORMATS: readonly OutputFormat[] = ["png", "jpeg", "webp"];

/**
 * Returns fal's body for a request. Replaces a size by the model's nearest, an output format that the model lacks by png, and
 * folds a seed into 31 bits. The fields of `request.fal` win. Refuses a count above `MAX_COUNT`, pictures that the model does not
 * take, a field of `fal` that is forbidden, and one with a value that no model takes: this is the only place that checks them.
 * @param model As `drawerOf` finds it
 */
export function toFalInput(model: Model, request: ImageRequest): Result<FalInput, InvalidValue> {
	const { prompt, n, outputFormat, fal, seed } = request;
	const problem = checkCount(n) ?? checkPrompt(model, prompt) ?? checkForbidden(model, fal);
	if (problem !== null) return err(problem);
	const attachments = attach(model, request.inputs ?? []);
	if (!attachments.ok) return err(invalidValue(attachments.error.param, attachments.error.fault));
	// An unknown model gets only the fields that the client asked for: it may refuse a field that it does not have.
	const isUnknown = model.dialect.kind === "unknown";
	const sendsCount = isUnknown ? n > 1 : model.maxImages > 1;
	const sendsFormat = isUnknown ? outputFormat !== null : model.outputFormats.length > 0;
	const promptField = model.prompt === undefined ? "prompt" : model.prompt;
	const input: JsonObject = {
		...(promptField !== null && { [promptField]: prompt }),
		...model.fixed,
		...(sendsCount && { [model.countField ?? "num_images"]: n }),
		...("aspect_ratio" in fal || "image_size" in fal ? {} : toSizeFields(model, sizeFor(model, request))),
		...toQualityFields(model, request),
		...(sendsFormat && { [model.formatField ?? "output_format"]: nearestFormat(model, outputFormat) }),
		...(model.seed && seed !== null && { seed: Math.abs(seed % SEED_COUNT) }),
		...(model.negativePrompt && request.negativePrompt !== undefined && { negative_prompt: request.negativePrompt }),
		...(model.background && request.background !== undefined && { background: request.background }),
		...(model.inputFidelity && request.inputFidelity !== undefined && { input_fidelity: request.inputFidelity }),
		...(request.moderation === "low" && model.lenient),
		...fal,
	};
	const invalid = checkMerged(model, input) ?? checkNeeds(model, input);
	if (invalid !== null) return err(invalid);
	return ok({ input, used: readUsed(model, input), attachments: attachments.value });
}

/** Without a size an edit has the shape of its first picture, if the endpoint would draw another one. */
function sizeFor({ shape }: Model, request: ImageRequest): Size {
	const { size } = request;
	if (size.kind !== "auto" || shape === "auto") return size;
	const first = sizeOfFirst(request);
	return first === null ? size : { kind: "ratio", ...first };
}

function invalidValue(param: string, fault: Fault): InvalidValue {
	return { kind: "invalid_value", param, fault };
}

/** Refuses a field of a request. */
export function invalid(param: string, fault: Fault): Result<never, InvalidValue> {
	return err(invalidValue(param, fault));
}

function checkCount(n: number): InvalidValue | null {
	if (!Number.isInteger(n)) return invalidValue("n", { is: "type", expected: ["integer"], got: typeOf(n) });
	if (n < 1) return invalidValue("n", { is: "too_small", min: 1, got: n });
	return n <= MAX_COUNT ? null : invalidValue("n", { is: "too_large", max: MAX_COUNT, got: n });
}

function checkPrompt({ prompt: field, maxPromptChars: max }: Model, prompt: string): InvalidValue | null {
	return field !== null && max !== undefined && prompt.length > max
		? invalidValue("prompt", { is: "too_long", max, of: "characters" })
		: null;
}

function checkForbidden(model: Model, fal: JsonObject): InvalidValue | null {
	const found = findForbiddenField(fal, inputsOf(model));
	if (found === null) return null;
	const { field, why } = found;
	return invalidValue(`fal.${field}`, why === "too_much" ? { is: why, ...FAL_BOUNDS } : { is: "forbidden", why });
}

function toQualityFields(
	{ quality: field, resolutions }: Model,
	{ quality, size, resolution }: ImageRequest,
): JsonObject {
	const isLarge = size.kind === "pixels" && size.width * size.height >= LARGE_PIXELS;
	const level1K = resolution === "1K" ? levelFor(resolutions, 1) : undefined;
	const wants4K = quality === "high" && resolution === "4K";
	const wantsLarge = isLarge || (quality === "high" && field === null);
	const level =
		level1K ??
		(wants4K ? levelFor(resolutions, 4) : undefined) ??
		(wantsLarge || wants4K ? levelFor(resolutions, 2) : undefined);
	const word = field?.words[quality];
	return {
		...(level !== undefined && { resolution: level }),
		...(field !== null && word !== undefined && { [field.field]: word }),
	};
}

function nearestFormat({ outputFormats }: Model, wanted: OutputFormat | null): string {
	const taken = (format: OutputFormat | null) => outputFormats.find((own) => toFormat(own) === format);
	return taken(wanted) ?? taken("png") ?? outputFormats[0] ?? "png";
}

/** Reads a model's word for a format. */
function toFormat(word: Json | undefined): OutputFormat | undefined {
	return word === "jpg" ? "jpeg" : OUTPUT_FORMATS.find((format) => format === word);
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
	const { max } = dialect.kind === "pixels" || dialect.kind === "sides" ? dialect : UNKNOWN_BOUNDS;
	const box = sidesOf(size);
	if (box !== null && [box.width, box.height].every((side) => Number.isInteger(side) && side >= 1 && side <= max)) {
		return null;
	}
	return invalidValue("fal.image_size", { is: "image_size", max });
}

/** Names what the endpoint needs and nothing has set. */
function checkNeeds({ id, dialect, needs = [] }: Model, input: JsonObject): InvalidValue | null {
	const missing = needs.filter((name) => !isSet(input[name]));
	if (missing.length === 0) return null;
	if (missing.some((name) => name === sizeFieldOf(dialect))) return invalidValue("size", { is: "missing" });
	const settable = missing.filter((name) => findForbiddenField({ [name]: null }, null) === null);
	const others = missing.filter((name) => !settable.includes(name));
	return invalidValue("fal", { is: "needs_inputs", model: id, settable, others });
}

function wrongType(expected: TypeName, got: Json): Fault {
	return { is: "type", expected: [expected], got: typeOf(got) };
}

function isWord(value: Json | undefined): value is string {
	return typeof value === "string" && value.length <= MAX_WORD_CHARS;
}

/** fal's models read null as "not given". */
function isSet(value: Json | undefined): value is Exclude<Json, null> {
	return value !== undefined && value !== null;
}

/** Reads the settings from the body itself, so that they include the fields of `fal`. */
function readUsed(model: Model, input: JsonObject): Used {
	const found = readSizeOf(model, input);
	const format = input[model.formatField ?? "output_format"];
	return {
		size: found?.text ?? "auto",
		aspectRatio: found ? toRatioText(found.size.width, found.size.height) : model.shape,
		quality: readQuality(model, input),
		outputFormat: toFormat(format) ?? "png",
	};
}

/** A resolution counts as the quality that asks for it. */
function readQuality({ quality: field }: Model, input: JsonObject): string {
	const word = field === null ? undefined : input[field.field];
	const quality = Object.entries(field?.words ?? {}).find(([, own]) => own === word)?.[0];
	if (quality !== undefined) return quality;
	for (const own of [word, input.quality]) if (isWord(own)) return own;
	const side = isWord(input.resolution) ? sideOfLevel(input.resolution) : null;
	if (side === null) return "auto";
	return side < 1 ? "low" : side < 2 ? "medium" : "high";
}

/** A size as it was sent, in the words of the OpenAI APIs. */
export interface SizeSent {
	readonly size: Exclude<Size, { kind: "auto" }>;
	readonly text: string;
}

/** Reads the size that a body asks for, in whichever field it stands; null for none. */
export function readSizeOf({ dialect }: Endpoint, input: JsonObject): SizeSent | null {
	const { aspect_ratio: ratio, image_size: imageSize } = input;
	const own = "field" in dialect && dialect.field !== undefined ? [input[dialect.field]] : [];
	const sides = dialect.kind === "sides" ? [input] : [];
	const fields = dialect.kind === "ratio" ? [ratio, imageSize] : [imageSize, ratio];
	for (const value of [...own, ...sides, ...fields]) {
		const size = parseFalSize(value);
		if (size === null || size.kind === "auto") continue;
		// A model's own ratio may be a decimal one, such as 19.5:9.
		const isOwn = dialect.kind === "ratio" && typeof value === "string" && dialect.ratios.includes(value);
		return { size, text: isOwn ? value : `${size.width}${size.kind === "ratio" ? ":" : "x"}${size.height}` };
	}
	return null;
}
