import { describe, expect, it } from "vitest";
import { ask } from "../../test/support/workerd/gateway.ts";
import { placeholderOf } from "../placeholder.ts";
import { readJson } from "./body.ts";
import { Refusal } from "./refusal.ts";
import { MAX_JSON_BYTES } from "./scan-body.ts";

const TOO_LARGE = { reason: { kind: "body_too_large", maxBytes: 33_554_432 } };
const MIB = 1024 * 1024;

function post(body: BodyInit | null, headers: Record<string, string> = {}): Request {
	return new Request("https://gateway.test/v1/responses", { method: "POST", body, headers });
}

/** Sends a JSON string of so many bytes in pieces, without a length; counts the pieces that are taken. */
function inPieces(bytes: number) {
	let sent = 0;
	const body = new ReadableStream({
		type: "bytes",
		pull(controller) {
			const piece = new Uint8Array(Math.min(MIB, bytes - sent)).fill(0x61);
			if (sent === 0) piece[0] = 0x22;
			sent += piece.byteLength;
			const isLast = sent === bytes;
			if (isLast) piece[piece.byteLength - 1] = 0x22;
			controller.enqueue(piece);
			if (isLast) controller.close();
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

	it.each([
		["", "empty"],
		["{", "broken"],
		["{'a':1}", "broken"],
		["a=1", "form"],
		["undefined", "broken"],
		["{}{}", "broken"],
		["--x\r\nContent-Disposition: form-data", "multipart"],
	])("refuses %j, which is not JSON, as %s", async (text, body) => {
		await expect(readJson(post(text))).rejects.toMatchObject({ reason: { kind: "invalid_json", body } });
	});

	it("refuses a text that is not UTF-8", async () => {
		const inGbk = Uint8Array.of(0x22, 0xba, 0xec, 0xc9, 0xab, 0x22);
		await expect(readJson(post(inGbk))).rejects.toMatchObject({ reason: { kind: "invalid_json", body: "not_utf8" } });
		expect(await readJson(post('"a \ufffd"'))).toBe("a \ufffd");
	});

	it("refuses what it declares to be in GBK, though it may be valid UTF-8", async () => {
		const headers = { "content-type": "application/json; charset=gbk" };
		const inGbk = Uint8Array.of(0x22, 0xd2, 0xbb, 0xd6, 0xbb, 0xc3, 0xa8, 0x22);
		const reason = { kind: "invalid_json", body: "not_utf8" };
		await expect(readJson(post(inGbk, headers))).rejects.toMatchObject({ reason });
		expect(await readJson(post('"a cat"', headers))).toBe("a cat");
	});

	it.each([
		["text in GBK with a backslash in a character", [0x22, 0x8a, 0x5c, 0x22]],
		["an object in UTF-16", [0x7b, 0, 0x7d, 0]],
		["an object in UTF-16 of the other order", [0, 0x7b, 0, 0x7d]],
		["an object in UTF-16 with its mark", [0xff, 0xfe, 0x7b, 0, 0x7d, 0]],
	])("says of %s what it is, though it is no JSON", async (_, bytes) => {
		const reason = { kind: "invalid_json", body: "not_utf8" };
		await expect(readJson(post(Uint8Array.from(bytes)))).rejects.toMatchObject({ reason });
	});

	it("says of a form with a picture's bytes that it is a form", async () => {
		const form = Buffer.concat([Buffer.from("--x\r\nContent-Disposition: form-data\r\n\r\n"), Buffer.of(0xff, 0xd8)]);
		const reason = { kind: "invalid_json", body: "multipart" };
		await expect(readJson(post(Uint8Array.from(form)))).rejects.toMatchObject({ reason });
	});

	it("refuses a request without a body", async () => {
		await expect(readJson(post(null))).rejects.toMatchObject({ reason: { kind: "invalid_json", body: "empty" } });
	});

	it("refuses a body by its declared length, before it reads a byte", async () => {
		const { request, sent } = inPieces(MIB);
		const declared = new Request(request, { headers: { "content-length": String(MAX_JSON_BYTES + 1) } });
		await expect(readJson(declared)).rejects.toMatchObject(TOO_LARGE);
		expect(sent()).toBeLessThanOrEqual(MIB);
		expect(await readJson(post("{}", { "content-length": String(MAX_JSON_BYTES) }))).toEqual({});
	});

	it("reads a body of 32 MiB, and refuses one byte more", async () => {
		expect(await readJson(inPieces(MAX_JSON_BYTES).request)).toBe(placeholderOf(0));
		await expect(readJson(inPieces(MAX_JSON_BYTES + 1).request)).rejects.toMatchObject(TOO_LARGE);
	});

	it("reads and drops what a body has beyond the bound, and stops at 64 MiB", async () => {
		const { request, sent } = inPieces(100 * MIB);
		await expect(readJson(request)).rejects.toMatchObject(TOO_LARGE);
		expect(sent()).toBeGreaterThan(63 * MIB);
		expect(sent()).toBeLessThan(68 * MIB);
	});

	it.each(["abc", "-1", "0"])("counts the bytes itself if the declared length is %j", async (length) => {
		expect(await readJson(post("{}", { "content-length": length }))).toEqual({});
	});
});

/** Returns the reason of a refusal, or the value of a body that is not refused. */
async function read(body: BodyInit, headers?: Readonly<Record<string, string>>): Promise<unknown> {
	try {
		return await readJson(post(body, headers));
	} catch (error) {
		if (error instanceof Refusal) return error.reason;
		throw error;
	}
}

/** A body that announces no length, and counts what is taken of it. */
function endless(chunk: Uint8Array) {
	const state = { taken: 0, cancelled: false };
	const body = new ReadableStream({
		type: "bytes",
		pull(controller) {
			state.taken += chunk.byteLength;
			controller.enqueue(chunk.slice());
		},
		cancel() {
			state.cancelled = true;
		},
	});
	return { body, state };
}

describe("a body", () => {
	it.each([
		['{"a":[1,"é🦊"]}', { a: [1, "é🦊"] }],
		["\ufeff[]", []],
		[" 7 ", 7],
		['"\\u2028"', "\u2028"],
	])("is read as JSON: %s", async (text, value) => {
		expect(await read(text)).toEqual(value);
	});

	it.each(["", "{", "[1 2]", '{"a":1,}', "[]]", '"a', "\u0000"])("is refused if it is %j, no JSON", async (text) => {
		expect(await read(text)).toMatchObject({ kind: "invalid_json" });
	});

	it("is read from many pieces", async () => {
		const text = JSON.stringify({ words: "é🦊 ".repeat(100_000) });
		expect(await read(text)).toEqual(JSON.parse(text));
		expect(await read(new Blob([text]).stream())).toEqual(JSON.parse(text));
	});

	it("has a placeholder for long data", async () => {
		const text = JSON.stringify({ url: `data:image/png;base64,${"A".repeat(1_000_000)}` });
		expect(await read(text)).toEqual({ url: placeholderOf(0) });
	});

	it.each([
		["values", "[".concat("0,".repeat(100_000), "0]"), 100_000],
		["depth", "[".repeat(65), 64],
		["text", `"${"a ".repeat(1024 * 1024)}"`, 2 * 1024 * 1024],
	])("is refused with the bound that it passes: %s", async (bound, text, max) => {
		expect(await read(text)).toEqual({ kind: "body_too_complex", bound, max });
	});

	it.each(["br", "zstd", "deflate, gzip", "gzip, GZIP"])("is refused if it is encoded as %s", async (encoding) => {
		expect(await read("{}", { "content-encoding": encoding })).toEqual({
			kind: "encoding_unsupported",
			encoding,
			supported: ["gzip", "deflate"],
		});
	});
});

/** Compresses with the runtime's own encoder. */
function compressed(text: string, format: "gzip" | "deflate" | "deflate-raw"): Promise<ArrayBuffer> {
	const bytes = new Blob([text]).stream().pipeThrough(new CompressionStream(format));
	return new Response(bytes).arrayBuffer();
}

describe("a compressed body", () => {
	it.each<readonly [encoding: string, format: "gzip" | "deflate" | "deflate-raw"]>([
		["gzip", "gzip"],
		["X-Gzip", "gzip"],
		["identity, gzip", "gzip"],
		["deflate", "deflate"],
		["deflate", "deflate-raw"],
	])("is read: %s as %s", async (encoding, format) => {
		const words = "é🦊 ".repeat(100_000);
		const body = await compressed(
			JSON.stringify({ words, url: `data:image/png;base64,${"Ab+/".repeat(10_000)}` }),
			format,
		);
		expect(await read(body, { "content-encoding": encoding })).toEqual({ words, url: placeholderOf(0) });
	});

	it("is read up to 32 MiB of what it decodes to", async () => {
		const blanks = (bytes: number) => compressed(`{}${" ".repeat(bytes - 2)}`, "gzip");
		const headers = { "content-encoding": "gzip" };
		expect(await read(await blanks(MAX_JSON_BYTES), headers)).toEqual({});
		expect(await read(await blanks(MAX_JSON_BYTES + 1), headers)).toEqual({
			kind: "body_too_large",
			maxBytes: MAX_JSON_BYTES,
			decoded: true,
		});
	});

	it("is refused if it is not what it says, and with the bounds of any body", async () => {
		const gzip = new Uint8Array(await compressed(JSON.stringify({ prompt: "a fox" }), "gzip"));
		const headers = { "content-encoding": "gzip" };
		expect(await read("{}", headers)).toEqual({ kind: "body_undecodable", encoding: "gzip", cut: false });
		expect(await read(gzip.subarray(0, -1), headers)).toEqual({
			kind: "body_undecodable",
			encoding: "gzip",
			cut: true,
		});
		expect(await read("", headers)).toEqual({ kind: "body_undecodable", encoding: "gzip", cut: true });
		expect(await read(await compressed("[".repeat(65), "gzip"), headers)).toEqual({
			kind: "body_too_complex",
			bound: "depth",
			max: 64,
		});
		expect(await read(await compressed("{", "gzip"), headers)).toMatchObject({ kind: "invalid_json" });
	});
});

describe("a body that is too large", () => {
	it("is refused unread, if it says so", async () => {
		const { body, state } = endless(new Uint8Array(1_000));
		expect(await read(body, { "content-length": `${MAX_JSON_BYTES + 1}` })).toMatchObject({ kind: "body_too_large" });
		expect(state.taken).toBeLessThan(100_000);
	});

	it("is refused if it does not, and cancelled at 64 MiB", async () => {
		const { body, state } = endless(new Uint8Array(1024 * 1024).fill(0x20));
		expect(await read(body)).toEqual({ kind: "body_too_large", maxBytes: MAX_JSON_BYTES });
		expect(state.cancelled).toBe(true);
		expect(state.taken).toBeLessThan(68 * 1024 * 1024);
	});

	it("is read to its end if only its shape is bad, so that a client that still sends gets the answer", async () => {
		const chunk = new TextEncoder().encode("[".repeat(100_000));
		const state = { taken: 0 };
		const body = new ReadableStream({
			type: "bytes",
			pull(controller) {
				state.taken += chunk.byteLength;
				controller.enqueue(chunk.slice());
				if (state.taken >= 1_000_000) controller.close();
			},
		});
		expect(await read(body)).toMatchObject({ kind: "body_too_complex", bound: "depth" });
		expect(state.taken).toBe(1_000_000);
	});
});

it("is answered in OpenAI's shape on every route that takes JSON", async () => {
	for (const path of ["/v1/images/generations", "/v1/chat/completions", "/v1/responses"]) {
		const nested = await ask(path, { method: "POST", body: "[".repeat(65) });
		expect([nested.status, await nested.json()]).toEqual([
			413,
			{
				error: {
					message: "The body is nested deeper than 64 levels.",
					type: "invalid_request_error",
					param: null,
					code: "request_too_large",
				},
			},
		]);
		const encoded = await ask(path, { method: "POST", body: "{}", headers: { "content-encoding": "br" } });
		expect(encoded.status).toBe(415);
		expect(encoded.headers.get("accept-encoding")).toBe("gzip, deflate");
		expect(await encoded.json()).toMatchObject({ error: { code: "unsupported_encoding" } });
	}
});

it("repeats nothing raw that ends a line", async () => {
	const answer = await ask("/v1/models/a%E2%80%A8b%C2%85");
	expect(answer.status).toBe(404);
	expect(answer.headers.get("content-type")).toBe("application/json");
	expect(await answer.text()).toContain("The model 'a\\u2028b\\u0085' does not exist.");
});
