/** Reads a body of bytes in large pieces, through one buffer. */

import { Refusal } from "./refusal.ts";

/**
 * Yields pieces of `pieceBytes`; only the last one may be shorter. A piece is gone when the next one is asked for. A reader without a
 * buffer of its own would get 4 KB at a time, all of it garbage. Leaving early cancels the body.
 */
export async function* piecesOf(
	body: ReadableStream<Uint8Array>,
	pieceBytes: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const reader = body.getReader({ mode: "byob" });
	let buffer = new ArrayBuffer(pieceBytes);
	let ended = false;
	try {
		while (!ended) {
			const { done, value } = await reader.readAtLeast(pieceBytes, new Uint8Array(buffer));
			ended = done;
			if (value === undefined) return;
			if (value.byteLength > 0) yield value;
			buffer = value.buffer;
		}
	} finally {
		if (!ended) await reader.cancel().catch(() => {});
	}
}

/** As `piecesOf`, for the body of a request. @throws Refusal if it breaks off: its client left, which is no fault of ours */
export async function* sentPiecesOf(
	body: ReadableStream<Uint8Array>,
	pieceBytes: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	try {
		yield* piecesOf(body, pieceBytes);
	} catch {
		throw new Refusal({ kind: "client_left" });
	}
}
