import { type Frame, type PictureBytes, toJsonPieces } from "./frames.ts";
import { writePieces } from "./json-stream.ts";

/** Frames as server-sent events. */

/** Comments keep proxies from closing a stream that has nothing to say. They have no number, and no client minds them. */
const KEEP_ALIVE_MS = 15_000;

export interface Stream {
	/** As many at a time as there are: they are written in one piece, but for the pictures in them. */
	readonly frames: AsyncIterable<readonly Frame[]>;
	/** All frames are known: nothing is waited for but the client. */
	readonly ended: boolean;
	readonly bucket: R2Bucket;
	readonly signal: AbortSignal;
	readonly headers: Readonly<Record<string, string>>;
	readonly waitUntil: (work: Promise<unknown>) => void;
	/** How it ended: the client has it all, or has gone. The first word counts. */
	readonly onEnd: (how: "delivered" | "clientLeft") => void;
}

const encoder = new TextEncoder();
const KEEP_ALIVE = encoder.encode(": keepalive\n\n");

/** Answers at once; what comes is written as the client takes it, so that a slow one holds its stream and not the memory. */
export function streamFrames({ frames, ended, bucket, signal, headers, waitUntil, onEnd }: Stream): Response {
	// The runtime's own pipe is the faster one, but keeps 64 KB for what may come while a stream waits.
	const { readable, writable } = ended ? new IdentityTransformStream() : new TransformStream<Uint8Array, Uint8Array>();
	const writer = writable.getWriter();
	const write = (chunk: Uint8Array) => writer.write(chunk);
	/** Ends the frames, too: whoever makes them is told by `onEnd`. */
	const leave = () => {
		onEnd("clientLeft");
		writer.abort().catch(() => {});
	};
	const keepAlive = createKeepAlive(() => write(KEEP_ALIVE));

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
	return new Response(readable, {
		headers: {
			"content-type": "text/event-stream; charset=utf-8",
			"cache-control": "no-cache, no-store, no-transform",
			"x-accel-buffering": "no",
			...headers,
		},
	});
}

/**
 * Says something when nothing else was said for a while, and never within what is being written. One timer a stream, and not one for
 * each frame: a stream has thousands.
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
