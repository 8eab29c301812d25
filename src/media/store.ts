import { MAX_OUTPUTS } from "../core/fal-answers.ts";
import { isConditional, select } from "../http/conditional.ts";
import { EXTENSIONS, SNIFF_BYTES, type Sniffed, sniff } from "./sniff.ts";
import {
	failure,
	type OpenSource,
	openSource,
	type PictureFailure,
	type PictureSource,
	type SourceOptions,
} from "./source.ts";

/** Which picture of which job. */
export interface PictureSlot {
	readonly job: string;
	/** From 0, in fal's order. */
	readonly index: number;
}

/** A picture in R2. */
export interface KeptPicture {
	readonly key: string;
	readonly contentType: string;
	readonly bytes: number;
	readonly width: number | null;
	readonly height: number | null;
}

export type StoreOutcome = { readonly ok: true; readonly image: KeptPicture } | PictureFailure;

export type StoreOptions = Pick<SourceOptions, "signal"> & Partial<SourceOptions>;

/** Larger pictures are not kept. */
export const MAX_PICTURE_BYTES = 64 * 1024 * 1024;

function prefixOf({ job, index }: PictureSlot): string {
	return `images/${job}/${index}.`;
}

/** The key of a picture by the file name in its link. */
export function keyOf(job: string, file: string): string {
	return `images/${job}/${file}`;
}

/** `<index>.<ext>`, as links name it. */
export function fileOf(key: string): string {
	return key.slice(key.lastIndexOf("/") + 1);
}

/**
 * Streams a picture into R2 in constant memory. It may be run again after a crash: a picture is put once, and the outcome is
 * the same. A picture cut short leaves nothing. Never throws.
 */
export async function storePicture(
	bucket: R2Bucket,
	slot: PictureSlot,
	source: PictureSource,
	{ signal, maxBytes = MAX_PICTURE_BYTES, plainHttpOrigin = null, fetch: ask = fetch }: StoreOptions,
): Promise<StoreOutcome> {
	const run = async (): Promise<StoreOutcome> => {
		const opened = await openSource(source, { signal, maxBytes, plainHttpOrigin, fetch: ask });
		return opened.ok ? store(bucket, slot, opened, signal) : opened;
	};
	const outcome = await withinSignal(run(), signal);
	if (outcome.ok) return outcome;
	// An earlier run may have stored, and crashed before it could tell, what can no longer be fetched.
	const earlier = await findStored(bucket, slot);
	return earlier === null ? outcome : { ok: true, image: earlier };
}

/** The signal wins also over what does not listen to it, such as R2. */
async function withinSignal(running: Promise<StoreOutcome>, signal: AbortSignal): Promise<StoreOutcome> {
	const { promise: tooLong, resolve } = Promise.withResolvers<StoreOutcome>();
	const stop = () => resolve(failure("Storing the picture took too long."));
	signal.addEventListener("abort", stop);
	if (signal.aborted) stop();
	try {
		return await Promise.race([running, tooLong]);
	} finally {
		signal.removeEventListener("abort", stop);
	}
}

async function store(
	bucket: R2Bucket,
	slot: PictureSlot,
	{ body, length }: OpenSource,
	signal: AbortSignal,
): Promise<StoreOutcome> {
	try {
		const head = await readHead(body, signal);
		const sniffed = sniff(head);
		const key = `${prefixOf(slot)}${sniffed.extension}`;
		const stored = (await putOnce(bucket, key, sniffed, { head, body, length }, signal)) ?? (await bucket.head(key));
		return stored === null ? failure("The picture vanished from R2.") : { ok: true, image: toKept(stored) };
	} catch {
		return failure("The picture was cut short, or R2 did not take it.");
	} finally {
		// Nothing where it was read to its end.
		body.cancel().catch(() => {});
	}
}

/** A body whose beginning has been read. */
interface BegunBody {
	readonly head: Uint8Array;
	readonly body: ReadableStream<Uint8Array>;
	readonly length: number;
}

/** Null: the key exists, and was left as it is. */
async function putOnce(
	bucket: R2Bucket,
	key: string,
	{ contentType, width, height }: Sniffed,
	begun: BegunBody,
	signal: AbortSignal,
): Promise<R2Object | null> {
	const { readable, writable } = new FixedLengthStream(begun.length);
	const over = new AbortController();
	// Not awaited: it ends by itself or is ended below, and its failures reach the put.
	void pump(begun, writable, AbortSignal.any([signal, over.signal]));
	try {
		return await bucket.put(key, readable, {
			onlyIf: { etagDoesNotMatch: "*" },
			httpMetadata: { contentType },
			customMetadata: width === null || height === null ? {} : { width: String(width), height: String(height) },
		});
	} finally {
		// A refused put leaves the stream locked and unread: without this the pump would wait for ever. After a whole put it does nothing.
		over.abort();
	}
}

/**
 * The runtime moves the bytes, as R2 takes them: read here, they came 4 KB at a time. A failure breaks the stream, so the put rejects
 * and keeps nothing.
 */
async function pump(
	{ head, body }: BegunBody,
	writable: WritableStream<Uint8Array>,
	signal: AbortSignal,
): Promise<void> {
	try {
		const writer = writable.getWriter();
		await writer.write(head);
		writer.releaseLock();
		await body.pipeTo(writable, { signal });
	} catch (error) {
		await writable.abort(error).catch(() => {});
	}
}

/** As much of the beginning as tells what the picture is. */
async function readHead(body: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<Uint8Array> {
	const reader = body.getReader({ mode: "byob" });
	const stop = () => {
		reader.cancel().catch(() => {});
	};
	signal.addEventListener("abort", stop);
	try {
		const { value } = await reader.readAtLeast(SNIFF_BYTES, new Uint8Array(SNIFF_BYTES));
		return value ?? new Uint8Array();
	} finally {
		signal.removeEventListener("abort", stop);
		reader.releaseLock();
	}
}

async function findStored(bucket: R2Bucket, slot: PictureSlot): Promise<KeptPicture | null> {
	try {
		const { objects } = await bucket.list({ prefix: prefixOf(slot), limit: 1 });
		const [found] = objects;
		const stored = found === undefined ? null : await bucket.head(found.key);
		return stored === null ? null : toKept(stored);
	} catch {
		return null;
	}
}

function toKept({ key, size, httpMetadata, customMetadata }: R2Object): KeptPicture {
	return {
		key,
		contentType: httpMetadata?.contentType ?? "application/octet-stream",
		bytes: size,
		width: toPixels(customMetadata?.width),
		height: toPixels(customMetadata?.height),
	};
}

function toPixels(text: string | undefined): number | null {
	return text === undefined ? null : Number(text);
}

/** The objects in the order of the keys; null where there is none. */
export function headAll(bucket: R2Bucket, keys: readonly string[]): Promise<readonly (R2Object | null)[]> {
	return Promise.all(keys.map((key) => bucket.head(key)));
}

/**
 * Deletes all pictures of a job, those too that were stored by an instance which died before it could tell. Each key that they can
 * have is named: deleting is free, present or not, and a list costs as much as a put.
 */
export function deletePictures(bucket: R2Bucket, job: string): Promise<void> {
	return bucket.delete(
		Array.from({ length: MAX_OUTPUTS }, (_, index) =>
			EXTENSIONS.map((extension) => `${prefixOf({ job, index })}${extension}`),
		).flat(),
	);
}

/** What there is of a picture for a request. */
export type OpenedPicture =
	| { readonly kind: "missing" }
	| { readonly kind: "not_modified" | "unsatisfiable" | "head"; readonly object: R2Object }
	| { readonly kind: "whole"; readonly object: R2ObjectBody }
	| { readonly kind: "part"; readonly object: R2ObjectBody; readonly offset: number; readonly length: number };

/**
 * Reads a picture as a request's `If-None-Match`, `Range` and `If-Range` want it. These are understood here and not by R2, which
 * throws for what it cannot parse: a second read is made only where they are given. A stored picture never changes in between.
 */
export async function openPicture(
	bucket: R2Bucket,
	key: string,
	{ method, headers }: Pick<Request, "method" | "headers">,
): Promise<OpenedPicture> {
	const isHead = method === "HEAD";
	if (!isHead && !isConditional(headers)) {
		const object = await bucket.get(key);
		return object === null ? { kind: "missing" } : { kind: "whole", object };
	}
	const known = await bucket.head(key);
	if (known === null) return { kind: "missing" };
	const selection = select(headers, known.httpEtag, known.size);
	if (selection.kind === "not_modified") return { kind: "not_modified", object: known };
	// A range has a meaning for GET only.
	if (isHead) return { kind: "head", object: known };
	if (selection.kind === "unsatisfiable") return { kind: "unsatisfiable", object: known };
	const { offset, length } = selection.kind === "part" ? selection : { offset: 0, length: known.size };
	const object = await bucket.get(key, { range: { offset, length } });
	if (object === null) return { kind: "missing" };
	return selection.kind === "part" ? { kind: "part", object, offset, length } : { kind: "whole", object };
}
