/** Serves fal's storage: a place for an upload, the upload itself, and the file on the CDN, until its lifetime ends. */
import { keyNameOf, keyRefusalOf } from "./accounts.ts";
import type { Env } from "./env.ts";
import { isRecord, readJson } from "./json.ts";
import { detail } from "./refusals.ts";

/** One file. Its bytes lie beside it, in pieces. */
export type Upload = {
	id: string;
	name: string;
	contentType: string;
	/** Null for ever. */
	expiresAt: number | null;
};

/** A piece fits into a row. */
const PIECE_BYTES = 1024 * 1024;
const BUCKET = "fal-cdn-v3";
/** Keys that may use the queue, and not the storage: it does not exist for them, or has no time. */
const NO_STORAGE: Readonly<Record<string, number>> = { "no-storage-key": 404, "busy-storage-key": 503 };

/** Returns `undefined` for an address that is none of the storage's. */
export async function serveStorage(request: Request, url: URL, env: Env): Promise<Response | undefined> {
	const [, part, id = ""] = /^\/storage\/(upload\/initiate|uploads|files)(?:\/([^/]+))?/.exec(url.pathname) ?? [];
	switch (`${request.method} ${part}`) {
		case "POST upload/initiate":
			return initiate(request, url, env);
		case "PUT uploads":
			return take(request, id, env);
		case "GET files":
		case "HEAD files":
			return serve(request, id, env);
		default:
			return undefined;
	}
}

async function initiate(request: Request, url: URL, env: Env): Promise<Response> {
	const body = readJson(await request.text());
	const refusal = await keyRefusalOf(request, "spends", env);
	if (refusal) return refusal;
	const status = NO_STORAGE[keyNameOf(request)];
	if (status !== undefined) return detail(status, status === 404 ? "Not Found" : "Service unavailable");
	const { content_type: contentType, file_name: name } = isRecord(body) ? body : {};
	if (url.searchParams.get("storage_type") !== BUCKET) return detail(422, "Unknown storage type");
	if (typeof contentType !== "string" || typeof name !== "string") return detail(422, "Field required");
	const id = crypto.randomUUID();
	await ledgerOf(env).addUpload({ id, name, contentType, expiresAt: expiryOf(request) });
	return Response.json({
		upload_url: `${url.origin}/storage/uploads/${id}?signature=${crypto.randomUUID()}`,
		file_url: `${url.origin}/storage/files/${id}/${encodeURIComponent(name)}`,
	});
}

/** fal takes 0 for never. */
function expiryOf({ headers }: Request): number | null {
	const lifecycle = readJson(headers.get("x-fal-object-lifecycle") ?? "");
	const seconds = isRecord(lifecycle) ? Number(lifecycle.expiration_duration_seconds) : Number.NaN;
	return seconds > 0 ? Date.now() + seconds * 1000 : null;
}

/** A bucket refuses what its signed address does not name: a key, another type, a body of unknown length. */
async function take(request: Request, id: string, env: Env): Promise<Response> {
	const upload = await ledgerOf(env).upload(id);
	const { headers } = request;
	if (!upload) return new Response("NoSuchUpload", { status: 404 });
	if (headers.has("authorization") || headers.get("content-type") !== upload.contentType)
		return new Response("SignatureDoesNotMatch", { status: 403 });
	if (!headers.has("content-length") || !request.body) return new Response("MissingContentLength", { status: 411 });
	let piece = new Uint8Array(PIECE_BYTES);
	let filled = 0;
	let pieces = 0;
	for await (const chunk of request.body) {
		for (let at = 0; at < chunk.length; ) {
			const step = Math.min(PIECE_BYTES - filled, chunk.length - at);
			piece.set(chunk.subarray(at, at + step), filled);
			filled += step;
			at += step;
			if (filled < PIECE_BYTES) continue;
			await ledgerOf(env).addPiece(id, pieces, piece);
			pieces += 1;
			piece = new Uint8Array(PIECE_BYTES);
			filled = 0;
		}
	}
	await ledgerOf(env).addPiece(id, pieces, piece.subarray(0, filled));
	return new Response(null, { status: 200 });
}

async function serve(request: Request, id: string, env: Env): Promise<Response> {
	const bytes = await storedFile(id, env);
	if (!bytes) return new Response("Not Found", { status: 404 });
	const upload = await ledgerOf(env).upload(id);
	const headers = { "content-type": upload?.contentType ?? "", "content-length": String(bytes.length) };
	return new Response(request.method === "HEAD" ? null : bytes, { headers });
}

/** Returns null for a file that is not there, or not any more. */
export async function storedFile(id: string, env: Env): Promise<Uint8Array<ArrayBuffer> | null> {
	const upload = await ledgerOf(env).upload(id);
	if (!upload || (upload.expiresAt !== null && upload.expiresAt <= Date.now())) return null;
	const pieces = await ledgerOf(env).pieces(id);
	return pieces.length === 0 ? null : new Uint8Array(await new Blob(pieces).arrayBuffer());
}

function ledgerOf({ LEDGER }: Env) {
	return LEDGER.getByName("ledger");
}
