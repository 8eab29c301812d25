/** Reads how opaque the pixels of a PNG are, row by row, in constant memory. */

import { ByteSource } from "../../http/encoding/byte-source.ts";
import { inflate } from "../../http/encoding/inflate.ts";
import { Inflation } from "../../http/encoding/inflation.ts";
import { dataOf, type OpenPng, type PngFault, samplesOf } from "./open.ts";
import { type Lane, MARGIN_BYTES, unfilter } from "./unfilter.ts";

const OPAQUE = 255;

/** True for a picture whose pixels can be transparent. */
export function hasOpacity({ header: { colour }, transparency }: OpenPng): boolean {
	return colour === "grey_alpha" || colour === "rgb_alpha" || transparency !== null;
}

/**
 * Yields a row of opacities, 0 to 255 a pixel, which is gone when the next one is asked for. The picture is not interlaced.
 * @param source At its data, where `openPng` leaves it
 */
export async function* opacityOf(source: ByteSource, png: OpenPng): AsyncGenerator<Uint8Array, PngFault | null> {
	const { width, height, bitDepth, colour } = png.header;
	const samples = samplesOf(colour);
	const rowBytes = Math.ceil((width * samples * bitDepth) / 8);
	const pixelBytes = Math.max(1, (samples * bitDepth) / 8);
	const reader = readerOf(png, pixelBytes);
	const opacities = new Uint8Array(width);
	let row = new Uint8Array(MARGIN_BYTES + rowBytes);
	let above = new Uint8Array(MARGIN_BYTES + rowBytes);
	let rows = 0;
	// The filter's byte lies in the margin, right before the row.
	let filled = FILTER_AT;
	const data = new Data(source);
	for await (const piece of inflated(data)) {
		for (let at = 0; at < piece.length; ) {
			const taken = Math.min(row.length - filled, piece.length - at);
			row.set(taken === piece.length ? piece : piece.subarray(at, at + taken), filled);
			filled += taken;
			at += taken;
			if (filled < row.length) continue;
			const filter = row[FILTER_AT] ?? 0;
			row[FILTER_AT] = 0;
			if (!unfilter(filter, row, above, reader.lane)) return "broken";
			reader.read(row, opacities);
			yield opacities;
			rows += 1;
			if (rows === height) return (await data.endsWell()) ? null : "broken";
			[row, above] = [above, row];
			filled = FILTER_AT;
		}
	}
	return "broken";
}

const FILTER_AT = MARGIN_BYTES - 1;
const ZLIB_METHOD = 8;
const ZLIB_CHECK = 31;
const HAS_DICTIONARY = 0x20;

/** The compressed data of a PNG, of which each chunk has a checksum. */
class Data extends ByteSource {
	readonly #whole: { is: boolean };

	constructor(file: ByteSource) {
		const whole = { is: false };
		const pieces = async function* () {
			whole.is = yield* dataOf(file);
		};
		super(pieces());
		this.#whole = whole;
	}

	/** Passes over what is left. Returns false if any of it is broken. */
	async endsWell(): Promise<boolean> {
		while (!this.isEnded) {
			this.at = this.bytes.length;
			await this.fill(1);
		}
		return this.#whole.is;
	}
}

/** Yields what the data says. It ends early if that is broken. The checksum at its end is not read: each chunk has one. */
async function* inflated(data: Data): AsyncGenerator<Uint8Array, void> {
	await data.fill(2);
	const [method = 0, flags = 0] = data.bytes.subarray(data.at);
	if ((method & 0x0f) !== ZLIB_METHOD || ((method << 8) | flags) % ZLIB_CHECK !== 0 || flags & HAS_DICTIONARY) return;
	data.at += 2;
	yield* inflate(data, new Inflation(data));
}

/** Turns a row into opacities. */
interface RowReader {
	/** The bytes of the row that it reads. */
	readonly lane: Lane;
	read(row: Uint8Array, opacities: Uint8Array): void;
}

function readerOf({ header: { colour, bitDepth }, transparency }: OpenPng, pixelBytes: number): RowReader {
	const all = { first: 0, step: 1, pixelBytes };
	const none = new Uint8Array();
	switch (colour) {
		case "grey_alpha":
		case "rgb_alpha": {
			// The higher byte of 16 bits tells enough.
			const lane = { first: pixelBytes - bitDepth / 8, step: pixelBytes, pixelBytes };
			return { lane, read: (row, opacities) => takeLane(row, opacities, lane) };
		}
		case "palette":
			return { lane: all, read: (row, opacities) => lookUp(row, opacities, bitDepth, transparency ?? none) };
		case "grey":
		case "rgb":
			return {
				lane: all,
				read:
					bitDepth < 8
						? (row, opacities) => comparePacked(row, opacities, bitDepth, transparency ?? none)
						: (row, opacities) => compare(row, opacities, transparentBytes(transparency ?? none, bitDepth), pixelBytes),
			};
	}
}

function takeLane(row: Uint8Array, opacities: Uint8Array, { first, step }: Lane): void {
	for (let x = 0, at = MARGIN_BYTES + first; x < opacities.length; x += 1, at += step) opacities[x] = row[at] ?? OPAQUE;
}

/** Reads pixels of 1, 2, 4 or 8 bits, the highest bits first. */
function sampleAt(row: Uint8Array, x: number, bitDepth: number): number {
	const bit = x * bitDepth;
	return ((row[MARGIN_BYTES + (bit >> 3)] ?? 0) >> (8 - bitDepth - (bit & 7))) & ((1 << bitDepth) - 1);
}

/** Colours behind the list are opaque. */
function lookUp(row: Uint8Array, opacities: Uint8Array, bitDepth: number, ofColours: Uint8Array): void {
	for (let x = 0; x < opacities.length; x += 1) opacities[x] = ofColours[sampleAt(row, x, bitDepth)] ?? OPAQUE;
}

/** The transparent grey is told in two bytes, of which the lower bits count. */
function comparePacked(row: Uint8Array, opacities: Uint8Array, bitDepth: number, [, low]: Uint8Array): void {
	const transparent = low === undefined ? -1 : low & ((1 << bitDepth) - 1);
	for (let x = 0; x < opacities.length; x += 1) opacities[x] = sampleAt(row, x, bitDepth) === transparent ? 0 : OPAQUE;
}

/** Returns the bytes of a transparent pixel: two for each sample are told. */
function transparentBytes(told: Uint8Array, bitDepth: number): Uint8Array {
	return bitDepth === 16 ? told : told.filter((_, at) => at % 2 === 1);
}

function compare(row: Uint8Array, opacities: Uint8Array, transparent: Uint8Array, pixelBytes: number): void {
	for (let x = 0, at = MARGIN_BYTES; x < opacities.length; x += 1, at += pixelBytes) {
		let isTransparent = transparent.length >= pixelBytes;
		for (let byte = 0; isTransparent && byte < pixelBytes; byte += 1)
			isTransparent = row[at + byte] === transparent[byte];
		opacities[x] = isTransparent ? 0 : OPAQUE;
	}
}
