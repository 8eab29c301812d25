/** Knows the names that clients and gateways give to fields with pictures. */

import type { InputRole } from "../../models/request.ts";
import { listOf } from "../../text.ts";

/** The words of such names as `input_image_urls`, `reference_images`, `init_images`, `image_2`, `mask_b64` and `markup`. */
const OWNERS = listOf(
	"input, init, source, src, base, original, start, reference, ref, style, subject, control, controlnet, guide",
	"structure, composition, pose, depth, ipadapter, face, person, human, garment, product, background, mask",
);
const NOUNS = listOf("image, images, img, imgs, picture, pictures, photo, photos");
const ENDS = listOf(
	"url, urls, uri, uris, data, datauri, b64, base64, b64json, bytes, file, files, fileid, fileids, id, ids",
	"input, inputs, reference, references, prompt, prompts, mask, masks",
);
const WHOLE = ["markup", "subjectreference", "styleimageref"];

const PICTURE_NAME = new RegExp(
	`^(?:(?:${OWNERS.join("|")}){0,2}(?:${NOUNS.join("|")})(?:${ENDS.join("|")})?|masks?(?:${ENDS.join("|")})?|${WHOLE.join("|")})\\d*$`,
);

/** Returns what a field's picture is for; null for a name of something else. @param plain Without case and separators */
export function roleOfName(plain: string): InputRole | null {
	if (!PICTURE_NAME.test(plain)) return null;
	return plain.includes("mask") ? "mask" : plain.startsWith("markup") ? "markup" : "image";
}
