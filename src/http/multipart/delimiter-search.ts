/**
 * Finds a form's delimiter in bytes, looking at few of them (Horspool's search): the byte under the delimiter's end tells how far it may be
 * moved. Bytes that are made to need a look at each place of each of them are searched by the delimiter's first byte instead.
 */

/** Looks for each byte that is searched. A picture's bytes need fewer than one for ten. */
const MAX_LOOKS_PER_BYTE = 2;

export class DelimiterSearch {
	readonly #delimiter: Uint8Array;
	/** Steps by which the delimiter moves, by the byte under its end. */
	readonly #moves: Uint8Array;

	/** @param delimiter Of 1 to 255 bytes; its first byte does not stand in it again */
	constructor(delimiter: Uint8Array) {
		this.#delimiter = delimiter;
		this.#moves = new Uint8Array(256).fill(delimiter.length);
		for (let at = 0; at < delimiter.length - 1; at += 1) this.#moves[delimiter[at] ?? 0] = delimiter.length - 1 - at;
	}

	/** Returns where the delimiter begins, or what may become one with more bytes; the end if there is none. */
	find(bytes: Uint8Array, from: number, end: number): number {
		const [delimiter, moves, last] = [this.#delimiter, this.#moves, this.#delimiter.length - 1];
		let looks = (end - from) * MAX_LOOKS_PER_BYTE;
		let at = from;
		while (at + last < end && looks > 0) {
			let fitting = last;
			while (fitting >= 0 && bytes[at + fitting] === delimiter[fitting]) fitting -= 1;
			if (fitting < 0) return at;
			looks -= last - fitting + 1;
			at += moves[bytes[at + last] ?? 0] ?? 1;
		}
		return this.#findByFirst(bytes, at, end);
	}

	#findByFirst(bytes: Uint8Array, from: number, end: number): number {
		const [delimiter, first] = [this.#delimiter, this.#delimiter[0]];
		for (let at = from; at < end; at += 1) {
			if (bytes[at] !== first) continue;
			const length = Math.min(delimiter.length, end - at);
			let fitting = 1;
			while (fitting < length && bytes[at + fitting] === delimiter[fitting]) fitting += 1;
			if (fitting === length) return at;
		}
		return end;
	}
}
