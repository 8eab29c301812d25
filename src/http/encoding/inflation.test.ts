import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { inPieces } from "../../../test/support/forms.ts";
import { type Coding, decode } from "./decode.ts";

/** Returns the decoded text, or why there is none. */
async function read(bytes: Uint8Array, coding: Coding = "deflate", pieceBytes = 1_000): Promise<string> {
	const pieces = decode(inPieces(bytes, [pieceBytes]), coding);
	let text = "";
	let step = await pieces.next();
	for (; step.done !== true; step = await pieces.next()) text += Buffer.from(step.value).toString("latin1");
	return step.value ?? text;
}

/** Writes a number as DEFLATE sends it: its lowest bit first. */
function num(value: number, count: number): string {
	return Array.from({ length: count }, (_, place) => (value >> place) & 1).join("");
}

/** Packs bits in the order in which they are sent. */
function packed(...bits: readonly string[]): Uint8Array {
	const all = bits.join("").replaceAll(" ", "");
	return Uint8Array.from({ length: Math.ceil(all.length / 8) }, (_, at) =>
		[...all.slice(8 * at, 8 * at + 8)].reduce((byte, bit, place) => byte | (Number(bit) << place), 0),
	);
}

const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

type Codes = readonly [
	counts: readonly [literals: number, distances: number],
	/** The length of the code of each symbol for lengths. */
	ofLengths: Readonly<Record<number, number>>,
	...bits: readonly string[],
];

/** Writes a block with codes of its own, without the first bit. */
function blockBits(...[[literals, distances], ofLengths, ...bits]: Codes): string {
	const lengths = ORDER.map((symbol) => num(ofLengths[symbol] ?? 0, 3));
	return [num(2, 2), num(literals - 257, 5), num(distances - 1, 5), num(15, 4), ...lengths, ...bits].join("");
}

/** Writes a last block with codes of its own. */
function block(...codes: Codes): Uint8Array {
	return packed("1", blockBits(...codes));
}

/** So many zeros, from 11 to 138, behind the code of the symbol 18. */
function zeros(count: number, code = "1"): string {
	return code + num(count - 11, 7);
}

/** Of a block with these codes "0" stands for the length 1 and "1" for zeros. */
const ONES = { 1: 1, 18: 1 };
/** The end alone has a code. */
const END_ALONE = [zeros(138), zeros(118), "0"];

describe("a block with codes of its own", () => {
	const endAlone: Codes = [[257, 1], ONES, ...END_ALONE, "0"];

	it.each<readonly [what: string, codes: Codes]>([
		["the end alone", endAlone],
		["all literals that there may be", [[286, 1], ONES, ...END_ALONE, zeros(29), "0"]],
		["all distances that there may be", [[257, 30], ONES, ...END_ALONE, "0", zeros(29)]],
	])("that are %s is read", async (_, codes) => {
		for (const pieceBytes of [1_000, 1]) expect(await read(block(...codes, "0"), "deflate", pieceBytes)).toBe("");
	});

	it.each<readonly [what: string, codes: Codes]>([
		["a literal too many", [[287, 1], ONES, ...END_ALONE, zeros(30), "0"]],
		["a distance too many", [[257, 31], ONES, ...END_ALONE, "0", zeros(30)]],
		["no code for lengths", [[257, 1], {}, "0000"]],
		["too many codes for lengths", [[257, 1], { 0: 1, 1: 1, 18: 1 }, "0000"]],
		["a length of no code", [[257, 1], { 18: 1 }, "0", num(127, 7), "1"]],
		[
			"a repetition of nothing",
			[[257, 1], { 16: 1, 1: 2, 18: 2 }, "0", num(0, 2), zeros(138, "11"), zeros(115, "11"), "10", "10"],
		],
		["a repetition beyond the end", [[257, 1], ONES, ...END_ALONE, zeros(11)]],
		["no end", [[257, 1], ONES, "0", zeros(138), zeros(118), "0"]],
		["too many literals of one bit", [[257, 1], ONES, "0", "0", zeros(138), zeros(116), "0", "0"]],
		["too few literals of two bits", [[257, 1], { 2: 1, 18: 1 }, zeros(138), zeros(118), "0", "0"]],
	])("that are %s is refused", async (_, codes) => {
		for (const pieceBytes of [1_000, 1])
			expect(await read(block(...codes, "0"), "deflate", pieceBytes)).toBe("corrupt");
	});

	/** In its codes "0" is an "a", and "1" is the end. */
	const before = blockBits([257, 1], ONES, zeros(97), "0", zeros(138), zeros(20), "0", "0");

	it.each<readonly [what: string, bits: string]>([
		["a literal too many", num(2, 2) + num(30, 5) + num(0, 5) + num(15, 4)],
		["a distance too many", num(2, 2) + num(0, 5) + num(30, 5) + num(15, 4)],
		["no code for lengths", blockBits([257, 1], {})],
		["too many codes for lengths", blockBits([257, 1], { 0: 1, 1: 1, 18: 1 })],
		["a length of no code", blockBits([257, 1], { 18: 1 }, "0", num(127, 7))],
		["a repetition of nothing", blockBits([257, 1], { 16: 1, 1: 2, 18: 2 }, "0")],
		["a repetition beyond the end", blockBits([257, 1], ONES, ...END_ALONE, zeros(11))],
		["no end", blockBits([257, 1], ONES, "0", zeros(138), zeros(118), "0")],
	])("that are %s do not leave those of the block before", async (_, bits) => {
		expect(await read(packed("0", before, "01", "1", blockBits(...endAlone, "0")))).toBe("a");
		expect(await read(packed("0", before, "01", "1", bits, "1"))).toBe("corrupt");
	});

	it("is refused if it has a code that there is not", async () => {
		expect(await read(block(...endAlone, "1"))).toBe("corrupt");
	});

	/** "a" is 0, the end is 10, and a match of three is 11. */
	const match = (distance: string, ...bits: readonly string[]) =>
		block(
			[258, 1],
			{ 0: 2, 1: 2, 2: 2, 18: 2 },
			...[zeros(97, "11"), "01", zeros(138, "11"), zeros(20, "11"), "10", "10", distance],
			...bits,
		);

	it("may have a match, if it has a code for distances", async () => {
		expect(await read(match("01", "0", "11", "0", "10"))).toBe("aaaa");
		expect(await read(match("00", "0", "11", "10"))).toBe("corrupt");
		expect(await read(match("01", "0", "11", "1", "10"))).toBe("corrupt");
	});
});

/** Returns each symbol's code, as RFC 1951 (3.2.2) makes it of the lengths of all. */
function codesOf(lengths: readonly number[]): readonly string[] {
	const codes = lengths.map(() => "");
	let next = 0;
	for (let length = 1; length <= 15; length += 1, next *= 2)
		for (const [symbol, own] of lengths.entries())
			if (own === length) codes[symbol] = (next++).toString(2).padStart(length, "0");
	return codes;
}

it("the longest codes are read with the most bits behind them, wherever in a byte they begin", async () => {
	const literals = new Array<number>(286).fill(0);
	for (const [place, symbol] of ["a", "b"].map((letter) => letter.charCodeAt(0)).entries())
		literals[symbol] = place + 1;
	for (let length = 3; length <= 14; length += 1) literals[253 + length] = length;
	literals[283] = literals[284] = 15;
	const distances = Array.from({ length: 30 }, (_, symbol) => (symbol < 14 ? symbol + 1 : symbol < 28 ? 0 : 15));
	const four = Object.fromEntries(Array.from({ length: 16 }, (_, length) => [length, 4]));
	const sent = [...literals, ...distances].map((length) => length.toString(2).padStart(4, "0"));

	const [codes, ofDistances] = [codesOf(literals), codesOf(distances)];
	const [a = "", b = "", end = ""] = [97, 98, 256].map((symbol) => codes[symbol]);
	const letters = Array.from({ length: 33_000 }, (_, place) => ((place * place) % 11 < 5 ? a : b));
	const matches = Array.from({ length: 40 }, (_, place) =>
		[codes[284], num(place % 32, 5), ofDistances[29], num(8_191 - 199 * place, 13), a.repeat(place % 8)].join(""),
	);
	const bytes = block([286, 30], four, ...sent, ...letters, ...matches, end);
	const expected = inflateRawSync(bytes).toString("latin1");
	for (const pieceBytes of [1_000, 7]) expect(await read(bytes, "deflate", pieceBytes)).toBe(expected);
});

describe("a block with the fixed codes", () => {
	const [a, end, matchOfThree] = ["10010001", "0000000", "0000001"];

	it.each<readonly [what: string, bits: readonly string[], read: string]>([
		["a match of what is before it", [a, matchOfThree, "00000", end], "aaaa"],
		["a match before the beginning", [a, matchOfThree, "00001", end], "corrupt"],
		["a length that there is not", [a, "11000110", "00000", end], "corrupt"],
		["a distance that there is not", [a, matchOfThree, "11110", end], "corrupt"],
	])("with %s", async (_, bits, text) => {
		expect(await read(packed("1", num(1, 2), ...bits))).toBe(text);
	});
});

it("a frame knows nothing of the one before it", async () => {
	const head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
	const empty = [...head, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
	const one = [...head, ...packed("1", num(1, 2), "10010001", "0000000"), 0x43, 0xbe, 0xb7, 0xe8, 1, 0, 0, 0];
	const match = [...head, ...packed("1", num(1, 2), "0000001", "00000", "0000000")];
	expect(await read(Uint8Array.from([...one, ...empty, ...one]), "gzip")).toBe("aa");
	expect(await read(Uint8Array.from([...one, ...match]), "gzip")).toBe("corrupt");
});

describe("a frame of zlib", () => {
	const a = packed("1", num(1, 2), "10010001", "0000000");
	const checksum = [0, 0x62, 0, 0x62];

	it.each<readonly [what: string, bytes: readonly number[], read: string]>([
		["is passed over", [0x78, 0x9c, ...a, ...checksum], "a"],
		["may be left out, though a block begins as it does", [0x08, 1, 0, 0xfe, 0xff, 0x61, 3, 0], "a"],
		["is refused if it names a dictionary", [0x78, 0x20, ...a, ...checksum], "corrupt"],
	])("%s", async (_, bytes, text) => {
		expect(await read(Uint8Array.from(bytes))).toBe(text);
	});
});

describe("a text", () => {
	/** Always the same letters, in no order. */
	function shuffled(letters: readonly number[]): Buffer {
		const text = Buffer.from(letters);
		let seed = 7;
		for (let at = text.length - 1; at > 0; at -= 1) {
			seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
			const other = seed % (at + 1);
			[text[at], text[other]] = [text[other] ?? 0, text[at] ?? 0];
		}
		return text;
	}

	/** Each letter comes about as often as the two before it together: their codes have up to 15 bits. */
	function rareLetters(): readonly number[] {
		let [now, next] = [1, 1];
		return Array.from({ length: 19 }, (_, letter) => {
			const count = now;
			[now, next] = [next, now + next];
			return Array.from({ length: count }, () => letter);
		}).flat();
	}

	it.each<readonly [what: string, text: Buffer, options: object]>([
		["of one letter", Buffer.from("aaaaaaaaaaaa"), {}],
		["of letters that are all as frequent", shuffled(Array.from({ length: 20_000 }, (_, at) => at % 200)), {}],
		["of letters that are more and more rare", shuffled(rareLetters()), { strategy: constants.Z_HUFFMAN_ONLY }],
		["of rare letters, with repetitions", shuffled(rareLetters()), { memLevel: 9 }],
		["that is stored as it is", shuffled(Array.from({ length: 200_000 }, (_, at) => at % 256)), { level: 0 }],
	])("%s is read", async (_, text, options) => {
		const encoded = deflateRawSync(text, options);
		for (const pieceBytes of [encoded.length, 997, 7])
			expect((await read(encoded, "deflate", pieceBytes)) === text.toString("latin1")).toBe(true);
	});
});
