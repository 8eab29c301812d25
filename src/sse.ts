import { writeJson } from "./json-stream.ts";
import type { Frame } from "./openai/frames.ts";

/** Frames as server-sent events. */

/** Comments keep proxies from closing a stream that has nothing to say. They have no number, and no client minds them. */
const KEEP_ALIVE_MS = 15_000;

export interface Stream {
	readonly frames: AsyncIterable<Frame>;
	readonly bucket: R2Bucket;
	readonly signal: AbortSignal;
	readonly headers: Readonly<Record<string, string>>;
	readonly waitUntil: (work: Promise<unknown>) => void;
	/** How it ended: the client has it all, or has gone. */
	readonly onEnd: (how: "delivered" | "clientLeft") => void;
}

const encoder = new TextEncoder();
const KEEP_ALIVE = encoder.encode(": keepalive\n\n");

/** Answers at once; what comes is written as the client takes it, so that a slow one holds its stream and not the memory. */
export const streamFrames = ({ frames, bucket, signal, headers, waitUntil, onEnd }: Stream): Response => {
	const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
	const writer = writable.getWriter();
	const left = new Promise<never>((_, reject) => {
		const leave = () => reject(new Error("the client left"));
		if (signal.aborted) leave();
		signal.addEventListener("abort", leave, { once: true });
		writer.closed.catch(leave);
	});
	left.catch(() => {});

	const pump = async () => {
		try {
			const source = frames[Symbol.asyncIterator]();
			for (let next = source.next(); ; ) {
				const silence = new AbortController();
				const result = await Promise.race([next, left, quiet(silence.signal)]);
				silence.abort();
				if (result === QUIET) {
					await writer.write(KEEP_ALIVE);
				} else if (result.done) {
					break;
				} else {
					await writeFrame(result.value, bucket, (chunk) => writer.write(chunk));
					next = source.next();
				}
			}
			await writer.close();
			onEnd("delivered");
		} catch {
			onEnd("clientLeft");
			await writer.abort().catch(() => {});
		}
	};
	waitUntil(pump());
	return new Response(readable, {
		headers: {
			"content-type": "text/event-stream; charset=utf-8",
			"cache-control": "no-cache, no-store, no-transform",
			"x-accel-buffering": "no",
			...headers,
		},
	});
};

const QUIET = Symbol("quiet");
/** Comes true after a while in which nothing else did. */
const quiet = (signal: AbortSignal): Promise<typeof QUIET> =>
	scheduler.wait(KEEP_ALIVE_MS, { signal }).then(
		() => QUIET,
		() => QUIET,
	);

const writeFrame = async (frame: Frame, bucket: R2Bucket, write: (chunk: Uint8Array) => Promise<void>) => {
	const { data } = frame;
	const lines = (["retry", "id", "event"] as const).filter((name) => frame[name] !== undefined);
	const head = `${lines.map((name) => `${name}: ${frame[name]}\n`).join("")}data: `;
	if (data === "[DONE]") return write(encoder.encode(`${head}[DONE]\n\n`));
	await write(encoder.encode(head));
	await writeJson(data, bucket, write);
	await write(encoder.encode("\n\n"));
};
