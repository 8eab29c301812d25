/** Writes JSON whose pictures are streamed from R2 into place, in constant memory. */

import { base64Length, writeBase64 } from "../../media/base64.ts";
import { headAll } from "../../media/read.ts";
import { PictureBytes, toJsonPieces } from "./frames.ts";

type Write = (chunk: Uint8Array) => Promise<void>;

/** Texts are joined until they are this long, and then written. */
const MAX_CHUNK_CHARS = 64 * 1024;

const encoder = new TextEncoder();

/** Writes a value as JSON, with each picture's base64 in its place. Rejects if a picture is missing. */
export function writeJson(value: unknown, bucket: R2Bucket, write: Write): Promise<void> {
	return writePieces(toJsonPieces(value), bucket, write);
}

/** Writes pieces in as few chunks as possible, since each is a turn of the runtime. Rejects if a picture is missing. */
export async function writePieces(
	pieces: Iterable<string | PictureBytes>,
	bucket: R2Bucket,
	write: Write,
): Promise<void> {
	let text = "";
	const flush = async () => {
		if (text !== "") await write(encoder.encode(text));
		text = "";
	};
	for (const piece of pieces) {
		if (typeof piece === "string") {
			text += piece;
			if (text.length >= MAX_CHUNK_CHARS) await flush();
			continue;
		}
		await flush();
		const object = await bucket.get(piece.key);
		if (object === null) throw new Error(`${piece.key} is missing`);
		await writeBase64(object.body, write);
	}
	await flush();
}

/** Returns the length of what `writeJson` writes, in bytes. */
export function jsonLength(value: unknown): number {
	let length = 0;
	for (const piece of toJsonPieces(value)) {
		length += piece instanceof PictureBytes ? base64Length(piece.bytes) : encoder.encode(piece).byteLength;
	}
	return length;
}

/** True if all pictures in a value are stored. Ask before the first byte: a missing picture is then an error and not cut JSON. */
export async function hasAllPictures(value: unknown, bucket: R2Bucket): Promise<boolean> {
	const pictures = [...toJsonPieces(value)].filter((piece) => piece instanceof PictureBytes);
	const objects = await headAll(
		bucket,
		pictures.map(({ key }) => key),
	);
	return objects.every((object, index) => object !== null && object.size === pictures[index]?.bytes);
}
