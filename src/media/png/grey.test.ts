import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { GreyPng } from "./grey.ts";

/** Writes these rows, and returns the file. */
function written(width: number, rows: readonly Uint8Array[]): Buffer {
	const png = new GreyPng(width);
	const parts = [png.begin(rows.length), ...rows.map((row) => png.row(row).slice()), png.end()];
	return Buffer.concat(parts);
}

/** Returns what the chunks of data hold, whose checksum zlib looks at: of each row the filter, and the difference from the row above. */
function dataOf(file: Buffer): Buffer {
	const data: Buffer[] = [];
	for (let at = 8; at < file.length; ) {
		const length = file.readUInt32BE(at);
		if (file.toString("latin1", at + 4, at + 8) === "IDAT") data.push(file.subarray(at + 8, at + 8 + length));
		at += 12 + length;
	}
	return inflateSync(Buffer.concat(data));
}

const UP = 2;

describe("a PNG of greys", () => {
	it("holds runs of every length, of low bytes and of high ones", () => {
		const width = 700;
		for (let run = 1; run <= width; run += 1) {
			const row = new Uint8Array(width).fill(1, 0, run).fill(200, run);
			expect([...dataOf(written(width, [row]))], `a run of ${run}`).toEqual([UP, ...row]);
		}
	});

	it("holds every byte, each time anew", () => {
		const row = Uint8Array.from({ length: 256 }, (_, at) => at);
		const other = row.toReversed();
		const differences = Array.from(row, (byte, at) => ((other[at] ?? 0) - byte) & 0xff);
		expect([...dataOf(written(256, [row, other]))]).toEqual([UP, ...row, UP, ...differences]);
	});

	it("has a good checksum, however large the sums become", () => {
		const rows = Array.from({ length: 60 }, (_, at) => new Uint8Array(3_000).fill(at % 2 === 0 ? 255 : 0));
		const data = dataOf(written(3_000, rows));
		expect(data.length).toBe(60 * 3_001);
		expect(data.filter((_, at) => at % 3_001 === 0).every((byte) => byte === UP)).toBe(true);
	});

	it("is small if it is flat", () => {
		const rows = Array.from({ length: 100 }, () => new Uint8Array(8_000).fill(255));
		expect(written(8_000, rows).length).toBeLessThan(6_500);
	});
});
