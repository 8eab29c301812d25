import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HuffmanCode, LENGTH_BITS, LENGTH_MASK } from "./huffman.ts";

const MAX_CODE_BITS = 15;

/**
 * Makes the lengths of a complete code: begins with the code of no bits, and splits one code after another into two that are a bit longer.
 * @param splits Say which code is split @param gaps Say how many symbols without a code follow each one
 */
function lengthsOf(splits: readonly number[], gaps: readonly number[]): Uint8Array {
	const lengths = [0];
	for (const split of splits) {
		const index = split % lengths.length;
		const longer = (lengths[index] ?? 0) + 1;
		if (longer <= MAX_CODE_BITS) lengths.splice(index, 1, longer, longer);
	}
	return Uint8Array.from(
		lengths.flatMap((length, index) => [length, ...Array.from({ length: gaps[index] ?? 0 }, () => 0)]),
	);
}

/** Numbers the codes as RFC 1951, 3.2.2, says: shorter ones first, and equally long ones in the order of their symbols. Returns their digits. */
function codesOf(lengths: Uint8Array): ReadonlyMap<number, string> {
	const symbols = [...lengths.keys()].filter((symbol) => lengths[symbol] !== 0);
	const lengthOf = (symbol: number | undefined) => (symbol === undefined ? 0 : (lengths[symbol] ?? 0));
	const codes = new Map<number, string>();
	let code = 0;
	let last: number | undefined;
	for (const symbol of symbols.toSorted((a, b) => lengthOf(a) - lengthOf(b))) {
		if (last !== undefined) code = (code + 1) << (lengthOf(symbol) - lengthOf(last));
		codes.set(symbol, code.toString(2).padStart(lengthOf(symbol), "0"));
		last = symbol;
	}
	return codes;
}

/** Returns the number whose lowest bit is the first digit. */
function bitsOf(digits: string): number {
	return Number.parseInt([...digits].toReversed().join(""), 2);
}

const splits = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 280, size: "max" });
/** Splits the first code again and again: the code is as long as codes may be. */
const deep = fc.array(fc.constant(0), { minLength: 12, maxLength: 20 });
const gaps = fc.array(fc.nat(3), { maxLength: 30 });
const rest = fc.oneof(
	fc.stringMatching(/^[01]{15}$/),
	fc.constantFrom("0".repeat(MAX_CODE_BITS), "1".repeat(MAX_CODE_BITS)),
);

describe("a code of DEFLATE", () => {
	it("has the symbols that RFC 1951 gives to its lengths, whatever bits follow", () => {
		const all = fc.tuple(fc.oneof(splits, deep), splits, gaps, fc.boolean()).map(([first, more, some, turned]) => {
			const lengths = lengthsOf([...first, ...more], some);
			return turned ? lengths.toReversed() : lengths;
		});
		const code = new HuffmanCode(1_000);
		fc.assert(
			fc.property(all, rest, (lengths, following) => {
				// The same object is built anew for each block.
				expect(code.build(lengths)).toBe(true);
				for (const [symbol, digits] of codesOf(lengths)) {
					const found = code.find(bitsOf((digits + following).slice(0, MAX_CODE_BITS)));
					expect([found >> LENGTH_BITS, found & LENGTH_MASK]).toEqual([symbol, digits.length]);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it.each<readonly [what: string, lengths: readonly number[], isGood: boolean]>([
		[
			"has a symbol of each length up to the longest",
			[...Array.from({ length: 15 }, (_, index) => index + 1), 15],
			true,
		],
		["gives more codes than there are", [1, 1, 1], false],
		["gives one long code too many", [1, 2, 2, 15], false],
		["leaves codes over", [2, 2, 2], false],
		["leaves the longest code over", Array.from({ length: 15 }, (_, index) => index + 1), false],
		["is a single bit", [0, 1], true],
		["is a single code of two bits", [0, 2], false],
		["has no symbols", [0, 0, 0], true],
	])("that %s can be built (%j): %s", (_, lengths, isGood) => {
		expect(new HuffmanCode(20).build(Uint8Array.from(lengths))).toBe(isGood);
	});

	it("finds nothing where it has no code", () => {
		const code = new HuffmanCode(2);
		code.build(Uint8Array.of(0, 1));
		expect([code.find(0b10), code.find(0b01), code.find(0x7fff)]).toEqual([(1 << LENGTH_BITS) | 1, 0, 0]);
		code.build(Uint8Array.of(0, 0));
		expect([code.find(0), code.find(1)]).toEqual([0, 0]);
	});
});
