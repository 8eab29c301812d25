/** Reads a body as UTF-8 text. Returns null for a body of more than `maxBytes`, and cancels the rest of it. */
export async function readText(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<string | null> {
	if (body === null) return "";
	const decoder = new TextDecoder();
	let text = "";
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.byteLength;
		if (bytes > maxBytes) return null;
		text += decoder.decode(chunk, { stream: true });
	}
	return text + decoder.decode();
}
