/** Names the stored pictures of the logs that tests play, and shows where frames refer to their bytes. */

import { PictureBytes, toJsonPieces } from "../../src/api/answer/frames.ts";

/** Returns the link of a picture, as `link` of logs.ts makes it. */
export function urlOf(index: number): string {
	return `https://gateway.test/images/1/${index}.png?exp=1802592000&sig=s${index}`;
}

export function bytesOf(index: number): PictureBytes {
	return new PictureBytes({ key: `images/1/${index}.png`, bytes: 3 });
}

/** Writes a value as JSON with `<key>` in the place of each picture's base64. */
export function writeWithKeys(value: unknown): string {
	return [...toJsonPieces(value)].map((piece) => (typeof piece === "string" ? piece : `<${piece.key}>`)).join("");
}
