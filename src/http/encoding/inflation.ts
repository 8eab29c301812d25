/** Holds a stream of DEFLATE between two waits: the bits that were read ahead, the codes of the block, and the window. */

import type { ByteSource } from "./byte-source.ts";
import { HuffmanCode, LENGTH_BITS, LENGTH_MASK } from "./huffman.ts";

/** The reason that decoding stopped: `full` wants its output taken, `starved` wants more input. */
export type State = "end" | "full" | "starved" | "corrupt";

const WINDOW_BYTES = 32 * 1024;
const PIECE_BYTES = 32 * 1024;
const FULL_BYTES = WINDOW_BYTES + PIECE_BYTES;
const MAX_MATCH_BYTES = 258;
/** A match needs 48 bits, and up to 31 are read ahead. */
const MAX_SYMBOL_BYTES = 16;
/** So many bits are there before each step: they are enough for a code and what belongs to it, and a number has room for a byte more. */
const READY_BITS = 24;

const [STORED, FIXED, DYNAMIC] = [0, 1, 2] as const;
const END_OF_BLOCK = 256;
const MAX_LITERALS = 288;
const MAX_DISTANCES = 32;
/** A stream may declare no more than so many; the others only complete the fixed codes. */
const USED_LITERALS = 286;
const USED_DISTANCES = 30;

/** Bits that follow each symbol of a length, from 257 on, and each symbol of a distance. */
const LENGTH_EXTRA = Uint8Array.of(
	...[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0],
);
const DISTANCE_EXTRA = Uint8Array.of(
	...[0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13],
);
/** Those bits are added to these bases: each symbol begins where the one before ends. */
const LENGTH_BASES = basesOf(LENGTH_EXTRA, 3);
const DISTANCE_BASES = basesOf(DISTANCE_EXTRA, 1);
// The last symbol stands for the longest match alone, which the one before could say, too.
LENGTH_BASES[LENGTH_EXTRA.length - 1] = MAX_MATCH_BYTES;

function basesOf(extra: Uint8Array, first: number): Uint16Array {
	let next = first;
	return Uint16Array.from(extra, (bits) => {
		next += 1 << bits;
		return next - (1 << bits);
	});
}

/** The order in which the lengths of the code for lengths are sent. */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const;
/** From here on a symbol of that code stands for several lengths: for the last one again, or for zeros. */
const [REPEAT, ZEROS] = [16, 17] as const;

const FIXED_LITERALS = fixedCode(
	Uint8Array.from({ length: MAX_LITERALS }, (_, symbol) =>
		symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
	),
);
const FIXED_DISTANCES = fixedCode(new Uint8Array(MAX_DISTANCES).fill(5));

function fixedCode(lengths: Uint8Array): HuffmanCode {
	const code = new HuffmanCode(lengths.length);
	code.build(lengths);
	return code;
}

export class Inflation {
	readonly #source: ByteSource;
	/** Read from the source, and not yet used. */
	#bits = 0;
	#bitCount = 0;
	/** The window, and behind it what is made. */
	readonly #out = new Uint8Array(FULL_BYTES + MAX_MATCH_BYTES);
	#length = 0;
	/** The reader has taken all bytes before this one. */
	#taken = 0;
	/** Begun so far, in all streams. */
	blocks = 0;
	/** Of the block. */
	#type: number = FIXED;
	#storedLeft = 0;
	readonly #ownLiterals = new HuffmanCode(MAX_LITERALS);
	readonly #ownDistances = new HuffmanCode(MAX_DISTANCES);
	readonly #lengthCode = new HuffmanCode(LENGTH_ORDER.length);
	readonly #lengths = new Uint8Array(MAX_LITERALS + MAX_DISTANCES);
	#literals = FIXED_LITERALS;
	#distances = FIXED_DISTANCES;

	constructor(source: ByteSource) {
		this.#source = source;
	}

	/** Begins another stream, which knows nothing of the one before. */
	restart(): void {
		this.#length = 0;
		this.#taken = 0;
	}

	/** True if bits behind the body's end were used, which are read as zeros. */
	get isBeyondEnd(): boolean {
		return this.#source.at - (this.#bitCount >> 3) > this.#source.bytes.length;
	}

	/** Returns what was made since the last time. It is gone when decoding goes on. */
	take(): Uint8Array {
		const made = this.#out.subarray(this.#taken, this.#length);
		this.#taken = this.#length;
		return made;
	}

	/** @param count At most 16 */
	takeBits(count: number): number {
		while (this.#bitCount < count) this.#readByte();
		const bits = this.#bits & ((1 << count) - 1);
		this.#bits >>>= count;
		this.#bitCount -= count;
		return bits;
	}

	/** Leaves the bits of a byte that was begun, and gives whole ones back. */
	alignToByte(): void {
		this.#bitCount -= this.#bitCount & 7;
		this.#giveBack();
	}

	/** Reads a block's header, which is there. Returns false if it is corrupt. */
	startBlock(type: number): boolean {
		this.blocks += 1;
		this.#type = type;
		switch (type) {
			case STORED: {
				this.alignToByte();
				this.#storedLeft = this.takeBits(16);
				const isGood = (this.#storedLeft ^ 0xffff) === this.takeBits(16);
				this.#giveBack();
				return isGood;
			}
			case FIXED:
				this.#literals = FIXED_LITERALS;
				this.#distances = FIXED_DISTANCES;
				return true;
			case DYNAMIC:
				this.#literals = this.#ownLiterals;
				this.#distances = this.#ownDistances;
				return this.#readCodes();
			default:
				return false;
		}
	}

	/** Goes on with the block. */
	goOn(): State {
		if (this.#length >= FULL_BYTES) this.#slide();
		return this.#type === STORED ? this.#copyStored() : this.#decode();
	}

	#readCodes(): boolean {
		const literals = this.takeBits(5) + 257;
		const distances = this.takeBits(5) + 1;
		const ordered = this.takeBits(4) + 4;
		if (literals > USED_LITERALS || distances > USED_DISTANCES) return false;
		const ofLengths = new Uint8Array(LENGTH_ORDER.length);
		for (const symbol of LENGTH_ORDER.slice(0, ordered)) ofLengths[symbol] = this.takeBits(3);
		if (!this.#lengthCode.build(ofLengths)) return false;

		const lengths = this.#lengths;
		const end = literals + distances;
		for (let at = 0; at < end; ) {
			const symbol = this.#takeSymbol(this.#lengthCode);
			if (symbol === null || (symbol === REPEAT && at === 0)) return false;
			if (symbol < REPEAT) {
				lengths[at] = symbol;
				at += 1;
				continue;
			}
			const count = this.#takeCount(symbol);
			if (at + count > end) return false;
			lengths.fill(symbol === REPEAT ? (lengths[at - 1] ?? 0) : 0, at, at + count);
			at += count;
		}
		// A block without an end would never end.
		if (lengths[END_OF_BLOCK] === 0) return false;
		return (
			this.#literals.build(lengths.subarray(0, literals)) && this.#distances.build(lengths.subarray(literals, end))
		);
	}

	#takeCount(symbol: number): number {
		if (symbol === REPEAT) return this.takeBits(2) + 3;
		return symbol === ZEROS ? this.takeBits(3) + 3 : this.takeBits(7) + 11;
	}

	#takeSymbol(code: HuffmanCode): number | null {
		while (this.#bitCount < READY_BITS) this.#readByte();
		const entry = code.find(this.#bits);
		if (entry === 0) return null;
		this.takeBits(entry & LENGTH_MASK);
		return entry >> LENGTH_BITS;
	}

	#copyStored(): State {
		const source = this.#source;
		const count = Math.min(this.#storedLeft, source.left, FULL_BYTES - this.#length);
		this.#out.set(source.bytes.subarray(source.at, source.at + count), this.#length);
		source.at += count;
		this.#length += count;
		this.#storedLeft -= count;
		if (this.#length >= FULL_BYTES) return "full";
		return this.#storedLeft === 0 ? "end" : "starved";
	}

	/** Decodes symbols up to a stop. It is nearly all of the work, so its state is in variables. */
	#decode(): State {
		const { bytes, isEnded } = this.#source;
		const out = this.#out;
		const literals = this.#literals;
		const distances = this.#distances;
		const lastStart = isEnded ? bytes.length + MAX_SYMBOL_BYTES : bytes.length - MAX_SYMBOL_BYTES;
		let { at } = this.#source;
		let length = this.#length;
		let bits = this.#bits;
		let bitCount = this.#bitCount;
		let state: State = "starved";
		for (;;) {
			// Asked before the other: what is made has to be taken before more of it is.
			if (length >= FULL_BYTES) {
				state = "full";
				break;
			}
			if (at > lastStart) break;
			for (; bitCount < READY_BITS; bitCount += 8, at += 1) bits |= (bytes[at] ?? 0) << bitCount;
			const found = literals.find(bits);
			const symbol = found >> LENGTH_BITS;
			bits >>>= found & LENGTH_MASK;
			bitCount -= found & LENGTH_MASK;
			if (found === 0) {
				state = "corrupt";
				break;
			}
			if (symbol < END_OF_BLOCK) {
				out[length] = symbol;
				length += 1;
				continue;
			}
			if (symbol === END_OF_BLOCK) {
				state = "end";
				break;
			}
			const lengthExtra = LENGTH_EXTRA[symbol - END_OF_BLOCK - 1] ?? 0;
			const matchBytes = (LENGTH_BASES[symbol - END_OF_BLOCK - 1] ?? 0) + (bits & ((1 << lengthExtra) - 1));
			bits >>>= lengthExtra;
			bitCount -= lengthExtra;
			for (; bitCount < READY_BITS; bitCount += 8, at += 1) bits |= (bytes[at] ?? 0) << bitCount;
			const foundDistance = distances.find(bits);
			const distanceSymbol = foundDistance >> LENGTH_BITS;
			bits >>>= foundDistance & LENGTH_MASK;
			bitCount -= foundDistance & LENGTH_MASK;
			for (; bitCount < READY_BITS; bitCount += 8, at += 1) bits |= (bytes[at] ?? 0) << bitCount;
			const distanceExtra = DISTANCE_EXTRA[distanceSymbol] ?? 0;
			const distance = (DISTANCE_BASES[distanceSymbol] ?? 0) + (bits & ((1 << distanceExtra) - 1));
			bits >>>= distanceExtra;
			bitCount -= distanceExtra;
			if (foundDistance === 0 || matchBytes === 0 || distance === 0 || distance > length) {
				state = "corrupt";
				break;
			}
			for (const end = length + matchBytes; length < end; length += 1) out[length] = out[length - distance] ?? 0;
		}
		this.#source.at = at;
		this.#length = length;
		this.#bits = bits;
		this.#bitCount = bitCount;
		this.#giveBack();
		return state;
	}

	#readByte(): void {
		this.#bits |= (this.#source.bytes[this.#source.at] ?? 0) << this.#bitCount;
		this.#source.at += 1;
		this.#bitCount += 8;
	}

	/** Gives whole bytes back to the source, which forgets those before its place. */
	#giveBack(): void {
		this.#source.at -= this.#bitCount >> 3;
		this.#bitCount &= 7;
		this.#bits &= (1 << this.#bitCount) - 1;
	}

	/** Keeps the last 32 KB, which distances reach back to. */
	#slide(): void {
		this.#out.copyWithin(0, this.#length - WINDOW_BYTES, this.#length);
		this.#length = WINDOW_BYTES;
		this.#taken = WINDOW_BYTES;
	}
}
