/** Scans the strings of a JSON text as its bytes arrive, and puts a placeholder in the place of long data in them. */

import { placeholderOf } from "../placeholder.ts";
import {
	AT_START,
	ESCAPED_QUOTE,
	endsScheme,
	IN_LONG_BASE64,
	IN_NAME,
	isBare,
	isInData,
	isInDoubt,
	isInScheme,
	isSchemeStart,
	MIN_ADDRESS_CHARS,
	MIN_BASE64_CHARS,
	nextStates,
} from "./data-runs.ts";
import { escapedCode, SHORT_ESCAPE_CHARS, UNICODE_ESCAPE_CHARS } from "./json-escapes.ts";
import type { TextBuffer } from "./text-buffer.ts";

/** The place of data in the body, in bytes. Its placeholder has its number in the list of all. */
export interface DataRun {
	readonly from: number;
	readonly to: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

/** Text that may prove to be data is written first, and so much of it is taken back if it is data. */
export const MAX_TAKEN_BACK_BYTES = MIN_BASE64_CHARS + MIN_ADDRESS_CHARS;

const NO_DOUBT = -1;

export class StringScan {
	/** True between the quotes of a string. */
	isOpen = false;
	readonly runs: DataRun[] = [];
	/** Null drops all strings. */
	readonly #text: TextBuffer | null;
	readonly #nextStates = nextStates();
	#state = IN_NAME;
	/** True inside of data: its bytes are dropped. */
	#isDropping: boolean;
	/** The beginning of possible data, in the text and in the body. */
	#start = 0;
	#startRead = 0;
	/** The end of the data if a doubt proves true, in the text and in the body. */
	#doubtLength = 0;
	#doubtRead = NO_DOUBT;
	/** The same for an address whose `data:` is not complete. */
	#scheme = 0;
	#schemeRead = 0;
	/** An escape whose end is in another chunk. */
	readonly #escape = new Uint8Array(UNICODE_ESCAPE_CHARS);
	#escapeLength = 0;

	constructor(text: TextBuffer | null) {
		this.#text = text;
		this.#isDropping = text === null;
	}

	/** The bytes of an escape that the last chunk cut off. */
	get halfEscapeBytes(): number {
		return this.#escapeLength;
	}

	/** From here on it is not known yet what is data. @param read The body's bytes so far */
	pendingFrom(read: number): number {
		if (!this.isOpen) return read;
		if (isInData(this.#state)) return this.#startRead;
		return isInScheme(this.#state) ? this.#schemeRead : read - this.#escapeLength;
	}

	/** Begins a string behind its quote. @param read The body's bytes before it */
	open(isName: boolean, read: number): void {
		this.isOpen = true;
		// Without a text there is nothing to find.
		this.#state = isName || this.#text === null ? IN_NAME : AT_START;
		this.#begin(read);
	}

	/** Takes what comes for the beginning of data, until it is known. */
	#begin(read: number): void {
		this.#start = this.#text?.length ?? 0;
		this.#startRead = read;
	}

	/** Scans a string up to its end, or to the chunk's. Returns where it stopped. @param read The body's bytes before the chunk */
	scan(chunk: Uint8Array, from: number, read: number): number {
		let at = from;
		while (at < chunk.length && this.isOpen && this.#text?.isFull !== true) {
			if (this.#escapeLength > 0) {
				at = this.#goOnWithEscape(chunk, at, read);
				continue;
			}
			at = this.#scanSteady(chunk, at);
			const byte = chunk[at];
			if (this.#mustDecide()) this.#decide();
			else if (byte === BACKSLASH) at = this.#scanEscape(chunk, at, read);
			else if (byte !== undefined) {
				this.#take(byte, read + at);
				at += 1;
			}
		}
		return at;
	}

	/** Takes the bytes that change no state: nearly all of a body. */
	#scanSteady(chunk: Uint8Array, from: number): number {
		const state = this.#state;
		const row = state << 8;
		const next = this.#nextStates;
		let at = from;
		// A byte that changes the state ends the look at once. A second `d` keeps the state, and begins anew.
		if (next[row | (chunk[from] ?? 0)] !== state || isSchemeStart(state)) return from;
		if (this.#text === null || this.#isDropping) {
			while (at < chunk.length && next[row | (chunk[at] ?? 0)] === state) at += 1;
			return at;
		}
		const { bytes } = this.#text;
		let { length } = this.#text;
		const end = Math.min(chunk.length, from + this.#decisionAt(this.#text) - length);
		while (at < end) {
			const byte = chunk[at] ?? 0;
			if (next[row | byte] !== state) break;
			bytes[length] = byte;
			length += 1;
			at += 1;
		}
		this.#text.length = length;
		return at;
	}

	/** The length of the text from which on it is too long for its buffer, or what may be data is too long for words. */
	#decisionAt({ bytes }: TextBuffer): number {
		if (!isInData(this.#state) || isInDoubt(this.#state)) return bytes.length;
		const minChars = isBare(this.#state) ? MIN_BASE64_CHARS : MIN_ADDRESS_CHARS;
		return Math.min(bytes.length, this.#start + minChars + 1);
	}

	#mustDecide(): boolean {
		return this.#text !== null && !this.#isDropping && this.#text.length >= this.#decisionAt(this.#text);
	}

	#decide(): void {
		if (this.#text === null) return;
		if (this.#text.length >= this.#text.bytes.length) this.#text.grow();
		else this.#startDropping(this.#text);
	}

	/** @param read The body's bytes before this one */
	#take(byte: number, read: number): void {
		if (byte === QUOTE) {
			this.#endData(read);
			this.isOpen = false;
		} else {
			this.#step(byte, read);
		}
		if (!this.#isDropping) this.#text?.write(byte);
	}

	/** Takes an escape for the character that it stands for: `\/` must not hide an address. */
	#scanEscape(chunk: Uint8Array, at: number, read: number): number {
		const length = chunk[at + 1] === LETTER_U ? UNICODE_ESCAPE_CHARS : SHORT_ESCAPE_CHARS;
		if (at + length > chunk.length) return this.#goOnWithEscape(chunk, at, read);
		const code = escapedCode(chunk, at, length);
		this.#step(code, read + at);
		if (this.#isDropping) return at + length;
		for (let next = at; next < at + length; next += 1) this.#text?.write(chunk[next] ?? 0);
		if (code === ESCAPED_QUOTE && this.#state !== IN_NAME) {
			this.#state = AT_START;
			this.#begin(read + at + length);
		}
		return at + length;
	}

	/** Collects an escape that lies in several chunks, and takes it when it is whole. */
	#goOnWithEscape(chunk: Uint8Array, from: number, read: number): number {
		for (let at = from; at < chunk.length; at += 1) {
			this.#escape[this.#escapeLength] = chunk[at] ?? 0;
			this.#escapeLength += 1;
			const length = this.#escapeLength;
			if (length < SHORT_ESCAPE_CHARS || (this.#escape[1] === LETTER_U && length < UNICODE_ESCAPE_CHARS)) continue;
			this.#escapeLength = 0;
			this.#scanEscape(this.#escape.subarray(0, length), 0, read + at + 1 - length);
			return at + 1;
		}
		return chunk.length;
	}

	/** Goes to the next state. @param read The body's bytes before the character */
	#step(code: number, read: number): void {
		const next = this.#nextStates[(this.#state << 8) | code] ?? IN_NAME;
		if (isSchemeStart(next)) {
			this.#scheme = this.#text?.length ?? 0;
			this.#schemeRead = read;
		} else if (endsScheme(this.#state, next)) {
			this.#endData(read);
			this.#start = this.#scheme;
			this.#startRead = this.#schemeRead;
		}
		if (!isInData(next)) this.#endData(read);
		else if (isInDoubt(next)) this.#doubt(read);
		else this.#goOnWithData();
		this.#state = next;
	}

	/** Takes back what has been written of the data, and writes its placeholder. */
	#startDropping(text: TextBuffer): void {
		text.length = this.#start;
		for (const char of placeholderOf(this.runs.length)) text.write(char.charCodeAt(0));
		if (isBare(this.#state)) this.#state = IN_LONG_BASE64;
		this.#isDropping = true;
	}

	/** Writes what comes, until it is known whether the data goes on. @param read The body's bytes before the doubt */
	#doubt(read: number): void {
		if (this.#text === null || !this.#isDropping) return;
		this.#doubtLength = this.#text.length;
		this.#doubtRead = read;
		this.#isDropping = false;
	}

	/** Takes back what was written in doubt. */
	#goOnWithData(): void {
		if (this.#text === null || this.#doubtRead === NO_DOUBT) return;
		this.#text.length = this.#doubtLength;
		this.#doubtRead = NO_DOUBT;
		this.#isDropping = true;
	}

	/** Ends the data here, or at the doubt. @param read The body's bytes up to here */
	#endData(read: number): void {
		if (this.#text === null || (!this.#isDropping && this.#doubtRead === NO_DOUBT)) return;
		this.runs.push({ from: this.#startRead, to: this.#isDropping ? read : this.#doubtRead });
		this.#isDropping = false;
		this.#doubtRead = NO_DOUBT;
	}
}
