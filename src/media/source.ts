/** Where a picture comes from. */
export type PictureSource =
	/** `https:` or `data:`; `http:` from a loopback host, where the simulator is, or from the one origin that the options allow. */
	{ readonly url: string } | { readonly dataUri: string } | { readonly bytes: Uint8Array };

export interface SourceOptions {
	/** Ends the work, with a failure that may be tried again. */
	readonly signal: AbortSignal;
	readonly maxBytes: number;
	readonly fetch: typeof fetch;
	/** One more origin from which plain http is fetched: that of a simulator on another host. */
	readonly plainHttpOrigin: string | null;
}

/** Why a picture could not be had. `why` is safe to show: it holds no address. */
export interface PictureFailure {
	readonly ok: false;
	readonly why: string;
	/** Trying again cannot help. */
	readonly permanent: boolean;
	/** The address answered that nothing is there (any more). */
	readonly gone: boolean;
}

/** A picture on its way. Who gets it reads `body` to its end or cancels it. */
export interface OpenSource {
	readonly ok: true;
	readonly body: ReadableStream<Uint8Array>;
	/** In bytes, as announced or measured; the body may break the promise. */
	readonly length: number;
}

/** A percent-encoded byte takes three characters; some more for the media type. */
const DATA_URI_CHARS_PER_BYTE = 3;
const DATA_URI_HEADER_CHARS = 1024;

export function failure(why: string, { permanent = false, gone = false } = {}): PictureFailure {
	return {
		ok: false,
		why,
		permanent,
		gone,
	};
}

/** Opens a picture and finds out its length, which R2 must know before the first byte. Never throws. */
export async function openSource(source: PictureSource, options: SourceOptions): Promise<OpenSource | PictureFailure> {
	if ("bytes" in source) return openBytes(source.bytes, options.maxBytes);
	if ("dataUri" in source) return openDataUri(source.dataUri, options.maxBytes);
	const url = URL.parse(source.url);
	if (url?.protocol === "data:") return openDataUri(source.url, options.maxBytes);
	if (url !== null && isFetchable(url, options)) return openUrl(url.href, options);
	return failure("The picture's address is of a kind that is not fetched.", { permanent: true });
}

function isFetchable({ protocol, origin, hostname }: URL, { plainHttpOrigin }: SourceOptions): boolean {
	return protocol === "https:" || (protocol === "http:" && (LOOPBACK.test(hostname) || origin === plainHttpOrigin));
}

const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])$/;

function openBytes(bytes: Uint8Array, maxBytes: number): OpenSource | PictureFailure {
	if (bytes.byteLength > maxBytes) return tooLarge(maxBytes);
	const { body } = new Response(bytes);
	if (body === null || bytes.byteLength === 0) return failure("The picture is empty.", { permanent: true });
	return { ok: true, body, length: bytes.byteLength };
}

async function openDataUri(uri: string, maxBytes: number): Promise<OpenSource | PictureFailure> {
	if (uri.length > maxBytes * DATA_URI_CHARS_PER_BYTE + DATA_URI_HEADER_CHARS) return tooLarge(maxBytes);
	try {
		// The platform decodes both forms, base64 and percent-encoded; nothing leaves the Worker.
		const response = await fetch(uri);
		return openBytes(await response.bytes(), maxBytes);
	} catch {
		return failure("The picture's data: address cannot be decoded.", { permanent: true });
	}
}

async function openUrl(url: string, options: SourceOptions): Promise<OpenSource | PictureFailure> {
	try {
		const first = await request(url, options);
		if (!first.ok || first.length !== null) return withLength(first, options);
		// R2 must be told the length, and keeping the body to measure it could fill the memory: read it once for its length only,
		// then fetch it again to store it.
		const measured = await measure(first.body, options.maxBytes);
		if (measured === null) return tooLarge(options.maxBytes);
		const second = await request(url, options);
		return withLength(second.ok ? { ...second, length: second.length ?? measured } : second, options);
	} catch {
		return failure("The picture could not be fetched.");
	}
}

type Answer =
	| { readonly ok: true; readonly body: ReadableStream<Uint8Array>; readonly length: number | null }
	| PictureFailure;

async function request(url: string, { fetch, signal }: SourceOptions): Promise<Answer> {
	// Unencoded, so that the announced length is that of the picture. No key goes to the CDN.
	const response = await fetch(url, { signal, headers: { accept: "image/*,*/*", "accept-encoding": "identity" } });
	const { body, headers, status } = response;
	if (status === 200 && body !== null) {
		const announced = headers.has("content-encoding") ? null : headers.get("content-length");
		return { ok: true, body, length: announced !== null && /^\d{1,15}$/.test(announced) ? Number(announced) : null };
	}
	await body?.cancel();
	return failure(`The picture's server answered ${status}.`, { gone: status === 404 || status === 410 });
}

async function withLength(answer: Answer, { maxBytes }: SourceOptions): Promise<OpenSource | PictureFailure> {
	if (!answer.ok) return answer;
	const { body, length } = answer;
	if (length !== null && length > 0 && length <= maxBytes) return { ok: true, body, length };
	await body.cancel();
	return length !== null && length > maxBytes ? tooLarge(maxBytes) : empty();
}

/** Null: more than `maxBytes`. Leaving the loop early cancels the body. */
async function measure(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<number | null> {
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.byteLength;
		if (bytes > maxBytes) return null;
	}
	return bytes;
}

function tooLarge(maxBytes: number): PictureFailure {
	return failure(`The picture is larger than ${maxBytes} bytes.`, { permanent: true });
}

/** A picture of no bytes is a fault of its server, which may pass. */
function empty(): PictureFailure {
	return failure("The picture is empty.");
}
