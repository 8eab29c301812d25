/**
 * How many bytes are encoded at a time: a multiple of 3, so that pieces join without padding between them. Each piece is a turn of
 * the runtime; beyond this size fewer of them gain nothing.
 */
const PIECE_BYTES = 192 * 1024;

/** The length in characters of so many bytes in base64, with padding. */
export const base64Length = (bytes: number): number => Math.ceil(bytes / 3) * 4;

/**
 * Streams `body`, a stream of bytes, in base64. One piece is in memory at a time, whatever the size of the body: each write is
 * awaited, so a slow reader holds the body. A `write` that rejects cancels the body.
 */
export const writeBase64 = async (
	body: ReadableStream<Uint8Array>,
	write: (chunk: Uint8Array) => Promise<void>,
): Promise<void> => {
	const encoder = new TextEncoder();
	// A reader that brings no buffer of its own is given 4 KB at a time.
	const reader = body.getReader({ mode: "byob" });
	let buffer = new ArrayBuffer(PIECE_BYTES);
	try {
		for (let ended = false; !ended; ) {
			const { done, value } = await reader.readAtLeast(PIECE_BYTES, new Uint8Array(buffer));
			ended = done;
			if (value === undefined) break;
			if (value.byteLength > 0) await write(encoder.encode(value.toBase64()));
			buffer = value.buffer;
		}
	} catch (error) {
		await reader.cancel(error).catch(() => {});
		throw error;
	}
};
