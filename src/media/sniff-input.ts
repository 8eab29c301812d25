/** Tells the format and the size of a picture that a client sent, and refuses what fal's models cannot read. */
import { imageDimensionsFromData } from "image-dimensions";
import type { Fault } from "../faults.ts";
import { err, ok, type Result } from "../result.ts";
import { isSideways } from "./exif.ts";
import { isText } from "./text-bytes.ts";

export interface SniffedInput {
	readonly contentType: "image/png" | "image/jpeg" | "image/webp";
	/** In pixels as the picture is seen, its EXIF orientation applied; null if the head does not tell. */
	readonly width: number | null;
	readonly height: number | null;
}

export type InputFault = Fault<"empty" | "picture_format" | "picture_cut">;

/** As much of a picture as is read here. A camera's JPEG may have several segments of 64 KiB before its size. */
export const INPUT_HEAD_BYTES = 256 * 1024;

/** A beginning of a file, in which `?` is any byte. */
type Beginning = string;

/**
 * The formats that OpenAI's edits take, and that every model reads. GPT Image and Gemini read no GIF, and fal's own example of
 * `unsupported_image_format` names these three.
 */
const TAKEN: readonly (readonly [contentType: SniffedInput["contentType"], Beginning])[] = [
	["image/png", "\x89PNG\r\n\x1a\n????IHDR"],
	["image/jpeg", "\xff\xd8\xff"],
	["image/webp", "RIFF????WEBP"],
];

const TAKEN_NAMES = ["PNG", "JPEG", "WebP"] as const;

/** Files that people send in place of those. */
const REFUSED: readonly (readonly [name: string, ...beginnings: Beginning[]])[] = [
	["RAW", "????ftypcrx ", "FUJIFILMCCD-RAW", "II*\0????CR", "IIU\0", "IIRO"],
	["MP4", "????ftyp"],
	["WebM", "\x1aE\xdf\xa3"],
	["GIF", "GIF87a", "GIF89a"],
	["TIFF", "II*\0", "MM\0*", "II+\0", "MM\0+"],
	["BMP", "BM????\0\0\0\0"],
	["JPEG XL", "\xff\x0a", "\0\0\0\x0cJXL "],
	["JPEG 2000", "\0\0\0\x0cjP  ", "\xff\x4f\xff\x51"],
	["ICO", "\0\0\x01\0", "\0\0\x02\0"],
	["CgBI", "\x89PNG\r\n\x1a\n????CgBI"],
	["PSD", "8BPS"],
	["PDF", "%PDF-"],
	["ZIP", "PK\x03\x04", "PK\x05\x06"],
];

/** Formats that share a box of brands of four letters, the file's own first. A file with a brand of both is the first. */
const BRANDED: readonly (readonly [name: string, brand: RegExp])[] = [
	["AVIF", /avi[fs]/],
	["HEIC", /he[iv][cxms]|mif1|msf1/],
];
const FTYP = "????ftyp";

/** As many bytes as the beginnings above look at. */
const BEGINNING_BYTES = 64;
/** Declarations, comments and a doctype stand before the root of an SVG. */
const SVG_BYTES = 4_096;

/** @param head The first bytes: `INPUT_HEAD_BYTES` of them, or all if the picture is shorter */
export function sniffInput(head: Uint8Array): Result<SniffedInput, InputFault> {
	if (head.length === 0) return err({ is: "empty" });
	const bounded = head.subarray(0, INPUT_HEAD_BYTES);
	const beginning = latin1(bounded.subarray(0, BEGINNING_BYTES));
	const [contentType] = TAKEN.find(([, form]) => fits(beginning, form)) ?? [];
	if (contentType === undefined)
		return err({ is: "picture_format", got: nameOf(bounded, beginning), taken: TAKEN_NAMES });
	return ok({ contentType, ...sizeAsSeen(contentType, bounded) });
}

/** Null for bytes that nobody knows here. */
function nameOf(head: Uint8Array, beginning: string): string | null {
	const [name] =
		BRANDED.find(([, brand]) => brandsOf(beginning).some((one) => brand.test(one))) ??
		REFUSED.find(([, ...forms]) => forms.some((form) => fits(beginning, form))) ??
		[];
	if (name !== undefined) return name;
	if (!isText(head)) return null;
	return /<svg[\s>]/i.test(latin1(head.subarray(0, SVG_BYTES))) ? "SVG" : "text";
}

function brandsOf(beginning: string): readonly string[] {
	return fits(beginning, FTYP) ? (beginning.slice(FTYP.length).match(/.{4}/gs) ?? []) : [];
}

function sizeAsSeen(contentType: string, head: Uint8Array): Pick<SniffedInput, "width" | "height"> {
	const { width, height } = imageDimensionsFromData(head) ?? {};
	const sideways = isSideways(contentType, head);
	// A side of 0 is that of a JPEG whose height comes at its end, or of broken bytes.
	if (!width || !height || (sideways === null && width !== height)) return { width: null, height: null };
	return sideways ? { width: height, height: width } : { width, height };
}

function fits(text: string, beginning: Beginning): boolean {
	for (let at = 0; at < beginning.length; at += 1)
		if (beginning[at] !== ANY && beginning[at] !== text[at]) return false;
	return true;
}

const ANY = "?";

function latin1(bytes: Uint8Array): string {
	return String.fromCharCode(...bytes);
}
