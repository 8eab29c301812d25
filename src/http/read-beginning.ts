/** Reads the beginning of a body as UTF-8 text. `cut` is true for a body of more than `maxBytes`: the rest of it is cancelled. */
export async function readBeginning(
	body: ReadableStream<Uint8Array> | null,
	maxBytes: number,
): Promise<{ readonly text: string; readonly cut: boolean }> {
	if (body === null) return { text: "", cut: false };
	const decoder = new TextDecoder();
	let text = "";
	let left = maxBytes;
	for await (const chunk of body) {
		text += decoder.decode(chunk.subarray(0, left), { stream: true });
		left -= chunk.byteLength;
		// Leaving the loop cancels the body. What a cut left of a last letter is dropped with the decoder.
		if (left < 0) return { text, cut: true };
	}
	return { text: text + decoder.decode(), cut: false };
}
