/** Finds the pictures in a result, in any shape that models are known to answer in. */

import { type FalOutput, MAX_OUTPUTS } from "../core/fal-answers.ts";
import { isJsonObject, type JsonObject } from "../json-value.ts";
import { parseInnerJson } from "./json.ts";

/** The contents of a result. */
export interface Found {
	/** At most `MAX_OUTPUTS`, in the result's order. */
	readonly outputs: readonly FalOutput[];
	/** A safety checker flagged something. */
	readonly flagged: boolean;
	/** Something stands where pictures stand, though nothing of it may be readable. */
	readonly named: boolean;
}

/** An address is kept in a row of the log. */
const MAX_URL_CHARS = 8_192;
/** Of a list, this many entries are looked at: more than `MAX_OUTPUTS`, since some may be unreadable. */
const MAX_ENTRIES = 64;
const MAX_DEPTH = 5;

/** Fields that hold the pictures of the documented models, the sure ones first. */
const SURE_FIELDS = ["images", "image"] as const;
/** Other names of the same. They may as well hold an echo of the input, so they count only if the sure ones have nothing. */
const OTHER_FIELDS = [
	...["image_urls", "image_url", "imageUrls", "imageUrl", "image_list", "generated_images", "output_images"],
	...[
		"outputs",
		"output",
		"results",
		"result",
		"response",
		"payload",
		"artifacts",
		"predictions",
		"samples",
		"pictures",
		"picture",
	],
	...["photos", "photo", "media", "files", "file", "data", "urls", "url"],
] as const;
const HOLDERS: ReadonlySet<string> = new Set([...SURE_FIELDS, ...OTHER_FIELDS]);
/** Further names, such as `edited_image` or `image_1`. */
const LIKE_A_PICTURE = /image|picture|photo/i;
/** Names of what was drawn from, such as `original_image_url`. */
const OF_THE_INPUT = /input|source|original|reference|mask|control|init/i;
/** fal's names of inputs. Beside a sure field they hold the echo of one, whatever that field has. */
const INPUT_FIELDS: ReadonlySet<string> = new Set(["image_urls", "image_url", "imageUrls", "imageUrl"]);

const FLAG_FIELDS = [
	"has_nsfw_concepts",
	"nsfw_content_detected",
	"has_nsfw_concept",
	"nsfw",
	"nsfw_detected",
] as const;
/** Fields that hold the address, in an object that stands for one picture. */
const ADDRESS_FIELDS = ["url", "image_url", "imageUrl", "uri", "href", "src", "path"] as const;
const BASE64_FIELDS = ["b64_json", "base64", "image_base64", "b64", "file_data", "content"] as const;

/** Reads a result. Total: a body of any form has no pictures at worst. */
export function findOutputs(body: unknown): Found {
	if (!isJsonObject(body)) return { outputs: readAll(body, [], 0), flagged: isFlagged(body, 0), named: false };
	const outputs = picturesIn(body, [], 0, otherFieldsOf(body));
	return { outputs, flagged: isFlagged(body, 0), named: SURE_FIELDS.some((name) => holdsSomething(body[name])) };
}

/** Reads an object that holds pictures by name. @param around The flags of what it stands in, for an object without its own */
function picturesIn(
	fields: JsonObject,
	around: readonly boolean[],
	depth: number,
	others: readonly string[] = OTHER_FIELDS,
): readonly FalOutput[] {
	const own = flagsOf(fields);
	const flags = own.length > 0 ? own : around;
	const sure = firstWith(fields, SURE_FIELDS, flags, depth);
	// Beside an empty list and a raised flag, any other address is more likely an echo than the picture.
	const hasPlace = hasPlaceForPictures(fields);
	if (sure.length > 0 || (hasPlace && flags.includes(true))) return sure;
	return firstWith(fields, hasPlace ? others.filter((name) => !INPUT_FIELDS.has(name)) : others, flags, depth);
}

/** True if a flag is raised anywhere that pictures are looked for. */
function isFlagged(value: unknown, depth: number): boolean {
	if (depth > MAX_DEPTH) return false;
	if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).some((entry) => isFlagged(entry, depth + 1));
	if (!isJsonObject(value)) return false;
	return flagsOf(value).includes(true) || [...HOLDERS].some((name) => isFlagged(value[name], depth + 1));
}

function holdsSomething(value: unknown): boolean {
	return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
}

function otherFieldsOf(body: JsonObject): readonly string[] {
	return [
		...OTHER_FIELDS,
		...Object.keys(body)
			.slice(0, MAX_ENTRIES)
			.filter((name) => LIKE_A_PICTURE.test(name) && !OF_THE_INPUT.test(name)),
	];
}

/** True for a result, though it may hold no picture. */
export function hasPlaceForPictures(body: JsonObject): boolean {
	return SURE_FIELDS.some((name) => Object.hasOwn(body, name));
}

function firstWith(
	body: JsonObject,
	names: readonly string[],
	flags: readonly boolean[],
	depth: number,
): readonly FalOutput[] {
	for (const name of names) {
		if (!Object.hasOwn(body, name)) continue;
		const outputs = readAll(body[name], flags, depth);
		if (outputs.length > 0) return outputs;
	}
	return [];
}

/** @param flags Of the places of a list; one that stands for all is repeated */
function readAll(value: unknown, flags: readonly boolean[], depth: number): readonly FalOutput[] {
	if (depth > MAX_DEPTH) return [];
	const entries = Array.isArray(value) ? value.slice(0, MAX_ENTRIES) : [value];
	const outputs: FalOutput[] = [];
	for (const [index, entry] of entries.entries()) {
		// Of several places each has its own flag, whatever holds its picture.
		const own = entries.length > 1 ? repeated(flags[index] === true) : flags;
		outputs.push(...readOne(entry, own, depth));
		if (outputs.length >= MAX_OUTPUTS) return outputs.slice(0, MAX_OUTPUTS);
	}
	return outputs;
}

function readOne(entry: unknown, flags: readonly boolean[], depth: number): readonly FalOutput[] {
	const nsfw = flags[0] === true;
	if (typeof entry === "string") {
		const url = toAddress(entry);
		return url === null ? readAll(parseInnerJson(entry), flags, depth + 1) : [{ url, nsfw }];
	}
	if (Array.isArray(entry)) return readAll(entry, flags, depth + 1);
	if (!isJsonObject(entry) || isOtherMedia(entry)) return [];
	const url = addressOf(entry);
	if (url !== null) return [{ url, nsfw: nsfw || flagsOf(entry).includes(true) }];
	const inner = picturesIn(entry, flags, depth + 1);
	return inner.length > 0 ? inner : readAll(placesOf(entry), flags, depth + 1);
}

/** Lists what an object holds by numbers, or by names of its own such as `front`. Addresses among other texts are no pictures. */
function placesOf(entry: JsonObject): readonly unknown[] {
	const places = Object.entries(entry)
		.slice(0, MAX_ENTRIES)
		.filter(([name]) => !HOLDERS.has(name) && !NOT_OF_THE_RESULT.has(name));
	const isMap = places.every(
		([name, held]) => /^\d+$/.test(name) || (typeof held === "string" && toAddress(held) !== null),
	);
	return places.flatMap(([, held]) => (isMap || typeof held !== "string" ? [held] : []));
}

function addressOf(entry: JsonObject): string | null {
	for (const name of ADDRESS_FIELDS) {
		const value = entry[name];
		const url = typeof value === "string" ? toAddress(value) : null;
		if (url !== null) return url;
	}
	for (const name of BASE64_FIELDS) {
		const value = entry[name];
		if (typeof value !== "string") continue;
		const text = value.trim();
		if (DATA.test(text) || isBase64Picture(text)) return toAddress(text);
		if (name !== "content" && BASE64.test(text)) return `data:;base64,${text}`;
	}
	return null;
}

const BASE64 = /^[A-Za-z0-9+/]{16,64}/;
/** The first letters, in base64, of PNG, JPEG, WebP, GIF, AVIF and SVG. */
const BASE64_MAGIC = /^(?:iVBORw0KGgo|\/9j\/|UklGR|R0lGOD|AAAA[A-Za-z0-9+/]{2}Z0eX|PHN2Z|PD94bWwg)/;
const MIN_BASE64_CHARS = 32;

function isBase64Picture(text: string): boolean {
	return text.length >= MIN_BASE64_CHARS && BASE64_MAGIC.test(text);
}

/** Returns the address in a text: one with a scheme, or the bytes themselves. Null for any other text. */
function toAddress(text: string): string | null {
	const trimmed = text.trim();
	if (DATA.test(trimmed)) return toDataUri(trimmed);
	if (isBase64Picture(trimmed)) return `data:;base64,${trimmed}`;
	if (trimmed.length > MAX_URL_CHARS) return null;
	if (OTHER_MEDIA.test(trimmed.split(/[?#]/, 1)[0] ?? "")) return null;
	if (/^https?:\/\/[^\s]/i.test(trimmed)) return trimmed;
	return /^\/\/[^\s/]/.test(trimmed) ? `https:${trimmed}` : null;
}

const DATA = /^data:/i;
/** An address whose bytes are an address again. */
const TWICE = /^data:[^,]{0,128},(?=data:)/i;

/** One that is written as usual stays as it is: it may be long, and would be copied. */
function toDataUri(text: string): string {
	const once = text.replace(TWICE, "");
	return once.startsWith("data:") ? once : `data:${once.slice("data:".length)}`;
}

/** Films, sounds and texts are results, but no pictures. */
function isOtherMedia({ content_type }: JsonObject): boolean {
	return typeof content_type === "string" && /^(?:video|audio|text|model)\//i.test(content_type);
}

const OTHER_MEDIA = /\.(?:mp4|webm|mov|mkv|mp3|wav|ogg|flac|glb|obj|zip|json|txt|safetensors)$/i;

function flagsOf(fields: JsonObject): readonly boolean[] {
	const value = FLAG_FIELDS.map((name) => fields[name]).find((flag) => flag !== undefined && flag !== null);
	if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map((flag) => flag === true);
	return value === true ? repeated(true) : [];
}

function repeated(flag: boolean): readonly boolean[] {
	return Array<boolean>(MAX_ENTRIES).fill(flag);
}

/** At most this many addresses of an unreadable result are kept. */
const MAX_ADDRESSES = MAX_OUTPUTS;
const MAX_VISITED = 10_000;
const MAX_ADDRESS_DEPTH = 16;

/** Fields without a result: the echo of the input, and fal's words on a failure. */
const NOT_OF_THE_RESULT: ReadonlySet<string> = new Set(["input", "inputs", "request", "detail", "ctx", "prompt"]);

function isOfTheInput(name: string): boolean {
	return NOT_OF_THE_RESULT.has(name) || (LIKE_A_PICTURE.test(name) && OF_THE_INPUT.test(name));
}

/** Lists the addresses that stand in a result, wherever: what was paid for is to be found, even if it cannot be read. */
export function findAddresses(body: unknown): readonly string[] {
	const found = new Set<string>();
	let level: readonly unknown[] = [body];
	let visited = 0;
	for (let depth = 0; level.length > 0 && depth <= MAX_ADDRESS_DEPTH; depth += 1) {
		const next: unknown[] = [];
		for (const value of level) {
			visited += 1;
			if (visited > MAX_VISITED || found.size >= MAX_ADDRESSES) return [...found];
			if (typeof value === "string") {
				if (/^https?:\/\/[^\s]{1,8184}$/i.test(value)) found.add(value);
				else next.push(parseInnerJson(value));
			} else if (typeof value === "object" && value !== null) {
				const room = Math.max(0, MAX_VISITED - next.length);
				const inner = Object.entries(value).slice(0, room);
				next.push(...inner.flatMap(([name, held]) => (isOfTheInput(name) ? [] : [held])));
			}
		}
		level = next;
	}
	return [...found];
}
