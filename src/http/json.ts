/** Writes JSON, for answers and for streams. */

/** Controls and separators that JSON may hold as they are, and that some readers of lines take for the end of one. */
const LINE_BREAKERS = /[\u007f-\u009f\u2028\u2029]/g;
const UNICODE_DIGITS = 4;
const HEX = 16;

/** Returns a value as JSON of one line, whoever splits it. A value that JSON cannot hold is null. */
export function toJson(value: unknown): string {
	const json: string = JSON.stringify(value) ?? "null";
	return json.replace(LINE_BREAKERS, escapeChar);
}

function escapeChar(char: string): string {
	return `\\u${char.charCodeAt(0).toString(HEX).padStart(UNICODE_DIGITS, "0")}`;
}
