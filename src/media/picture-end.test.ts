import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { PictureEnd } from "./picture-end.ts";

const FORMATS = ["png", "webp"] as const;

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

	it("is missing in a PNG whose chunk states more than there is", async () => {
		const broken = await made("png");
		broken.fill(0xff, 8, 12);
		expect(isMissingIn(broken)).toBe(true);
	});

	it("is not looked for in a JPEG, which does not say how long it is", async () => {
		const whole = await made("jpeg");
		expect(isMissingIn(whole.subarray(0, whole.length / 2))).toBe(false);
	});

	it("is there in an empty RIFF chunk", () => {
		expect(isMissingIn(new TextEncoder().encode("RIFF\0\0\0\0WEBP"))).toBe(false);
	});
});
