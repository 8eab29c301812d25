/** Tells a picture's format and size from its first bytes, whatever its server called it. */
import { imageDimensionsFromData } from "image-dimensions";
import { isText } from "./text-bytes.ts";

export interface Sniffed {
	readonly contentType: string;
	/** Without a dot. */
	readonly extension: string;
	/** In pixels as stored, before any EXIF rotation; null if the head does not tell. */
	readonly width: number | null;
	readonly height: number | null;
}

/** Bounds the part of a picture that is read here. A JPEG's dimensions may lie behind more EXIF than this: then they stay unknown. */
export const SNIFF_BYTES = 64 * 1024;

type Format = readonly [contentType: string, extension: string, fits: (head: Uint8Array) => boolean];

function latin1(head: Uint8Array, from: number, to: number): string {
	return String.fromCharCode(...head.subarray(from, to));
}

/** The `ftyp` box of AVIF names its brands, the major one and then the compatible ones, in four letters each. */
function hasAvifBrand(head: Uint8Array): boolean {
	if (latin1(head, 4, 8) !== "ftyp") return false;
	const length = new DataView(head.buffer, head.byteOffset).getUint32(0);
	const brands = latin1(head, 8, Math.min(length, MAX_FTYP_BYTES)).match(/.{4}/gs) ?? [];
	return brands.some((brand) => brand === "avif" || brand === "avis");
}

const MAX_FTYP_BYTES = 256;

/** The formats that a browser draws and cannot run. */
const INLINE: readonly Format[] = [
	["image/png", "png", (head) => latin1(head, 0, 8) === "\x89PNG\r\n\x1a\n"],
	["image/jpeg", "jpg", (head) => latin1(head, 0, 3) === "\xff\xd8\xff"],
	["image/webp", "webp", (head) => latin1(head, 0, 4) === "RIFF" && latin1(head, 8, 12) === "WEBP"],
	["image/gif", "gif", (head) => /^GIF8[79]a$/.test(latin1(head, 0, 6))],
	["image/avif", "avif", hasAvifBrand],
];

const OTHERS: readonly Format[] = [
	["image/svg+xml", "svg", isSvg],
	["application/octet-stream", "bin", () => true],
];

/** The parts that may stand before the root of an SVG, each with its end: declarations, comments and a doctype. */
const PROLOGUE: readonly (readonly [begin: RegExp, ...ends: string[]])[] = [
	[/^<\?/, "?>"],
	[/^<!--/, "-->"],
	// Its entities stand in brackets.
	[/^<!doctype\s+svg[^[>]*\[/i, "]", ">"],
	[/^<!doctype\s+svg/i, ">"],
];
const SVG_ROOT = /^<(?:[a-z]{1,16}:)?svg(?:[\s>/]|$)/i;
/** The parts of a prologue are few. */
const MAX_PROLOGUE_PARTS = 1_000;

/** Passes over the prologue, each part of it once. */
function isSvg(head: Uint8Array): boolean {
	if (!isText(head)) return false;
	const text = new TextDecoder().decode(head);
	let at = 0;
	for (let parts = 0; parts < MAX_PROLOGUE_PARTS; parts += 1) {
		at += text.slice(at).search(/\S|$/);
		const beginning = text.slice(at, at + MAX_TAG_CHARS);
		if (SVG_ROOT.test(beginning)) return true;
		const [, ...ends] = PROLOGUE.find(([begin]) => begin.test(beginning)) ?? [];
		if (ends.length === 0) return false;
		for (const end of ends) {
			const place = text.indexOf(end, at);
			if (place < 0) return false;
			at = place + end.length;
		}
	}
	return false;
}

/** A doctype up to its bracket. */
const MAX_TAG_CHARS = 512;

/** Never remove one: stored pictures are deleted by these. */
export const EXTENSIONS: readonly string[] = [...INLINE, ...OTHERS].map(([, extension]) => extension);

/** Returns true for a picture that may be shown in a page. All else is a download, since it could carry a script. */
export function isInlineType(contentType: string | undefined): boolean {
	return INLINE.some(([safe]) => safe === contentType);
}

/**
 * Returns null for a text that is no SVG: a page, or a server's words, in place of the picture. Bytes of any other kind are taken.
 * @param head The first bytes. At most `SNIFF_BYTES` of them are read
 */
export function sniff(head: Uint8Array): Sniffed | null {
	const bounded = head.subarray(0, SNIFF_BYTES);
	const [contentType, extension] = [...INLINE, ...OTHERS].find(([, , fits]) => fits(bounded)) ?? UNKNOWN;
	if (extension === UNKNOWN[1] && isText(bounded)) return null;
	return { contentType, extension, ...(isInlineType(contentType) ? dimensionsOf(bounded) : UNKNOWN_SIZE) };
}

const UNKNOWN_SIZE = { width: null, height: null } as const;

/** Broken bytes may make the parser throw. That must not cost a picture that was paid for. */
function dimensionsOf(head: Uint8Array): Pick<Sniffed, "width" | "height"> {
	try {
		const size = imageDimensionsFromData(head);
		return size === undefined ? UNKNOWN_SIZE : { width: size.width, height: size.height };
	} catch {
		return UNKNOWN_SIZE;
	}
}

const UNKNOWN = ["application/octet-stream", "bin"] as const;
