/** Opens a PNG (W3C, third edition) as its bytes arrive: reads its header, and gives its compressed data out. */

import type { ByteSource } from "../../http/encoding/byte-source.ts";
import { crc32 } from "../../http/encoding/checksums.ts";
import { err, ok, type Result } from "../../result.ts";

export interface PngHeader {
	readonly width: number;
	readonly height: number;
	/** Of one sample. */
	readonly bitDepth: number;
	readonly colour: Colour;
	readonly isInterlaced: boolean;
}

/** The meaning of a pixel's samples. The header has it as a number. */
export type Colour = "grey" | "rgb" | "palette" | "grey_alpha" | "rgb_alpha";

/** `no_png`: it begins in another way. `broken`: it breaks the format's rules, or ends too early. */
export type PngFault = "no_png" | "broken";

export interface OpenPng {
	readonly header: PngHeader;
	/** The bytes of the chunk `tRNS`: the opacity of the palette's colours, or the colour that is transparent. Null if there is none. */
	readonly transparency: Uint8Array | null;
}

type ColourRow = readonly [Colour, samples: number, ...depths: number[]];

const COLOURS: ReadonlyMap<number, ColourRow> = new Map<number, ColourRow>([
	[0, ["grey", 1, 1, 2, 4, 8, 16]],
	[2, ["rgb", 3, 8, 16]],
	[3, ["palette", 1, 1, 2, 4, 8]],
	[4, ["grey_alpha", 2, 8, 16]],
	[6, ["rgb_alpha", 4, 8, 16]],
]);

export function samplesOf(colour: Colour): number {
	return [...COLOURS.values()].find(([name]) => name === colour)?.[1] ?? 0;
}

export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const HEADER_BYTES = 13;
const CHECKSUM_BYTES = 4;
/** An opacity for each colour of a palette. */
const MAX_TRANSPARENCY_BYTES = 256;
/** Encoders make chunks of 8 KiB and more. */
const MAX_CHUNKS = 100_000;

interface Chunk {
	readonly type: string;
	readonly length: number;
	/** Of its type. */
	readonly checksum: number;
}

/** Reads up to the first byte of data. */
export async function openPng(source: ByteSource): Promise<Result<OpenPng, PngFault>> {
	await source.fill(PNG_SIGNATURE.length);
	const signature = source.bytes.subarray(source.at, source.at + PNG_SIGNATURE.length);
	if (!PNG_SIGNATURE.every((byte, at) => signature[at] === byte)) return err("no_png");
	source.at += PNG_SIGNATURE.length;

	const first = await nextChunk(source);
	const header = first?.type === "IHDR" ? toHeader(await readData(source, first, HEADER_BYTES)) : null;
	if (header === null) return err("broken");
	let transparency: Uint8Array | null = null;
	for (let chunks = 0; chunks < MAX_CHUNKS; chunks += 1) {
		await source.fill(CHUNK_HEAD_BYTES);
		if (typeAt(source) === DATA) return ok({ header, transparency });
		const chunk = await nextChunk(source);
		if (chunk === null) return err("broken");
		if (chunk.type === "tRNS") {
			transparency = await readData(source, chunk, MAX_TRANSPARENCY_BYTES);
			if (transparency === null) return err("broken");
		} else await source.skip(chunk.length + CHECKSUM_BYTES);
	}
	return err("broken");
}

const DATA = "IDAT";

/**
 * Yields the compressed data behind the header, in pieces that are gone when the next one is asked for. Returns false if it is broken or
 * cut off.
 */
export async function* dataOf(source: ByteSource): AsyncGenerator<Uint8Array, boolean> {
	for (let chunks = 0; chunks < MAX_CHUNKS; chunks += 1) {
		const chunk = await nextChunk(source);
		if (chunk?.type !== DATA) return chunk !== null;
		let { checksum } = chunk;
		for (let left = chunk.length; left > 0; ) {
			if (source.left === 0) await source.fill(1);
			if (source.left === 0) return false;
			const piece = source.bytes.subarray(source.at, source.at + left);
			checksum = crc32(piece, checksum);
			source.at += piece.length;
			left -= piece.length;
			yield piece;
		}
		if (!(await endsWith(source, checksum))) return false;
	}
	return false;
}

const CHUNK_HEAD_BYTES = 8;

/** Null at the end, and for a chunk that no PNG has. */
async function nextChunk(source: ByteSource): Promise<Chunk | null> {
	await source.fill(CHUNK_HEAD_BYTES);
	if (source.left < CHUNK_HEAD_BYTES) return null;
	const head = source.bytes.subarray(source.at, source.at + CHUNK_HEAD_BYTES);
	const length = new DataView(head.buffer, head.byteOffset).getUint32(0);
	const chunk = { type: typeAt(source), length, checksum: crc32(head.subarray(4)) };
	source.at += CHUNK_HEAD_BYTES;
	return length > MAX_CHUNK_BYTES ? null : chunk;
}

/** The format's own bound. */
const MAX_CHUNK_BYTES = 2 ** 31 - 1;

function typeAt({ bytes, at }: ByteSource): string {
	return String.fromCharCode(...bytes.subarray(at + 4, at + CHUNK_HEAD_BYTES));
}

/** Null for a chunk that is longer than that, or broken. */
async function readData(source: ByteSource, { length, checksum }: Chunk, maxBytes: number): Promise<Uint8Array | null> {
	if (length > maxBytes) return null;
	await source.fill(length);
	const data = source.bytes.slice(source.at, source.at + length);
	source.at += data.length;
	return data.length === length && (await endsWith(source, crc32(data, checksum))) ? data : null;
}

/** Reads a chunk's checksum. */
async function endsWith(source: ByteSource, checksum: number): Promise<boolean> {
	await source.fill(CHECKSUM_BYTES);
	if (source.left < CHECKSUM_BYTES) return false;
	const told = new DataView(source.bytes.buffer, source.bytes.byteOffset + source.at).getUint32(0);
	source.at += CHECKSUM_BYTES;
	return told === checksum;
}

function toHeader(data: Uint8Array | null): PngHeader | null {
	if (data?.length !== HEADER_BYTES) return null;
	const view = new DataView(data.buffer, data.byteOffset);
	const [width, height] = [view.getUint32(0), view.getUint32(4)];
	const [bitDepth = 0, colourNumber = 0, compression, filter, interlace = 0] = data.subarray(8);
	const [colour, , ...depths] = COLOURS.get(colourNumber) ?? [];
	const isGood = compression === 0 && filter === 0 && interlace <= 1 && width > 0 && height > 0;
	if (colour === undefined || !depths.some((depth) => depth === bitDepth) || !isGood) return null;
	return { width, height, bitDepth, colour, isInterlaced: interlace === 1 };
}
