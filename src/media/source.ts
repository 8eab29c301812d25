/** Opens a picture at its source, and finds out its length, which R2 must know before the first byte. */
import type { StoreRetry } from "../core/schedule.ts";
import { err, ok, type Result } from "../result.ts";

/**
 * A `url` is `https:` or `data:`; it is `http:` only from a loopback host, which has the simulator, or from the one origin that the
 * options allow.
 */
export type PictureSource = { readonly url: string } | { readonly dataUri: string } | { readonly bytes: Uint8Array };

export interface SourceOptions {
	/** Ends the work, with a failure that may be tried again. */
	readonly signal: AbortSignal;
	readonly maxBytes: number;
	readonly fetch: typeof fetch;
	/** One more origin from which plain http is fetched: that of a simulator on another host. */
	readonly plainHttpOrigin: string | null;
}

/** Says why a picture could not be had. */
export interface PictureFailure {
	/** Safe to show: it holds no address. */
	readonly why: string;
	/** `never`: another try cannot help. `a_minute`: the address says that nothing is there; it may be early, but does not come back. */
	readonly retryFor: StoreRetry;
}

/** A picture that is ready to be read. Its owner reads `body` to the end or cancels it. */
export interface OpenSource {
	readonly body: ReadableStream<Uint8Array>;
	/** In bytes, as announced or measured; the body may break the promise. */
	readonly length: number;
}

type Opened = Result<OpenSource, PictureFailure>;

/** A percent-encoded byte takes three characters. */
const DATA_URI_CHARS_PER_BYTE = 3;
/** Room for a `data:` address's media type. */
const DATA_URI_HEADER_CHARS = 1024;

/** Opens a picture. Never throws. */
export async function openSource(source: PictureSource, options: SourceOptions): Promise<Opened> {
	if ("bytes" in source) return openBytes(source.bytes, options.maxBytes);
	if ("dataUri" in source) return openDataUri(source.dataUri, options.maxBytes);
	const url = URL.parse(source.url);
	if (url?.protocol === "data:") return openDataUri(source.url, options.maxBytes);
	if (url !== null && isFetchable(url, options)) return openUrl(url.href, options);
	return err({ why: "The picture's address is of a kind that is not fetched.", retryFor: "never" });
}

function isFetchable({ protocol, origin, hostname }: URL, { plainHttpOrigin }: SourceOptions): boolean {
	return protocol === "https:" || (protocol === "http:" && (LOOPBACK.test(hostname) || origin === plainHttpOrigin));
}

const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])$/;

function openBytes(bytes: Uint8Array, maxBytes: number): Opened {
	if (bytes.byteLength > maxBytes) return tooLarge(maxBytes);
	const { body } = new Response(bytes);
	if (body === null || bytes.byteLength === 0) return err({ why: "The picture is empty.", retryFor: "never" });
	return ok({ body, length: bytes.byteLength });
}

async function openDataUri(uri: string, maxBytes: number): Promise<Opened> {
	if (uri.length > maxBytes * DATA_URI_CHARS_PER_BYTE + DATA_URI_HEADER_CHARS) return tooLarge(maxBytes);
	try {
		// The platform decodes both forms, base64 and percent-encoded; nothing leaves the Worker.
		const response = await fetch(uri);
		return openBytes(await response.bytes(), maxBytes);
	} catch {
		return err({ why: "The picture's data: address cannot be decoded.", retryFor: "never" });
	}
}

async function openUrl(url: string, options: SourceOptions): Promise<Opened> {
	try {
		const first = await fetchPicture(url, options);
		if (!first.ok) return first;
		const { body, length } = first.value;
		if (length !== null) return checkLength({ body, length }, options.maxBytes);
		// Keeping the body to measure it could fill the memory. So read it once for its length only, then fetch it again to store it.
		const measured = await measure(body, options.maxBytes);
		if (measured === null) return tooLarge(options.maxBytes);
		const second = await fetchPicture(url, options);
		if (!second.ok) return second;
		return checkLength({ body: second.value.body, length: second.value.length ?? measured }, options.maxBytes);
	} catch {
		return err({ why: "The picture could not be fetched.", retryFor: "a_day" });
	}
}

/** A response's body, and its length if that was announced. */
interface FetchedPicture {
	readonly body: ReadableStream<Uint8Array>;
	readonly length: number | null;
}

async function fetchPicture(
	url: string,
	{ fetch, signal }: SourceOptions,
): Promise<Result<FetchedPicture, PictureFailure>> {
	// Unencoded, so that the announced length is that of the picture. No key goes to the CDN.
	const response = await fetch(url, { signal, headers: { accept: "image/*,*/*", "accept-encoding": "identity" } });
	const { body, headers, status } = response;
	if (status === 200 && body !== null) {
		const announced = headers.has("content-encoding") ? null : headers.get("content-length");
		return ok({ body, length: announced !== null && /^\d{1,15}$/.test(announced) ? Number(announced) : null });
	}
	await body?.cancel();
	const isGone = status === 404 || status === 410;
	return err({ why: `The picture's server answered ${status}.`, retryFor: isGone ? "a_minute" : "a_day" });
}

/** Cancels the body of a picture that is too large or empty. */
async function checkLength({ body, length }: OpenSource, maxBytes: number): Promise<Opened> {
	if (length > 0 && length <= maxBytes) return ok({ body, length });
	await body.cancel();
	// A picture of no bytes is a fault of its server, which may pass.
	return length > maxBytes ? tooLarge(maxBytes) : err({ why: "The picture is empty.", retryFor: "a_day" });
}

/** Returns null for more than `maxBytes`. Leaving the loop early cancels the body. */
async function measure(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<number | null> {
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.byteLength;
		if (bytes > maxBytes) return null;
	}
	return bytes;
}

function tooLarge(maxBytes: number): Opened {
	return err({ why: `The picture is larger than ${maxBytes} bytes.`, retryFor: "never" });
}
