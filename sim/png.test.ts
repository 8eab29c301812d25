import { decode } from "fast-png";
import { describe, expect, it } from "vitest";
import { crc32 } from "./crc32.ts";
import { type Drawing, encodePng, type Rgb } from "./png.ts";

const PALETTE: readonly Rgb[] = [
	[1, 2, 3],
	[250, 251, 252],
];

/** A chessboard of two colours. */
function board(width: number, height: number): Drawing {
	return {
		width,
		height,
		palette: PALETTE,
		drawRow: (y, row) => {
			for (let x = 0; x < row.length; x += 1) row[x] = (x + y) % 2;
		},
	};
}

describe("encodePng", () => {
	it.each([
		[1, 1],
		[3, 2],
		[700, 1000],
	])("encodes a picture of %i × %i, with checksums and a palette", async (width, height) => {
		const png = decode(await encodePng(board(width, height)), { checkCrc: true });
		expect(png).toMatchObject({ width, height, depth: 8, channels: 1, palette: PALETTE });
		expect(png.data.slice(0, 3)).toEqual(Uint8Array.of(0, 1, 0).slice(0, width * height));
		expect(png.data.at(-1)).toBe((width + height) % 2);
	});
});

describe("crc32", () => {
	it("is the checksum that the PNG specification names", () => {
		expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
		expect(crc32(new TextEncoder().encode("IEND"))).toBe(0xae426082);
	});

	it("continues the checksum of the bytes before", () => {
		const bytes = new TextEncoder().encode("123456789");
		expect(crc32(bytes.subarray(4), crc32(bytes.subarray(0, 4)))).toBe(crc32(bytes));
	});
});
