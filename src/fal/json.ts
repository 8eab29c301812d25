/** Reads JSON that may be broken, cut off, or made to be expensive. */

/** An object of JSON. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Answers of fal's have far fewer. A text that is all values would fill the memory. */
export const MAX_VALUES = 100_000;

/** Returns undefined for a text that is no JSON. Of one with more than `MAX_VALUES` the beginning is read. */
export function parseJson(text: string): unknown {
	const end = endOfValues(text, MAX_VALUES);
	try {
		return JSON.parse(end === text.length ? text : closeCutJson(text.slice(0, end), { keepText: false }));
	} catch {
		return undefined;
	}
}

/**
 * Completes a JSON text that was cut off, so that its beginning can be read. What was cut in the middle is left out.
 * @param keepText Keeps the beginning of a text that was cut in the middle: right for words, wrong for ids
 */
export function closeCutJson(text: string, { keepText }: { readonly keepText: boolean }): string {
	const open: string[] = [];
	/** Up to here the text is whole, with these containers open. */
	let whole = 0;
	let openAtWhole: readonly string[] = [];
	let isValue = true;
	const keepUntil = (end: number) => {
		whole = end;
		openAtWhole = [...open];
	};
	let at = 0;
	while (at < text.length) {
		const letter = text.charAt(at);
		if (letter === '"') {
			const end = endOfText(text, at);
			if (end < 0) {
				if (!keepText || !isValue) break;
				return `${text.slice(0, at)}${closedText(text.slice(at))}${closersOf(open)}`;
			}
			at = end;
			if (isValue) keepUntil(at);
		} else if (letter === "{" || letter === "[") {
			open.push(letter);
			if (open.length > MAX_DEPTH) break;
			at += 1;
			isValue = letter === "[";
			keepUntil(at);
		} else if (letter === "}" || letter === "]") {
			open.pop();
			at += 1;
			keepUntil(at);
		} else if (letter === "," || letter === ":") {
			isValue = letter === ":" || open.at(-1) === "[";
			at += 1;
		} else {
			const [run = letter] = /^[^"{}[\],:]+/.exec(text.slice(at, at + MAX_LITERAL_CHARS)) ?? [];
			at += run.length;
			// A number at the very end may go on.
			if (at < text.length && run.trim() !== "") keepUntil(at);
		}
	}
	return `${text.slice(0, whole)}${closersOf(openAtWhole)}`;
}

/** fal's own answers are far flatter. */
const MAX_DEPTH = 32;
const MAX_LITERAL_CHARS = 64;

/** Returns the place behind the closing quote; -1 if there is none. */
function endOfText(text: string, start: number): number {
	for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
		let slashes = 0;
		while (text[quote - 1 - slashes] === "\\") slashes += 1;
		if (slashes % 2 === 0) return quote + 1;
	}
	return -1;
}

/** Closes a text that was cut, without the half of an escape at its end. */
function closedText(cut: string): string {
	return `${cut.replace(/\\(?:u[0-9a-f]{0,3})?$/i, "")}"`;
}

function closersOf(open: readonly string[]): string {
	return open
		.map((letter) => (letter === "{" ? "}" : "]"))
		.toReversed()
		.join("");
}

/**
 * Returns where a JSON text passes a bound of values; its length if it does not. Commas and brackets are counted, since each may be one.
 * Nothing is parsed: a text that is all values would fill the memory.
 */
export function endOfValues(text: string, maxValues: number): number {
	let values = 1;
	for (let at = 0; at < text.length; at += 1) {
		const letter = text.charCodeAt(at);
		if (letter === QUOTE) {
			const end = endOfText(text, at);
			if (end < 0) break;
			at = end - 1;
		} else if (letter === COMMA || letter === BRACKET || letter === BRACE) {
			values += 1;
			if (values > maxValues) return at;
		}
	}
	return text.length;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BRACKET = 0x5b;
const BRACE = 0x7b;
