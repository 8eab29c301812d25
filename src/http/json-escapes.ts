/** Reads the escapes of a JSON string, for what they stand for in the table of states. */

import { ESCAPED_BACKSLASH, ESCAPED_QUOTE } from "./data-runs.ts";

/** A backslash and a letter. */
export const SHORT_ESCAPE_CHARS = 2;
/** `\u` and four digits. */
export const UNICODE_ESCAPE_CHARS = 6;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const ASCII_CODES = 0x80;
const HEX = 16;
const DECIMAL = 10;
const [DIGIT_0, DIGIT_9, LETTER_A, LETTER_F, LOWER_CASE_BIT] = [0x30, 0x39, 0x61, 0x66, 0x20] as const;

/** By the letter behind the backslash. A space ends all data. */
const SHORT_CODES = new Uint8Array(256).fill(SPACE);
for (const [letter, code] of [
	["/", 0x2f],
	["n", 0x0a],
	["r", 0x0d],
	["\\", ESCAPED_BACKSLASH],
	['"', ESCAPED_QUOTE],
] as const) {
	SHORT_CODES[letter.charCodeAt(0)] = code;
}

/** By the number behind `u`. */
const UNICODE_CODES = Uint8Array.from({ length: ASCII_CODES }, (_, code) => code);
for (const [code, standsFor] of [
	[ESCAPED_BACKSLASH, SPACE],
	[ESCAPED_QUOTE, SPACE],
	[BACKSLASH, ESCAPED_BACKSLASH],
	[QUOTE, ESCAPED_QUOTE],
] as const) {
	UNICODE_CODES[code] = standsFor;
}

/** Returns the code of the ASCII character that an escape stands for, or one that ends all data. */
export function escapedCode(chunk: Uint8Array, at: number, length: number): number {
	if (length < UNICODE_ESCAPE_CHARS) return SHORT_CODES[chunk[at + 1] ?? 0] ?? SPACE;
	let code = 0;
	for (let digit = at + SHORT_ESCAPE_CHARS; digit < at + length; digit += 1)
		code = code * HEX + hexDigit(chunk[digit] ?? 0);
	return UNICODE_CODES[code] ?? SPACE;
}

/** Returns a number beyond all of ASCII for what is no digit: `JSON.parse` will refuse it. */
function hexDigit(byte: number): number {
	if (byte >= DIGIT_0 && byte <= DIGIT_9) return byte - DIGIT_0;
	const letter = byte | LOWER_CASE_BIT;
	return letter >= LETTER_A && letter <= LETTER_F ? letter - LETTER_A + DECIMAL : ASCII_CODES;
}
