/** Cleans a model's log lines: they are foreign text, and clients show them as Markdown (docs/decisions/0019). */
import { isJsonObject } from "../json-value.ts";
import { scrubSecrets } from "../scrub.ts";
import { clip, withoutTerminalCodes } from "../text.ts";

/** One status event carries at most this many log lines. */
const MAX_LOG_LINES = 20;
const MAX_LOG_LINE_CHARS = 300;
/** Of a line's own lines, and of their letters, so many are looked at. */
const MAX_LINES = 50;
const MAX_READ_CHARS = 2_000;

/** Returns the last lines. A log of another form has none. */
export function toLogLines(logs: unknown, secrets: readonly string[]): readonly string[] {
	if (!Array.isArray(logs)) return [];
	return logs.slice(-MAX_LOG_LINES).flatMap((line) => {
		const clean = isJsonObject(line) && typeof line.message === "string" ? toLogLine(line.message, secrets) : "";
		return clean === "" ? [] : [clean];
	});
}

/** All but the line's end and the tabulator; also those that turn the direction of text. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;
/** The beginning of a picture, or of a tag or comment, in Markdown. */
const PICTURE = /!\[/g;
const TAG = /<(?=[a-z/!?])/gi;

function toLogLine(message: string, secrets: readonly string[]): string {
	const text = withoutTerminalCodes(clip(shownOf(message), MAX_READ_CHARS))
		.replace(CONTROLS, (letter) => (letter === "\n" || letter === "\t" ? letter : ""))
		.trim();
	const plain = scrubSecrets(text, secrets).replace(PICTURE, "! [").replace(TAG, "‹");
	return clip(plain, MAX_LOG_LINE_CHARS);
}

/** Returns the text as a terminal would show it: a carriage return begins its line anew, as progress bars do. */
function shownOf(message: string): string {
	const lines = message.split("\n", MAX_LINES).map((line) => {
		const end = line.endsWith("\r") ? line.length - 1 : line.length;
		return line.slice(line.lastIndexOf("\r", end - 1) + 1, end);
	});
	return lines.join("\n");
}
