/** Reads JSON bodies, with bounds on their size and on their shape. */

import { parseJsonText } from "../json-value.ts";
import type { BodyData } from "./body-data.ts";
import { formOf } from "./body-form.ts";
import { isOfOtherCharset } from "./charset.ts";
import { CODING_NAMES, type Coding, readCoding } from "./encoding/decode.ts";
import { sentPiecesOf } from "./pieces.ts";
import { orRefuse, Refusal } from "./refusal.ts";
import { MAX_JSON_BYTES, scanBody } from "./scan-body.ts";

/** Each piece is a turn of the runtime: larger ones gain nothing more. */
const PIECE_BYTES = 64 * 1024;

/**
 * Reads a request's JSON body. Long data in its strings, such as a picture's address, comes as a placeholder.
 * @param data Takes the long data. Absent: it is dropped
 * @throws Refusal for a body that cannot be decoded, is too large, too complex, or no JSON
 */
export async function readJson({ headers, body }: Request, data?: BodyData): Promise<unknown> {
	const coding = codingOf(headers);
	const announced = Number(headers.get("content-length"));
	if (announced > MAX_JSON_BYTES) throw new Refusal({ kind: "body_too_large", maxBytes: MAX_JSON_BYTES });
	// A small body needs no large buffer.
	const pieceBytes = announced > 0 && announced < PIECE_BYTES ? announced : PIECE_BYTES;
	const pieces = body === null ? noPieces() : sentPiecesOf(body, pieceBytes);
	const bytes = orRefuse(await scanBody(pieces, coding, { data }));
	const text = new TextDecoder().decode(bytes);
	const value = parseJsonText(text);
	const form = value === undefined ? formOf(text, headers) : null;
	// A prompt in GBK would be drawn as replacement characters, or one of its bytes is a backslash and breaks the JSON.
	// A client may send such a character, too.
	const isMeantAsJson = form === null || (form === "broken" && JSON_STARTS.test(text));
	const isOther = isOfOtherCharset(text, headers.get("content-type"));
	const isBroken = isMeantAsJson && (isOther || (text.includes("\ufffd") && !isUtf8(bytes)));
	if (isBroken || UTF_16.test(text)) throw new Refusal({ kind: "invalid_json", body: "not_utf8" });
	if (form !== null) throw new Refusal({ kind: "invalid_json", body: form });
	return value;
}

/** A file that was sent in place of JSON begins with other bytes. */
const JSON_STARTS = /^\s*[[{"]/;
/** The beginning of an object in UTF-16, whose other bytes are 0, with a mark of the order of bytes or without. */
const UTF_16 = /^\ufffd*(?:\0\{|\{\0)/;

function isUtf8(bytes: Uint8Array): boolean {
	try {
		new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
		return true;
	} catch {
		return false;
	}
}

/** @throws Refusal for a coding that is not read */
export function codingOf(headers: Headers): Coding | null {
	const encoding = headers.get("content-encoding");
	const coding = readCoding(encoding);
	if (coding !== undefined) return coding;
	throw new Refusal({ kind: "encoding_unsupported", encoding: encoding ?? "", supported: CODING_NAMES });
}

async function* noPieces(): AsyncGenerator<Uint8Array> {}
