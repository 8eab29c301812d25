import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { newJob } from "../../test/support/workerd/make-config.ts";
import { keyOf } from "./keys.ts";
import { headAll, type OpenedPicture, openPicture } from "./read.ts";

const bucket = env.IMAGES;
const job = newJob();
const KEY = keyOf(job, "0.png");
const MISSING = keyOf(job, "1.png");
const BYTES = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);

let etag = "";
beforeAll(async () => {
	const stored = await bucket.put(KEY, BYTES, { httpMetadata: { contentType: "image/png" } });
	etag = stored.httpEtag;
});

interface Ask {
	readonly method?: string;
	readonly key?: string;
	readonly headers?: Record<string, string>;
}

function open({ method = "GET", key = KEY, headers = {} }: Ask = {}): Promise<OpenedPicture> {
	return openPicture(bucket, key, { method, headers: new Headers(headers) });
}

/** The bytes of a picture that has some; null for one that is told about only. */
async function bytesOf(opened: OpenedPicture): Promise<Uint8Array | null> {
	return opened.kind === "whole" || opened.kind === "part" ? opened.object.bytes() : null;
}

describe("a picture", () => {
	it("is opened whole", async () => {
		const opened = await open();
		expect(opened.kind).toBe("whole");
		expect(await bytesOf(opened)).toEqual(BYTES);
	});

	it("is told about only if the request is a HEAD", async () => {
		expect(await open({ method: "HEAD" })).toMatchObject({ kind: "head", object: { size: 1000, httpEtag: etag } });
	});

	it.each<[string, number, number]>([
		["bytes=0-9", 0, 10],
		["bytes=990-", 990, 10],
		["bytes=-1", 999, 1],
		["bytes=0-", 0, 1000],
	])("is opened in part: %s", async (range, offset, length) => {
		const opened = await open({ headers: { range } });
		expect(opened).toMatchObject({ kind: "part", offset, length, object: { size: 1000 } });
		expect(await bytesOf(opened)).toEqual(BYTES.slice(offset, offset + length));
	});

	it.each<[string, Record<string, string>]>([
		["a range that is not understood", { range: "bytes=0-1,5-9" }],
		["a range of another picture", { range: "bytes=0-9", "if-range": '"other"' }],
		["another etag", { "if-none-match": '"other"' }],
	])("is opened whole with %s", async (_, headers) => {
		const opened = await open({ headers });
		expect(opened.kind).toBe("whole");
		expect(await bytesOf(opened)).toEqual(BYTES);
	});

	it("is opened in part if it is the one that the client has a part of", async () => {
		const opened = await open({ headers: { range: "bytes=0-9", "if-range": etag } });
		expect(opened.kind).toBe("part");
		expect(await bytesOf(opened)).toEqual(BYTES.slice(0, 10));
	});

	it.each(["GET", "HEAD"])("is not sent again by %s to a client that has it", async (method) => {
		const headers = { "if-none-match": etag, range: "bytes=0-9" };
		expect(await open({ method, headers })).toMatchObject({ kind: "not_modified", object: { httpEtag: etag } });
	});

	it("has no bytes outside of its size", async () => {
		expect(await open({ headers: { range: "bytes=1000-" } })).toMatchObject({
			kind: "unsatisfiable",
			object: { size: 1000 },
		});
		expect(await open({ method: "HEAD", headers: { range: "bytes=1000-" } })).toMatchObject({ kind: "head" });
	});

	it.each<[string, Ask]>([
		["GET", {}],
		["HEAD", { method: "HEAD" }],
		["a range", { headers: { range: "bytes=0-9" } }],
		["an etag", { headers: { "if-none-match": "*" } }],
	])("is missing if R2 has none, for %s", async (_, ask) => {
		expect(await open({ ...ask, key: MISSING })).toEqual({ kind: "missing" });
	});
});

it("tells of several pictures in the order of their keys", async () => {
	const objects = await headAll(bucket, [MISSING, KEY, KEY, MISSING]);
	expect(objects.map((object) => object?.key)).toEqual([undefined, KEY, KEY, undefined]);
	expect(await headAll(bucket, [])).toEqual([]);
});
