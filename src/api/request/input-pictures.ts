/**
 * Finds the picture that a request brings along. Darkroom draws from words alone so far: it refuses such a request, since a picture that
 * has nothing to do with the one that was sent would be paid for nothing.
 */

import type { Fault } from "../../faults.ts";
import type { InvalidValue } from "../../models/fal-input.ts";
import type { Json, JsonObject } from "../../models/request.ts";
import { listOf } from "../../text.ts";
import { fieldsOf, holdsSomething, imageToolOf, isJsonObject, isList } from "./body-fields.ts";

/**
 * Returns the fault of the first picture that the request is about: in a field of the body or of its image tool, in the user's last
 * message, or in a Response or a conversation that it goes on from. Pictures in earlier messages are history, and empty values are nothing.
 */
export function findInputPicture(body: JsonObject): InvalidValue | null {
	const tool = imageToolOf(body);
	const path = pictureIn(body) ?? (tool && pictureIn(tool.tool, tool.path)) ?? pictureInConversation(body);
	if (path !== null) return blame(path, "picture");
	if (holdsSomething(body.previous_response_id)) return blame("previous_response_id", "earlier_response");
	// Beside other fields than a Response's a conversation is a name of the client's own.
	if ("input" in body && holdsSomething(body.conversation)) return blame("conversation", "earlier_response");
	if (isEdit(body)) return blame("action", "edit");
	return tool !== null && isEdit(tool.tool) ? blame(`${tool.path}action`, "edit") : null;
}

function blame(param: string, is: Fault<"picture" | "edit" | "earlier_response">["is"]): InvalidValue {
	return { kind: "invalid_value", param, fault: { is } };
}

function isEdit({ action }: JsonObject): boolean {
	return typeof action === "string" && action.trim().toLowerCase() === "edit";
}

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

/** Returns the path of the first field that holds a picture. */
function pictureIn(object: JsonObject, path = ""): string | null {
	for (const field of fieldsOf(object, path)) {
		if (PICTURE_NAME.test(field.plain) && holdsSomething(field.value)) return field.path;
	}
	return null;
}

/** Looks into the user's last message and at what comes after it, under the name that the conversation has in each API. */
function pictureInConversation(body: JsonObject): string | null {
	return pictureAmong(body.messages, "messages") ?? pictureAmong(body.input, "input");
}

function pictureAmong(items: Json | undefined, path: string): string | null {
	if (!isList(items)) return null;
	const last = items.findLastIndex(isOfUser);
	for (const [index, item] of items.entries()) {
		if (!isJsonObject(item)) continue;
		const itemPath = `${path}[${index}]`;
		const found =
			index === last ? pictureInMessage(item, itemPath) : isPictureItem(item, index > last) ? itemPath : null;
		if (found !== null) return found;
	}
	return null;
}

function isOfUser(item: Json): boolean {
	return isJsonObject(item) && typeof item.role === "string" && item.role.trim().toLowerCase() === "user";
}

function pictureInMessage(message: JsonObject, path: string): string | null {
	const { content, attachments } = message;
	const own = pictureIn(message, `${path}.`) ?? (holdsSomething(attachments) ? `${path}.attachments` : null);
	if (own !== null || content === undefined) return own;
	if (!isList(content)) return pictureInPart(content, `${path}.content`);
	for (const [index, part] of content.entries()) {
		const found = pictureInPart(part, `${path}.content[${index}]`);
		if (found !== null) return found;
	}
	return null;
}

/** The types of parts and items that are no words, in any API's words for them. */
const FILE_TYPE = /image|picture|photo|screenshot|file|document|audio|video|media/i;

function pictureInPart(part: Json, path: string): string | null {
	if (!isJsonObject(part)) return null;
	const named = pictureIn(part, `${path}.`);
	if (named !== null) return named;
	return isOfType(part, FILE_TYPE) && holdsSomething(part) ? path : null;
}

function isOfType({ type }: JsonObject, pattern: RegExp): boolean {
	return typeof type === "string" && pattern.test(type);
}

/**
 * True for an item of `input` that the request is about: an input that stands outside of a message, or a picture of an earlier Response
 * that is called by its id. With more than its id, or before the user's last message, such a picture is a part of the history.
 */
function isPictureItem(item: JsonObject, isAfterLastMessage: boolean): boolean {
	if (isOfType(item, /^input_(?:image|file|audio|video)$/)) return holdsSomething(item);
	if (isOfType(item, /^image_generation_call$/)) return isAfterLastMessage || !("result" in item || "status" in item);
	return (
		isAfterLastMessage && isOfType(item, /^item_reference$/) && typeof item.id === "string" && item.id.startsWith("ig_")
	);
}
