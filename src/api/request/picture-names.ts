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
	"input, inputs, reference, references, mask, masks",
);
const WHOLE = listOf("markup, subjectreference, styleimageref, fileids");

const PICTURE_NAME = new RegExp(
	`^(?:(?:${OWNERS.join("|")}){0,2}(?:${NOUNS.join("|")})(?:${ENDS.join("|")})?|masks?(?:${ENDS.join("|")})?|${WHOLE.join("|")})\\d*$`,
);

/** Returns what a field's picture is for; null for a name of something else. @param plain Without case and separators */
export function roleOfName(plain: string): InputRole | null {
	if (!PICTURE_NAME.test(plain)) return null;
	return toRole(plain);
}

/** A text counts as a picture if it is its bytes, any address, or an address that ends as a picture's does. The first of several counts. */
const PROOFS = ["bytes", "address", "ending"] as const;
export type Proof = (typeof PROOFS)[number];

/** Tells of the pictures in a field, by its name and those of the objects around it. */
export interface Naming {
	readonly role: InputRole;
	readonly proof: Proof;
}

/** May stand behind a noun, as in Luma's `style_image_ref`, Kling's `subject_image_list` and `image_tail`, and `original_image_2x`. */
const TAILS = listOf(
	"urls?, uris?, links?, srcs?, sources?, data, b64, base64, bytes, blobs?, files?, lists?, arrays?, inputs?, refs?, references?",
	"contexts?, prompts?, tail, head, start, end, front, back, left, right, first, last, subject, style, person, face, [abx0-9]",
);
/** Other names of pictures: `cref`, `style_reference`, `first_frame`, `personUrl`, KIE's `filesUrl`. */
const WITHOUT_NOUN = listOf(
	"(?:.+(?<!page|h)refs?|.+(?<!page|p)references?|refs|.*[^i]frame|frames)(?:urls?|[0-9])*",
	"(?:files?|input|pics?|face|person|selfie|garment|pose)(?:list|urls?)?",
	"references?(?:urls)?",
);
const TELLING = new RegExp(
	`(?:${NOUNS.join("|")}|masks?|sketch|attachments?)(?:${TAILS.join("|")})*$|^(?:${WITHOUT_NOUN.join("|")})$`,
);
/** A result goes to such an address, or it is a picture of somebody or in place of something. */
const STAND_IN =
	/callback|hook|notif|result|output|save(?!d)|^put|presigned|profile|default|fallback|holder|error|preview|thumb/;
/** And so with these, unless the name ends in a noun for a picture, as `logo_image`. */
const ELSEWHERE =
	/upload(?!ed|s$)|storage|bucket|destination|redirect|return|citation|page|^links?$|^app|avatar|icon|logo|^sources$/;

/** Returns what a field of any name says. @param around What the object around it says */
export function namingOf(plain: string, around?: Naming): Naming {
	const role = toRole(plain);
	const proofs = [proofOf(plain), around?.proof];
	return {
		role: role === "image" ? (around?.role ?? role) : role,
		proof: PROOFS.find((proof) => proofs.includes(proof)) ?? "ending",
	};
}

function proofOf(plain: string): Proof {
	if (STAND_IN.test(plain)) return "bytes";
	if (TELLING.test(plain)) return "address";
	return ELSEWHERE.test(plain) ? "bytes" : "ending";
}

/** These hold words, which may be an address: it is drawn, or says something to nobody. */
const WORDS: ReadonlySet<string> = new Set(
	listOf(
		"prompt, negativeprompt, input, content, text, query, instructions, system, user, name, title, id, caption, description",
	),
);
/** These hold no picture of this request. */
const CLOSED: ReadonlySet<string> = new Set(
	listOf("messages, history, metadata, meta, tools, functions, user, fal, citations, author, persona, theme, ui"),
);

/** True for a name under which no picture is looked for. @param holdsText The field is no object and no list */
export function isPassedOver(plain: string, holdsText: boolean): boolean {
	return (holdsText ? WORDS : CLOSED).has(plain);
}

function toRole(plain: string): InputRole {
	return plain.includes("mask") ? "mask" : plain.startsWith("markup") ? "markup" : "image";
}
