import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { PictureEnd } from "./picture-end.ts";

const FORMATS = ["png", "webp", "jpeg"] as const;

function made(format: "png" | "webp" | "jpeg"): Promise<Buffer> {
	return sharp({ create: { width: 40, height: 30, channels: 4, background: "#f008" } })
		.toFormat(format)
		.toBuffer();
}

function isMissingIn(...pieces: readonly Uint8Array[]): boolean {
	const end = new PictureEnd();
	for (const piece of pieces) end.push(piece);
	return end.isMissing;
}

describe("the end of a picture", () => {
	it.each(FORMATS)("is there in a whole %s, however it comes in pieces", async (format) => {
		const whole = await made(format);
		const cuts = fc.array(fc.nat(whole.length), { maxLength: 8 });
		fc.assert(
			fc.property(cuts, (at) => {
				const sorted = [0, ...at.toSorted((a, b) => a - b), whole.length];
				return !isMissingIn(...sorted.slice(1).map((to, index) => whole.subarray(sorted[index], to)));
			}),
		);
	});

	it.each(FORMATS)("is missing in a %s that is shorter by any number of bytes", async (format) => {
		const whole = await made(format);
		for (let length = 0; length < whole.length; length += 1) expect(isMissingIn(whole.subarray(0, length))).toBe(true);
	});

	it.each(FORMATS)("is there in a %s with something behind it", async (format) => {
		expect(isMissingIn(await made(format), new Uint8Array(100))).toBe(false);
	});

	it("is there if the next thing behind it begins as a picture does", async () => {
		const whole = await made("png");
		expect(isMissingIn(whole, whole.subarray(0, 8))).toBe(false);
	});

	it("is missing in a PNG whose chunk states more than there is", async () => {
		const broken = await made("png");
		broken.fill(0xff, 8, 12);
		expect(isMissingIn(broken)).toBe(true);
	});

	it("is not missing in what is no picture", () => {
		expect(isMissingIn(new TextEncoder().encode("GIF89a and more"))).toBe(false);
	});

	it("is there in an empty RIFF chunk", () => {
		expect(isMissingIn(new TextEncoder().encode("RIFF\0\0\0\0WEBP"))).toBe(false);
	});
});

describe("the end of a JPEG", () => {
	const EOI = Uint8Array.of(0xff, 0xd9);
	/** A segment of this marker, whose length counts itself. */
	const segment = (marker: number, ...bytes: number[]) => Uint8Array.of(0xff, marker, 0, bytes.length + 2, ...bytes);
	const SOI = Uint8Array.of(0xff, 0xd8);

	it.each([
		["progressive", { progressive: true }],
		["of small parts", { optimiseScans: true, progressive: true }],
		["of grey", { chromaSubsampling: "4:4:4" }],
	])("is missing in one %s that is shorter by any number of bytes, and then there", async (_, options) => {
		const whole = await sharp({ create: { width: 64, height: 48, channels: 3, background: "#a40" } })
			.composite([{ input: await made("png"), left: 3, top: 5 }])
			.jpeg(options)
			.toBuffer();
		for (let length = 0; length < whole.length; length += 1) expect(isMissingIn(whole.subarray(0, length))).toBe(true);
		expect(isMissingIn(whole)).toBe(false);
		expect(isMissingIn(...Array.from(whole, (byte) => Uint8Array.of(byte)))).toBe(false);
	});

	it("is not that of the small picture in its EXIF", async () => {
		const small = await made("jpeg");
		const exif = new Uint8Array([0xff, 0xe1, (small.length + 2) >> 8, (small.length + 2) & 0xff, ...small]);
		const whole = await made("jpeg");
		const both = Buffer.concat([SOI, exif, whole.subarray(2)]);
		expect(isMissingIn(both)).toBe(false);
		for (const length of [exif.length, exif.length + 2, exif.length + 100, both.length - 1])
			expect(isMissingIn(both.subarray(0, length))).toBe(true);
	});

	it("is that of the first picture of several", async () => {
		const whole = await made("jpeg");
		expect(isMissingIn(whole, whole.subarray(0, 50))).toBe(false);
	});

	it.each([
		[
			"behind padding between segments",
			[SOI, segment(0xe0, 1, 2), Uint8Array.of(0xff, 0xff, 0xff, 0xfe, 0, 3, 9), EOI],
			false,
		],
		["behind bytes that belong to nothing", [SOI, Uint8Array.of(1, 2, 3), segment(0xdb, 0xff, 0xd9), EOI], false],
		[
			"behind a stuffed and a restarting mark",
			[SOI, segment(0xda, 1), Uint8Array.of(7, 0xff, 0, 0xff, 0xd0, 8), EOI],
			false,
		],
		["behind a mark that is none", [SOI, segment(0xda, 1), Uint8Array.of(0xff, 0x7f, 0xff, 0xbf), EOI], false],
		["behind a length that is too short", [SOI, Uint8Array.of(0xff, 0xe0, 0, 0), EOI], false],
		["nowhere, where it stands in a segment", [SOI, segment(0xe1, 0xff, 0xd9, 0, 0)], true],
		["nowhere, where its second byte is missing", [SOI, segment(0xda, 1, 2, 3), Uint8Array.of(5, 0xff)], true],
		["nowhere, where a length leads behind it", [SOI, Uint8Array.of(0xff, 0xe0, 0xff, 0xff), EOI], true],
	] as const)("is %s", (_, pieces, isMissing) => {
		expect(isMissingIn(...pieces)).toBe(isMissing);
		expect(isMissingIn(Buffer.concat(pieces))).toBe(isMissing);
	});

	it("is found in work that grows with the bytes", () => {
		const bytes = new Uint8Array(4 * 1024 * 1024).fill(0xff);
		bytes.set(SOI);
		bytes[2] = 0xff;
		const begun = performance.now();
		expect(isMissingIn(bytes)).toBe(true);
		expect(performance.now() - begun).toBeLessThan(5_000);
	});
});
