/** Turns the text fields of a form into the object that a JSON body would be. */

import type { JsonBound } from "../../http/json-scan.ts";
import { boundPassedBy } from "../../http/scan-json-text.ts";
import { isJsonObject, type Json, type JsonObject } from "../../json-value.ts";
import type { InputRole } from "../../models/request.ts";
import { toPlainName } from "../../text.ts";
import { isList } from "./body-fields.ts";
import { roleOfName } from "./picture-names.ts";

/** `image`, `image[]`, `image[0]`, `svg[model]`, `images[0][image_url]`. */
const NAME = /^([^[\]]{1,64})((?:\[[^[\]]{0,64}\]){0,8})$/;

/** A field's name without brackets, and what stands in the first of them; null for no brackets. */
export interface FieldName {
	readonly name: string;
	readonly inner: string | null;
	/** Holds the name in each further pair of brackets. */
	readonly deeper: readonly string[];
}

/** Returns null for a name that no field has. */
export function readFieldName(text: string): FieldName | null {
	const [, name, brackets = ""] = NAME.exec(text.trim()) ?? [];
	const [inner = null, ...deeper] = Array.from(brackets.matchAll(/\[([^\]]*)\]/g), ([, key = ""]) => key);
	return name === undefined ? null : { name, inner, deeper };
}

/** Returns what the picture of a field is for, by the field's name; null for a field of something else. */
export function roleOfField(written: string): InputRole | null {
	return roleOfName(toPlainName(readFieldName(written)?.name ?? ""));
}

/** As `roleOfField`, for a file, which is a picture under any name: no other file has a meaning here. */
export function roleOfFile(written: string): InputRole {
	return roleOfField(written) ?? (/mask/i.test(written) ? "mask" : "image");
}

/** Fields whose values are no texts in JSON. All others stay as they are: a prompt may be a number. */
const NUMBERS = new Set(["n", "seed", "output_compression", "partial_images", "max_tokens"]);
const FLAGS = new Set(["stream"]);
const NUMBER = /^-?\d{1,20}(?:\.\d{1,20})?$/;
/** Clients write these for an empty field of a form. */
const NOTHING = new Set(["null", "undefined", "None"]);

/** Returns the bound on values or levels that a field's JSON passes; null if it passes none, and for a field that is a text. */
export function boundPassedIn(written: string, text: string): JsonBound | null {
	const field = readFieldName(written);
	return field !== null && looksLikeJson(field.name, text) ? boundPassedBy(text) : null;
}

/** @param fields Each field's name as it was sent, and its text, in their order, within the bounds on JSON. Of a field that comes again the last one counts, but for lists */
export function toSent(fields: readonly (readonly [name: string, text: string])[]): JsonObject {
	const sent = new Map<string, Json>();
	for (const [written, text] of fields) {
		const field = readFieldName(written);
		if (field === null || NOTHING.has(text)) continue;
		const { name, inner, deeper } = field;
		const keys = inner === null ? [] : [inner, ...deeper];
		sent.set(name, put(sent.get(name), keys, keys.every(isPlace) ? toValue(name, text) : text));
	}
	return Object.fromEntries(sent);
}

/** True for what stands in the brackets of a list. */
function isPlace(key: string): boolean {
	return /^\d*$/.test(key);
}

/** Returns the value that came before with this one in it. */
function put(earlier: Json | undefined, [key, ...deeper]: readonly string[], value: Json): Json {
	if (key === undefined) return value;
	if (!isPlace(key)) {
		const object = isJsonObject(earlier) ? earlier : {};
		return Object.fromEntries([...Object.entries(object), [key, put(object[key], deeper, value)]]);
	}
	const list = isList(earlier) ? earlier : [];
	// `images[0][url]` and `images[0][weight]` are of one entry.
	const entry = key === "" || deeper.length === 0 ? undefined : list[Number(key)];
	const inside = put(entry, deeper, value);
	return entry === undefined ? [...list, inside] : list.with(Number(key), inside);
}

function toValue(name: string, text: string): Json {
	const trimmed = text.trim();
	if (NUMBERS.has(name) && NUMBER.test(trimmed)) return Number(trimmed);
	if (FLAGS.has(name) && /^(?:true|false|1|0)$/i.test(trimmed)) return /^(?:true|1)$/i.test(trimmed);
	if (!looksLikeJson(name, text)) return text;
	try {
		const value: Json = JSON.parse(trimmed);
		return value;
	} catch {
		return text;
	}
}

/** Options come as JSON under many names. Only the words of a prompt are words even then. */
function looksLikeJson(name: string, text: string): boolean {
	return /^\s*[[{]/.test(text) && !/(?<!image)prompt$/.test(toPlainName(name));
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
