/** Opens a picture at its source, and finds out its length, which R2 must know before the first byte. */
import type { StoreRetry } from "../core/schedule.ts";
import { toFetchable } from "../http/fetchable.ts";
import { err, ok, type Result } from "../result.ts";
import { decodeDataUri, isWithinBytes } from "./data-uri.ts";
import { type FileMeaning, meaningOfFile } from "./meaning.ts";

/** A `url` is a `data:` address, or one that `toFetchable` lets pass. */
export type PictureSource = { readonly url: string } | { readonly dataUri: string } | { readonly bytes: Uint8Array };

export interface SourceOptions {
	/** Ends the work, with a failure that may be tried again. */
	readonly signal: AbortSignal;
	readonly maxBytes: number;
	readonly fetch: typeof fetch;
	/** fal's queue, or the simulator that stands in for it: what is there may be fetched, though it is not public. */
	readonly queueOrigin: string | null;
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

/** Redirects of one picture. */
const MAX_REDIRECTS = 5;

/** Opens a picture. Never throws. */
export async function openSource(source: PictureSource, options: SourceOptions): Promise<Opened> {
	if ("bytes" in source) return openBytes(source.bytes, options.maxBytes);
	if ("dataUri" in source) return openDataUri(source.dataUri, options.maxBytes);
	if (/^data:/i.test(source.url)) return openDataUri(source.url, options.maxBytes);
	const url = toFetchable(source.url, options.queueOrigin);
	return url === null ? err(NOT_FETCHED) : openUrl(url.href, options);
}

const NOT_FETCHED: PictureFailure = {
	why: "The picture's address is of a kind that is not fetched.",
	retryFor: "never",
};

function openBytes(bytes: Uint8Array, maxBytes: number): Opened {
	if (bytes.byteLength > maxBytes) return tooLarge(maxBytes);
	const { body } = new Response(bytes);
	if (body === null || bytes.byteLength === 0) return err({ why: "The picture is empty.", retryFor: "never" });
	return ok({ body, length: bytes.byteLength });
}

function openDataUri(uri: string, maxBytes: number): Opened {
	if (!isWithinBytes(uri, maxBytes)) return tooLarge(maxBytes);
	const bytes = decodeDataUri(uri);
	if (bytes === null) return err({ why: "The picture's data: address cannot be decoded.", retryFor: "never" });
	return openBytes(bytes, maxBytes);
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

/** Follows redirects by hand: each address is checked like the first one. */
async function fetchPicture(
	url: string,
	{ fetch, signal, queueOrigin }: SourceOptions,
): Promise<Result<FetchedPicture, PictureFailure>> {
	let at = url;
	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
		// Unencoded, so that the announced length is that of the picture. No key goes to the CDN.
		const headers = { accept: "image/*,*/*", "accept-encoding": "identity" };
		const response = await fetch(at, { signal, redirect: "manual", headers });
		const { body, status } = response;
		const meaning = meaningOfFile(status);
		if (meaning === "whole" && body !== null) return ok({ body, length: announcedLength(response) });
		await body?.cancel();
		const location = meaning === "moved" ? response.headers.get("location") : null;
		if (location === null)
			return err({ why: `The picture's server answered ${status}.`, retryFor: patienceOf(meaning) });
		const next = toFetchable(location, queueOrigin, at);
		if (next === null) return err(NOT_FETCHED);
		at = next.href;
	}
	return err({ why: "The picture's server redirects too often.", retryFor: "a_minute" });
}

/** A whole answer without a body, and a redirect to nowhere, are faults that may pass. */
function patienceOf(meaning: FileMeaning): StoreRetry {
	return meaning === "whole" || meaning === "moved" ? "a_day" : meaning;
}

function announcedLength({ headers }: Response): number | null {
	const announced = headers.has("content-encoding") ? null : headers.get("content-length");
	return announced !== null && /^\d{1,15}$/.test(announced) ? Number(announced) : null;
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
