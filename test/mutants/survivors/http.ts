/** Survivors of the room http. */
import { FOR_THE_TYPE, type Groups, NO_WORDS, SAVES_WORK } from "./reasons.ts";

const NOTHING_OUTSIDE = "What lies outside of an array is not written, and is read as nothing.";

export const HTTP: Groups = {
	"src/http/body-data.ts": [
		[
			FOR_THE_TYPE,
			"this.#decided < this.#pieces.length → this.#decided <= this.#pieces.length",
			"kept === undefined → false",
		],
	],
	"src/http/data-runs.ts": [
		[NOTHING_OUTSIDE, "state < STATES → state <= STATES"],
		[
			"No state has the numbers that are left out.",
			"IN_SCHEME_AFTER_LINE + SCHEME.length - 1 → IN_SCHEME_AFTER_LINE + SCHEME.length + 1",
			"IN_SCHEME_AFTER_NEXT_LINE + SCHEME.length - 1 → IN_SCHEME_AFTER_NEXT_LINE + SCHEME.length + 1",
		],
		["Behind a whole second beginning all is base64.", "state < IN_BASE64 → state <= IN_BASE64"],
		[
			"It stands for any character that is not ASCII.",
			'"" → "Stryker was here!"',
			"byte < ASCII_CHARS → byte <= ASCII_CHARS",
		],
	],
	"src/http/encoding/huffman.ts": [
		[
			NOTHING_OUTSIDE,
			"bits < TABLE_SIZE → bits <= TABLE_SIZE ×2",
			"symbol < lengths.length → symbol <= lengths.length",
		],
		[
			"A symbol that is not in the table is searched.",
			"length > TABLE_BITS → true",
			"length > TABLE_BITS → length >= TABLE_BITS",
			"bits < TABLE_SIZE → false",
			"bits < TABLE_SIZE → bits >= TABLE_SIZE",
		],
	],
	"src/http/encoding/inflate.ts": [
		[
			SAVES_WORK,
			"source.left < MAX_HEADER_BYTES → true",
			"source.left < MAX_HEADER_BYTES → source.left <= MAX_HEADER_BYTES",
		],
	],
	"src/http/encoding/inflation.ts": [
		["Nothing is as false as false.", "default: return false; → default:"],
		[
			"A byte that was taken too early is given back.",
			"this.#bitCount < count → this.#bitCount <= count",
			"this.#bitCount < READY_BITS → this.#bitCount <= READY_BITS",
			"bitCount < READY_BITS → bitCount <= READY_BITS ×3",
		],
		[
			"An incomplete code for lengths has one symbol, and lengths that are all alike make no complete code.",
			"symbol === null → false",
			"entry === 0 → false",
		],
		["What is neither of the others is starved.", '"starved" → ""'],
		["The longest match has room behind what is full.", "length >= FULL_BYTES → length > FULL_BYTES"],
		["It waits for the next piece a byte earlier.", "at > lastStart → at >= lastStart"],
	],
	"src/http/scan-json-text.ts": [
		[SAVES_WORK, "Math.min(PIECE_CHARS, text.length) → Math.max(PIECE_CHARS, text.length)"],
		[NOTHING_OUTSIDE, "at < length → at <= length"],
	],
	"src/http/json-scan.ts": [
		["It is set before it is read.", "false → true"],
		["A text whose value begins with such a byte is no JSON.", "byte < ASCII_CODES → byte <= ASCII_CODES"],
		[SAVES_WORK, "this.#strings.isOpen || this.#passed !== null || this.#text?.isFull === true → true"],
	],
	"src/http/multipart/delimiter-search.ts": [
		[
			"It says when the search changes its way: both find the same, in a bounded number of looks.",
			"(end - from) * MAX_LOOKS_PER_BYTE → (end - from) / MAX_LOOKS_PER_BYTE",
			"looks > 0 → looks >= 0",
			"last - fitting + 1 → last - fitting - 1",
			"last - fitting → last + fitting",
		],
		["Of a delimiter at the end there is no byte.", "at < end → at <= end"],
	],
	"src/http/multipart/part-head.ts": [
		[NO_WORDS, '"" → "Stryker was here!" ×2'],
		["The name of a header has no semicolon.", "line.slice(colon + 1) → line", "colon + 1 → colon - 1"],
		["A semicolon stands before it.", "equals < 0 → equals <= 0"],
		["A name stands before it.", "semicolon < 0 → semicolon <= 0"],
		["Behind a semicolon at the end of quotes there is no name, or another semicolon before it.", "at + 1 → at - 1"],
	],
};
