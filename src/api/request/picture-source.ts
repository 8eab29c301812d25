/** Reads the values that clients write for a picture: addresses, base64, and objects and lists of them. */

import type { Fault } from "../../faults.ts";
import { boundPassedBy } from "../../http/scan-json-text.ts";
import { isJsonObject, type Json, type JsonObject, parseJsonText } from "../../json-value.ts";
import type { InputRole } from "../../models/request.ts";
import { holdsPlaceholder } from "../../placeholder.ts";
import { err, ok, type Result } from "../../result.ts";
import { echo, listOf, toPlainName } from "../../text.ts";
import { holdsSomething, isList, MAX_NAME_CHARS } from "./body-fields.ts";
import { isPassedOver, type Naming, namingOf, type Proof } from "./picture-names.ts";
import type { GivenSource } from "./wanted-picture.ts";

/** A source, and the field that it stands in. */
export interface FoundSource {
	readonly param: string;
	readonly source: GivenSource;
}

export interface SourceFault {
	readonly param: string;
	readonly fault: Fault<"unreadable_picture" | "picture_file">;
}

/** A longer address is no link: what is longer is data, and has its placeholder. */
const MAX_LINK_CHARS = 2_048;
const MAX_DEPTH = 4;
/** The beginnings of the base64 of PNG, JPEG, WebP, GIF, BMP, TIFF and HEIC. */
const BARE_BASE64 = /^(?:iVBORw0KGgo|\/9j\/|UklGR|R0lGOD|Qk0|SUkqA|TU0AK|AAAA[A-Z]GZ0eX)[A-Za-z0-9+/_-]*={0,2}$/;
const OWN_PATH = /^(?:https?:\/\/[^/?#\s]{1,300})?\/images\/([0-9a-f]{64})\/(\d{1,2})\.[a-z0-9]{1,5}(?:[?#]\S*)?$/i;

/** Clients write these for no picture. */
const NOTHING = /^\s*(?:none|null|undefined|false|auto|\[\]|\{\})\s*$/i;
/** The fields of an object that hold its picture, the surest first. */
const INNER = listOf(
	"image_url, imageUrl, url, blob, data, b64_json, base64, b64, uri, source, image, image_file, file_data, imageBytes, bytesBase64Encoded",
);
/** The fields that name a file at OpenAI. Darkroom keeps none. */
const FILE_IDS = listOf("file_id, fileId, file_ids");

/** Yields each picture that a value stands for, or says why it stands for none. Empty values are nothing. */
export function* sourcesOf(value: Json, param: string, depth = 0): Generator<Result<FoundSource, SourceFault>> {
	if (!holdsSomething(value) || (typeof value === "string" && NOTHING.test(value))) return;
	if (typeof value === "string") yield* sourcesInText(value.trim(), param, depth);
	else if (isList(value) && depth < MAX_DEPTH) {
		for (const [index, item] of value.entries()) yield* sourcesOf(item, `${param}[${index}]`, depth + 1);
	} else if (isJsonObject(value) && depth < MAX_DEPTH) {
		const inner = innerOf(value);
		const file = FILE_IDS.find((id) => holdsSomething(value[id]));
		if (inner !== null) yield* sourcesOf(inner.value, `${param}.${inner.name}`, depth + 1);
		else if (file !== undefined) yield err({ param: `${param}.${file}`, fault: { is: "picture_file" } });
		else {
			const within = [...picturesWithin(value, param, ANY_ADDRESS, depth)];
			yield* within.length > 0 ? within : [err({ param, fault: { is: "unreadable_picture" } } as const)];
		}
	} else yield err({ param, fault: { is: "unreadable_picture" } });
}

/** Stands between addresses, each perhaps on a line of its own. A comma may belong to the data before it. */
const BETWEEN = /(?:(?<!;base64|;run=\d{1,7}),\s{0,3}|\s)(?=https?:|data:)/i;

/** Several pictures in one text are a list in JSON, or addresses in a row. */
function* sourcesInText(text: string, param: string, depth: number): Generator<Result<FoundSource, SourceFault>> {
	const parsed = /^[[{]/.test(text) && boundPassedBy(text) === null ? parseJsonText(text) : null;
	if (Array.isArray(parsed) || isJsonObject(parsed)) yield* sourcesOf(parsed, param, depth + 1);
	else for (const part of ADDRESS.test(text) ? text.split(BETWEEN) : [text]) yield readText(part.trim(), param);
}

/** Returns the field that surely holds the picture of an object. */
function innerOf(object: JsonObject): { readonly name: string; readonly value: Json } | null {
	for (const name of INNER) {
		const value = object[name] ?? null;
		if (holdsSomething(value)) return { name, value };
	}
	return null;
}

type FoundPicture = Result<FoundSource & { readonly role: InputRole }, SourceFault>;

const ANY_ADDRESS: Naming = { role: "image", proof: "address" };

/** Yields the pictures at any depth of a value; as a fault if it is an address that cannot be read. All else is nothing. */
export function* picturesWithin(
	value: Json,
	param: string,
	naming: Naming = ANY_ADDRESS,
	depth = 0,
): Generator<FoundPicture> {
	if (typeof value === "string") {
		const text = value.trim();
		if (!PROVES[naming.proof](text)) return;
		for (const found of sourcesInText(text, param, depth))
			yield found.ok ? ok({ ...found.value, role: naming.role }) : found;
	} else if (isList(value)) {
		for (const [index, item] of value.entries()) yield* picturesWithin(item, `${param}[${index}]`, naming, depth);
	} else if (isJsonObject(value) && depth < MAX_DEPTH && !isMessage(value)) {
		const inner = naming.proof === "address" ? innerOf(value) : null;
		for (const name of inner === null ? Object.keys(value) : [inner.name])
			yield* picturesInField(name, value[name] ?? null, `${param}.${echo(name)}`, naming, depth + 1);
	}
}

/** Yields the pictures of a field of any name. @param around What the object around it says */
export function* picturesInField(
	name: string,
	value: Json,
	param: string,
	around?: Naming,
	depth = 0,
): Generator<FoundPicture> {
	if (typeof value === "string" ? !MAYBE.test(value) && !holdsPlaceholder(value) : typeof value !== "object") return;
	const plain = name.length > MAX_NAME_CHARS ? "" : toPlainName(name);
	if (isPassedOver(plain, typeof value === "string")) return;
	yield* picturesWithin(value, param, namingOf(plain, around), depth);
}

/** The beginnings of addresses, JSON and base64 of pictures. A body may hold very many other texts, so their names are not read. */
const MAYBE = /^\s*(?:https?:|data:|[[{/A-Zi])/;

/** A history has the pictures of earlier requests. */
function isMessage({ role }: JsonObject): boolean {
	return typeof role === "string" && /^(?:user|assistant|system|developer|tool|model)$/i.test(role);
}

const ADDRESS = /^(?:https?|data):/i;
/** A form has JSON as a text. */
const JSON_WITH_ADDRESS = /^[[{][\s\S]*(?:https?:|data:)/i;
/** The addresses that no other thing has. */
const PICTURE_ADDRESS = /^https:\/\/[^?#]{1,2000}\.(?:png|jpe?g|webp|gif|avif|bmp|heic)(?:[?#]|$)/i;
/** The addresses of pages, documents, films, sounds and weights. */
const NO_PICTURE =
	/^https?:\/\/[^?#]{1,2000}\.(?:html?|pdf|docx?|xlsx?|pptx?|txt|csv|json|zip|mp[34]|mov|webm|wav|safetensors|ckpt|gguf)(?:[?#]|$)/i;

function isBytes(text: string): boolean {
	return /^data:image\//i.test(text) || BARE_BASE64.test(text);
}

const PROVES: Readonly<Record<Proof, (text: string) => boolean>> = {
	bytes: isBytes,
	address: (text) => ADDRESS.test(text) || JSON_WITH_ADDRESS.test(text) || toSource(text) !== null,
	ending: (text) => isBytes(text) || PICTURE_ADDRESS.test(text) || ownPictureOf(text) !== null,
};

/** True for a source that is a picture whatever is said of it. */
export function isSurelyPicture(source: GivenSource): boolean {
	return source.kind === "file" || PROVES.ending(source.kind === "link" ? source.url : source.text);
}

/** Reads the text that stands for a picture. */
export function readText(text: string, param: string): Result<FoundSource, SourceFault> {
	const source = toSource(text);
	return source === null ? err({ param, fault: { is: "unreadable_picture" } }) : ok({ param, source });
}

function toSource(text: string): GivenSource | null {
	if (/^data:/i.test(text) || holdsPlaceholder(text) || BARE_BASE64.test(text)) return { kind: "data", text };
	if (text.length > MAX_LINK_CHARS || /\s|,https?:/.test(text) || NO_PICTURE.test(text)) return null;
	return isWebAddress(text) || ownPictureOf(text) !== null ? { kind: "link", url: text } : null;
}

function isWebAddress(text: string): boolean {
	return /^https:\/\/[^/?#]/i.test(text);
}

/**
 * Returns the picture of ours that an address names by its path, whatever its host and its signature have become. Whether there is such a
 * picture, and whose it is, its job says.
 */
export function ownPictureOf(url: string): { readonly job: string; readonly index: number } | null {
	const [, job, index] = OWN_PATH.exec(url) ?? [];
	return job === undefined ? null : { job: job.toLowerCase(), index: Number(index) };
}
