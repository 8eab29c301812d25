/**
 * Writes a PNG of 8-bit greys row by row, for masks: mostly flat, so each row is told by its difference from the one above, and runs of one
 * byte are all that is compressed (RFC 1951, fixed codes). The same rows give the same bytes.
 */

import { crc32 } from "../../http/encoding/checksums.ts";
import { PNG_SIGNATURE } from "./open.ts";
import { UP } from "./unfilter.ts";

/** Told of a chunk beside its data: length, type and checksum. */
const CHUNK_BYTES = 12;
const HEADER_BYTES = 13;
const MIN_RUN = 3;
const MAX_RUN = 258;
const MAX_LITERAL_BITS = 9;
/** A chunk of data is written when it has so many bytes, or a little more. */
const DATA_BYTES = 32 * 1024;

const LENGTH_OF_CODE_BITS = 5;

/** For each literal its code, lowest bit first, and behind it the code's length. */
const LITERALS = Uint32Array.from({ length: 256 }, (_, byte) =>
	byte < 144 ? entry(reversed(0x30 + byte, 8), 8) : entry(reversed(0x190 + byte - 144, 9), 9),
);
/** For each length of a run the same, with its extra bits and the code of the distance 1, which is five zeros. */
const RUNS = Uint32Array.from({ length: MAX_RUN + 1 }, (_, run) => (run < MIN_RUN ? 0 : runEntry(run)));

function entry(bits: number, count: number): number {
	return (bits << LENGTH_OF_CODE_BITS) | count;
}

function reversed(bits: number, count: number): number {
	let turned = 0;
	for (let bit = 0; bit < count; bit += 1) turned |= ((bits >> bit) & 1) << (count - 1 - bit);
	return turned;
}

/** The symbols of lengths (RFC 1951, 3.2.5): four of each number of extra bits, from 3 on, and the longest alone. */
function runEntry(run: number): number {
	if (run === MAX_RUN) return entry(reversed(0xc0 + 5, 8), 8 + 5);
	const offset = run - MIN_RUN;
	const extra = Math.max(0, Math.floor(Math.log2(Math.max(offset, 1))) - 2);
	const symbol = 257 + 4 * extra + (offset >> extra);
	const more = offset & ((1 << extra) - 1);
	const [code, bits] = symbol < 280 ? [symbol - 256, 7] : [0xc0 + symbol - 280, 8];
	return entry(reversed(code, bits) | (more << bits), bits + extra + 5);
}

const ADLER_BASE = 65_521;

export class GreyPng {
	readonly #above: Uint8Array;
	readonly #out: Uint8Array;
	#length = 0;
	#bits = 0;
	#bitCount = 0;
	/** The byte before, and how often it came again since it was written. */
	#last = -1;
	#run = 0;
	/** The two sums of Adler-32 (RFC 1950). */
	#low = 1;
	#high = 0;

	constructor(width: number) {
		this.#above = new Uint8Array(width);
		const rowBytes = Math.ceil(((width + 1) * MAX_LITERAL_BITS) / 8);
		this.#out = new Uint8Array(DATA_BYTES + 2 * rowBytes);
	}

	/** Returns what comes before the first row. */
	begin(height: number): Uint8Array {
		const header = new Uint8Array(HEADER_BYTES);
		const view = new DataView(header.buffer);
		view.setUint32(0, this.#above.length);
		view.setUint32(4, height);
		// 8 bits, grey, and the only compression, filters and order that there are.
		header.set([8, 0, 0, 0, 0], 8);
		// zlib's header, for a window of 32 KiB. Then one block of fixed codes, the last one.
		this.#put(0x78, 8);
		this.#put(0x01, 8);
		this.#put(0b011, 3);
		return joined(PNG_SIGNATURE, chunk("IHDR", header));
	}

	/** Returns the bytes that are ready; none while a chunk fills. */
	row(greys: Uint8Array): Uint8Array {
		const above = this.#above;
		this.#add(UP);
		let last = this.#last;
		let run = 0;
		for (let x = 0; x < greys.length; x += 1) {
			const byte = ((greys[x] ?? 0) - (above[x] ?? 0)) & 0xff;
			if (byte === last) {
				run += 1;
				continue;
			}
			this.#run += run;
			run = 0;
			this.#add(byte);
			last = byte;
		}
		this.#run += run;
		above.set(greys);
		return this.#length >= DATA_BYTES ? this.#flush() : NOTHING;
	}

	end(): Uint8Array {
		this.#endRun();
		// The end of the block is seven zeros.
		this.#put(0, 7);
		this.#put(0, (8 - (this.#bitCount & 7)) & 7);
		for (const sum of [this.#high, this.#low]) {
			this.#put(sum >> 8, 8);
			this.#put(sum & 0xff, 8);
		}
		return joined(this.#flush(), chunk("IEND", NOTHING));
	}

	#flush(): Uint8Array {
		const data = chunk("IDAT", this.#out.subarray(0, this.#length));
		this.#length = 0;
		return data;
	}

	/** Adds a byte that may be another than the one before. */
	#add(byte: number): void {
		this.#endRun();
		this.#last = byte;
		this.#write(byte);
	}

	#write(byte: number): void {
		const found = LITERALS[byte] ?? 0;
		this.#put(found >>> LENGTH_OF_CODE_BITS, found & 31);
		this.#low = (this.#low + byte) % ADLER_BASE;
		this.#high = (this.#high + this.#low) % ADLER_BASE;
	}

	#endRun(): void {
		while (this.#run >= MIN_RUN) {
			const run = Math.min(this.#run, MAX_RUN);
			const found = RUNS[run] ?? 0;
			this.#put(found >>> LENGTH_OF_CODE_BITS, found & 31);
			this.#high = (this.#high + run * this.#low + (this.#last * run * (run + 1)) / 2) % ADLER_BASE;
			this.#low = (this.#low + this.#last * run) % ADLER_BASE;
			this.#run -= run;
		}
		for (; this.#run > 0; this.#run -= 1) this.#write(this.#last);
	}

	#put(bits: number, count: number): void {
		this.#bits |= bits << this.#bitCount;
		this.#bitCount += count;
		while (this.#bitCount >= 8) {
			this.#out[this.#length] = this.#bits;
			this.#length += 1;
			this.#bits >>>= 8;
			this.#bitCount -= 8;
		}
	}
}

const NOTHING = new Uint8Array();

function chunk(type: string, data: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(CHUNK_BYTES + data.length);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, data.length);
	for (let at = 0; at < type.length; at += 1) bytes[4 + at] = type.charCodeAt(at);
	bytes.set(data, 8);
	view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
	return bytes;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(first.length + second.length);
	bytes.set(first);
	bytes.set(second, first.length);
	return bytes;
}
