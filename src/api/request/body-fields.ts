/** Walks the fields of a body as it was sent, under whatever spelling and inside of whatever object a client puts its options. */

import { isJsonObject, type Json, type JsonObject } from "../../json-value.ts";
import { toPlainName } from "../../text.ts";

/** A field of a body. */
export interface SentField {
	/** As an error names it: `image_config.aspect_ratio`. */
	readonly path: string;
	/** Its name without case and separators: `aspectratio`. */
	readonly plain: string;
	readonly value: Json;
}

/** Objects that hold further options of the request, by their plain names. */
const NESTS: ReadonlySet<string> = new Set([
	// A literal `extra_body` is a slip of those who write for OpenAI's SDKs, which take it apart. Google's compatible API wants one.
	"extrabody",
	"extraparams",
	"extraparameters",
	"extra",
	"google",
	// OpenRouter and Gemini.
	"imageconfig",
	"generationconfig",
	"imagegenerationconfig",
	"config",
	// Hugging Face, DashScope, Ollama and others.
	"parameters",
	"params",
	"options",
	"imageoptions",
	"imageparams",
	"imagesettings",
	// The AI SDK.
	"provideroptions",
	"openai",
]);

const MAX_NEST_DEPTH = 3;
/** No field that is looked for has a longer name. */
const MAX_NAME_CHARS = 64;

/** Yields each field of an object and of the nests in it, as they were written. @param path Stands before their names */
export function* fieldsOf(object: JsonObject, path = "", depth = 0): Generator<SentField> {
	for (const name of Object.keys(object)) {
		const value = object[name];
		if (name.length > MAX_NAME_CHARS || value === undefined) continue;
		const field = { path: `${path}${name}`, plain: toPlainName(name), value };
		yield field;
		if (depth < MAX_NEST_DEPTH && NESTS.has(field.plain) && isJsonObject(value)) {
			yield* fieldsOf(value, `${field.path}.`, depth + 1);
		}
	}
}

/** Returns the options of the image tool of a Response, and where they stand; null if there is no such tool. */
export function imageToolOf({ tools }: JsonObject): { readonly tool: JsonObject; readonly path: string } | null {
	if (!isList(tools)) return null;
	const index = tools.findIndex((tool) => isJsonObject(tool) && tool.type === "image_generation");
	const tool = tools[index];
	return tool !== undefined && isJsonObject(tool) ? { tool, path: `tools[${index}].` } : null;
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
