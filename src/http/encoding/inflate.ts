/**
 * Inflates DEFLATE (RFC 1951) as its bytes arrive. It holds a window of 32 KB and a piece, and asks for more only when what it made was
 * taken. The work for each byte is bounded, and so is the number of blocks, for each of which tables are built.
 */

import type { ByteSource } from "./byte-source.ts";
import type { Inflation } from "./inflation.ts";

/** The reason that bytes cannot be inflated. */
export type InflateFault = "corrupt" | "cut" | "blocks";

/** Encoders make blocks of some kilobytes: 32 MiB of text have about 2,000. */
export const MAX_BLOCKS = 20_000;

/** No block's header needs more: 14 bits, 19 lengths of 3 bits, and 320 lengths of at most 14 bits. */
const MAX_HEADER_BYTES = 640;

/** Yields what a stream says, in pieces that are gone when the next one is asked for. The source is then at the byte behind the stream. */
export async function* inflate(source: ByteSource, stream: Inflation): AsyncGenerator<Uint8Array, InflateFault | null> {
	stream.restart();
	for (let isLast = false; !isLast; ) {
		if (stream.blocks >= MAX_BLOCKS) return "blocks";
		if (source.left < MAX_HEADER_BYTES) await source.fill(MAX_HEADER_BYTES);
		isLast = stream.takeBits(1) === 1;
		if (!stream.startBlock(stream.takeBits(2))) return stream.isBeyondEnd ? "cut" : "corrupt";
		for (let state = stream.goOn(); state !== "end"; state = stream.goOn()) {
			if (stream.isBeyondEnd || (state === "starved" && source.isEnded)) return "cut";
			if (state === "corrupt") return "corrupt";
			if (state === "full") yield stream.take();
			else await source.fill(source.left + 1);
		}
		if (stream.isBeyondEnd) return "cut";
	}
	stream.alignToByte();
	yield stream.take();
	return null;
}
