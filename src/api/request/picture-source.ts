/** Reads the values that clients write for a picture: addresses, base64, and objects and lists of them. */

import type { Fault } from "../../faults.ts";
import { isJsonObject, type Json } from "../../json-value.ts";
import { holdsPlaceholder } from "../../placeholder.ts";
import { err, ok, type Result } from "../../result.ts";
import { listOf } from "../../text.ts";
import { holdsSomething, isList } from "./body-fields.ts";
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
const BARE_BASE64 = /^(?:iVBORw0KGgo|\/9j\/|UklGR|R0lGOD|Qk0|SUkqA|TU0AK|AAAA[A-Z])[A-Za-z0-9+/_-]*={0,2}$/;
const OWN_PATH = /^https?:\/\/[^/?#\s]{1,300}\/images\/([0-9a-f]{64})\/(\d{1,2})\.[a-z0-9]{1,5}(?:[?#]\S*)?$/i;

/** The fields of an object that hold its picture, the surest first. */
const INNER = listOf(
	"image_url, imageUrl, url, uri, data, b64_json, base64, b64, source, image, image_file, file_data, imageBytes, bytesBase64Encoded",
);
/** The fields that name a file at OpenAI. Darkroom keeps none. */
const FILE_IDS = listOf("file_id, fileId, file_ids");

/** Yields each picture that a value stands for, or says why it stands for none. Empty values are nothing. */
export function* sourcesOf(value: Json, param: string, depth = 0): Generator<Result<FoundSource, SourceFault>> {
	if (!holdsSomething(value)) return;
	if (typeof value === "string") yield readText(value.trim(), param);
	else if (isList(value) && depth < MAX_DEPTH) {
		for (const [index, item] of value.entries()) yield* sourcesOf(item, `${param}[${index}]`, depth + 1);
	} else if (isJsonObject(value) && depth < MAX_DEPTH) {
		const name = INNER.find((inner) => holdsSomething(value[inner]));
		const inner = name === undefined ? undefined : value[name];
		const file = FILE_IDS.find((id) => holdsSomething(value[id]));
		if (name !== undefined && inner !== undefined) yield* sourcesOf(inner, `${param}.${name}`, depth + 1);
		else
			yield err({
				param: file === undefined ? param : `${param}.${file}`,
				fault: { is: file === undefined ? "unreadable_picture" : "picture_file" },
			});
	} else yield err({ param, fault: { is: "unreadable_picture" } });
}

function readText(text: string, param: string): Result<FoundSource, SourceFault> {
	const source = toSource(text);
	return source === null ? err({ param, fault: { is: "unreadable_picture" } }) : ok({ param, source });
}

function toSource(text: string): GivenSource | null {
	if (/^data:/i.test(text) || holdsPlaceholder(text) || BARE_BASE64.test(text)) return { kind: "data", text };
	if (text.length > MAX_LINK_CHARS || /\s/.test(text)) return null;
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
