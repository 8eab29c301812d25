/** Reads what a body says about its pictures under other names than OpenAI's: fal's, OpenRouter's, Gemini's, SiliconFlow's, A1111's. */

import { type Fault, typeOf } from "../../faults.ts";
import { isJsonObject, type Json, type JsonObject } from "../../json-value.ts";
import type { InvalidValue } from "../../models/fal-input.ts";
import { MAX_COUNT } from "../../models/fal-input.ts";
import { isSameShape, parseSize, type Size } from "../../models/size.ts";
import { err, ok, type Result } from "../../result.ts";
import { fieldsOf, holdsSomething, imageToolOf, type SentField } from "./body-fields.ts";

/** A value, and the field that it comes from, as errors name it. */
export interface Named<T> {
	readonly value: T;
	readonly param: string;
}

export interface OtherNames {
	readonly n?: Named<number>;
	readonly size?: Named<Size>;
	readonly resolution?: Named<string>;
	readonly quality?: Named<string>;
	readonly outputFormat?: Named<string>;
	readonly seed?: Named<number>;
}

/** OpenAI's own fields, where the schemas of the bodies have them. Elsewhere, as in `extra_body`, they count as other names. */
const OWN: ReadonlySet<string> = new Set(["size", "n", "quality", "output_format", "seed"]);

type Meaning = "size" | "width" | "height" | "count" | "batch" | "batches" | "quality" | "format" | "seed";

/** The names without case and separators, so that `aspectRatio` is `aspect_ratio`. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
	["size", "size"],
	["aspectratio", "size"],
	["aspectratios", "size"],
	["aspectratiosselection", "size"],
	["imageaspectratio", "size"],
	["imageratio", "size"],
	["aspect", "size"],
	["ratio", "size"],
	["ar", "size"],
	["orientation", "size"],
	["imagesize", "size"],
	["outputsize", "size"],
	["dimension", "size"],
	["dimensions", "size"],
	["imagedimensions", "size"],
	["resolution", "size"],
	["imageresolution", "size"],
	["outputresolution", "size"],
	["width", "width"],
	["imagewidth", "width"],
	["height", "height"],
	["imageheight", "height"],
	["n", "count"],
	["nimages", "count"],
	["numimages", "count"],
	["numimagesperprompt", "count"],
	["numoutputs", "count"],
	["numsamples", "count"],
	["numberofimages", "count"],
	["imagecount", "count"],
	["samplecount", "count"],
	["samples", "count"],
	["batchsize", "batch"],
	["batchcount", "batches"],
	["niter", "batches"],
	["quality", "quality"],
	["imagequality", "quality"],
	["outputformat", "format"],
	["imageformat", "format"],
	["seed", "seed"],
]);

/** Words for no wish of one's own. */
const NO_SIZE: ReadonlySet<string> = new Set([
	"auto",
	"default",
	"custom",
	"original",
	"adaptive",
	"match_input_image",
]);

/** `2K`, and Seedream's `auto_2K`. */
const RESOLUTION = /^(?:auto_)?(\d(?:\.\d)?k)$/i;

/** Returns a word such as `2k`; null for a text that is no resolution. */
export function toResolution(text: string): string | null {
	return RESOLUTION.exec(text.trim())?.[1]?.toLowerCase() ?? null;
}

/**
 * Reads the other names in a body and in its image tool. What OpenAI's own field says already is not looked for: it wins. Two names that
 * contradict each other are refused, and so is a value that makes no sense.
 * @param has Tells what the fields of OpenAI's names say
 */
export function readOtherNames(
	body: JsonObject,
	has: { readonly size: boolean; readonly n: boolean },
): Result<OtherNames, InvalidValue> {
	const fields = meaningfulFields(body);
	const sizes = readSizes(fields, has.size);
	if (!sizes.ok) return sizes;
	const count = has.n ? ok(undefined) : readCount(fields);
	if (!count.ok) return count;
	const seed = readSeed(fields.find(({ meaning }) => meaning === "seed"));
	if (!seed.ok) return seed;
	const quality = readWord(fields.find(({ meaning }) => meaning === "quality"));
	if (!quality.ok) return quality;
	const outputFormat = readWord(fields.find(({ meaning }) => meaning === "format"));
	if (!outputFormat.ok) return outputFormat;
	return ok({
		...sizes.value,
		...(count.value && { n: count.value }),
		...(seed.value && { seed: seed.value }),
		...(quality.value && { quality: quality.value }),
		...(outputFormat.value && { outputFormat: outputFormat.value }),
	});
}

interface MeaningfulField extends SentField {
	readonly meaning: Meaning;
}

function meaningfulFields(body: JsonObject): readonly MeaningfulField[] {
	const { tool, path } = imageToolOf(body) ?? { tool: {}, path: "" };
	const inTool = [...fieldsOf(tool, path)].filter((field) => !OWN.has(field.path.slice(path.length)));
	const inBody = [...fieldsOf(body)].filter((field) => !OWN.has(field.path));
	return [...inTool, ...inBody].flatMap((field) => {
		const meaning = MEANINGS.get(field.plain);
		return meaning !== undefined && holdsSomething(field.value) ? [{ ...field, meaning }] : [];
	});
}

function invalid(param: string, fault: Fault): { readonly ok: false; readonly error: InvalidValue } {
	return err({ kind: "invalid_value", param, fault });
}

type Sizes = Pick<OtherNames, "size" | "resolution">;

function readSizes(fields: readonly MeaningfulField[], hasSize: boolean): Result<Sizes, InvalidValue> {
	let resolution: Named<string> | undefined;
	const sizes: Named<Size>[] = [];
	for (const { path: param, value } of fields.filter(({ meaning }) => meaning === "size")) {
		const word = typeof value === "string" ? toResolution(value) : null;
		if (word !== null) {
			if (resolution !== undefined && resolution.value !== word) return contradiction(resolution.param, param);
			resolution = { value: word, param };
			continue;
		}
		if (hasSize || (typeof value === "string" && NO_SIZE.has(value.trim().toLowerCase()))) continue;
		const size = toSize(value);
		if (size === null) return invalid(param, { is: "no_size", got: typeof value === "string" ? value : null });
		sizes.push({ value: size, param });
	}
	const sides = hasSize ? ok(null) : readSides(fields);
	if (!sides.ok) return sides;
	const all = sides.value === null ? sizes : [...sizes, sides.value];
	const [first] = all;
	const other = first && all.find(({ value }) => !agree(first.value, value));
	if (first !== undefined && other !== undefined) return contradiction(first.param, other.param);
	const size = all.find(({ value }) => value.kind === "pixels") ?? first;
	return ok({ ...(size && { size }), ...(resolution && { resolution }) });
}

function contradiction(one: string, other: string) {
	return invalid(other, { is: "contradiction", other: one });
}

/** Pixels agree with the ratio that they have. */
function agree(one: Size, other: Size): boolean {
	if (one.kind === "auto" || other.kind === "auto") return true;
	if (one.kind === "pixels" && other.kind === "pixels") return one.width === other.width && one.height === other.height;
	return isSameShape(one, other);
}

function toSize(value: Json): Size | null {
	if (typeof value === "string") return parseSize(value);
	if (!isJsonObject(value)) return null;
	const [width, height] = [toWhole(value.width), toWhole(value.height)];
	return width === null || height === null ? null : parseSize(`${width}x${height}`);
}

function readSides(fields: readonly MeaningfulField[]): Result<Named<Size> | null, InvalidValue> {
	const width = fields.find(({ meaning }) => meaning === "width");
	const height = fields.find(({ meaning }) => meaning === "height");
	for (const side of [width, height]) {
		if (side === undefined || toWhole(side.value) !== null) continue;
		return invalid(side.path, { is: "type", expected: ["integer"], got: typeOf(side.value) });
	}
	const first = width ?? height;
	if (first === undefined) return ok(null);
	if (width === undefined || height === undefined) return invalid(first.path, { is: "one_side" });
	const size = toSize({ width: width.value, height: height.value });
	if (size === null) return invalid(width.path, { is: "no_size", got: `${width.value}x${height.value}` });
	return ok({ value: size, param: width.path });
}

/** A form sends numbers as text. */
function toWhole(value: Json | undefined): number | null {
	const number = typeof value === "string" && /^ ?\d{1,9} ?$/.test(value) ? Number(value) : value;
	return typeof number === "number" && Number.isInteger(number) ? number : null;
}

interface Count extends Named<number> {
	readonly meaning: Meaning;
}

/** Reads how many pictures are asked for. */
function readCount(fields: readonly MeaningfulField[]): Result<Named<number> | undefined, InvalidValue> {
	const counts: Count[] = [];
	for (const { path: param, value, meaning } of fields) {
		if (meaning !== "count" && meaning !== "batch" && meaning !== "batches") continue;
		const count = toWhole(value);
		if (count === null) return invalid(param, { is: "type", expected: ["integer"], got: typeOf(value) });
		if (count < 1) return invalid(param, { is: "too_small", min: 1, got: count });
		if (count > MAX_COUNT) return invalid(param, { is: "too_large", max: MAX_COUNT, got: count });
		counts.push({ value: count, param, meaning });
	}
	// A count that stands here twice agrees with itself.
	const all = [...counts.filter(({ meaning }) => meaning === "count"), ...multiplyBatches(counts)];
	const [first] = all;
	if (first === undefined) return ok(undefined);
	const other = all.find(({ value }) => value !== first.value);
	if (other !== undefined) return contradiction(first.param, other.param);
	if (first.value > MAX_COUNT) return invalid(first.param, { is: "too_large", max: MAX_COUNT, got: first.value });
	return ok({ value: first.value, param: first.param });
}

/** A1111 multiplies the pictures of a batch by the batches. */
function multiplyBatches(counts: readonly Count[]): readonly Named<number>[] {
	const batch = counts.find(({ meaning }) => meaning === "batch");
	const batches = counts.find(({ meaning }) => meaning === "batches");
	return batch && batches ? [{ value: batch.value * batches.value, param: batch.param }] : counts;
}

/** A negative seed asks for a random one. */
function readSeed(field: MeaningfulField | undefined): Result<Named<number> | undefined, InvalidValue> {
	if (field === undefined) return ok(undefined);
	const { path: param, value } = field;
	if (typeof value !== "number" || !Number.isInteger(value))
		return invalid(param, { is: "type", expected: ["integer"], got: typeOf(value) });
	return ok(value < 0 ? undefined : { value, param });
}

function readWord(field: MeaningfulField | undefined): Result<Named<string> | undefined, InvalidValue> {
	if (field === undefined) return ok(undefined);
	const { path: param, value } = field;
	return typeof value === "string"
		? ok({ value, param })
		: invalid(param, { is: "type", expected: ["string"], got: typeOf(value) });
}
