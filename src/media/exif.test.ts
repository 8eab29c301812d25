import { describe, expect, it } from "vitest";
import { isSideways } from "./exif.ts";

/** Each letter is a byte. */
function bytesOf(...parts: readonly string[]): Uint8Array {
	return Uint8Array.from(parts.join(""), (letter) => letter.charCodeAt(0));
}

/** A number of so many bytes, the highest first. */
function big(number: number, bytes: number): string {
	return Array.from({ length: bytes }, (_, at) =>
		String.fromCharCode(Math.floor(number / 256 ** (bytes - 1 - at)) % 256),
	).join("");
}

function little(number: number, bytes: number): string {
	return [...big(number, bytes)].toReversed().join("");
}

/** An entry of a directory: a tag, its type (a short), one value, and that value. */
function entry(tag: number, value: number): string {
	return big(tag, 2) + big(3, 2) + big(1, 4) + big(value, 2) + big(0, 2);
}

/** A TIFF of these entries, whose directory stands behind so many bytes. */
function tiff(entries: readonly string[], before = ""): string {
	return `MM\0*${big(8 + before.length, 4)}${before}${big(entries.length, 2)}${entries.join("")}`;
}

const ORIENTATION = 0x0112;
const SIDEWAYS = tiff([entry(ORIENTATION, 6)]);
const EXIF = "Exif\0\0";

function segment(marker: string, data: string): string {
	return `\xff${marker}${big(data.length + 2, 2)}${data}`;
}

const JPEG = "\xff\xd8";
const TURNED = segment("\xe1", EXIF + SIDEWAYS);
const FRAME = segment("\xc0", "\x08\x01\xe0\x02\x80\x03\x01\x22\x00");

describe("the orientation of a JPEG", () => {
	it.each<readonly [what: string, bytes: Uint8Array, isSideways: boolean]>([
		["is there", bytesOf(JPEG, TURNED, FRAME), true],
		["may be missing", bytesOf(JPEG, FRAME), false],
		["stands behind other segments", bytesOf(JPEG, segment("\xe0", "JFIF\0"), segment("\xfe", "a"), TURNED), true],
		["stands behind one of XMP, of the same marker", bytesOf(JPEG, segment("\xe1", "http://ns."), TURNED), true],
		["is told by the first of two", bytesOf(JPEG, segment("\xe1", EXIF + tiff([])), TURNED), false],
		["may have any number of 0xff before it", bytesOf(JPEG, "\xff\xff\xff", TURNED), true],
		["is found behind bytes that belong to no segment", bytesOf(JPEG, "\0\0", TURNED), true],
		["is none behind the frame", bytesOf(JPEG, FRAME, TURNED), false],
		["is none behind the last kind of frame", bytesOf(JPEG, segment("\xcf", "a"), TURNED), false],
		["is none behind the scan", bytesOf(JPEG, segment("\xda", "a"), TURNED), false],
		["may stand behind a segment of a lower marker", bytesOf(JPEG, segment("\xbf", "a"), TURNED), true],
		["is none in a comment", bytesOf(JPEG, segment("\xfe", EXIF + SIDEWAYS)), false],
		["may stand behind Huffman tables", bytesOf(JPEG, segment("\xc4", "a"), TURNED), true],
		["may stand behind an extension", bytesOf(JPEG, segment("\xc8", "a"), TURNED), true],
		["may stand behind arithmetic tables", bytesOf(JPEG, segment("\xcc", "a"), TURNED), true],
		["may stand behind a segment that is no frame any more", bytesOf(JPEG, segment("\xd0", "a"), TURNED), true],
		["ends with its segment", bytesOf(JPEG, segment("\xe1", EXIF + SIDEWAYS.slice(0, -4)), "\0\x06\0\0"), false],
		["is none in a segment that says that it has no bytes", bytesOf(JPEG, "\xff\xe1\0\0", EXIF, SIDEWAYS), false],
		["is none in a picture that ends with its first bytes", bytesOf(JPEG), false],
	])("%s", (_, bytes, expected) => {
		expect(isSideways("image/jpeg", bytes)).toBe(expected);
	});

	it("is looked for in so many segments, and no more", () => {
		const segments = (count: number) => segment("\xfe", "a").repeat(count);
		expect(isSideways("image/jpeg", bytesOf(JPEG, segments(999), TURNED))).toBe(true);
		expect(isSideways("image/jpeg", bytesOf(JPEG, segments(1_000), TURNED))).toBe(false);
	});
});

function chunkOfRiff(type: string, data: string): string {
	return type + little(data.length, 4) + data + "\0".repeat(data.length % 2);
}

function webp(flags: number, ...chunks: readonly string[]): Uint8Array {
	const size = "\x05\0\0\x03\0\0";
	return bytesOf("RIFF\0\0\0\0WEBP", chunkOfRiff("VP8X", `${String.fromCharCode(flags)}\0\0\0${size}`), ...chunks);
}

const TURNED_WEBP = chunkOfRiff("EXIF", SIDEWAYS);

describe("the orientation of a WebP", () => {
	it.each<readonly [what: string, bytes: Uint8Array, isSideways: boolean | null]>([
		["stands behind the picture", webp(0x08, chunkOfRiff("VP8 ", "1234"), TURNED_WEBP), true],
		["stands behind one of an odd length", webp(0x08, chunkOfRiff("VP8 ", "123"), TURNED_WEBP), true],
		["is there if there is more than EXIF", webp(0x1c, TURNED_WEBP), true],
		["may have the name that it has in a JPEG", webp(0x08, chunkOfRiff("EXIF", EXIF + SIDEWAYS)), true],
		["is none if the header says so", webp(0x14, TURNED_WEBP), false],
		["is none without that header", bytesOf("RIFF\0\0\0\0WEBPVP8L\x0a\0\0\0\x08\0\0\0", TURNED_WEBP), false],
		["is not known if it lies behind these bytes", webp(0x08, chunkOfRiff("VP8 ", "1234")), null],
		["is not known if it would begin right behind them", webp(0x08, "EXIF\0\0\0"), null],
		["ends with its chunk", webp(0x08, chunkOfRiff("EXIF", SIDEWAYS.slice(0, -4)), "\0\x06\0\0"), false],
		[
			"ends with its chunk if it has that name, too",
			webp(0x08, chunkOfRiff("EXIF", EXIF + SIDEWAYS.slice(0, -4)), "\0\x06\0\0"),
			false,
		],
	])("%s", (_, bytes, expected) => {
		expect(isSideways("image/webp", bytes)).toBe(expected);
	});

	it("is looked for in so many chunks, and no more", () => {
		const chunks = (count: number) => chunkOfRiff("junk", "").repeat(count);
		expect(isSideways("image/webp", webp(0x08, chunks(998), TURNED_WEBP))).toBe(true);
		expect(isSideways("image/webp", webp(0x08, chunks(999), TURNED_WEBP))).toBeNull();
	});
});

function chunkOfPng(type: string, data: string): string {
	return `${big(data.length, 4)}${type}${data}1234`;
}

function png(...chunks: readonly string[]): Uint8Array {
	return bytesOf("\x89PNG\r\n\x1a\n", chunkOfPng("IHDR", "\0\0\0\x06\0\0\0\x04\x08\x02\0\0\0"), ...chunks);
}

const TURNED_PNG = chunkOfPng("eXIf", SIDEWAYS);

describe("the orientation of a PNG", () => {
	it.each<readonly [what: string, bytes: Uint8Array, isSideways: boolean]>([
		["stands before the picture", png(chunkOfPng("tEXt", "a"), TURNED_PNG, chunkOfPng("IDAT", "a")), true],
		["may be missing", png(chunkOfPng("IDAT", "a")), false],
		["is none behind the picture", png(chunkOfPng("IDAT", "a"), TURNED_PNG), false],
		["is none behind the end", png(chunkOfPng("IEND", ""), TURNED_PNG), false],
		["is none if these bytes end before it", png(), false],
		["ends with its chunk", png(chunkOfPng("eXIf", SIDEWAYS.slice(0, -4)).slice(0, -4), "\0\x06\0\0"), false],
	])("%s", (_, bytes, expected) => {
		expect(isSideways("image/png", bytes)).toBe(expected);
	});

	it("is looked for in so many chunks, and no more", () => {
		const chunks = (count: number) => chunkOfPng("tEXt", "").repeat(count);
		expect(isSideways("image/png", png(chunks(998), TURNED_PNG))).toBe(true);
		expect(isSideways("image/png", png(chunks(999), TURNED_PNG))).toBe(false);
	});
});

describe("EXIF", () => {
	const within = (exif: string) => isSideways("image/png", png(chunkOfPng("eXIf", exif)));

	it.each([
		[0, false],
		[1, false],
		[4, false],
		[5, true],
		[6, true],
		[8, true],
		[9, false],
	])("of the orientation %i lays the picture on its side: %s", (orientation, expected) => {
		expect(within(tiff([entry(ORIENTATION, orientation)]))).toBe(expected);
	});

	it.each<readonly [what: string, exif: string, isSideways: boolean]>([
		["may have other entries before", tiff([entry(0x0100, 8), entry(0x0110, 3), entry(ORIENTATION, 6)]), true],
		["may have its directory further behind", tiff([entry(ORIENTATION, 6)], "camera"), true],
		["may have no orientation", tiff([entry(0x0100, 6)]), false],
		["is read no further than its directory", tiff([entry(0x0100, 8)]) + entry(ORIENTATION, 6), false],
		[
			"may have its numbers the other way round",
			`II*\0${little(8, 4)}${little(1, 2)}${little(ORIENTATION, 2)}${little(3, 2)}${little(1, 4)}${little(6, 2)}\0\0`,
			true,
		],
		["is nothing with another beginning", SIDEWAYS.replace("MM\0*", "MM\0+"), false],
		["is nothing if it is empty", "", false],
	])("%s", (_, exif, expected) => {
		expect(within(exif)).toBe(expected);
	});

	it("is read to so many entries, and no further", () => {
		const entries = (count: number) => [
			...Array.from({ length: count }, () => entry(0x0100, 8)),
			entry(ORIENTATION, 6),
		];
		expect(within(tiff(entries(999)))).toBe(true);
		expect(within(tiff(entries(1_000)))).toBe(false);
	});
});

it("no other format has an orientation", () => {
	expect(isSideways("image/gif", bytesOf(JPEG, TURNED))).toBe(false);
});
