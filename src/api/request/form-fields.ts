/** Turns the text fields of a form into the object that a JSON body would be. */

import type { JsonBound } from "../../http/json-scan.ts";
import { boundPassedBy } from "../../http/scan-json-text.ts";
import { isJsonObject, type Json, type JsonObject } from "../../json-value.ts";

/** `image`, `image[]`, `image[0]`, `svg[model]`. */
const NAME = /^([^[\]]{1,64})(?:\[([^[\]]{0,64})\])?$/;

/** A field's name without brackets, and what stands in them; null for no brackets. */
export interface FieldName {
	readonly name: string;
	readonly inner: string | null;
}

/** Returns null for a name that no field has. */
export function readFieldName(text: string): FieldName | null {
	const [, name, inner] = NAME.exec(text.trim()) ?? [];
	return name === undefined ? null : { name, inner: inner ?? null };
}

/** Fields whose values are no texts in JSON. All others stay as they are: a prompt may be a number. */
const NUMBERS = new Set(["n", "seed", "output_compression", "partial_images", "max_tokens"]);
const FLAGS = new Set(["stream"]);
const OBJECTS = new Set(["fal", "extra_body", "image_config", "svg", "metadata"]);
const NUMBER = /^-?\d{1,20}(?:\.\d{1,20})?$/;
/** Clients write these for an empty field of a form. */
const NOTHING = new Set(["null", "undefined", "None"]);

/** Returns the bound on values or levels that a field's JSON passes; null if it passes none, and for a field that is a text. */
export function boundPassedIn(written: string, text: string): JsonBound | null {
	const field = readFieldName(written);
	return field !== null && OBJECTS.has(field.name) ? boundPassedBy(text) : null;
}

/** @param fields Each field's name as it was sent, and its text, in their order, within the bounds on JSON. Of a field that comes again the last one counts, but for lists */
export function toSent(fields: readonly (readonly [name: string, text: string])[]): JsonObject {
	const sent = new Map<string, Json>();
	for (const [written, text] of fields) {
		const field = readFieldName(written);
		if (field === null || NOTHING.has(text)) continue;
		const { name, inner } = field;
		const value = toValue(name, text);
		const earlier = sent.get(name);
		if (inner === null) sent.set(name, value);
		else if (/^\d*$/.test(inner)) sent.set(name, [...(Array.isArray(earlier) ? earlier : []), value]);
		else sent.set(name, Object.fromEntries([...Object.entries(isJsonObject(earlier) ? earlier : {}), [inner, text]]));
	}
	return Object.fromEntries(sent);
}

function toValue(name: string, text: string): Json {
	const trimmed = text.trim();
	if (NUMBERS.has(name) && NUMBER.test(trimmed)) return Number(trimmed);
	if (FLAGS.has(name) && /^(?:true|false|1|0)$/i.test(trimmed)) return /^(?:true|1)$/i.test(trimmed);
	if (!OBJECTS.has(name)) return text;
	try {
		const value: Json = JSON.parse(trimmed);
		return value;
	} catch {
		return text;
	}
}

/** Names the files of a form one by one, so that an error says which of several it means. */
export class FileNames {
	readonly #counts = new Map<string, number>();

	/** Returns `image[2]` for the third `image[]`, or `image`. The first `image` stays as it is, and so does a name with a number of its own. */
	next(written: string): string {
		const field = readFieldName(written);
		if (field === null) return written;
		const nth = this.#counts.get(field.name) ?? 0;
		this.#counts.set(field.name, nth + 1);
		const isNumbered = field.inner === "" || (field.inner === null && nth > 0);
		return isNumbered ? `${field.name}[${nth}]` : written;
	}
}
