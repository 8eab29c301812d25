import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { cdnUrl, newJob } from "../../test/support/workerd/make-config.ts";
import { serving, streamOf } from "../../test/support/workerd/serving.ts";
import { fileOf, keyOf } from "./keys.ts";
import type { PictureSource } from "./source.ts";
import { deletePictures, type StoreOptions, type StoreOutcome, storePicture } from "./store.ts";

const bucket = env.IMAGES;

function store(job: string, source: PictureSource, options: Partial<StoreOptions> = {}): Promise<StoreOutcome> {
	return storePicture(bucket, { job, index: 0 }, source, { signal: AbortSignal.timeout(10_000), ...options });
}

/** A body that is called a PNG, whatever it is. */
function announced(body: Uint8Array): () => Response {
	const headers = { "content-type": "image/png", "content-length": String(body.byteLength) };
	return () => new Response(body, { headers });
}

async function keysOf(job: string): Promise<string[]> {
	return (await bucket.list({ prefix: `images/${job}/` })).objects.map(({ key }) => key);
}

describe("a picture that R2 refuses", () => {
	it("leaves nothing behind that waits for R2 to read it", async () => {
		let given: ReadableStream | null = null;
		const IMAGES = new Proxy(bucket, {
			get: (target, name) =>
				name === "put"
					? (_key: string, body: ReadableStream) => {
							given = body;
							return Promise.reject(new Error("R2 takes nothing"));
						}
					: Reflect.get(target, name).bind(target),
		});
		const options = { signal: AbortSignal.timeout(10_000) };
		const outcome = await storePicture(IMAGES, { job: newJob(), index: 0 }, { url: cdnUrl({}) }, options);
		expect(outcome).toMatchObject({ ok: false, error: { retryFor: "a_day" } });
		const left: ReadableStream = given ?? new ReadableStream();
		await expect(left.getReader().read()).rejects.toThrow();
	});
});

describe("a picture on fal's CDN", () => {
	it("is stored under its job, with the format that its bytes tell", async () => {
		const job = newJob();
		const outcome = await store(job, { url: cdnUrl({ fault: "wrong-type" }) });
		expect(outcome).toEqual({
			ok: true,
			value: { key: `images/${job}/0.png`, contentType: "image/png", bytes: expect.any(Number), width: 64, height: 48 },
		});
		const stored = await bucket.get(`images/${job}/0.png`);
		expect(stored?.httpMetadata?.contentType).toBe("image/png");
		expect(stored?.customMetadata).toEqual({ width: "64", height: "48" });
		expect([...((await stored?.bytes()) ?? []).slice(1, 4)]).toEqual([...new TextEncoder().encode("PNG")]);
	});

	it("is stored whole if its length is not announced", async () => {
		const job = newJob();
		expect(await store(job, { url: cdnUrl({ fault: "chunked", size: "512x512" }) })).toMatchObject({
			ok: true,
			value: { width: 512, height: 512 },
		});
	});

	it("is measured if its answer is encoded", async () => {
		const answer = () =>
			new Response(streamOf(new Uint8Array(300)), {
				headers: { "content-encoding": "identity", "content-length": "7" },
			});
		const { fetch, requests } = serving(answer);
		expect(await store(newJob(), { url: cdnUrl() }, { fetch })).toMatchObject({ ok: true, value: { bytes: 300 } });
		expect(requests).toHaveLength(2);
	});

	it.each<[string, () => Response, string, string]>([
		["an SVG", () => new Response("<svg/>"), "image/svg+xml", "svg"],
		["of no known format", () => new Response(Uint8Array.of(0, 1, 2)), "application/octet-stream", "bin"],
	])("is stored as what it is: %s", async (_, answer, contentType, extension) => {
		const job = newJob();
		const { fetch } = serving(answer);
		expect(await store(job, { url: cdnUrl() }, { fetch })).toMatchObject({
			ok: true,
			value: { key: `images/${job}/0.${extension}`, contentType, width: null, height: null },
		});
	});

	it.each(["<!doctype html><title>Just a moment...</title>", '{"error":"rate limited"}', "Not Found"])(
		"leaves nothing while a text comes in its place, and is stored when it comes: %s",
		async (words) => {
			const job = newJob();
			const { fetch } = serving(
				announced(new TextEncoder().encode(words)),
				announced(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)),
			);
			expect(await store(job, { url: cdnUrl() }, { fetch })).toEqual({
				ok: false,
				error: { why: "A text came in place of the picture.", retryFor: "a_day" },
			});
			expect(await keysOf(job)).toEqual([]);
			expect(await store(job, { url: cdnUrl() }, { fetch })).toMatchObject({
				ok: true,
				value: { contentType: "image/png" },
			});
		},
	);

	it("leaves nothing while it is cut short, and is stored when it comes whole", async () => {
		const job = newJob();
		const url = cdnUrl({ fault: "truncated", faults: "2" });
		const cut = { ok: false, error: { retryFor: "a_day" } };
		expect(await store(job, { url })).toMatchObject(cut);
		expect(await keysOf(job)).toEqual([]);
		expect(await store(job, { url })).toMatchObject(cut);
		expect(await store(job, { url })).toMatchObject({ ok: true });
		expect(await keysOf(job)).toEqual([`images/${job}/0.png`]);
	});

	it.each<[string, () => Response]>([
		[
			"shorter than announced",
			() => new Response(streamOf(new Uint8Array(60)), { headers: { "content-length": "90" } }),
		],
		[
			"longer than announced",
			() => new Response(streamOf(new Uint8Array(60)), { headers: { "content-length": "50" } }),
		],
		[
			"broken off behind its head",
			() =>
				new Response(streamOf(new Uint8Array(100_000), new Error("reset")), {
					headers: { "content-length": "200000" },
				}),
		],
		["broken off while it is measured", () => new Response(streamOf(new Uint8Array(9), new Error("reset")))],
		["empty", () => new Response(streamOf(), { headers: { "content-length": "0" } })],
		["empty and of unknown length", () => new Response(streamOf())],
		["not there but 204", () => new Response(null, { status: 204 })],
		["an error of the server", () => new Response("busy", { status: 503 })],
	])("leaves nothing and may be tried again if it is %s", async (_, answer) => {
		const job = newJob();
		const { fetch } = serving(answer);
		const outcome = await store(job, { url: "https://v3.fal.media/secret-name.png" }, { fetch });
		expect(outcome).toMatchObject({ ok: false, error: { retryFor: "a_day" } });
		expect(JSON.stringify(outcome)).not.toContain("secret-name");
		expect(await keysOf(job)).toEqual([]);
	});

	it("may be tried again if it changes after it was measured", async () => {
		const job = newJob();
		const { fetch } = serving(
			() => new Response(streamOf(new Uint8Array(80_000))),
			() => new Response(streamOf(new Uint8Array(70_000))),
		);
		expect(await store(job, { url: cdnUrl() }, { fetch })).toMatchObject({ ok: false, error: { retryFor: "a_day" } });
		expect(await keysOf(job)).toEqual([]);
	});

	it("is given up at its signal, and may be tried again", async () => {
		const stalled = () =>
			new Response(new ReadableStream({ pull: () => new Promise(() => {}) }), { headers: { "content-length": "90" } });
		const { fetch } = serving(stalled);
		const outcome = await store(newJob(), { url: cdnUrl() }, { fetch, signal: AbortSignal.timeout(50) });
		expect(outcome).toMatchObject({ ok: false, error: { retryFor: "a_day" } });
	});

	it.each([404, 410])("is tried again for a minute if its server says %d", async (status) => {
		const { fetch } = serving(() => new Response("no", { status }));
		expect(await store(newJob(), { url: cdnUrl() }, { fetch })).toMatchObject({
			ok: false,
			error: { retryFor: "a_minute" },
		});
	});

	it("is not stored above the bound, announced or not", async () => {
		const tooLarge = { ok: false, error: { retryFor: "never" } };
		expect(await store(newJob(), { url: cdnUrl({ bytes: "70000000" }) })).toMatchObject(tooLarge);
		expect(await store(newJob(), { url: cdnUrl({ fault: "chunked" }) }, { maxBytes: 200 })).toMatchObject(tooLarge);
		expect(await store(newJob(), { bytes: new Uint8Array(201) }, { maxBytes: 200 })).toMatchObject(tooLarge);
		expect(await store(newJob(), { dataUri: `data:,${"x".repeat(201)}` }, { maxBytes: 200 })).toMatchObject(tooLarge);
		expect(await store(newJob(), { dataUri: `data:,${"x".repeat(20_000)}` }, { maxBytes: 200 })).toMatchObject(
			tooLarge,
		);
	});

	it("is stored at the bound", async () => {
		const exact = new Uint8Array(200);
		const { fetch } = serving(() => new Response(exact));
		expect(await store(newJob(), { url: cdnUrl() }, { fetch, maxBytes: 200 })).toMatchObject({ ok: true });
		expect(await store(newJob(), { bytes: exact }, { maxBytes: 200 })).toMatchObject({ ok: true });
	});
});

describe("a second run", () => {
	it("gives the same outcome and writes nothing", async () => {
		const job = newJob();
		const url = cdnUrl({ bytes: "3000000" });
		const first = await store(job, { url });
		const before = await bucket.head(`images/${job}/0.png`);
		expect(await store(job, { url })).toEqual(first);
		expect(await bucket.head(`images/${job}/0.png`)).toMatchObject({ version: before?.version });
	});

	it("gives the same outcome if the CDN no longer has the picture", async () => {
		const job = newJob();
		const first = await store(job, { url: cdnUrl() });
		expect(await store(job, { url: cdnUrl({ fault: "gone" }) })).toEqual(first);
	});

	it("beside the first gives one picture", async () => {
		const job = newJob();
		const url = cdnUrl({ bytes: "1000000" });
		const [one, other] = await Promise.all([store(job, { url }), store(job, { url })]);
		expect(one).toMatchObject({ ok: true });
		expect(other).toEqual(one);
	});
});

describe("a picture inside the result", () => {
	const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';
	const bytes = new TextEncoder().encode(svg);

	it.each<[string, PictureSource]>([
		["base64", { dataUri: `data:image/png;base64,${bytes.toBase64()}` }],
		["percent-encoding", { dataUri: `data:image/svg+xml,${encodeURIComponent(svg)}` }],
		["an output's url", { url: `data:;base64,${bytes.toBase64()}` }],
		["bytes", { bytes }],
	])("is stored from %s", async (_, source) => {
		const job = newJob();
		expect(await store(job, source)).toMatchObject({ ok: true, value: { contentType: "image/svg+xml" } });
		expect(await (await bucket.get(`images/${job}/0.svg`))?.text()).toBe(svg);
	});

	it("keeps bytes that are no text", async () => {
		const job = newJob();
		const dataUri = `data:image/png;base64,${Uint8Array.from({ length: 256 }, (_, byte) => byte).toBase64()}`;
		await store(job, { dataUri });
		expect(await (await bucket.get(`images/${job}/0.bin`))?.bytes()).toEqual(
			Uint8Array.from({ length: 256 }, (_, byte) => byte),
		);
	});

	it("is stored whole, with its colours, if it is an SVG that nobody escaped", async () => {
		const job = newJob();
		const red = '<svg xmlns="http://www.w3.org/2000/svg"><rect fill="#f00" width="100%"/></svg>';
		await store(job, { dataUri: `data:image/svg+xml;utf8,${red}` });
		expect(await (await bucket.get(`images/${job}/0.svg`))?.text()).toBe(red);
	});

	it.each(["data:image/png;base64,@@@@", "data:nonsense", "data:", "data:,hello"])(
		"is lost for good as '%s'",
		async (dataUri) => {
			expect(await store(newJob(), { dataUri })).toMatchObject({ ok: false, error: { retryFor: "never" } });
		},
	);
});

it("deletes all pictures of one job, and of no other", async () => {
	const [job, other] = [newJob(), newJob()];
	await Promise.all([store(job, { url: cdnUrl() }), store(other, { url: cdnUrl() })]);
	// Of an instance that died before it could report them, and of the last index that there can be.
	await Promise.all(["1.avif", "2.bin", "15.svg", "0.thumb"].map((file) => bucket.put(keyOf(job, file), "picture")));
	expect(await keysOf(job)).toHaveLength(5);
	await deletePictures(bucket, job);
	await deletePictures(bucket, job);
	expect(await keysOf(job)).toEqual([]);
	expect((await keysOf(other)).map(fileOf)).toEqual(["0.png"]);
});
