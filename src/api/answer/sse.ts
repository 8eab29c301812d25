/** Writes frames as server-sent events. */

import { type Frame, type PictureBytes, toJsonPieces } from "./frames.ts";
import { writePieces } from "./json-stream.ts";

/** A comment or an empty frame after this much silence keeps proxies from closing the stream. It has no number, so replays are the same without it. */
const KEEP_ALIVE_MS = 15_000;

export interface Stream {
	/** As many at a time as there are. They are written in one piece, but for the pictures in them. */
	readonly frames: AsyncIterable<readonly Frame[]>;
	/** All frames are known, so the stream waits for nothing but the client. */
	readonly ended: boolean;
	/** Returns a frame to write in silence; null, or absent, for a comment. */
	readonly keepAlive?: (() => Frame | null) | undefined;
	readonly bucket: R2Bucket;
	readonly signal: AbortSignal;
	readonly headers: Readonly<Record<string, string>>;
	readonly waitUntil: (work: Promise<unknown>) => void;
	/** Is told how the stream ended: the client has it all, or has left. The first call counts. */
	readonly onEnd: (how: "delivered" | "clientLeft") => void;
}

export const STREAM_HEADERS = {
	"content-type": "text/event-stream; charset=utf-8",
	"cache-control": "no-cache, no-store, no-transform",
	"x-accel-buffering": "no",
};

const encoder = new TextEncoder();
const KEEP_ALIVE = encoder.encode(": keepalive\n\n");

/** Answers at once, and writes frames as the client takes them, so that a slow client fills no memory. */
export function streamFrames({
	frames,
	ended,
	keepAlive: toKeepAlive,
	bucket,
	signal,
	headers,
	waitUntil,
	onEnd,
}: Stream): Response {
	// The runtime's own pipe is faster, but holds 64 KB as long as a stream waits.
	const { readable, writable } = ended ? new IdentityTransformStream() : new TransformStream<Uint8Array, Uint8Array>();
	const writer = writable.getWriter();
	const write = (chunk: Uint8Array) => writer.write(chunk);
	/** Ends the frames too: `onEnd` tells their source. */
	const leave = () => {
		onEnd("clientLeft");
		writer.abort().catch(() => {});
	};
	const keepAlive = createKeepAlive(() => {
		const frame = toKeepAlive?.() ?? null;
		return frame === null ? write(KEEP_ALIVE) : writePieces(piecesOf([frame]), bucket, write);
	});

	const pump = async () => {
		try {
			for await (const some of frames) await keepAlive.during(writePieces(piecesOf(some), bucket, write));
			await writer.close();
			onEnd("delivered");
		} catch {
			leave();
		} finally {
			keepAlive.stop();
		}
	};
	if (signal.aborted) leave();
	signal.addEventListener("abort", leave, { once: true });
	writer.closed.catch(leave);
	waitUntil(pump());
	return new Response(readable, { headers: { ...STREAM_HEADERS, ...headers } });
}

/**
 * Writes a comment or an empty frame when nothing else was written for a while, and never in the middle of a write. It has one timer for the stream:
 * one for each frame would be thousands.
 */
function createKeepAlive(say: () => Promise<void>) {
	let saidAt = Date.now();
	let writing = 0;
	const during = async (written: Promise<void>): Promise<void> => {
		writing += 1;
		await written;
		writing -= 1;
		saidAt = Date.now();
	};
	const look = () => {
		const silentMs = Date.now() - saidAt;
		if (silentMs >= KEEP_ALIVE_MS && writing === 0) during(say()).catch(() => {});
		timer = setTimeout(look, silentMs < KEEP_ALIVE_MS ? KEEP_ALIVE_MS - silentMs : KEEP_ALIVE_MS);
	};
	let timer = setTimeout(look, KEEP_ALIVE_MS);
	return { during, stop: () => clearTimeout(timer) };
}

function* piecesOf(frames: readonly Frame[]): Generator<string | PictureBytes> {
	for (const frame of frames) {
		for (const name of ["retry", "id", "event"] as const) {
			if (frame[name] !== undefined) yield `${name}: ${frame[name]}\n`;
		}
		yield "data: ";
		if (frame.data === "[DONE]") yield frame.data;
		else yield* toJsonPieces(frame.data);
		yield "\n\n";
	}
}
