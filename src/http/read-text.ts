/** Reads bodies as text. */

import { JsonScan } from "./json-scan.ts";

/** Reads a body as UTF-8 text. Returns null for a body of more than `maxBytes`, and cancels the rest of it. */
export function readText(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<string | null> {
	return readWhile(body, maxBytes, () => true);
}

/** As `readText`, for JSON that is parsed next. Returns null also for more values or levels than `JsonScan` allows. */
export function readJsonText(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<string | null> {
	const scan = new JsonScan({ keepsText: false });
	return readWhile(body, maxBytes, (chunk) => scan.push(chunk) === null);
}

async function readWhile(
	body: ReadableStream<Uint8Array> | null,
	maxBytes: number,
	isGood: (chunk: Uint8Array) => boolean,
): Promise<string | null> {
	if (body === null) return "";
	const decoder = new TextDecoder();
	let text = "";
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.byteLength;
		if (bytes > maxBytes || !isGood(chunk)) return null;
		text += decoder.decode(chunk, { stream: true });
	}
	return text + decoder.decode();
}
