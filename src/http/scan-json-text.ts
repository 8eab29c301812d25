/** Scans JSON that is a text: as a field of a form, or as a text in JSON, whose values were not counted with the others. */

import { type JsonBound, JsonScan } from "./json-scan.ts";

const PIECE_CHARS = 64 * 1024;
/** Stands for all that is not ASCII, and means nothing to JSON. */
const NOT_ASCII = 0xff;

/** Returns the bound on values or levels that a text passes; null if it may be parsed. It may still be no JSON. */
export function boundPassedBy(text: string): JsonBound | null {
	const scan = new JsonScan({ keepsText: false });
	const piece = new Uint8Array(Math.min(PIECE_CHARS, text.length));
	for (let from = 0; from < text.length; from += piece.length) {
		const length = Math.min(piece.length, text.length - from);
		for (let at = 0; at < length; at += 1) piece[at] = Math.min(text.charCodeAt(from + at), NOT_ASCII);
		const passed = scan.push(piece.subarray(0, length));
		if (passed !== null) return passed;
	}
	return null;
}
