import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { cdnUrl, newJob } from "../../test/support/workerd/make-config.ts";
import { writeBase64 } from "./base64.ts";
import { storePicture } from "./store.ts";

const PICTURE_BYTES = 40_000_000;
/** Room for what is on its way between a producer and its slow reader: the head, a piece, and the platform's own small queues. */
const AHEAD_BYTES = 512 * 1024;
function signal() {
	return AbortSignal.timeout(15_000);
}

/** A turn of the event loop, in which a producer that does not wait would run ahead. */
function turn(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, 0));
}

/** A body that counts the bytes that are taken out of it. */
function counted(bytes: number, chunkBytes = 65_536) {
	const progress = { produced: 0 };
	const body = new ReadableStream(
		{
			type: "bytes",
			pull(controller) {
				const chunk = new Uint8Array(Math.min(chunkBytes, bytes - progress.produced));
				progress.produced += chunk.byteLength;
				controller.enqueue(chunk);
				if (progress.produced < bytes) return;
				controller.close();
				controller.byobRequest?.respond(0);
			},
		},
		{ highWaterMark: 0 },
	);
	return { body, progress };
}

it("stores a large picture without running ahead of R2", async () => {
	const { body, progress } = counted(PICTURE_BYTES);
	const fetch = async () => new Response(body, { headers: { "content-length": String(PICTURE_BYTES) } });
	let consumed = 0;
	let furthest = 0;
	// An R2 as slow as can be. Other tests look at what it stores.
	const slow: Pick<R2Bucket, "list"> & {
		put(key: string, body: ReadableStream<Uint8Array>): Promise<null>;
		head(): Promise<null>;
	} = {
		async put(_key, stream) {
			for await (const chunk of stream) {
				consumed += chunk.byteLength;
				if (consumed % 640_000 < chunk.byteLength) await turn();
				furthest = Math.max(furthest, progress.produced - consumed);
			}
			return null;
		},
		head: async () => null,
		list: (options) => env.IMAGES.list(options),
	};
	await storePicture(
		slow as unknown as R2Bucket,
		{ job: newJob(), index: 0 },
		{ url: cdnUrl() },
		{ signal: signal(), fetch },
	);
	expect(consumed).toBe(PICTURE_BYTES);
	expect(furthest).toBeLessThanOrEqual(AHEAD_BYTES);
});

it("encodes a large picture without running ahead of its reader", async () => {
	const { body, progress } = counted(PICTURE_BYTES, 100_000);
	let written = 0;
	let furthest = 0;
	await writeBase64(body, async (chunk) => {
		furthest = Math.max(furthest, progress.produced - (written * 3) / 4);
		if (written % 2_621_440 === 0) await turn();
		written += chunk.byteLength;
	});
	expect(written).toBe(Math.ceil(PICTURE_BYTES / 3) * 4);
	expect(furthest).toBeLessThanOrEqual(AHEAD_BYTES);
});

it("stores a large picture from the CDN, and encodes it out of R2", async () => {
	const job = newJob();
	const outcome = await storePicture(
		env.IMAGES,
		{ job, index: 0 },
		{ url: cdnUrl({ bytes: String(PICTURE_BYTES) }) },
		{ signal: signal() },
	);
	expect(outcome).toMatchObject({ ok: true, value: { bytes: PICTURE_BYTES } });
	const stored = await env.IMAGES.get(`images/${job}/0.png`);
	if (stored === null) throw new Error("nothing was stored");
	let written = 0;
	let longest = 0;
	await writeBase64(stored.body, async (chunk) => {
		written += chunk.byteLength;
		longest = Math.max(longest, chunk.byteLength);
	});
	expect(written).toBe(Math.ceil(PICTURE_BYTES / 3) * 4);
	expect(longest).toBe(262_144);
});
