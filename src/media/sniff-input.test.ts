import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { encode } from "fast-png";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { INPUT_HEAD_BYTES, sniffInput } from "./sniff-input.ts";

const TAKEN = ["PNG", "JPEG", "WebP"];

function latin1(words: string): Uint8Array {
	return Uint8Array.from(words, (letter) => letter.charCodeAt(0));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
	return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** A picture of 6 × 4 pixels as stored. Its EXIF is the encoder's. */
function made(format: "png" | "jpeg" | "webp", orientation?: number): Promise<Uint8Array> {
	const plain = sharp({ create: { width: 6, height: 4, channels: 3, background: "red" } });
	return (orientation === undefined ? plain : plain.withMetadata({ orientation })).toFormat(format).toBuffer();
}

describe("a format that is taken", () => {
	it.each(["png", "jpeg", "webp"] as const)("knows %s with its size", async (format) => {
		expect(sniffInput(await made(format))).toEqual({
			ok: true,
			value: { contentType: `image/${format}`, width: 6, height: 4 },
		});
	});

	it("knows each kind of WebP", async () => {
		const canvas = sharp({ create: { width: 6, height: 4, channels: 4, background: "#f008" } });
		const [lossy, lossless] = [await canvas.webp().toBuffer(), await canvas.webp({ lossless: true }).toBuffer()];
		for (const bytes of [lossy, lossless]) expect(sniffInput(bytes)).toMatchObject({ value: { width: 6, height: 4 } });
	});

	it.each([
		[1, 6, 4],
		[2, 6, 4],
		[3, 6, 4],
		[4, 6, 4],
		[5, 4, 6],
		[6, 4, 6],
		[7, 4, 6],
		[8, 4, 6],
	])("turns the size as orientation %i asks, in each format", async (orientation, width, height) => {
		for (const format of ["jpeg", "webp", "png"] as const) {
			const bytes = await made(format, orientation);
			expect((await sharp(bytes).metadata()).orientation, format).toBe(orientation);
			expect(sniffInput(bytes), format).toMatchObject({ value: { width, height } });
		}
	});

	it("reads the orientation of cameras that write their numbers the other way round", () => {
		const exif = latin1("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0");
		const segment = joined(Uint8Array.of(0xff, 0xe1, 0, exif.length + 2), exif);
		expect(sniffInput(joined(latin1("\xff\xd8"), segment, FRAME))).toMatchObject({
			value: { width: 480, height: 640 },
		});
	});

	it("does not know the size of a WebP whose orientation lies behind the head", async () => {
		const noise = randomBytes(600 * 400 * 3);
		const bytes = await sharp(noise, { raw: { width: 600, height: 400, channels: 3 } })
			.withMetadata({ orientation: 6 })
			.webp({ lossless: true })
			.toBuffer();
		expect(bytes.length).toBeGreaterThan(INPUT_HEAD_BYTES);
		expect(sniffInput(bytes)).toMatchObject({ value: { width: null, height: null } });
		expect(sniffInput(bytes.subarray(0, 100))).toMatchObject({ value: { width: null, height: null } });
	});

	it("knows the size of a square WebP, however it is to be turned", async () => {
		const square = sharp({ create: { width: 6, height: 6, channels: 3, background: "red" } });
		const bytes = await square.withMetadata({ orientation: 6 }).webp().toBuffer();
		expect(sniffInput(bytes.subarray(0, 60))).toMatchObject({ value: { width: 6, height: 6 } });
	});

	it.each([
		["height", 5],
		["width", 7],
	])("does not know the size of a JPEG whose %s is 0", (_, at) => {
		const frame = FRAME.with(at, 0).with(at + 1, 0);
		expect(sniffInput(joined(latin1("\xff\xd8"), frame))).toMatchObject({ value: { width: null, height: null } });
	});

	it("finds the size of a JPEG behind three segments of data", () => {
		expect(sniffInput(jpegWith(180_000))).toMatchObject({ value: { width: 640, height: 480 } });
		expect(sniffInput(jpegWith(INPUT_HEAD_BYTES))).toMatchObject({ ok: true, value: { width: null, height: null } });
	});
});

/** The frame header alone: 640 × 480. */
const FRAME = latin1("\xff\xc0\x00\x11\x08\x01\xe0\x02\x80\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01");

function jpegWith(bytes: number): Uint8Array {
	const segments: Uint8Array[] = [];
	for (let left = bytes; left > 0; left -= 60_000) {
		const segment = new Uint8Array(Math.min(left, 60_000));
		segment.set([0xff, 0xe2, (segment.length - 2) >> 8, (segment.length - 2) & 255]);
		segments.push(segment);
	}
	return joined(latin1("\xff\xd8"), ...segments, FRAME);
}

describe("a format that is refused", () => {
	it.each([
		["HEIC", "\0\0\0\x18ftypheic\0\0\0\0mif1heic"],
		["HEIC", "\0\0\0\x18ftypmif1\0\0\0\0mif1heic"],
		["HEIC", "\0\0\0\x18ftypmsf1\0\0\0\0msf1hevc"],
		["AVIF", "\0\0\0\x1cftypavif\0\0\0\0mif1miafavif"],
		["AVIF", "\0\0\0\x1cftypavis\0\0\0\0msf1avis"],
		["HEIC", "\0\0\0\x1cftypheis\0\0\0\0heis"],
		["HEIC", "\0\0\0\x1cftyphevc\0\0\0\0hevc"],
		["MP4", "\0\0\0\x1cftypmp42\0\0\0\0xheicavif "],
		["AVIF", "\0\0\0\x1cftypmif1\0\0\0\0mif1miafavif"],
		["MP4", "\0\0\0\x14ftypqt  \0\0\0\0qt  "],
		["RAW", "\0\0\0\x18ftypcrx \0\0\0\x01crx isom"],
		["RAW", "II*\0\x10\0\0\0CR\x02\0"],
		["RAW", "FUJIFILMCCD-RAW 0201"],
		["RAW", "IIU\0\x08\0\0\0"],
		["RAW", "IIRO\x08\0\0\0"],
		["MP4", "\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41"],
		["WebM", "\x1aE\xdf\xa3\x9fB\x86\x81"],
		["GIF", "GIF89a\x01\0\x01\0"],
		["GIF", "GIF87a\x01\0\x01\0"],
		["TIFF", "II*\0\x08\0\0\0\x0c\0"],
		["TIFF", "MM\0*\0\0\0\x08"],
		["TIFF", "II+\0\x08\0\0\0"],
		["TIFF", "MM\0+\0\x08\0\0"],
		["BMP", "BM\x46\0\0\0\0\0\0\0\x36\0\0\0"],
		["JPEG XL", "\xff\x0a\xfa\x7f"],
		["JPEG XL", "\0\0\0\x0cJXL \x0d\x0a\x87\x0a"],
		["JPEG 2000", "\0\0\0\x0cjP  \x0d\x0a\x87\x0a"],
		["JPEG 2000", "\xff\x4f\xff\x51\0\x2f"],
		["ICO", "\0\0\x01\0\x01\0\x10\x10"],
		["ICO", "\0\0\x02\0\x01\0\x10\x10"],
		["CgBI", "\x89PNG\r\n\x1a\n\0\0\0\x04CgBI\x50\0\x20\x02"],
		["PSD", "8BPS\0\x01"],
		["PDF", "%PDF-1.7\n"],
		["ZIP", "PK\x03\x04\x14\0"],
		["ZIP", "PK\x05\x06\0\0"],
		["SVG", '<?xml version="1.0"?>\n<!-- a --><svg xmlns="http://www.w3.org/2000/svg">'],
		["text", "<!doctype html><title>Not found</title>"],
		["SVG", `<svg\tid='a'>`],
		["SVG", `<SVG>${" ".repeat(4_096)}`],
		["SVG", `${" ".repeat(4_091)}<svg>`],
		["text", "avif is a format, and so is heic"],
		["text", "<svg-like>"],
		["text", `${" ".repeat(4_092)}<svg>`],
		["text", "\xfe\xff\0<\0h\0t"],
		["text", "\xff\xfe<\0h\0t\0"],
		["text", `${"a".repeat(1_445)}\0`],
		[null, `${"a".repeat(1_444)}\0`],
		["text", "a\x09\x0a\x0c\x0d\x1b\x20\x7f\xff"],
		[null, "a\x08"],
		[null, "a\x0b"],
		[null, "a\x0e"],
		[null, "a\x1a"],
		[null, "a\x1c"],
		[null, "a\x1f"],
		[null, "\xfe\xfe\0a"],
		[null, "\xff\xff\0a"],
		["text", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"],
		[null, "\x01\x02\x03\x04"],
		[null, "\x89PNG\r\n\x1a\n"],
		[null, "RIFF\x10\0\0\0WAVEfmt "],
	])("is called %s", (got, bytes) => {
		expect(sniffInput(latin1(bytes))).toEqual({ ok: false, error: { is: "picture_format", got, taken: TAKEN } });
	});

	it("says that nothing is empty", () => {
		expect(sniffInput(new Uint8Array())).toEqual({ ok: false, error: { is: "empty" } });
	});
});

it("never throws, whatever follows a known beginning", () => {
	const starts = [
		encode({ width: 1, height: 1, data: new Uint8Array(4) }).subarray(0, 33),
		latin1("\xff\xd8"),
		latin1("\xff\xd8\xff\xe1\0\x40Exif\0\0II*\0\x08\0\0\0\xff\xff"),
		latin1("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x08\0\0\0\x05\0\0\x03\0\0"),
		latin1("RIFF\0\0\0\0WEBP"),
	];
	fc.assert(
		fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), (start, rest) => {
			const result = sniffInput(joined(start, rest));
			if (!result.ok || result.value.width === null) return;
			expect(result.value.width).toBeGreaterThan(0);
			expect(result.value.height).toBeGreaterThan(0);
		}),
	);
});

it("is quick on bytes made to be slow", () => {
	const webp = latin1("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x08\0\0\0\x05\0\0\x03\0\0");
	const slow = ["\xff", "\xff\xe1\0\x02", "\xff\xe1\0\0", "\0"].map((piece) =>
		joined(latin1("\xff\xd8"), latin1(piece.repeat(INPUT_HEAD_BYTES / piece.length))),
	);
	const heads = [...slow, joined(webp, new Uint8Array(INPUT_HEAD_BYTES))];
	const started = performance.now();
	for (const head of heads) sniffInput(head);
	expect(performance.now() - started).toBeLessThan(1_000);
});
