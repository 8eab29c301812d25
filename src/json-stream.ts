import { base64Length, writeBase64 } from "./images/base64.ts";
import { headAll } from "./images/bucket.ts";
import { PictureBytes, toJsonPieces } from "./openai/frames.ts";

/** JSON whose pictures are streamed from R2 into place, in constant memory. */

type Write = (chunk: Uint8Array) => Promise<void>;

const encoder = new TextEncoder();

/** Writes `value`, each picture's base64 where it belongs. Rejects where a picture is missing. */
export const writeJson = async (value: unknown, bucket: R2Bucket, write: Write): Promise<void> => {
	let text = "";
	for (const piece of toJsonPieces(value)) {
		if (typeof piece === "string") {
			text += piece;
			continue;
		}
		await write(encoder.encode(text));
		text = "";
		const object = await bucket.get(piece.key);
		if (object === null) throw new Error(`${piece.key} is missing`);
		await writeBase64(object.body, write);
	}
	await write(encoder.encode(text));
};

/** The length of what `writeJson` writes, in bytes. */
export const jsonLength = (value: unknown): number => {
	let length = 0;
	for (const piece of toJsonPieces(value)) {
		length += piece instanceof PictureBytes ? base64Length(piece.bytes) : encoder.encode(piece).byteLength;
	}
	return length;
};

/** Whether all pictures in `value` are there: asked before the first byte, so that a missing one is an error and not cut JSON. */
export const hasAllPictures = async (value: unknown, bucket: R2Bucket): Promise<boolean> => {
	const pictures = [...toJsonPieces(value)].filter((piece) => piece instanceof PictureBytes);
	const objects = await headAll(
		bucket,
		pictures.map(({ key }) => key),
	);
	return objects.every((object, index) => object !== null && object.size === pictures[index]?.bytes);
};
