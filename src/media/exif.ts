/** Finds the orientation that a picture's EXIF asks for, in its first bytes: in a JPEG, a WebP or a PNG. */

/** The orientations that lay a picture on its side, so that its width is seen as its height (Exif 3.0, tag 0x0112). */
const SIDEWAYS = { first: 5, last: 8 } as const;

/**
 * Says whether viewers turn a picture by a quarter. Null if its EXIF lies behind these bytes.
 * @param head The first bytes of a picture of this type
 */
export function isSideways(contentType: string, head: Uint8Array): boolean | null {
	const exif = exifOf(contentType, new Bytes(head));
	if (exif === null || exif === "behind") return exif === null ? false : null;
	const orientation = orientationIn(exif);
	return orientation >= SIDEWAYS.first && orientation <= SIDEWAYS.last;
}

/** Segments and chunks that are looked at. Writers make some dozens. */
const MAX_SEGMENTS = 1_000;

/** Null for a picture that has none. */
function exifOf(contentType: string, head: Bytes): Bytes | "behind" | null {
	switch (contentType) {
		case "image/jpeg":
			return inJpeg(head);
		case "image/webp":
			return inWebp(head);
		case "image/png":
			return inPng(head);
		default:
			return null;
	}
}

const [EXIF_SEGMENT, FIRST_FRAME, LAST_FRAME, SCAN] = [0xe1, 0xc0, 0xcf, 0xda] as const;
/** The codes among the frames' that begin no frame: tables, and what is kept for later. */
const NO_FRAMES: readonly number[] = [0xc4, 0xc8, 0xcc];
const EXIF_NAME = "Exif\0\0";

/** It stands before the frame. A file that says nothing before these bytes end has no size here either. */
function inJpeg(head: Bytes): Bytes | null {
	for (let at = 2, segments = 0; at + 4 <= head.length && segments < MAX_SEGMENTS; ) {
		const marker = head.byte(at + 1);
		// Any number of 0xff may stand before a marker.
		if (head.byte(at) !== 0xff || marker === 0xff) {
			at += 1;
			continue;
		}
		const isFrame = marker >= FIRST_FRAME && marker <= LAST_FRAME && !NO_FRAMES.includes(marker);
		if (isFrame || marker === SCAN) return null;
		const length = head.number(at + 2, 2);
		if (marker === EXIF_SEGMENT && head.text(at + 4, EXIF_NAME.length) === EXIF_NAME)
			return head.part(at + 4 + EXIF_NAME.length, length - 2 - EXIF_NAME.length);
		at += 2 + length;
		segments += 1;
	}
	return null;
}

const WEBP_HAS_EXIF = 0x08;

/** It stands behind the picture, and the header says whether it does. */
function inWebp(head: Bytes): Bytes | "behind" | null {
	if (head.text(12, 4) !== "VP8X" || (head.byte(20) & WEBP_HAS_EXIF) === 0) return null;
	for (let at = 12, chunks = 0; at + 8 <= head.length && chunks < MAX_SEGMENTS; chunks += 1) {
		const length = head.number(at + 4, 4, true);
		// Some writers put the name of a JPEG's segment before it.
		const start = head.text(at + 8, EXIF_NAME.length) === EXIF_NAME ? EXIF_NAME.length : 0;
		if (head.text(at, 4) === "EXIF") return head.part(at + 8 + start, length - start);
		at += 8 + length + (length & 1);
	}
	return "behind";
}

function inPng(head: Bytes): Bytes | null {
	for (let at = 8, chunks = 0; at + 8 <= head.length && chunks < MAX_SEGMENTS; chunks += 1) {
		const [length, type] = [head.number(at, 4), head.text(at + 4, 4)];
		if (type === "eXIf") return head.part(at + 8, length);
		// Few writers put it behind the picture, where viewers do not look for it.
		if (type === "IDAT" || type === "IEND") return null;
		at += 12 + length;
	}
	return null;
}

const ORIENTATION_TAG = 0x0112;
const ENTRY_BYTES = 12;
/** Cameras write some dozens. */
const MAX_ENTRIES = 1_000;
/** As it is stored. */
const UPRIGHT = 1;

/** Reads the first directory of a TIFF, which EXIF is. */
function orientationIn(tiff: Bytes): number {
	const isLittle = tiff.text(0, 4) === "II*\0";
	if (!isLittle && tiff.text(0, 4) !== "MM\0*") return UPRIGHT;
	const directory = tiff.number(4, 4, isLittle);
	const entries = Math.min(tiff.number(directory, 2, isLittle), MAX_ENTRIES);
	for (let entry = 0; entry < entries; entry += 1) {
		const at = directory + 2 + entry * ENTRY_BYTES;
		if (tiff.number(at, 2, isLittle) === ORIENTATION_TAG) return tiff.number(at + 8, 2, isLittle);
	}
	return UPRIGHT;
}

/** Reads anywhere: what lies outside is zero. */
class Bytes {
	readonly #bytes: Uint8Array;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	get length(): number {
		return this.#bytes.length;
	}

	byte(at: number): number {
		return this.#bytes[at] ?? 0;
	}

	number(at: number, bytes: number, isLittle = false): number {
		let number = 0;
		for (let place = 0; place < bytes; place += 1)
			number = number * 256 + this.byte(at + (isLittle ? bytes - 1 - place : place));
		return number;
	}

	text(at: number, chars: number): string {
		return String.fromCharCode(...this.#bytes.subarray(at, at + chars));
	}

	part(at: number, length: number): Bytes {
		return new Bytes(this.#bytes.subarray(at, at + Math.max(length, 0)));
	}
}
