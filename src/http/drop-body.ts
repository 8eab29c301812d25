/** Reads away the body of a request that is answered without it. */

import { MAX_DROPPED_BYTES } from "./scan-body.ts";

/** A phone sends some megabytes a second at best. */
const MAX_DROP_MS = 30_000;
const PIECE_BYTES = 64 * 1024;

/**
 * Reads a body that nobody wants, within bounds. The runtime breaks the connection of a client that still sends when it has its answer,
 * and many clients read nothing before they have sent all: they would see no more than a broken connection.
 */
export async function dropBody(
	{ body, bodyUsed, headers }: Pick<Request, "body" | "bodyUsed" | "headers">,
	{ maxMs = MAX_DROP_MS } = {},
): Promise<void> {
	// A client that asks for leave to send reads the answer first.
	if (body === null || bodyUsed || headers.has("expect")) return;
	if (Number(headers.get("content-length")) > MAX_DROPPED_BYTES) return;
	const reader = body.getReader({ mode: "byob" });
	const stop = () => reader.cancel().catch(() => {});
	const timer = setTimeout(stop, maxMs);
	try {
		let buffer = new ArrayBuffer(PIECE_BYTES);
		for (let left = MAX_DROPPED_BYTES; left > 0; ) {
			const { done, value } = await reader.readAtLeast(PIECE_BYTES, new Uint8Array(buffer));
			if (done || value === undefined) return;
			left -= value.byteLength;
			buffer = value.buffer;
		}
		await stop();
	} catch {
		// The client left, and needs no answer.
	} finally {
		clearTimeout(timer);
	}
}
