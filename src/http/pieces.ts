/**
 * A body of bytes in pieces of `pieceBytes`, the last one shorter, read through one buffer: a piece is gone when the next one is asked
 * for. A reader that brings no buffer of its own is given 4 KB a time, all of it garbage. Leaving early cancels the body.
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
