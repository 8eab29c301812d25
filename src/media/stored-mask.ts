/** Checks and turns masks that lie in R2, and brings a mask there that lies elsewhere. */
import { piecesOf } from "../http/pieces.ts";
import { err, ok, type Result } from "../result.ts";
import { keyOfTurned, type MaskColour } from "./keys.ts";
import { checkMask, type Dimensions, type MaskFault, turnMask } from "./mask.ts";
import { putStream } from "./put-stream.ts";
import { openSource, type PictureFailure, type SourceOptions } from "./source.ts";

/** A mask that fal can be given. */
export interface TurnedMask {
	readonly key: string;
	readonly contentType: "image/png";
	readonly bytes: number;
}

const PNG = "image/png";
/** OpenAI takes 4 MB, and pictures of 50. */
const MAX_MASK_BYTES = 50 * 1024 * 1024;
const PIECE_BYTES = 64 * 1024;
/** A turned mask of up to so many bytes is held until its length is known. A larger one is turned once more: R2 wants the length first. */
const MAX_HELD_BYTES = 1024 * 1024;

/** Reads a mask to its end. Returns what is wrong with it; null for a good one. @throws whatever R2 throws */
export function checkStoredMask(
	bucket: R2Bucket,
	key: string,
	wanted: Dimensions | null,
): Promise<MaskFault | "gone" | null> {
	return withPieces(bucket, key, (pieces) => checkMask(pieces, wanted));
}

/**
 * Stores the turned form of a mask beside it, in constant memory. It may run again: what is there already is the same.
 * @throws whatever R2 throws
 */
export async function storeTurned(
	bucket: R2Bucket,
	maskKey: string,
	colour: MaskColour,
	wanted: Dimensions | null,
): Promise<Result<TurnedMask, MaskFault | "gone">> {
	const key = keyOfTurned(maskKey, colour);
	const earlier = await bucket.head(key);
	if (earlier !== null) return ok({ key, contentType: PNG, bytes: earlier.size });

	const held: Uint8Array[] = [];
	let bytes = 0;
	const fault = await turnStored(bucket, maskKey, colour, wanted, async (piece) => {
		bytes += piece.length;
		if (bytes > MAX_HELD_BYTES) held.length = 0;
		else held.push(piece);
	});
	if (fault !== null) return err(fault);
	const options = { httpMetadata: { contentType: PNG } };
	if (bytes <= MAX_HELD_BYTES) {
		await bucket.put(key, new Blob(held), options);
		return ok({ key, contentType: PNG, bytes });
	}
	const { readable, writable } = new FixedLengthStream(bytes);
	const writer = writable.getWriter();
	const turning = turnStored(bucket, maskKey, colour, wanted, (piece) => writer.write(piece)).then(
		() => writer.close(),
		(error: unknown) => writer.abort(error),
	);
	await Promise.all([bucket.put(key, readable, options), turning]);
	return ok({ key, contentType: PNG, bytes });
}

function turnStored(
	bucket: R2Bucket,
	key: string,
	colour: MaskColour,
	wanted: Dimensions | null,
	write: (piece: Uint8Array) => Promise<void>,
): Promise<MaskFault | "gone" | null> {
	return withPieces(bucket, key, async (pieces) => {
		const turning = turnMask(pieces, colour, wanted);
		let step = await turning.next();
		for (; step.done !== true; step = await turning.next()) await write(step.value);
		return step.value;
	});
}

async function withPieces<T>(
	bucket: R2Bucket,
	key: string,
	read: (pieces: AsyncGenerator<Uint8Array>) => Promise<T>,
): Promise<T | "gone"> {
	const object = await bucket.get(key);
	if (object === null) return "gone";
	const pieces = piecesOf(object.body, PIECE_BYTES);
	try {
		return await read(pieces);
	} finally {
		await pieces.return(undefined);
	}
}

/** Brings a mask into R2 from its public address, once. @throws whatever R2 throws */
export async function fetchMask(
	bucket: R2Bucket,
	key: string,
	url: string,
	options: Omit<SourceOptions, "maxBytes">,
): Promise<PictureFailure | null> {
	if ((await bucket.head(key)) !== null) return null;
	const opened = await openSource({ url }, { ...options, maxBytes: MAX_MASK_BYTES });
	if (!opened.ok) return opened.error;
	const { body, length } = opened.value;
	// It is what it is only when it is read.
	const metadata = { httpMetadata: { contentType: PNG } };
	try {
		await putStream(bucket, key, { head: new Uint8Array(), body, length }, metadata, options.signal);
		return null;
	} catch {
		return { why: "The mask was cut short.", retryFor: "a_day" };
	}
}
