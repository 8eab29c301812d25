/** How many bytes are encoded at a time: a multiple of 3, so that pieces join without padding between them. */
const PIECE_BYTES = 48 * 1024;

/** The length in characters of so many bytes in base64, with padding. */
export const base64Length = (bytes: number): number => Math.ceil(bytes / 3) * 4;

/**
 * Streams `body` in base64. One piece is in memory at a time, whatever the size of the body: each write is awaited, so a slow
 * reader holds the body. A `write` that rejects cancels the body.
 */
export const writeBase64 = async (
	body: ReadableStream<Uint8Array>,
	write: (chunk: Uint8Array) => Promise<void>,
): Promise<void> => {
	const encoder = new TextEncoder();
	const piece = new Uint8Array(PIECE_BYTES);
	let filled = 0;
	const flush = async () => {
		const text = piece.subarray(0, filled).toBase64();
		filled = 0;
		await write(encoder.encode(text));
	};

	// Leaving the loop early, by a rejected write too, cancels the body.
	for await (const chunk of body) {
		for (let taken = 0; taken < chunk.byteLength; ) {
			const part = chunk.subarray(taken, taken + PIECE_BYTES - filled);
			piece.set(part, filled);
			filled += part.byteLength;
			taken += part.byteLength;
			if (filled === PIECE_BYTES) await flush();
		}
	}
	if (filled > 0) await flush();
};
