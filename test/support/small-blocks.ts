/** Makes DEFLATE (RFC 1951) of the dearest kind: each block has tables of its own, with codes of all lengths, for one letter. */

const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const;
const LONGEST = 15;
/** So many fill their last byte, whatever their length in bits. */
export const BLOCKS = 8;

/** Returns `BLOCKS` blocks, after which the stream may go on. */
export function smallBlocks(): Uint8Array {
	const bits: number[] = [];
	/** A number comes with its lowest bit first. */
	const put = (value: number, width: number) => {
		for (let bit = 0; bit < width; bit += 1) bits.push((value >> bit) & 1);
	};
	/** A code comes with its highest bit first. */
	const putCode = (code: number, width: number) => {
		for (let bit = width - 1; bit >= 0; bit -= 1) bits.push((code >> bit) & 1);
	};
	/** In the code for lengths, each length has five bits, and the symbol for many zeros has one. */
	const putLength = (length: number) => putCode(16 + length, 5);
	const putZeros = (zeros: number) => {
		putCode(0, 1);
		put(zeros - 11, 7);
	};
	for (let block = 0; block < BLOCKS; block += 1) {
		// Not the last one, and with codes of its own.
		put(0, 1);
		put(2, 2);
		// 257 codes for literals, one for distances, and all of 19 lengths.
		put(0, 5);
		put(0, 5);
		put(LENGTH_ORDER.length - 4, 4);
		for (const symbol of LENGTH_ORDER) put(symbol === 18 ? 1 : symbol <= LONGEST ? 5 : 0, 3);
		// The letters from 241 on have codes of 1, 2, 3 and so on bits, and the end of the block has one of 15.
		putZeros(138);
		putZeros(103);
		for (let length = 1; length <= LONGEST; length += 1) putLength(length);
		putLength(LONGEST);
		// No distance.
		putLength(0);
		putCode(0, 1);
		putCode(2 ** LONGEST - 1, LONGEST);
	}
	return Uint8Array.from({ length: bits.length / 8 }, (_, at) =>
		bits.slice(at * 8, at * 8 + 8).reduceRight((byte, bit) => byte * 2 + bit, 0),
	);
}
