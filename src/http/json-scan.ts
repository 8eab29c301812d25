/**
 * Scans JSON as its bytes arrive, before anything is parsed: counts its values and its depth, and takes long data out of its strings. What
 * is left is short enough for `JSON.parse`, whatever the body's shape. It is one pass, and holds no more than what is left. It also tells
 * how JSON that was cut off can be closed, so that its beginning can be read.
 */

import { err, ok, type Result } from "../result.ts";
import { type DataRun, MAX_TAKEN_BACK_BYTES, StringScan } from "./json-strings.ts";
import { TextBuffer } from "./text-buffer.ts";

/** The names of members are no values. */
export const MAX_VALUES = 100_000;
export const MAX_DEPTH = 64;
/** Bounds the text that is left for `JSON.parse`: it has no long data, and one blank for many. */
export const MAX_TEXT_BYTES = 2 * 1024 * 1024;

/** The bound that a body passes. */
export type JsonBound = "values" | "depth" | "text";

/** A body without its long data. */
export interface ScannedJson {
	/** In UTF-8. */
	readonly text: Uint8Array;
	readonly runs: readonly DataRun[];
}

/** Tells a reader how JSON that ends too early is completed. */
export interface JsonCut {
	/** Up to here it is whole, if the closers follow. What comes behind is the beginning of a value, or a name without one. */
	readonly bytes: number;
	/** Up to here the value that is cut is a text that a quote can close; null if it is no text. */
	readonly textBytes: number | null;
	/** The brackets of all that is open. */
	readonly closers: string;
}

const SPACE = 0x20;
const ASCII_CODES = 0x80;

/** The meanings of a byte outside of strings. */
const [SCALAR, BLANK, QUOTE, OBJECT, ARRAY, CLOSE, COMMA, COLON] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const KIND = new Uint8Array(256).fill(SCALAR);
for (const [chars, kind] of [
	[" \t\r\n", BLANK],
	['"', QUOTE],
	["{", OBJECT],
	["[", ARRAY],
	["}]", CLOSE],
	[",", COMMA],
	[":", COLON],
] as const) {
	for (const char of chars) KIND[char.charCodeAt(0)] = kind;
}

export class JsonScan {
	/** Holds possible data, too, until that is known to be data. Null if only the shape matters. */
	readonly #text: TextBuffer | null;
	readonly #strings: StringScan;
	/** Bytes of the chunks before this one. */
	#read = 0;
	#passed: JsonBound | null = null;
	#values = 0;
	#depth = 0;
	/** For each depth, 1 in an object and 0 in an array. */
	readonly #inObject = new Uint8Array(MAX_DEPTH + 1);
	/** Behind the last value, or the last bracket. */
	#whole = 0;
	#expectsName = false;
	#isInName = false;
	#isInScalar = false;
	#isAfterBlank = false;

	/** @param keepsText False to count only: then nothing is left, and no text is too long */
	constructor({ keepsText = true } = {}) {
		this.#text = keepsText ? new TextBuffer(MAX_TEXT_BYTES + MAX_TAKEN_BACK_BYTES) : null;
		this.#strings = new StringScan(this.#text);
	}

	/** Takes the next bytes, and keeps no reference to them. Returns the bound that they pass: then the scan is over. */
	push(chunk: Uint8Array): JsonBound | null {
		let at = 0;
		while (at < chunk.length && this.#passed === null) {
			at = this.#strings.isOpen ? this.#scanString(chunk, at) : this.#scanBetween(chunk, at);
			if (this.#text?.isFull === true) this.#passed ??= "text";
		}
		this.#read += chunk.length;
		return this.#passed;
	}

	/** The data that was found so far, and where what may become data begins. */
	get found(): { readonly runs: readonly DataRun[]; readonly pendingFrom: number } {
		return { runs: this.#strings.runs, pendingFrom: this.#strings.pendingFrom(this.#read) };
	}

	/** Returns what is left after the last byte, or the bound that the body passes. */
	end(): Result<ScannedJson, JsonBound> {
		const { bytes, length } = this.#text ?? { bytes: new Uint8Array(), length: 0 };
		if (length > MAX_TEXT_BYTES) this.#passed ??= "text";
		return this.#passed === null
			? ok({ text: bytes.subarray(0, length), runs: this.#strings.runs })
			: err(this.#passed);
	}

	/** Tells how to close what was pushed so far. */
	cut(): JsonCut {
		const { isOpen, halfEscapeBytes } = this.#strings;
		const open = this.#inObject.subarray(1, this.#depth + 1);
		return {
			bytes: this.#whole,
			textBytes: isOpen && !this.#isInName ? this.#read - halfEscapeBytes : null,
			closers: Array.from(open, (inObject) => (inObject === 1 ? "}" : "]"))
				.toReversed()
				.join(""),
		};
	}

	/** Scans a string up to its end, or to the chunk's. Returns where it stopped. */
	#scanString(chunk: Uint8Array, from: number): number {
		const at = this.#strings.scan(chunk, from, this.#read);
		if (!this.#strings.isOpen && !this.#isInName) this.#whole = this.#read + at;
		return at;
	}

	/** Scans what stands between strings. Returns where it stopped. */
	#scanBetween(chunk: Uint8Array, from: number): number {
		for (let at = from; at < chunk.length; at += 1) {
			const byte = chunk[at] ?? 0;
			const kind = KIND[byte];
			// A number goes on until something else comes.
			if (this.#isInScalar && kind !== SCALAR) this.#whole = this.#read + at;
			if (kind === BLANK) {
				// One blank keeps `1 2` from becoming `12`.
				if (!this.#isAfterBlank) this.#text?.write(SPACE);
				this.#isAfterBlank = true;
				this.#isInScalar = false;
				continue;
			}
			this.#isAfterBlank = false;
			this.#text?.write(byte);
			if (kind === SCALAR) {
				// A byte that is not ASCII begins no value: it belongs to a byte order mark, or the body is not JSON.
				if (!this.#isInScalar && byte < ASCII_CODES) this.#count();
				this.#isInScalar = true;
			} else {
				this.#isInScalar = false;
				this.#takeSign(kind, this.#read + at + 1);
			}
			if (this.#strings.isOpen || this.#passed !== null || this.#text?.isFull === true) return at + 1;
		}
		return chunk.length;
	}

	/** @param read The body's bytes up to the sign */
	#takeSign(kind: number | undefined, read: number): void {
		const isName = this.#expectsName;
		this.#expectsName = kind === OBJECT || (kind === COMMA && this.#inObject[this.#depth] === 1);
		switch (kind) {
			case QUOTE:
				if (!isName) this.#count();
				this.#isInName = isName;
				this.#strings.open(isName, read);
				break;
			case OBJECT:
			case ARRAY:
				this.#count();
				if (this.#depth === MAX_DEPTH) this.#passed ??= "depth";
				if (this.#passed !== null) break;
				this.#depth += 1;
				this.#inObject[this.#depth] = kind === OBJECT ? 1 : 0;
				this.#whole = read;
				break;
			case CLOSE:
				// One too many is for `JSON.parse` to refuse.
				this.#depth = Math.max(0, this.#depth - 1);
				this.#whole = read;
		}
	}

	#count(): void {
		this.#values += 1;
		if (this.#values > MAX_VALUES) this.#passed ??= "values";
	}
}
