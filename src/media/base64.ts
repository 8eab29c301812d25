import { piecesOf } from "../http/pieces.ts";

/**
 * How many bytes are encoded at a time: a multiple of 3, so that pieces join without padding between them. Each piece is a turn of
 * the runtime; beyond this size fewer of them gain nothing.
 */
const PIECE_BYTES = 192 * 1024;

/** The length in characters of so many bytes in base64, with padding. */
export function base64Length(bytes: number): number {
	return Math.ceil(bytes / 3) * 4;
}

/**
 * Streams `body`, a stream of bytes, in base64. One piece is in memory at a time, whatever the size of the body: each write is
 * awaited, so a slow reader holds the body. A `write` that rejects cancels the body.
 */
export async function writeBase64(
	body: ReadableStream<Uint8Array>,
	write: (chunk: Uint8Array) => Promise<void>,
): Promise<void> {
	const encoder = new TextEncoder();
	for await (const piece of piecesOf(body, PIECE_BYTES)) await write(encoder.encode(piece.toBase64()));
}
