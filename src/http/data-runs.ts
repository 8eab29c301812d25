/**
 * Tells data from words inside a JSON string, one character at a time: `data:` addresses anywhere in it, and base64 at its beginning, or
 * at the beginning of a string of JSON that it holds. A table from state and character to the next state, so that no text costs more than
 * another.
 */

/** An address that is longer than this is taken for data. In characters as they are written. */
export const MIN_ADDRESS_CHARS = 1024;
/** A string that begins with more base64 than this is taken for data: no field of words is as long. In characters as they are written. */
export const MIN_BASE64_CHARS = 32 * 1024;

/** The states. Each of the two groups for text has one state for each character of `data:` that has been read. */
const SCHEME = "data:";
const BASE64_MARK = ";base64";
const MAX_OPEN_PARENS = 3;

/** Nothing is looked for: a member's name is no picture. */
export const IN_NAME = 0;
const IN_TEXT = 1;
/** From here on a state is inside of what may turn out to be data. */
const FIRST_IN_DATA = IN_TEXT + SCHEME.length;
/** All of the string so far is base64. */
export const AT_START = FIRST_IN_DATA;
/** After `data:`, and after each character of `;base64`. */
const IN_HEADER = AT_START + SCHEME.length;
/** At the beginning of base64, and after each character of a second `data:` there: some clients put it before an address that has it. */
const IN_SECOND_SCHEME = IN_HEADER + BASE64_MARK.length + 1;
const IN_BASE64 = IN_SECOND_SCHEME + SCHEME.length;
/** In base64 of several lines, as some encoders write it. */
const IN_LINES = IN_BASE64 + 1;
/** From here on a state is in doubt: what comes next tells data from words behind it. */
const FIRST_IN_DOUBT = IN_LINES + 1;
/** After a backslash of JSON inside of the string: in base64, and in base64 of several lines. */
const AFTER_BACKSLASH = FIRST_IN_DOUBT;
const IN_LINES_AFTER_BACKSLASH = AFTER_BACKSLASH + 1;
/** After the end of a line of several. */
const AFTER_NEXT_LINE = IN_LINES_AFTER_BACKSLASH + 1;
const AFTER_RETURN = AFTER_NEXT_LINE + 1;
/** After each character of `data` that begins a second line, and a later one: it is base64, too, until a colon follows. */
const IN_SCHEME_AFTER_LINE = AFTER_RETURN + 1;
const IN_SCHEME_AFTER_NEXT_LINE = IN_SCHEME_AFTER_LINE + SCHEME.length - 1;
/** After the end of the first line, and after each character that may be of a second one. No word is as long. */
const AFTER_LINE = IN_SCHEME_AFTER_NEXT_LINE + SCHEME.length - 1;
const MIN_LINE_CHARS = 24;
const IN_PADDING = AFTER_LINE + MIN_LINE_CHARS;
/** The part of an address that is not base64, inside of so many parentheses: a link of Markdown ends at one that it did not open. */
const IN_ENCODED = IN_PADDING + 1;
const STATES = IN_ENCODED + MAX_OPEN_PARENS + 1;

/** True if the characters so far may be data. */
export function isInData(state: number): boolean {
	return state >= FIRST_IN_DATA;
}

/** True if what comes next tells whether the data has ended. */
export function isInDoubt(state: number): boolean {
	return state >= FIRST_IN_DOUBT && state < IN_PADDING;
}

/** True if what may be data began with its string, and has no `data:`. */
export function isBare(state: number): boolean {
	return state >= AT_START && state < IN_HEADER;
}

/** True behind a part of `data:` in a text. */
export function isInScheme(state: number): boolean {
	return state > IN_TEXT && state < FIRST_IN_DATA;
}

/** True right after `d`, the first character of `data:`. It is asked for each byte, so no list is searched. */
export function isSchemeStart(state: number): boolean {
	return (
		state === IN_TEXT + 1 ||
		state === AT_START + 1 ||
		state === IN_SCHEME_AFTER_LINE ||
		state === IN_SCHEME_AFTER_NEXT_LINE
	);
}

/** True for the step to the end of `data:`. */
export function endsScheme(state: number, next: number): boolean {
	return next === IN_HEADER && (state < IN_HEADER || isInDoubt(state));
}

/** The state of a bare run that has become so long that it is data. */
export const IN_LONG_BASE64 = IN_BASE64;

/** Stands in the table for a character that ends a string or begins an escape. No state has this number. */
const STOP = 255;

/** Stand in the table for characters that were escaped, in the places of controls that no string has. In JSON inside of a string, a backslash begins an escape. */
export const ESCAPED_BACKSLASH = 0x1c;
export const ESCAPED_QUOTE = 0x1d;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ASCII_CHARS = 128;

const LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";
/** The characters that a bare run may begin with. Sets, because the table asks them thousands of times. */
const BEGINS_BASE64: ReadonlySet<string> = new Set(`${LETTERS_AND_DIGITS}+/_\\\r\n-`);
const OF_BASE64: ReadonlySet<string> = new Set(`${LETTERS_AND_DIGITS}+/_%-`);
/** Characters that an address may hold (RFC 3986), but for parentheses. */
const OF_ADDRESS: ReadonlySet<string> = new Set(`${LETTERS_AND_DIGITS}._~:/?#[]@!$&'*+,;=%-`);

let table: Uint8Array | null = null;

/**
 * Returns the table: the next state is at `state << 8 | byte`. Bytes from 128 on are parts of characters that no data has. It is built for
 * the first body that an isolate reads, and not when the isolate starts.
 */
export function nextStates(): Uint8Array {
	table ??= buildTable();
	return table;
}

function buildTable(): Uint8Array {
	const built = new Uint8Array(STATES << 8);
	for (let state = 0; state < STATES; state += 1) {
		const row = built.subarray(state << 8, (state + 1) << 8);
		row.fill(nextState(state, ""), ASCII_CHARS);
		for (let byte = 0; byte < ASCII_CHARS; byte += 1) {
			const char = byte === ESCAPED_BACKSLASH ? "\\" : String.fromCharCode(byte).toLowerCase();
			row[byte] = byte === QUOTE || byte === BACKSLASH ? STOP : nextState(state, char);
		}
	}
	return built;
}

/** @param char In lower case; empty for one that is not ASCII */
function nextState(state: number, char: string): number {
	if (state === IN_NAME) return IN_NAME;
	if (state < FIRST_IN_DATA) return afterText(IN_TEXT, state - IN_TEXT, char);
	if (state < IN_HEADER) return afterText(BEGINS_BASE64.has(char) ? AT_START : IN_TEXT, state - AT_START, char);
	if (state < IN_SECOND_SCHEME) return afterHeader(state - IN_HEADER, char);
	if (state < IN_BASE64) return afterSecondScheme(state - IN_SECOND_SCHEME, char);
	if (state < IN_PADDING) return afterBase64(state, char);
	if (state === IN_PADDING) return char === "=" ? IN_PADDING : afterText(IN_TEXT, 0, char);
	return afterEncoded(state - IN_ENCODED, char);
}

/** @param read The letters of `data:` that have been read @param group The states to go on with while it is not complete */
function afterText(group: number, read: number, char: string): number {
	if (char === SCHEME[read]) return read + 1 === SCHEME.length ? IN_HEADER : group + read + 1;
	// `d` stands only at the beginning, so no shorter beginning of `data:` can have been read.
	return char === SCHEME[0] ? group + 1 : group;
}

function afterHeader(read: number, char: string): number {
	if (char === ",") return read === BASE64_MARK.length ? IN_SECOND_SCHEME : IN_ENCODED;
	// A blank may stand before the mark.
	if (char === "\\" || (char === " " && read === 1)) return IN_HEADER + read;
	if (!OF_ADDRESS.has(char)) return afterText(IN_TEXT, 0, char);
	if (char === BASE64_MARK[read]) return IN_HEADER + read + 1;
	return char === BASE64_MARK[0] ? IN_HEADER + 1 : IN_HEADER;
}

function afterSecondScheme(read: number, char: string): number {
	if (char === " " && read === 0) return IN_SECOND_SCHEME;
	if (char === SCHEME[read]) return read + 1 === SCHEME.length ? IN_HEADER : IN_SECOND_SCHEME + read + 1;
	return afterBase64(IN_BASE64, char);
}

function afterBase64(state: number, char: string): number {
	const isBase64 = OF_BASE64.has(char);
	const end = afterText(IN_TEXT, 0, char);
	switch (state) {
		case IN_BASE64:
			if (isBase64) return IN_BASE64;
			if (char === "=") return IN_PADDING;
			if (char === "\\") return AFTER_BACKSLASH;
			return char === "\n" ? AFTER_LINE : char === "\r" ? AFTER_RETURN : end;
		case AFTER_BACKSLASH:
			if (char === "/" || char === "u") return IN_BASE64;
			if (char === "\\") return AFTER_BACKSLASH;
			return char === "n" ? AFTER_LINE : char === "r" ? AFTER_RETURN : end;
		case AFTER_RETURN:
			if (char === "\\") return AFTER_BACKSLASH;
			return char === "\n" ? AFTER_LINE : end;
		case IN_LINES:
			if (isBase64 || char === "\r") return IN_LINES;
			if (char === "=") return IN_PADDING;
			if (char === "\\") return IN_LINES_AFTER_BACKSLASH;
			return char === "\n" ? AFTER_NEXT_LINE : end;
		case IN_LINES_AFTER_BACKSLASH:
			if (char === "\\") return IN_LINES_AFTER_BACKSLASH;
			if (char === "n") return AFTER_NEXT_LINE;
			return char === "/" || char === "u" || char === "r" ? IN_LINES : end;
		case AFTER_NEXT_LINE:
			if (char === SCHEME[0]) return IN_SCHEME_AFTER_NEXT_LINE;
			return isBase64 ? IN_LINES : end;
	}
	if (state < IN_SCHEME_AFTER_NEXT_LINE) return afterLineScheme(IN_SCHEME_AFTER_LINE, state, char);
	if (state < AFTER_LINE) return afterLineScheme(IN_SCHEME_AFTER_NEXT_LINE, state, char);
	if (state === AFTER_LINE && char === SCHEME[0]) return IN_SCHEME_AFTER_LINE;
	// A slash may be escaped.
	if (char === "\\" && state > AFTER_LINE) return state;
	if (!isBase64) return end;
	return state + 1 === IN_PADDING ? IN_LINES : state + 1;
}

/** @param group The states of a line that has begun with a part of `data:` */
function afterLineScheme(group: number, state: number, char: string): number {
	const read = state - group + 1;
	if (char === SCHEME[read]) return read + 1 === SCHEME.length ? IN_HEADER : state + 1;
	return afterBase64(group === IN_SCHEME_AFTER_LINE ? AFTER_LINE + read : IN_LINES, char);
}

function afterEncoded(parens: number, char: string): number {
	if (char === "(") return IN_ENCODED + Math.min(parens + 1, MAX_OPEN_PARENS);
	if (char === ")" && parens > 0) return IN_ENCODED + parens - 1;
	return OF_ADDRESS.has(char) ? IN_ENCODED + parens : afterText(IN_TEXT, 0, char);
}
