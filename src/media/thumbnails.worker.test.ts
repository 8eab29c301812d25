import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { pngOf } from "../../test/support/forms.ts";
import { newId } from "../../test/support/workerd/job-of.ts";
import { MAX_THUMBNAIL_BYTES, putThumbnail, sniffThumbnail } from "./thumbnails.ts";

const bucket = env.IMAGES;

describe("sniffThumbnail", () => {
	it("takes a whole picture, of at most 64 KiB", () => {
		expect(MAX_THUMBNAIL_BYTES).toBe(65_536);
		expect(sniffThumbnail(pngOf(480, 270))).toEqual({ ok: true, value: "image/png" });
	});

	it.each([
		["nothing", new Uint8Array(), { is: "empty" }],
		["a cut PNG", pngOf(480, 270).subarray(0, 150), { is: "picture_cut" }],
		["a text", new TextEncoder().encode("<html>"), { is: "picture_format", got: "text" }],
		["a GIF", new TextEncoder().encode("GIF89a\u0001"), { is: "picture_format", got: "GIF" }],
	])("refuses %s", (_, bytes, error) => {
		expect(sniffThumbnail(bytes)).toMatchObject({ ok: false, error });
	});
});

describe("putThumbnail", () => {
	it("puts the first one, and tells of that ever after", async () => {
		const job = newId();
		const first = { index: 2, contentType: "image/png", bytes: pngOf(8, 8, 100) };
		const kept = { index: 2, key: `images/${job}/2.thumb`, contentType: "image/png", bytes: 100 };
		expect(await putThumbnail(bucket, job, first)).toEqual(kept);
		expect(await putThumbnail(bucket, job, { ...first, contentType: "image/webp", bytes: new Uint8Array(9) })).toEqual(
			kept,
		);
		expect(await (await bucket.get(kept.key))?.bytes()).toEqual(first.bytes);
	});
});
