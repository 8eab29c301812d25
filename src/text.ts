/** Shortens texts without breaking a character, cleans them of what only a terminal reads, and compares them. */

/** The most of a name or a value that an error repeats. In code points. */
export const MAX_ECHO_CHARS = 200;

/** A code point has one UTF-16 unit or two. */
const MAX_UNITS = 2;

/** Returns the beginning of a text, of at most `maxChars` UTF-16 units. Never cuts a surrogate pair in two. */
export function clip(text: string, maxChars: number): string {
	if (text.length <= maxChars) return text;
	return text.slice(0, isHighSurrogate(text.charCodeAt(maxChars - 1)) ? maxChars - 1 : maxChars);
}

function isHighSurrogate(code: number): boolean {
	return code >= 0xd800 && code <= 0xdbff;
}

/** Titles of windows, colours, moves of the cursor (ECMA-48). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it takes out
const TERMINAL_CODES = /[\x1b\x9b](?:\][^\x07\x1b]*(?:\x07|\x1b\\)?|\[?[0-?]*[ -/]*[@-~])/g;

export function withoutTerminalCodes(text: string): string {
	return text.replace(TERMINAL_CODES, "");
}

/** Returns a name or a value as an error may repeat it: its beginning, and an ellipsis for what is left out. */
export function echo(text: string, maxChars = MAX_ECHO_CHARS): string {
	const beginning = [...clip(text, maxChars * MAX_UNITS)];
	if (beginning.length <= maxChars && text.length <= maxChars * MAX_UNITS) return text;
	return `${beginning.slice(0, maxChars).join("")}…`;
}

/** Counts the letters to add, drop or change (Levenshtein), row by row. The work grows with the product of both lengths. */
export function editDistance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (const [i, letter] of [...a].entries()) {
		const next = [i + 1];
		for (const [j, other] of [...b].entries()) {
			next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
		}
		row = next;
	}
	return row[b.length] ?? 0;
}

/** Keeps long lists short to read: words with commas between them. */
export function listOf(...lines: readonly string[]): readonly string[] {
	return lines.flatMap((line) => line.split(", "));
}

/** Returns a name without case and separators: some services take `numImages` as well as `num_images`. */
export function toPlainName(name: string): string {
	return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
