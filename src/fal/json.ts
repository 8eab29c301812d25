/** Parses what fal sends. Whoever reads it from the network bounds its values and levels first. */

import { JsonScan } from "../http/json-scan.ts";

/** Returns undefined for a text that is no JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const PIECE_CHARS = 64 * 1024;
/** Stands for all that is not ASCII, and means nothing to JSON. */
const NOT_ASCII = 0xff;

/** Parses JSON that is a text in JSON, whose values were not counted with the others. Returns undefined for any other text, and for too many values or levels. */
export function parseInnerJson(text: string): unknown {
	if (!/^\s{0,16}[[{]/.test(text)) return undefined;
	const scan = new JsonScan({ keepsText: false });
	const piece = new Uint8Array(Math.min(PIECE_CHARS, text.length));
	for (let from = 0; from < text.length; from += piece.length) {
		const length = Math.min(piece.length, text.length - from);
		for (let at = 0; at < length; at += 1) piece[at] = Math.min(text.charCodeAt(from + at), NOT_ASCII);
		if (scan.push(piece.subarray(0, length)) !== null) return undefined;
	}
	return parseJson(text);
}
