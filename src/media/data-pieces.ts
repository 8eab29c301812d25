/** Decodes a `data:` address, or base64 without one, in pieces: what a client writes for a picture, as it stands in JSON or in a form. */

import type { Fault } from "../faults.ts";
import { Refusal } from "../http/refusal.ts";

/** Room for the media type, and for a second one. */
const MAX_HEADER_CHARS = 1_024;
/** Characters that are decoded at a time. */
const PIECE_CHARS = 64 * 1024;
const ESCAPE = /\\(?:u([0-9a-f]{4})|(.))/gis;
/** The beginning of an escape, of JSON or of an address, whose end is in the next piece. */
const HALF_ESCAPE = /(?:\\(?:u[0-9a-f]{0,3})?|%[0-9a-f]?)$/i;
/** May stand between the characters of base64. */
const BLANKS = /[\t\n\f\r ]+/g;

type DataFault = Fault<"picture_data">;

/**
 * Yields the bytes, in pieces that are gone when the next one is asked for.
 * @param pieces The characters, in ASCII
 * @param param The field, for the refusal
 * @param isJson True for the inside of a string of JSON
 * @throws Refusal for what is no base64
 */
export function* decodeData(pieces: Iterable<Uint8Array>, param: string, isJson: boolean): Generator<Uint8Array> {
	const latin1 = new TextDecoder("latin1");
	const bytes = new Uint8Array(PIECE_CHARS);
	let rest = "";
	let isBehindHeader = false;
	for (const piece of slicesOf(pieces)) {
		const [text, half] = withoutEscapes(rest + latin1.decode(piece), isJson);
		let base64 = text;
		if (!isBehindHeader) {
			if (text.length <= MAX_HEADER_CHARS) {
				rest = text + half;
				continue;
			}
			base64 = withoutHeader(text, param);
			isBehindHeader = true;
		}
		const { read, written } = decodeInto(bytes, base64, param);
		// Behind a begun group of four characters, blanks would be carried on, and read again with each piece.
		rest = base64.slice(read).replace(BLANKS, "") + half;
		if (written > 0) yield bytes.subarray(0, written);
	}
	yield decodeEnd(isBehindHeader ? rest : withoutHeader(rest, param), param);
}

function* slicesOf(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
	// With what is left of the piece before, the decoded bytes fit into the buffer.
	const max = PIECE_CHARS - MAX_HEADER_CHARS;
	for (const piece of pieces) for (let at = 0; at < piece.length; at += max) yield piece.subarray(at, at + max);
}

/** Takes escapes away, and a half one at the end apart. */
function withoutEscapes(text: string, isJson: boolean): readonly [text: string, half: string] {
	const mayEscape = text.includes("%") || (isJson && text.includes("\\"));
	if (!mayEscape) return [text, ""];
	const [half = ""] = HALF_ESCAPE.exec(text.slice(-8)) ?? [];
	const whole = text.slice(0, text.length - half.length);
	const plain = isJson
		? whole.replace(ESCAPE, (_, code, char) => (code ? fromCode(code) : (LETTERS[char] ?? char)))
		: whole;
	return [plain.replace(/%([0-9a-f]{2})/gi, (_, code) => fromCode(code)), half];
}

const LETTERS: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "", f: "" };

function fromCode(hex: string): string {
	return String.fromCharCode(Number.parseInt(hex, 16));
}

/** Takes away the part of an address up to its comma. Some clients put one before an address that has it: both go. */
function withoutHeader(text: string, param: string): string {
	const [header = ""] = /^(?:data:[^,]{0,1000},){0,2}/i.exec(text.slice(0, MAX_HEADER_CHARS)) ?? [];
	if (header !== "" && !/;\s{0,8}base64\s{0,8},$/i.test(header)) throw refused(param);
	return text.slice(header.length);
}

function decodeInto(bytes: Uint8Array, text: string, param: string) {
	try {
		return bytes.setFromBase64(toUsual(text), { lastChunkHandling: "stop-before-partial" });
	} catch {
		throw refused(param);
	}
}

function decodeEnd(text: string, param: string): Uint8Array {
	try {
		return Uint8Array.fromBase64(toUsual(text));
	} catch {
		throw refused(param);
	}
}

function toUsual(text: string): string {
	return /[-_]/.test(text) ? text.replaceAll("-", "+").replaceAll("_", "/") : text;
}

function refused(param: string): Refusal {
	const fault: DataFault = { is: "picture_data" };
	return new Refusal({ kind: "invalid_value", param, fault });
}
