/** Streams pictures into R2, each once, and deletes them. */
import type { StoreRetry } from "../core/schedule.ts";
import { err, ok, type Result } from "../result.ts";
import { allKeysOf, isPictureKey, keyOfSlot, type PictureSlot, prefixOfSlot } from "./keys.ts";
import { putStream } from "./put-stream.ts";
import { SNIFF_BYTES, sniff } from "./sniff.ts";
import { type OpenSource, openSource, type PictureFailure, type PictureSource, type SourceOptions } from "./source.ts";

/** A picture in R2. */
export interface StoredPicture {
	readonly key: string;
	readonly contentType: string;
	readonly bytes: number;
	readonly width: number | null;
	readonly height: number | null;
}

export type StoreOutcome = Result<StoredPicture, PictureFailure>;

/** `signal` stops a picture on its way; `giveUp` also ends the wait for R2, which may still take it. Absent: both are one. */
export type StoreOptions = Pick<SourceOptions, "signal"> & Partial<SourceOptions> & { readonly giveUp?: AbortSignal };

/** Larger pictures are not stored. */
const MAX_PICTURE_BYTES = 64 * 1024 * 1024;

/**
 * Streams a picture into R2 in constant memory. It may run again after a crash: a picture is put once, and the outcome is the same. A
 * picture cut short leaves nothing. Never throws.
 */
export async function storePicture(
	bucket: R2Bucket,
	slot: PictureSlot,
	source: PictureSource,
	{
		signal,
		giveUp = signal,
		maxBytes = MAX_PICTURE_BYTES,
		queueOrigin = null,
		fetch: fetchSource = fetch,
	}: StoreOptions,
): Promise<StoreOutcome> {
	const run = async (): Promise<StoreOutcome> => {
		const opened = await openSource(source, { signal, maxBytes, queueOrigin, fetch: fetchSource });
		if (!opened.ok) return opened;
		// Bytes that the result holds are the same the next time. A server may have said something in place of the picture.
		const isFixed = "bytes" in source || "dataUri" in source || /^data:/i.test(source.url);
		return putSource(bucket, slot, opened.value, signal, isFixed ? "never" : "a_day");
	};
	const outcome = await withinSignal(run(), giveUp);
	if (outcome.ok) return outcome;
	// An earlier run may have stored the picture and crashed before it could report that. The source may be gone by now.
	const earlier = await findStored(bucket, slot);
	return earlier === null ? outcome : ok(earlier);
}

/** Ends the wait at an abort, also for work that does not listen to the signal, such as R2's. */
async function withinSignal(running: Promise<StoreOutcome>, signal: AbortSignal): Promise<StoreOutcome> {
	const { promise: aborted, resolve } = Promise.withResolvers<StoreOutcome>();
	const stop = () => resolve(err({ why: "Storing the picture took too long.", retryFor: "a_day" }));
	signal.addEventListener("abort", stop);
	if (signal.aborted) stop();
	try {
		return await Promise.race([running, aborted]);
	} finally {
		signal.removeEventListener("abort", stop);
	}
}

async function putSource(
	bucket: R2Bucket,
	slot: PictureSlot,
	{ body, length }: OpenSource,
	signal: AbortSignal,
	retryText: StoreRetry,
): Promise<StoreOutcome> {
	try {
		const head = await readHead(body, signal);
		const sniffed = sniff(head);
		if (sniffed === null) return err({ why: "A text came in place of the picture.", retryFor: retryText });
		const key = keyOfSlot(slot, sniffed.extension);
		const { contentType, width, height } = sniffed;
		const options = {
			onlyIf: { etagDoesNotMatch: "*" },
			httpMetadata: { contentType },
			customMetadata: width === null || height === null ? {} : { width: String(width), height: String(height) },
		};
		const stored = (await putStream(bucket, key, { head, body, length }, options, signal)) ?? (await bucket.head(key));
		if (stored === null) return err({ why: "The picture vanished from R2.", retryFor: "a_day" });
		return ok(toStoredPicture(stored));
	} catch {
		return err({ why: "The picture was cut short, or R2 did not take it.", retryFor: "a_day" });
	} finally {
		// This does nothing to a body that was read to its end.
		body.cancel().catch(() => {});
	}
}

/** Reads as much of the beginning as tells the picture's format. */
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

async function findStored(bucket: R2Bucket, slot: PictureSlot): Promise<StoredPicture | null> {
	try {
		const { objects } = await bucket.list({ prefix: prefixOfSlot(slot), limit: 2 });
		const found = objects.find(({ key }) => isPictureKey(key));
		const stored = found === undefined ? null : await bucket.head(found.key);
		return stored === null ? null : toStoredPicture(stored);
	} catch {
		return null;
	}
}

function toStoredPicture({ key, size, httpMetadata, customMetadata }: R2Object): StoredPicture {
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

/**
 * Deletes all pictures and thumbnails of a job, also those that were stored by an instance which died before it could report them. It names each key
 * that they can have: deleting is free, present or not, and a list costs as much as a put.
 */
export function deletePictures(bucket: R2Bucket, job: string): Promise<void> {
	return bucket.delete(allKeysOf(job));
}
