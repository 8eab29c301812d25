/** Keeps the thumbnails that clients bring, each beside its picture and for as long. */

import type { Thumbnail } from "../core/events.ts";
import type { BroughtThumbnail } from "../core/inputs.ts";
import { err, ok, type Result } from "../result.ts";
import { keyOfThumbnail } from "./keys.ts";
import { withRetry } from "./part-upload.ts";
import { PictureEnd } from "./picture-end.ts";
import { type InputFault, type SniffedInput, sniffInput } from "./sniff-input.ts";

/** A thumbnail of 480 pixels has a tenth of it. */
export const MAX_THUMBNAIL_BYTES = 64 * 1024;

/** Tells the format of a thumbnail by its bytes, or what is wrong with them. */
export function sniffThumbnail(bytes: Uint8Array): Result<SniffedInput["contentType"], InputFault> {
	const sniffed = sniffInput(bytes);
	if (!sniffed.ok) return sniffed;
	const end = new PictureEnd();
	end.push(bytes);
	return end.isMissing ? err({ is: "picture_cut" }) : ok(sniffed.value.contentType);
}

/** Puts a thumbnail, once: one that is there stays, and is returned. It may run again after a crash. */
export async function putThumbnail(
	bucket: R2Bucket,
	job: string,
	{ index, contentType, bytes }: BroughtThumbnail,
): Promise<Thumbnail> {
	const key = keyOfThumbnail({ job, index });
	const options = { onlyIf: { etagDoesNotMatch: "*" }, httpMetadata: { contentType } };
	const stored = (await withRetry(() => bucket.put(key, bytes, options))) ?? (await bucket.head(key));
	if (stored === null) throw new Error("the thumbnail vanished from R2");
	return { index, key, contentType: stored.httpMetadata?.contentType ?? contentType, bytes: stored.size };
}
