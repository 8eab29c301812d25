/** Serves the pictures of the CDN, whole or with a fault. */
import { crc32 } from "./crc32.ts";
import { drawEdit } from "./edit.ts";
import type { Env } from "./env.ts";
import { BREAK_AFTER_MS, HANG_MS } from "./fault-times.ts";
import { type FileSpec, isCounted, readFileUrl } from "./file-url.ts";
import { fuzzed, fuzzOf } from "./fuzz.ts";
import { ODD_FILES, toResponse } from "./odd.ts";
import { drawPng } from "./picture.ts";
import { CHUNK_OVERHEAD, chunkHead, chunkSum, TAIL_BYTES } from "./png.ts";
import { requestObjectOf } from "./request-objects.ts";

/** Bodies that a gateway must not serve inline. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><script>alert(document.domain)</script><rect width="64" height="64" fill="tomato"/></svg>\n`;
const HTML = `<!doctype html><title>not a picture</title><script>alert(document.domain)</script>\n`;

const PIECE_BYTES = 65_536;

/** Serves the picture that an address describes, mutated at random if the address says so. */
export async function serveFile(request: Request, url: URL, env: Env): Promise<Response> {
	const spec = readFileUrl(url);
	const answer = await answerFile(request, url, spec, env);
	if (!spec || spec.fuzz === 0 || request.method !== "GET") return answer;
	// Its GETs have counts of their own, beside those of faults.
	const times = await requestObjectOf(env, spec.id).countGet(spec.id, FIRST_FUZZED + spec.index);
	const random = fuzzOf(spec.fuzz, "file", times);
	return random ? fuzzed(answer, { random, key: "" }, "file") : answer;
}

const FIRST_FUZZED = 1_000;

/** Draws the picture. Only a counted fault wakes an object. */
async function answerFile(request: Request, url: URL, spec: FileSpec | undefined, env: Env): Promise<Response> {
	if (!spec || spec.fault === "gone") return new Response("Not Found", { status: 404 });
	if (spec.fault === "svg") return whole(request, new TextEncoder().encode(SVG), "image/svg+xml");
	if (spec.fault === "html") return whole(request, new TextEncoder().encode(HTML), "image/png");

	const failing = request.method === "GET" && (await isFailing(spec, env));
	const odd = ODD_FILES[spec.fault];
	if (odd && (failing || !isCounted(spec.fault))) return toResponse(odd);
	if (failing && spec.fault === "redirect") return new Response(null, { status: 302, headers: { location: url.href } });
	const png = spec.edit ? await drawEdit(spec, url.origin, env) : await drawPng(spec);
	const type = spec.fault === "wrong-type" ? "image/jpeg" : "image/png";
	if (failing) return breakingOff(png, type, spec.fault === "hangs" ? HANG_MS : BREAK_AFTER_MS);
	if (spec.fault === "chunked")
		return new Response(request.method === "HEAD" ? null : chunked(png), { headers: headersOf(type) });
	return spec.bytes > png.length ? padded(request, png, spec.bytes, type) : whole(request, png, type);
}

async function isFailing({ id, index, fault, faults }: FileSpec, env: Env): Promise<boolean> {
	if (!isCounted(fault)) return false;
	return (await requestObjectOf(env, id).countGet(id, index)) <= faults;
}

function headersOf(type: string, length?: number): Record<string, string> {
	return {
		"content-type": type,
		"access-control-allow-origin": "*",
		"cache-control": "public, max-age=31536000",
		...(length === undefined ? {} : { "content-length": String(length) }),
	};
}

function whole(request: Request, bytes: Uint8Array, type: string): Response {
	return new Response(request.method === "HEAD" ? null : bytes, { headers: headersOf(type, bytes.length) });
}

/** Returns a body that `write` fills in the background, until the reader cancels. */
function bodyBy(length: number, write: (writer: WritableStreamDefaultWriter<Uint8Array>) => Promise<void>) {
	const { readable, writable } = new FixedLengthStream(length);
	const writer = writable.getWriter();
	write(writer).catch((error: unknown) => writer.abort(error).catch(() => {}));
	return readable;
}

/** Announces the whole length, sends half of it, and breaks off after some time. */
function breakingOff(png: Uint8Array, type: string, breakAfterMs: number): Response {
	const body = bodyBy(png.length, async (writer) => {
		await writer.write(png.subarray(0, png.length >> 1));
		await scheduler.wait(breakAfterMs);
		throw new Error("the simulator breaks the file off");
	});
	return new Response(body, { headers: headersOf(type, png.length) });
}

function chunked(png: Uint8Array): ReadableStream<Uint8Array> {
	let at = 0;
	return new ReadableStream({
		pull: (controller) => {
			controller.enqueue(png.slice(at, at + PIECE_BYTES));
			at += PIECE_BYTES;
			if (at >= png.length) controller.close();
		},
	});
}

/** Sends a PNG of a given length. It writes a private chunk, which readers skip, before the end. The whole is never in memory. */
function padded(request: Request, png: Uint8Array, bytes: number, type: string): Response {
	const length = Math.max(bytes, png.length + CHUNK_OVERHEAD);
	if (request.method === "HEAD") return new Response(null, { headers: headersOf(type, length) });
	const body = bodyBy(length, async (writer) => {
		await writer.write(png.subarray(0, -TAIL_BYTES));
		let left = length - png.length - CHUNK_OVERHEAD;
		const head = chunkHead("siMp", left);
		await writer.write(head);
		let sum = crc32(head.subarray(4));
		const noise = noisePiece();
		while (left > 0) {
			const piece = noise.subarray(0, Math.min(left, PIECE_BYTES));
			sum = crc32(piece, sum);
			await writer.write(piece);
			left -= piece.length;
		}
		await writer.write(chunkSum(sum));
		await writer.write(png.subarray(-TAIL_BYTES));
		await writer.close();
	});
	return new Response(body, { headers: headersOf(type, length) });
}

/** Returns bytes that do not compress. */
function noisePiece(): Uint8Array {
	return crypto.getRandomValues(new Uint8Array(PIECE_BYTES));
}
