import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { aPrompt, streamChat } from "../../../test/support/workerd/gateway.ts";
import { type Frame, PictureBytes } from "./frames.ts";
import { type Stream, streamFrames } from "./sse.ts";

const bucket = env.IMAGES;
const picture = new PictureBytes({ key: `sse/${crypto.randomUUID()}.png`, bytes: 600_000 });
const missing = new PictureBytes({ key: `${picture.key}.none`, bytes: 3 });
const BASE64 = new Uint8Array(picture.bytes).fill(7).toBase64();

beforeAll(async () => {
	await bucket.put(picture.key, new Uint8Array(picture.bytes).fill(7));
});

/** Frames that a test gives out one after the other. Like a job's log, they end when the client has left. */
function createSource() {
	const channel = new TransformStream<readonly Frame[], readonly Frame[]>(undefined, { highWaterMark: 100 });
	const writer = channel.writable.getWriter();
	return {
		frames: channel.readable,
		send: (...frames: readonly Frame[]) => void writer.write(frames),
		end: () => void writer.close().catch(() => {}),
	};
}

function open(stream: Pick<Stream, "frames"> & Partial<Stream>) {
	const ends: ("delivered" | "clientLeft")[] = [];
	const works: Promise<unknown>[] = [];
	const response = streamFrames({
		ended: false,
		bucket,
		signal: new AbortController().signal,
		headers: {},
		waitUntil: (work) => works.push(work),
		...stream,
		onEnd: (how) => {
			ends.push(how);
			stream.onEnd?.(how);
		},
	});
	return { response, ends, settled: () => Promise.all(works) };
}

async function* batches(...all: readonly (readonly Frame[])[]) {
	yield* all;
}

/** Reads a stream piece by piece, as text; null at its end. */
function readerOf({ body }: Response) {
	const reader = (body ?? new ReadableStream<Uint8Array>()).getReader();
	const decoder = new TextDecoder();
	const read = async () => {
		const { done, value } = await reader.read();
		return done ? null : decoder.decode(value, { stream: true });
	};
	return { read, cancel: () => reader.cancel() };
}

describe("streamFrames", () => {
	it("answers at once, with headers that keep proxies from buffering", async () => {
		const source = createSource();
		const { response } = open({ frames: source.frames, headers: { "x-job-id": "1" } });
		expect(Object.fromEntries(response.headers)).toEqual({
			"content-type": "text/event-stream; charset=utf-8",
			"cache-control": "no-cache, no-store, no-transform",
			"x-accel-buffering": "no",
			"x-job-id": "1",
		});
		source.end();
		expect(await response.text()).toBe("");
	});

	it.each([true, false])("writes each frame as one event, with pictures in their places (ended: %s)", async (ended) => {
		const { response, ends, settled } = open({
			ended,
			frames: batches(
				[{ retry: 1_000, id: 7, event: "output", data: { a: "\n" } }],
				[],
				[{ data: { b64_json: picture } }, { data: "[DONE]" }],
			),
		});
		expect(await response.text()).toBe(
			`retry: 1000\nid: 7\nevent: output\ndata: {"a":"\\n"}\n\ndata: {"b64_json":"${BASE64}"}\n\ndata: [DONE]\n\n`,
		);
		await settled();
		expect(ends).toEqual(["delivered"]);
	});

	it.each([true, false])(
		"reports the delivery when the last byte is taken, and not before (ended: %s)",
		async (ended) => {
			const { response, ends, settled } = open({ ended, frames: batches([{ data: { b64_json: picture } }]) });
			const reader = readerOf(response);
			await reader.read();
			expect(ends).toEqual([]);
			while ((await reader.read()) !== null);
			await settled();
			expect(ends).toEqual(["delivered"]);
		},
	);

	it("reports a client that leaves while the stream waits for frames", async () => {
		const source = createSource();
		const { response, ends, settled } = open({ frames: source.frames, onEnd: source.end });
		source.send({ data: { n: 1 } });
		const reader = readerOf(response);
		expect(await reader.read()).toBe('data: {"n":1}\n\n');
		await reader.cancel();
		await settled();
		expect(ends[0]).toBe("clientLeft");
		expect(ends).not.toContain("delivered");
	});

	it.each([true, false])("reports a client that leaves in the middle of a frame (ended: %s)", async (ended) => {
		const frames = batches([{ data: { b64_json: picture } }], [{ data: "[DONE]" }]);
		const { response, ends, settled } = open({ ended, frames });
		const reader = readerOf(response);
		await reader.read();
		await reader.cancel();
		await settled();
		expect(ends[0]).toBe("clientLeft");
		expect(ends).not.toContain("delivered");
	});

	it("reports a client whose request is aborted, before the stream or in it", async () => {
		const before = createSource();
		const gone = open({ frames: before.frames, signal: AbortSignal.abort(), onEnd: before.end });
		await gone.settled();
		expect(gone.ends[0]).toBe("clientLeft");

		const source = createSource();
		const abort = new AbortController();
		const leaving = open({ frames: source.frames, signal: abort.signal, onEnd: source.end });
		abort.abort();
		await leaving.settled();
		expect(leaving.ends[0]).toBe("clientLeft");
	});

	it.each<readonly [case_: string, frames: () => Stream["frames"]]>([
		["a picture is missing", () => batches([{ data: { n: 1 } }], [{ data: { b64_json: missing } }])],
		[
			"the frames break off",
			async function* () {
				yield [{ data: { n: 1 } }];
				throw new Error("the log broke off");
			},
		],
	])("breaks the stream off if %s, and never reports a delivery", async (_, frames) => {
		const { response, ends, settled } = open({ frames: frames() });
		await expect(response.text()).rejects.toThrow();
		await settled();
		expect(ends).toContain("clientLeft");
		expect(ends).not.toContain("delivered");
	});
});

describe("a keep-alive", () => {
	afterEach(() => {
		vi.useRealTimers();
	});

	function open15(frames: Stream["frames"], onEnd?: Stream["onEnd"]) {
		vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
		return open({ frames, ...(onEnd === undefined ? {} : { onEnd }) });
	}

	it("is written after 15 s of silence, and again after the next 15 s", async () => {
		const source = createSource();
		const reader = readerOf(open15(source.frames).response);
		const first = reader.read();
		await vi.advanceTimersByTimeAsync(14_999);
		source.send({ data: { n: 1 } });
		expect(await first).toBe('data: {"n":1}\n\n');
		const second = reader.read();
		await vi.advanceTimersByTimeAsync(15_000);
		expect(await second).toBe(": keepalive\n\n");
		const third = reader.read();
		await vi.advanceTimersByTimeAsync(15_000);
		expect(await third).toBe(": keepalive\n\n");
		await reader.cancel();
		source.end();
	});

	it("is a frame, if the stream has one to say nothing with, and a comment until then", async () => {
		vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
		const source = createSource();
		let frame: Frame | null = null;
		const reader = readerOf(open({ frames: source.frames, keepAlive: () => frame }).response);
		const first = reader.read();
		await vi.advanceTimersByTimeAsync(15_000);
		expect(await first).toBe(": keepalive\n\n");
		frame = { data: { choices: [] } };
		const second = reader.read();
		await vi.advanceTimersByTimeAsync(15_000);
		expect(await second).toBe('data: {"choices":[]}\n\n');
		await reader.cancel();
		source.end();
	});

	it("is never written inside of a frame, however slowly the client takes it", async () => {
		const source = createSource();
		const { response } = open15(source.frames);
		source.send({ data: { b64_json: picture } });
		const reader = readerOf(response);
		let text = "";
		while (!text.endsWith("\n\n")) {
			text += await reader.read();
			await vi.advanceTimersByTimeAsync(60_000);
		}
		expect(text.startsWith(`data: {"b64_json":"${BASE64}"}\n\n`)).toBe(true);
		await reader.cancel();
		source.end();
	});

	it("is not written after the stream's end", async () => {
		const { response, settled } = open15(batches([{ data: "[DONE]" }]));
		const text = response.text();
		await vi.advanceTimersByTimeAsync(60_000);
		await settled();
		expect(await text).toBe("data: [DONE]\n\n");
		expect(vi.getTimerCount()).toBe(0);
	});

	it("keeps a silent chat stream alive after 15 s, without a number and an id", { timeout: 30_000 }, async () => {
		const startedAt = Date.now();
		const response = await streamChat(aPrompt("sim:never-starts"));
		let text = "";
		for await (const piece of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
			text += piece;
			if (text.includes('"delta":{}')) break;
		}
		expect(Date.now() - startedAt).toBeGreaterThanOrEqual(15_000);
		const [opening = "", ...later] = text.split("\n\n").filter((frame) => frame !== "");
		const { id, created, model } = JSON.parse(opening.slice("data: ".length));
		expect(JSON.parse((later.at(-1) ?? "").slice("data: ".length))).toEqual({
			id,
			object: "chat.completion.chunk",
			created,
			model,
			choices: [{ index: 0, delta: {}, finish_reason: null, logprobs: null }],
		});
		expect(text).not.toMatch(/^(id|retry):/m);
	});
});
