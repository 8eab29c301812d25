/** Reads what a body says about its pictures under other names than OpenAI's: fal's, OpenRouter's, Gemini's, SiliconFlow's, A1111's. */

import { typeOf } from "../../faults.ts";
import { isJsonObject, type Json, type JsonObject } from "../../json-value.ts";
import { type InvalidValue, invalid, MAX_COUNT } from "../../models/fal-input.ts";
import { isSameShape, parseSize, type Size } from "../../models/size.ts";
import { holdsPlaceholder } from "../../placeholder.ts";
import { ok, type Result } from "../../result.ts";
import { listOf } from "../../text.ts";
import { fieldsOf, holdsSomething, imageToolOf, type SentField } from "./body-fields.ts";
import { type Meaning, meaningOfName } from "./option-names.ts";
import { MAX_NEGATIVE_CHARS } from "./picture-fields.ts";

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
	readonly background?: Named<string>;
	readonly inputFidelity?: Named<string>;
	readonly moderation?: Named<string>;
	readonly negativePrompt?: Named<string>;
	readonly seed?: Named<number>;
	readonly fal?: Named<JsonObject>;
}

/** The fields that the schemas of the bodies have. Elsewhere, as in `extra_body`, they count as other names. */
const OWN: ReadonlySet<string> = new Set(
	listOf("size, n, quality, output_format, seed, negative_prompt, background, input_fidelity, moderation, fal"),
);

/** Words for no wish of one's own. */
const NO_SIZE: ReadonlySet<string> = new Set([
	"auto",
	"default",
	"custom",
	"original",
	"adaptive",
	"match_input_image",
]);

/** True for a text that leaves the size to the model. */
export function saysNoSize(text: string): boolean {
	return NO_SIZE.has(text.trim().toLowerCase());
}

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
	const words: Partial<Record<WordMeaning, Named<string>>> = {};
	for (const field of fields) {
		const { meaning } = field;
		if (!isWordMeaning(meaning) || words[meaning] !== undefined) continue;
		const word = readWord(field, WORD_CHARS[meaning]);
		if (!word.ok) return word;
		words[meaning] = word.value;
	}
	// The AI SDK's options for fal are read one by one, as those for any provider.
	const fal = fields.find(({ meaning, isNest }) => meaning === "fal" && !isNest);
	if (fal !== undefined && !isJsonObject(fal.value))
		return invalid(fal.path, { is: "type", expected: ["object"], got: typeOf(fal.value) });
	return ok({
		...sizes.value,
		...(count.value && { n: count.value }),
		...(seed.value && { seed: seed.value }),
		...words,
		...(fal !== undefined && isJsonObject(fal.value) && { fal: { value: fal.value, param: fal.path } }),
	});
}

/** Bounds the length of the meanings that are a text, where no schema does. A word needs no bound: a longer one is none that is known. */
const WORD_CHARS = {
	quality: Number.POSITIVE_INFINITY,
	outputFormat: Number.POSITIVE_INFINITY,
	background: Number.POSITIVE_INFINITY,
	inputFidelity: Number.POSITIVE_INFINITY,
	moderation: Number.POSITIVE_INFINITY,
	negativePrompt: MAX_NEGATIVE_CHARS,
} as const;

type WordMeaning = keyof typeof WORD_CHARS;

function isWordMeaning(meaning: Meaning): meaning is WordMeaning {
	return meaning in WORD_CHARS;
}

interface MeaningfulField extends SentField {
	readonly meaning: Meaning;
}

function meaningfulFields(body: JsonObject): readonly MeaningfulField[] {
	const { tool, path } = imageToolOf(body) ?? { tool: {}, path: "" };
	const inBody = [...fieldsOf(body)].filter((field) => !OWN.has(field.path));
	// Of the tool's own fields only the Responses API has a schema. What it says there was read already, and wins.
	return [...fieldsOf(tool, path), ...inBody].flatMap((field) => {
		const meaning = meaningOfName(field.plain);
		// In the background a Response is made, too.
		const isMode = meaning === "background" && typeof field.value === "boolean";
		return meaning !== null && !isMode && holdsSomething(field.value) ? [{ ...field, meaning }] : [];
	});
}

/** A size, of which a word such as `landscape` says no more than which side is the longer one. */
interface NamedSize extends Named<Size> {
	readonly isLoose: boolean;
}

type Sizes = Pick<OtherNames, "size" | "resolution">;

function readSizes(fields: readonly MeaningfulField[], hasSize: boolean): Result<Sizes, InvalidValue> {
	let resolution: Named<string> | undefined;
	const sizes: NamedSize[] = [];
	for (const { path: param, value } of fields.filter(({ meaning }) => meaning === "size")) {
		const word = typeof value === "string" ? toResolution(value) : null;
		if (word !== null) {
			if (resolution !== undefined && resolution.value !== word) return contradiction(resolution.param, param);
			resolution = { value: word, param };
			continue;
		}
		if (hasSize || (typeof value === "string" && saysNoSize(value))) continue;
		const size = toSize(value);
		if (size === null) return invalid(param, { is: "no_size", got: typeof value === "string" ? value : null });
		sizes.push({
			value: size,
			param,
			isLoose: size.kind === "ratio" && typeof value === "string" && !/\p{N}/u.test(value),
		});
	}
	const sides = hasSize ? ok(null) : readSides(fields);
	if (!sides.ok) return sides;
	const all = sides.value === null ? sizes : [...sizes, { ...sides.value, isLoose: false }];
	const first = all.find(({ isLoose }) => !isLoose) ?? all[0];
	const other = first && all.find((one) => !agree(first, one));
	if (first !== undefined && other !== undefined) return contradiction(first.param, other.param);
	const size = all.find(({ value }) => value.kind === "pixels") ?? first;
	return ok({
		...(size && { size: { value: size.value, param: size.param } }),
		...(resolution && { resolution }),
	});
}

function contradiction(one: string, other: string) {
	return invalid(other, { is: "contradiction", other: one });
}

/** Pixels agree with the ratio that they have, and any size with its orientation. */
function agree({ value: one }: NamedSize, { value: other, isLoose }: NamedSize): boolean {
	if (one.kind === "auto" || other.kind === "auto") return true;
	if (isLoose) return Math.sign(one.width - one.height) === Math.sign(other.width - other.height);
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
	for (const side of fields.filter(({ meaning }) => meaning === "width" || meaning === "height")) {
		const [length, first] = [toWhole(side.value), side.meaning === "width" ? width : height];
		if (length === null) return invalid(side.path, { is: "type", expected: ["integer"], got: typeOf(side.value) });
		if (first !== undefined && toWhole(first.value) !== length) return contradiction(first.path, side.path);
	}
	const first = width ?? height;
	if (first === undefined) return ok(null);
	if (width === undefined || height === undefined) return invalid(first.path, { is: "one_side" });
	const size = toSize({ width: width.value, height: height.value });
	if (size === null) return invalid(width.path, { is: "no_size", got: `${width.value}x${height.value}` });
	return ok({ value: size, param: width.path });
}

/** A form sends numbers as text, and seeds have up to 64 bits. */
const SEED_TEXT = /^ ?-?\d{1,20} ?$/;

/** A form sends numbers as text. */
function toWhole(value: Json | undefined): number | null {
	const number =
		typeof value === "string" && /^ ?\d{1,9}(?:\.0| ?px)? ?$/.test(value) ? Number.parseInt(value, 10) : value;
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

/** A negative seed asks for a random one, and so does `random_seed: true`. */
function readSeed(field: MeaningfulField | undefined): Result<Named<number> | undefined, InvalidValue> {
	if (field === undefined || field.value === true) return ok(undefined);
	const { path: param, value } = field;
	const seed = typeof value === "string" && SEED_TEXT.test(value) ? Number(value) : value;
	if (typeof seed !== "number" || !Number.isInteger(seed))
		return invalid(param, { is: "type", expected: ["integer"], got: typeOf(value) });
	return ok(seed < 0 ? undefined : { value: seed, param });
}

function readWord({ path: param, value }: SentField, maxChars: number): Result<Named<string>, InvalidValue> {
	if (typeof value !== "string") return invalid(param, { is: "type", expected: ["string"], got: typeOf(value) });
	if (holdsPlaceholder(value)) return invalid(param, { is: "long_data" });
	if (value.length > maxChars) return invalid(param, { is: "too_long", max: maxChars, of: "characters" });
	return ok({ value: value.toWellFormed(), param });
}
