/** Encodes stored pictures in base64, piece by piece. */
import { piecesOf } from "../http/pieces.ts";

/**
 * A multiple of 3, so that pieces join without padding between them. Each piece is a turn of the runtime; larger pieces gain nothing
 * more.
 */
const PIECE_BYTES = 192 * 1024;

/** Returns the length of so many bytes in base64, padding included. In characters. */
export function base64Length(bytes: number): number {
	return Math.ceil(bytes / 3) * 4;
}

/**
 * Writes `body`, a stream of bytes, in base64. It holds one piece at a time, whatever the size of the body: it awaits each write, so a
 * slow reader holds up the body. A `write` that rejects cancels the body.
 */
export async function writeBase64(
	body: ReadableStream<Uint8Array>,
	write: (chunk: Uint8Array) => Promise<void>,
): Promise<void> {
	const encoder = new TextEncoder();
	for await (const piece of piecesOf(body, PIECE_BYTES)) await write(encoder.encode(piece.toBase64()));
}
