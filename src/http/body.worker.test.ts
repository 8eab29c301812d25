import { describe, expect, it } from "vitest";
import { MAX_JSON_BYTES, readJson } from "./body.ts";

const TOO_LARGE = { reason: { kind: "body_too_large", maxBytes: 33_554_432 } };
const MIB = 1024 * 1024;

function post(body: BodyInit | null, headers: Record<string, string> = {}): Request {
	return new Request("https://gateway.test/v1/responses", { method: "POST", body, headers });
}

/** Sends a JSON string of so many bytes in pieces, without a length; counts the pieces that are taken. */
function inPieces(bytes: number) {
	let sent = 0;
	const body = new ReadableStream<Uint8Array>({
		pull(controller) {
			if (sent >= bytes) return controller.close();
			const piece = new Uint8Array(Math.min(MIB, bytes - sent)).fill(0x61);
			if (sent === 0) piece[0] = 0x22;
			sent += piece.byteLength;
			if (sent === bytes) piece[piece.byteLength - 1] = 0x22;
			controller.enqueue(piece);
		},
	});
	return { request: post(body), sent: () => sent };
}

describe("readJson", () => {
	it.each<readonly [text: string, value: unknown]>([
		['{"prompt":"狐🦊"}', { prompt: "狐🦊" }],
		[" [1, null]\n", [1, null]],
		["7", 7],
		["\ufeff{}", {}],
	])("reads %j", async (text, value) => {
		expect(await readJson(post(text))).toEqual(value);
	});

	it("does not care for the content type", async () => {
		expect(await readJson(post("{}", { "content-type": "text/plain" }))).toEqual({});
	});

	it.each(["", "{", "{'a':1}", "a=1", "undefined", "{}{}"])("refuses %j, which is not JSON", async (text) => {
		await expect(readJson(post(text))).rejects.toMatchObject({
			reason: { kind: "invalid_json", message: "The body is not valid JSON." },
		});
	});

	it("refuses a request without a body", async () => {
		await expect(readJson(post(null))).rejects.toMatchObject({ reason: { kind: "invalid_json" } });
	});

	it("refuses a body by its declared length, before it reads a byte", async () => {
		const { request, sent } = inPieces(MIB);
		const declared = new Request(request, { headers: { "content-length": String(MAX_JSON_BYTES + 1) } });
		await expect(readJson(declared)).rejects.toMatchObject(TOO_LARGE);
		expect(sent()).toBeLessThanOrEqual(MIB);
		expect(await readJson(post("{}", { "content-length": String(MAX_JSON_BYTES) }))).toEqual({});
	});

	it("reads a body of 32 MiB, and refuses one byte more", async () => {
		const text = await readJson(inPieces(MAX_JSON_BYTES).request);
		expect(typeof text === "string" && text.length).toBe(MAX_JSON_BYTES - 2);
		await expect(readJson(inPieces(MAX_JSON_BYTES + 1).request)).rejects.toMatchObject(TOO_LARGE);
	});

	it("stops reading a body that goes on beyond the bound", async () => {
		const { request, sent } = inPieces(64 * MIB);
		await expect(readJson(request)).rejects.toMatchObject(TOO_LARGE);
		expect(sent()).toBeLessThan(36 * MIB);
	});

	it.each(["abc", "-1", "0"])("counts the bytes itself if the declared length is %j", async (length) => {
		expect(await readJson(post("{}", { "content-length": length }))).toEqual({});
	});
});
