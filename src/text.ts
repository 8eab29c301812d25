/** Shortens texts without breaking a character, and cleans them of what only a terminal reads. */

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
