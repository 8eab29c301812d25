/** Writes a mask as OpenAI has it: a PNG with transparency, transparent where the picture is painted anew and opaque elsewhere. */

import type { DrawRow } from "./raster.ts";
import type { Size } from "./steps.ts";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const BYTES_A_PIXEL = 4;
const OPAQUE = 255;
/** Bytes that are compressed at once. */
const PIECE_BYTES = 256 * 1024;
/** A large mask takes a second or more: the page gets its turn as often. */
const TURN_MS = 20;
/** Filters of the PNG specification. */
const NONE = 0;
const UP = 2;

/** @returns null if nothing is painted, or the signal is aborted */
export async function encodeMask(size: Size, draw: DrawRow, signal?: AbortSignal): Promise<Blob | null> {
	const deflate = new CompressionStream("deflate");
	const chunks = new Response(deflate.readable).arrayBuffer();
	const writer = deflate.writable.getWriter();
	const isPainted = await writeRows(writer, size, draw, signal);
	if (isPainted === null) {
		await Promise.allSettled([writer.abort(), chunks]);
		return null;
	}
	await writer.close();
	const data = new Uint8Array(await chunks);
	if (!isPainted) return null;
	return new Blob([SIGNATURE, chunk("IHDR", header(size)), chunk("IDAT", data), chunk("IEND", new Uint8Array(0))], {
		type: "image/png",
	});
}

/** Returns true if a pixel is painted; null if the signal is aborted. */
async function writeRows(
	writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>,
	{ width, height }: Size,
	draw: DrawRow,
	signal: AbortSignal | undefined,
): Promise<boolean | null> {
	const stride = 1 + width * BYTES_A_PIXEL;
	const rows = Math.max(1, Math.floor(PIECE_BYTES / stride));
	let [row, before] = [new Uint8Array(width), new Uint8Array(width)];
	let isPainted = false;
	let turnAt = performance.now() + TURN_MS;
	for (let top = 0; top < height; top += rows) {
		if (signal?.aborted) return null;
		const piece = new Uint8Array(stride * Math.min(rows, height - top));
		for (let y = top; y < Math.min(height, top + rows); y += 1) {
			draw(y, row);
			writeRow(piece.subarray((y - top) * stride), row, y > 0 ? before : null);
			isPainted ||= row.includes(1);
			[row, before] = [before, row];
		}
		await writer.write(piece);
		if (performance.now() < turnAt) continue;
		await new Promise((resolve) => setTimeout(resolve));
		turnAt = performance.now() + TURN_MS;
	}
	return isPainted;
}

/** A row that is equal to the one above is zeros, which cost nearly nothing. */
function writeRow(out: Uint8Array, row: Uint8Array, above: Uint8Array | null): void {
	const isEqual = above !== null && areEqual(row, above);
	out[0] = isEqual ? UP : NONE;
	if (isEqual) return;
	for (let x = 0; x < row.length; x += 1) if (row[x] === 0) out[(x + 1) * BYTES_A_PIXEL] = OPAQUE;
}

function areEqual(one: Uint8Array, other: Uint8Array): boolean {
	for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
	return true;
}

function header({ width, height }: Size): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(13);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, width);
	view.setUint32(4, height);
	// 8 bits, red, green, blue and alpha.
	bytes.set([8, 6], 8);
	return bytes;
}

function chunk(type: string, data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(data.length + 12);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, data.length);
	bytes.set(new TextEncoder().encode(type), 4);
	bytes.set(data, 8);
	view.setUint32(data.length + 8, crc(bytes.subarray(4, data.length + 8)));
	return bytes;
}

const CRCS = Uint32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
	return value;
});

function crc(bytes: Uint8Array): number {
	let value = 0xffffffff;
	for (const byte of bytes) value = (CRCS[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
	return (value ^ 0xffffffff) >>> 0;
}
