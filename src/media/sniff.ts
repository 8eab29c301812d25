/** Tells a picture's format and size from its first bytes, whatever its server called it. */
import { imageDimensionsFromData } from "image-dimensions";

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

/** An XML declaration, comments and a doctype may stand before the root. A comment can end in one place only, so nothing backtracks. */
const SVG_ROOT = /^\s*(<\?xml[^>]*>\s*)?(<!--((?!-->)[\s\S])*-->\s*|<!doctype svg[^>]*>\s*)*<svg[\s>]/i;

const OTHERS: readonly Format[] = [
	["image/svg+xml", "svg", (head) => SVG_ROOT.test(new TextDecoder().decode(head.subarray(0, 4096)))],
	["application/octet-stream", "bin", () => true],
];

/** Never remove one: stored pictures are deleted by these. */
export const EXTENSIONS: readonly string[] = [...INLINE, ...OTHERS].map(([, extension]) => extension);

/** Returns true for a picture that may be shown in a page. All else is a download, since it could carry a script. */
export function isInlineType(contentType: string | undefined): boolean {
	return INLINE.some(([safe]) => safe === contentType);
}

/** @param head The first bytes. At most `SNIFF_BYTES` of them are read. */
export function sniff(head: Uint8Array): Sniffed {
	const bounded = head.subarray(0, SNIFF_BYTES);
	const [contentType, extension] = [...INLINE, ...OTHERS].find(([, , fits]) => fits(bounded)) ?? UNKNOWN;
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
