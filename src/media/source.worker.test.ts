import { describe, expect, it } from "vitest";
import { serving, streamOf } from "../../test/support/workerd/serving.ts";
import { openSource, type PictureSource, type SourceOptions } from "./source.ts";

const URL_OF_PICTURE = "https://v3.fal.media/files/secret-name.png";
const MAX_BYTES = 1000;

function open(source: PictureSource, options: Partial<SourceOptions> = {}) {
	return openSource(source, {
		signal: new AbortController().signal,
		maxBytes: MAX_BYTES,
		fetch: () => Promise.reject(new Error("nothing is to be fetched")),
		queueOrigin: null,
		...options,
	});
}

function openUrl(...answers: (() => Response)[]) {
	const { fetch, requests } = serving(...answers);
	return { opening: open({ url: URL_OF_PICTURE }, { fetch }), requests };
}

/** Opens a source that must open, and reads it to its end. */
async function read(opening: ReturnType<typeof open>) {
	const opened = await opening;
	if (!opened.ok) throw new Error(opened.error.why);
	const { body, length } = opened.value;
	return { bytes: await new Response(body).bytes(), length };
}

/** A body of `bytes` that says whether it was cancelled. */
function cancellable(bytes: number) {
	const state = { cancelled: false, produced: 0 };
	const body = new ReadableStream(
		{
			type: "bytes",
			pull(controller) {
				const chunk = new Uint8Array(Math.min(100, bytes - state.produced));
				state.produced += chunk.byteLength;
				if (chunk.byteLength > 0) controller.enqueue(chunk);
				else controller.close();
			},
			cancel() {
				state.cancelled = true;
			},
		},
		{ highWaterMark: 0 },
	);
	return { body, state };
}

function announcing(bytes: number | string, body: BodyInit | null): () => Response {
	return () => new Response(body, { headers: { "content-length": String(bytes) } });
}

const TOO_LARGE = { ok: false, error: { why: "The picture is larger than 1000 bytes.", retryFor: "never" } };

describe("a picture at an address", () => {
	it("is asked for without fal's key, and unencoded", async () => {
		const { opening, requests } = openUrl(announcing(100, new Uint8Array(100)));
		await read(opening);
		expect(requests).toHaveLength(1);
		expect(requests[0]?.url).toBe(URL_OF_PICTURE);
		expect(requests[0]?.headers.get("authorization")).toBeNull();
		expect(requests[0]?.headers.get("accept-encoding")).toBe("identity");
	});

	it("is opened at once if its length is announced", async () => {
		const { opening, requests } = openUrl(announcing(300, streamOf(new Uint8Array(300).fill(7))));
		expect(await read(opening)).toEqual({ bytes: new Uint8Array(300).fill(7), length: 300 });
		expect(requests).toHaveLength(1);
	});

	it("keeps the announced length, though the body may break it", async () => {
		const { opening } = openUrl(announcing(90, streamOf(new Uint8Array(60))));
		expect(await read(opening)).toMatchObject({ length: 90, bytes: { byteLength: 60 } });
	});

	it.each<[string, Record<string, string>]>([
		["no length", {}],
		["an encoded length", { "content-encoding": "identity", "content-length": "7" }],
		["a length that is no number", { "content-length": "many" }],
		["a negative length", { "content-length": "-1" }],
		["a length of sixteen digits", { "content-length": "1000000000000000" }],
	])("is fetched twice to be measured with %s", async (_, headers) => {
		const { opening, requests } = openUrl(() => new Response(streamOf(new Uint8Array(300).fill(7)), { headers }));
		expect(await read(opening)).toEqual({ bytes: new Uint8Array(300).fill(7), length: 300 });
		expect(requests).toHaveLength(2);
	});

	it("takes the length that only the second response announces", async () => {
		const { opening } = openUrl(
			() => new Response(streamOf(new Uint8Array(300))),
			announcing(200, new Uint8Array(200)),
		);
		expect(await read(opening)).toMatchObject({ length: 200 });
	});

	it.each([
		[404, "a_minute"],
		[410, "a_minute"],
		[400, "a_day"],
		[401, "a_day"],
		[403, "a_day"],
		[429, "a_day"],
		[500, "a_day"],
		[503, "a_day"],
		[206, "a_day"],
		[301, "a_day"],
	])("that answers %i is tried again for %s", async (status, retryFor) => {
		const { body, state } = cancellable(100);
		const { opening } = openUrl(() => new Response(body, { status }));
		expect(await opening).toEqual({
			ok: false,
			error: { why: `The picture's server answered ${status}.`, retryFor },
		});
		expect(state.cancelled).toBe(true);
	});

	it("may be gone between its measuring and its storing", async () => {
		const { opening } = openUrl(
			() => new Response(streamOf(new Uint8Array(300))),
			() => new Response(null, { status: 404 }),
		);
		expect(await opening).toMatchObject({ ok: false, error: { retryFor: "a_minute" } });
	});

	it.each<[string, () => Response]>([
		["has no body", () => new Response(null, { status: 204 })],
		["announces no bytes", announcing(0, streamOf())],
		["has no bytes", () => new Response(streamOf())],
		["breaks off while it is measured", () => new Response(streamOf(new Uint8Array(9), new Error("reset")))],
		[
			"cannot be reached",
			() => {
				throw new Error(`connection to ${URL_OF_PICTURE} refused`);
			},
		],
	])("is tried again for a day if it %s, and its address is not told", async (_, answer) => {
		const opened = await openUrl(answer).opening;
		expect(opened).toMatchObject({ ok: false, error: { retryFor: "a_day" } });
		expect(JSON.stringify(opened)).not.toContain("secret-name");
	});

	it("is given up for good above the bound, announced, and nothing of it is read", async () => {
		const { body, state } = cancellable(1001);
		expect(await openUrl(announcing(1001, body)).opening).toEqual(TOO_LARGE);
		expect(state).toEqual({ cancelled: true, produced: 0 });
	});

	it("is given up for good above the bound, measured, and no more of it is read", async () => {
		const { body, state } = cancellable(1_000_000);
		const { opening, requests } = openUrl(() => new Response(body));
		expect(await opening).toEqual(TOO_LARGE);
		expect(state.cancelled).toBe(true);
		expect(state.produced).toBeLessThanOrEqual(1_200);
		expect(requests).toHaveLength(1);
	});

	it("is opened at the bound, announced and measured", async () => {
		const exact = new Uint8Array(1000);
		expect(await read(openUrl(announcing(1000, exact)).opening)).toMatchObject({ length: 1000 });
		expect(await read(openUrl(() => new Response(streamOf(exact.slice()))).opening)).toMatchObject({ length: 1000 });
	});

	it("stops at its signal", async () => {
		const controller = new AbortController();
		const stalled = (_: RequestInfo | URL, init?: RequestInit): Promise<Response> =>
			new Promise((_resolve, reject) => {
				init?.signal?.addEventListener("abort", () => reject(new Error("aborted")));
			});
		const opening = open({ url: URL_OF_PICTURE }, { fetch: stalled, signal: controller.signal });
		controller.abort();
		expect(await opening).toMatchObject({ ok: false, error: { retryFor: "a_day" } });
	});
});

describe("an address", () => {
	it.each([
		"ftp://v3.fal.media/a.png",
		"http://v3.fal.media/a.png",
		"http://localhost.evil.test/a.png",
		"http://127.0.0.1.evil.test/a.png",
		"http://[::2]/a.png",
		"file:///etc/passwd",
		"javascript:alert(1)",
		"blob:https://v3.fal.media/a",
		"not an address",
		"/files/a.png",
		"",
	])("is not fetched from '%s', now or later", async (url) => {
		expect(await open({ url })).toEqual({
			ok: false,
			error: { why: "The picture's address is of a kind that is not fetched.", retryFor: "never" },
		});
	});

	it("is fetched where the queue is, though that is not public", async () => {
		const { fetch, requests } = serving(announcing(9, new Uint8Array(9)));
		const options = { fetch, queueOrigin: "http://sim:8788" };
		expect(await read(open({ url: "http://sim:8788/files/a.png" }, options))).toMatchObject({ length: 9 });
		for (const url of ["http://sim:8789/files/a.png", "http://sim/files/a.png", "http://other:8788/files/a.png"]) {
			expect(await open({ url }, options)).toMatchObject({ ok: false, error: { retryFor: "never" } });
		}
		expect(requests).toHaveLength(1);
	});
});

describe("a redirect", () => {
	const to =
		(location: string, status = 302) =>
		() =>
			new Response(null, { status, headers: { location } });

	it.each([301, 302, 303, 307, 308])("of %i is followed by hand", async (status) => {
		const { opening, requests } = openUrl(
			to("https://v3b.fal.media/b.png", status),
			to("/c.png", status),
			announcing(9, new Uint8Array(9)),
		);
		expect(await read(opening)).toMatchObject({ length: 9 });
		expect(requests.map(({ url, redirect }) => [url, redirect])).toEqual([
			[URL_OF_PICTURE, "manual"],
			["https://v3b.fal.media/b.png", "manual"],
			["https://v3b.fal.media/c.png", "manual"],
		]);
	});

	it.each([
		"http://v3.fal.media/b.png",
		"http://127.0.0.1:8954/secret",
		"https://169.254.169.254/latest/meta-data",
		"https://user:pass@v3.fal.media/b.png",
		"//localhost/secret",
		"file:///etc/passwd",
		"data:text/plain,hello",
	])("to %s is not followed", async (location) => {
		const { opening, requests } = openUrl(to(location), announcing(9, new Uint8Array(9)));
		expect(await opening).toEqual({
			ok: false,
			error: { why: "The picture's address is of a kind that is not fetched.", retryFor: "never" },
		});
		expect(requests).toHaveLength(1);
	});

	it("is followed five times, and no more", async () => {
		const five = Array.from({ length: 5 }, (_, index) => to(`/${index}.png`));
		expect(await read(openUrl(...five, announcing(9, new Uint8Array(9))).opening)).toMatchObject({ length: 9 });
		const { opening, requests } = openUrl(to("/again.png"));
		expect(await opening).toMatchObject({ ok: false, error: { retryFor: "a_minute" } });
		expect(requests).toHaveLength(6);
	});
});

describe("a data: address", () => {
	it.each<[string, PictureSource]>([
		["base64", { dataUri: `data:image/png;base64,${new Uint8Array([0, 200, 255]).toBase64()}` }],
		["percent-encoding", { dataUri: "data:image/png,%00%C8%FF" }],
		["an output's url", { url: "data:;base64,AMj/" }],
	])("is decoded from %s", async (_, source) => {
		expect(await read(open(source))).toEqual({ bytes: new Uint8Array([0, 200, 255]), length: 3 });
	});

	it.each(["data:image/png;base64,@@@@", "data:nonsense", "data:", "data:,", "nonsense"])(
		"is lost for good as '%s'",
		async (dataUri) => {
			expect(await open({ dataUri })).toMatchObject({ ok: false, error: { retryFor: "never" } });
		},
	);

	it("is bound by its bytes, and by its characters before it is decoded", async () => {
		expect(await read(open({ dataUri: `data:,${"x".repeat(1000)}` }))).toMatchObject({ length: 1000 });
		expect(await open({ dataUri: `data:,${"x".repeat(1001)}` })).toEqual(TOO_LARGE);
		const escaped = `data:,${"%41".repeat(1000)}`;
		expect(await read(open({ dataUri: escaped }))).toMatchObject({ length: 1000 });
		expect(await open({ dataUri: `data:,${"%4".repeat(10_000)}` })).toEqual(TOO_LARGE);
	});
});

describe("bytes", () => {
	it("are opened up to the bound", async () => {
		expect(await read(open({ bytes: new Uint8Array(1000).fill(1) }))).toEqual({
			bytes: new Uint8Array(1000).fill(1),
			length: 1000,
		});
		expect(await open({ bytes: new Uint8Array(1001) })).toEqual(TOO_LARGE);
	});

	it("are lost for good if there are none", async () => {
		expect(await open({ bytes: new Uint8Array(0) })).toEqual({
			ok: false,
			error: { why: "The picture is empty.", retryFor: "never" },
		});
	});
});
