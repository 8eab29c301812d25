/** Checks the mask that a request brings along, before anybody pays for an edit that it would spoil. */

import type { MaskFault } from "../../media/mask.ts";
import { checkStoredMask } from "../../media/stored-mask.ts";
import type { InputPicture } from "../../models/request.ts";

/**
 * Reads a stored mask to its end. Returns what is wrong with it; null for a good one, for a link, and for none. A mask behind a link is
 * fal's to read, or is checked when it is turned.
 */
export async function faultOfMask(bucket: R2Bucket, inputs: readonly InputPicture[]): Promise<MaskFault | null> {
	const mask = inputs.find(({ role }) => role === "mask")?.source;
	if (mask?.kind !== "stored") return null;
	const fault = await checkStoredMask(bucket, mask.key, null);
	if (fault === "gone") throw new Error("A mask is gone that was stored for this request.");
	return fault;
}
