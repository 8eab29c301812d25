/** Reads JSON bodies, with bounds on their size and on their shape. */

import type { RequestError } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { type JsonBound, JsonScan, MAX_DEPTH, MAX_TEXT_BYTES, MAX_VALUES } from "./json-scan.ts";
import { piecesOf } from "./pieces.ts";
import { orRefuse, Refusal } from "./refusal.ts";

/** Input pictures may lie in a chat's history as `data:` URLs. */
export const MAX_JSON_BYTES = 32 * 1024 * 1024;
/** Each piece is a turn of the runtime: larger ones gain nothing more. */
const PIECE_BYTES = 64 * 1024;

/**
 * Reads a request's JSON body. Long data in its strings, such as a picture's address, comes as a placeholder.
 * @throws Refusal for a body that is compressed, too large, too complex, or no JSON
 */
export async function readJson(request: Request): Promise<unknown> {
	const encoding = request.headers.get("content-encoding")?.trim().toLowerCase() ?? "";
	if (encoding !== "" && encoding !== "identity") throw new Refusal({ kind: "body_compressed", encoding });
	const text = new TextDecoder().decode(orRefuse(await scanBody(request)));
	try {
		return JSON.parse(text);
	} catch {
		throw new Refusal({ kind: "invalid_json", message: "The body is not valid JSON." });
	}
}

/** Returns the text that is left of a body for `JSON.parse`. */
async function scanBody({ headers, body }: Request): Promise<Result<Uint8Array, RequestError>> {
	const announced = Number(headers.get("content-length"));
	if (announced > MAX_JSON_BYTES) return err(TOO_LARGE);
	// A small body needs no large buffer.
	const pieceBytes = announced > 0 && announced < PIECE_BYTES ? announced : PIECE_BYTES;
	const scan = new JsonScan();
	let bytes = 0;
	let passed: JsonBound | null = null;
	for await (const piece of body === null ? [] : piecesOf(body, pieceBytes)) {
		bytes += piece.byteLength;
		if (bytes > MAX_JSON_BYTES) return err(TOO_LARGE);
		// A client that still sends might never see the answer: so what comes behind a bound is read, and dropped.
		passed ??= scan.push(piece);
	}
	if (passed !== null) return err(tooComplex(passed));
	const scanned = scan.end();
	return scanned.ok ? ok(scanned.value.text) : err(tooComplex(scanned.error));
}

const TOO_LARGE: RequestError = { kind: "body_too_large", maxBytes: MAX_JSON_BYTES };

const BOUNDS: Readonly<Record<JsonBound, number>> = { values: MAX_VALUES, depth: MAX_DEPTH, text: MAX_TEXT_BYTES };

function tooComplex(bound: JsonBound): RequestError {
	return { kind: "body_too_complex", bound, max: BOUNDS[bound] };
}
