/** Reads bodies of JSON that are parsed next. */

import { JsonScan } from "./json-scan.ts";

/** Reads a body as UTF-8 text. Returns null, and cancels the rest of it, for one of more than `maxBytes`, or of more values or levels than `JsonScan` allows. */
export async function readJsonText(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<string | null> {
	if (body === null) return "";
	const scan = new JsonScan({ keepsText: false });
	const decoder = new TextDecoder();
	let text = "";
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.byteLength;
		if (bytes > maxBytes || scan.push(chunk) !== null) return null;
		text += decoder.decode(chunk, { stream: true });
	}
	return text + decoder.decode();
}
