/** Streams bytes of a known length into R2, in constant memory. */

/** A body whose beginning may have been read. */
export interface BegunBody {
	/** Empty if nothing was read. */
	readonly head: Uint8Array;
	readonly body: ReadableStream<Uint8Array>;
	/** Of both. */
	readonly length: number;
}

/** Returns null if a condition of `options` does not hold; the object is then as it was. Rejects, and keeps nothing, if the body breaks off. */
export async function putStream(
	bucket: R2Bucket,
	key: string,
	begun: BegunBody,
	options: R2PutOptions,
	signal: AbortSignal,
): Promise<R2Object | null> {
	const { readable, writable } = new FixedLengthStream(begun.length);
	const putEnded = new AbortController();
	// Not awaited: it ends by itself or is ended below, and its failures reach the put.
	void pump(begun, writable, AbortSignal.any([signal, putEnded.signal]));
	try {
		return await bucket.put(key, readable, options);
	} finally {
		// A refused put leaves the stream locked and unread: without this the pump would wait for ever. After a whole put it does nothing.
		putEnded.abort();
	}
}

/**
 * Lets the runtime move the bytes as R2 takes them: read here, they came 4 KB at a time. A failure breaks the stream, so the put
 * rejects and keeps nothing.
 */
async function pump(
	{ head, body }: BegunBody,
	writable: WritableStream<Uint8Array>,
	signal: AbortSignal,
): Promise<void> {
	try {
		await writeHead(head, writable, signal);
		await body.pipeTo(writable, { signal });
	} catch (error) {
		await writable.abort(error).catch(() => {});
	}
}

/** A write waits until R2 reads: a put that was refused never does, so that only the abort ends the wait. */
async function writeHead(head: Uint8Array, writable: WritableStream<Uint8Array>, signal: AbortSignal): Promise<void> {
	if (head.length === 0) return;
	const writer = writable.getWriter();
	const stop = () => {
		writer.abort(signal.reason).catch(() => {});
	};
	signal.addEventListener("abort", stop);
	try {
		await writer.write(head);
	} finally {
		signal.removeEventListener("abort", stop);
		writer.releaseLock();
	}
}
