/** Walks the fields of a body as it was sent, under whatever spelling and inside of whatever object a client puts its options. */

import { isJsonObject, type Json, type JsonObject } from "../../json-value.ts";
import { toPlainName } from "../../text.ts";
import { isNestName } from "./option-names.ts";

/** A field of a body. */
export interface SentField {
	/** As an error names it: `image_config.aspect_ratio`. */
	readonly path: string;
	/** Its name without case and separators: `aspectratio`. */
	readonly plain: string;
	readonly value: Json;
	/** True for an object of options, whose fields follow. */
	readonly isNest: boolean;
}

/** SDKs that are given `extra_body` twice nest it twice, and Google's has two objects within it. */
export const MAX_NEST_DEPTH = 6;
/** No field that is looked for has a longer name. */
export const MAX_NAME_CHARS = 64;

/** Yields each field of an object and of the nests in it, as they were written. @param path Stands before their names */
export function fieldsOf(object: JsonObject, path = ""): Generator<SentField> {
	return fieldsWithin(object, path, null, 0);
}

/** @param parent The object's own name */
function* fieldsWithin(object: JsonObject, path: string, parent: string | null, depth: number): Generator<SentField> {
	for (const name of Object.keys(object)) {
		const value = object[name];
		if (name.length > MAX_NAME_CHARS || value === undefined) continue;
		const plain = toPlainName(name);
		const isNest = depth < MAX_NEST_DEPTH && isJsonObject(value) && isNestName(plain, parent);
		const field = { path: `${path}${name}`, plain, value, isNest };
		yield field;
		if (isNest) yield* fieldsWithin(value, `${field.path}.`, plain, depth + 1);
	}
}

/** Returns the options of the image tool of a Response, and where they stand; null if there is no such tool. */
export function imageToolOf({ tools }: JsonObject): { readonly tool: JsonObject; readonly path: string } | null {
	if (!isList(tools)) return null;
	const index = tools.findIndex((tool) => isJsonObject(tool) && isImageTool(tool));
	const tool = tools[index];
	return tool !== undefined && isJsonObject(tool) ? { tool, path: `tools[${index}].` } : null;
}

/** OpenRouter's is `openrouter:image_generation`. */
function isImageTool({ type }: JsonObject): boolean {
	return typeof type === "string" && /^(?:[\w-]{1,40}[:./])?image_generation$/.test(type);
}

/** Says of an object what it is, and holds nothing itself. */
const LABELS: ReadonlySet<string> = new Set([
	"type",
	"detail",
	"media_type",
	"mime_type",
	"format",
	"name",
	"cache_control",
]);

/** False for what clients send in place of nothing: null, empty text, and lists and objects of those. */
export function holdsSomething(value: Json | undefined): boolean {
	if (value === undefined || value === null || value === false) return false;
	if (typeof value === "string") return value.trim() !== "";
	if (isList(value)) return value.some(holdsSomething);
	if (!isJsonObject(value)) return true;
	return Object.keys(value).some((name) => !LABELS.has(name) && holdsSomething(value[name]));
}

export function isList(value: Json | undefined): value is readonly Json[] {
	return Array.isArray(value);
}
