/** The codes of DEFLATE (RFC 1951, 3.2.2). Building one costs the same for any lengths, so that many small blocks are no attack. */

/** The longest code. */
const MAX_CODE_BITS = 15;
/** A place for each length, and for the one behind the longest. */
const LENGTH_COUNT = MAX_CODE_BITS + 2;
/** Codes up to this length are looked up; longer ones, which are rare, are searched. */
const TABLE_BITS = 10;
const TABLE_SIZE = 1 << TABLE_BITS;
const TABLE_MASK = TABLE_SIZE - 1;
export const LENGTH_BITS = 4;
export const LENGTH_MASK = (1 << LENGTH_BITS) - 1;

/** A code is sent with its highest bit first, and all else with its lowest. */
const REVERSED = new Uint16Array(TABLE_SIZE);
for (let bits = 1; bits < TABLE_SIZE; bits += 1)
	REVERSED[bits] = ((REVERSED[bits >> 1] ?? 0) >> 1) | ((bits & 1) << (TABLE_BITS - 1));

export class HuffmanCode {
	/** For the next bits the symbol and, in the lowest bits, the length of its code; 0 for a code that is longer, or none. */
	readonly #table = new Uint16Array(TABLE_SIZE);
	/** Counts the codes of each length. */
	readonly #counts = new Uint16Array(MAX_CODE_BITS + 1);
	/** In the order of their codes. */
	readonly #symbols: Uint16Array;

	constructor(maxSymbols: number) {
		this.#symbols = new Uint16Array(maxSymbols);
	}

	/** Takes the length of each symbol's code, 0 for a symbol without one. Returns false if no code has these lengths. */
	build(lengths: Uint8Array): boolean {
		const counts = this.#counts.fill(0);
		for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
		counts[0] = 0;

		const firstCodes = new Uint16Array(LENGTH_COUNT);
		const places = new Uint16Array(LENGTH_COUNT);
		let free = 1;
		let longest = 0;
		for (let length = 1; length <= MAX_CODE_BITS; length += 1) {
			const count = counts[length] ?? 0;
			free = free * 2 - count;
			if (free < 0) return false;
			if (count > 0) longest = length;
			firstCodes[length + 1] = ((firstCodes[length] ?? 0) + count) << 1;
			places[length + 1] = (places[length] ?? 0) + count;
		}
		// A code may be incomplete only if it is a single bit, or nothing.
		if (free > 0 && longest > 1) return false;

		const table = this.#table.fill(0);
		for (let symbol = 0; symbol < lengths.length; symbol += 1) {
			const length = lengths[symbol] ?? 0;
			if (length === 0) continue;
			const place = places[length] ?? 0;
			places[length] = place + 1;
			this.#symbols[place] = symbol;
			if (length > TABLE_BITS) continue;
			const code = firstCodes[length] ?? 0;
			firstCodes[length] = code + 1;
			const entry = (symbol << LENGTH_BITS) | length;
			for (let bits = REVERSED[code << (TABLE_BITS - length)] ?? 0; bits < TABLE_SIZE; bits += 1 << length)
				table[bits] = entry;
		}
		return true;
	}

	/** Returns the symbol at the beginning of at least 15 bits, and in the lowest 4 bits its code's length; 0 if there is none. */
	find(bits: number): number {
		return this.#table[bits & TABLE_MASK] || this.#search(bits);
	}

	#search(bits: number): number {
		let code = 0;
		let first = 0;
		let place = 0;
		for (let length = 1; length <= MAX_CODE_BITS; length += 1) {
			code |= (bits >> (length - 1)) & 1;
			const count = this.#counts[length] ?? 0;
			if (code - first < count) return ((this.#symbols[place + code - first] ?? 0) << LENGTH_BITS) | length;
			place += count;
			first = (first + count) << 1;
			code <<= 1;
		}
		return 0;
	}
}
