/** Shortens texts without breaking a character. */

/** Returns the beginning of a text, of at most `maxChars` UTF-16 units. Never cuts a surrogate pair in two. */
export function clip(text: string, maxChars: number): string {
	if (text.length <= maxChars) return text;
	return text.slice(0, isHighSurrogate(text.charCodeAt(maxChars - 1)) ? maxChars - 1 : maxChars);
}

function isHighSurrogate(code: number): boolean {
	return code >= 0xd800 && code <= 0xdbff;
}
