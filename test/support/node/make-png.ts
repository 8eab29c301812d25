/** Writes a PNG of any colour, depth and filter from plain samples, in the plainest way, for tests of what reads one. */
import { crc32, deflateSync } from "node:zlib";

export interface PngPlan {
	readonly width: number;
	readonly height: number;
	/** The number in the header: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha. */
	readonly colour: number;
	readonly bitDepth: number;
	/** The samples of all pixels, row by row. */
	readonly samples: readonly number[];
	/** The filter of each row; the last one is that of all further rows. */
	readonly filters?: readonly number[];
	readonly palette?: readonly number[];
	readonly transparency?: readonly number[];
	readonly interlaced?: boolean;
	/** The compressed data is cut into chunks of so many bytes. */
	readonly chunkBytes?: number;
	readonly level?: number;
	/** Other chunks before the data, by their type. */
	readonly others?: readonly (readonly [type: string, bytes: number])[];
}

const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

export function makePng(plan: PngPlan): Uint8Array {
	const { width, height, colour, bitDepth, interlaced = false, level = 6, chunkBytes = 1 << 30 } = plan;
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([bitDepth, colour, 0, 0, interlaced ? 1 : 0], 8);
	const data = deflateSync(filtered(plan), { level });
	const cuts = Array.from({ length: Math.ceil(data.length / chunkBytes) }, (_, index) =>
		chunk("IDAT", data.subarray(index * chunkBytes, (index + 1) * chunkBytes)),
	);
	return Uint8Array.from(
		Buffer.concat([
			Buffer.from("89504e470d0a1a0a", "hex"),
			chunk("IHDR", header),
			...(plan.others ?? []).map(([type, bytes]) => chunk(type, Buffer.alloc(bytes))),
			...(plan.palette === undefined ? [] : [chunk("PLTE", Uint8Array.from(plan.palette))]),
			...(plan.transparency === undefined ? [] : [chunk("tRNS", Uint8Array.from(plan.transparency))]),
			...cuts,
			chunk("IEND", new Uint8Array()),
		]),
	);
}

function chunk(type: string, data: Uint8Array): Buffer {
	const bytes = Buffer.alloc(12 + data.length);
	bytes.writeUInt32BE(data.length, 0);
	bytes.write(type, 4, "latin1");
	bytes.set(data, 8);
	bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
	return bytes;
}

function filtered({ width, height, colour, bitDepth, samples, filters = [0] }: PngPlan): Buffer {
	const perPixel = SAMPLES[colour] ?? 1;
	const rowBytes = Math.ceil((width * perPixel * bitDepth) / 8);
	const pixelBytes = Math.max(1, (perPixel * bitDepth) / 8);
	const out = Buffer.alloc(height * (1 + rowBytes));
	let above: Buffer = Buffer.alloc(rowBytes);
	for (let y = 0; y < height; y += 1) {
		const row = packed(samples.slice(y * width * perPixel, (y + 1) * width * perPixel), bitDepth, rowBytes);
		const filter = filters[Math.min(y, filters.length - 1)] ?? 0;
		out[y * (1 + rowBytes)] = filter;
		for (let at = 0; at < rowBytes; at += 1) {
			const [left, corner] = at < pixelBytes ? [0, 0] : [row[at - pixelBytes] ?? 0, above[at - pixelBytes] ?? 0];
			const guess = guessOf(filter, left, above[at] ?? 0, corner);
			out[y * (1 + rowBytes) + 1 + at] = (row[at] ?? 0) - guess;
		}
		above = row;
	}
	return out;
}

function guessOf(filter: number, left: number, up: number, corner: number): number {
	const paeth = [left, up, corner].toSorted(
		(a, b) => Math.abs(left + up - corner - a) - Math.abs(left + up - corner - b),
	);
	return [0, left, up, Math.floor((left + up) / 2), paeth[0] ?? 0][filter] ?? 0;
}

function packed(samples: readonly number[], bitDepth: number, rowBytes: number): Buffer {
	const row = Buffer.alloc(rowBytes);
	for (const [index, sample] of samples.entries()) {
		for (let bit = 0; bit < bitDepth; bit += 1) {
			const place = index * bitDepth + bit;
			const isSet = (sample >> (bitDepth - 1 - bit)) & 1;
			row[place >> 3] = (row[place >> 3] ?? 0) | (isSet << (7 - (place & 7)));
		}
	}
	return row;
}
