/**
 * Reads the pictures that a request brings along: in fields of its body or of its image tool, and in the user's last message. All that
 * cannot be read as a picture is refused, since a picture that has nothing to do with it would be paid for nothing.
 */

import { typeOf } from "../../faults.ts";
import { isJsonObject, type Json, type JsonObject } from "../../json-value.ts";
import { type InvalidValue, invalid } from "../../models/fal-input.ts";
import type { InputRole } from "../../models/request.ts";
import { err, ok, type Result } from "../../result.ts";
import { toPlainName } from "../../text.ts";
import { fieldsOf, holdsSomething, imageToolOf, isList } from "./body-fields.ts";
import { conversationsOf } from "./conversation-items.ts";
import { roleOfName } from "./picture-names.ts";
import {
	type FoundSource,
	isSurelyPicture,
	picturesInField,
	picturesWithin,
	type SourceFault,
	sourcesOf,
} from "./picture-source.ts";
import type { GivenPicture } from "./wanted-picture.ts";

/** The parts of a request that ask for an edit. */
export interface BroughtAlong {
	/** The pictures of the request, in their order. */
	readonly attached: readonly GivenPicture[];
	readonly action: Action;
	/** The Response that this one goes on from. */
	readonly previousResponse: string | null;
}

/** OpenAI's word for what is made of the pictures of a conversation, and the field that it stands in. */
export interface Action {
	readonly is: "edit" | "generate" | "auto";
	readonly param: string;
}

/** A conversation brings no more, whatever it holds. The model's own bound is checked later. */
const MAX_READ_PICTURES = 64;

/**
 * Reads what a body brings along. Pictures in earlier messages are history, and empty values are nothing.
 * @param linked The pictures in the person's words
 */
export function readBroughtAlong(
	body: JsonObject,
	linked: Iterable<Result<FoundSource, SourceFault>> = [],
): Result<BroughtAlong, InvalidValue> {
	const tool = imageToolOf(body);
	const previous = readPrevious(body);
	if (!previous.ok) return previous;
	const attached: GivenPicture[] = [];
	const seen = new Set<string>();
	for (const found of [
		...picturesIn(body),
		...(tool ? picturesIn(tool.tool, tool.path) : []),
		...picturesOfConversation(body),
		...toWanted(linked, "image"),
	]) {
		if (!found.ok) return found;
		const { role, source } = found.value;
		// Some clients write one picture under two names. As another role it means something else.
		const text = `${role} ${source.kind === "data" ? source.text : source.kind === "link" ? source.url : ""}`;
		if (seen.has(text)) continue;
		seen.add(text);
		if (attached.length < MAX_READ_PICTURES) attached.push(found.value);
	}
	const action = readAction(body, tool);
	if (!action.ok) return action;
	return ok({
		attached,
		action: action.value,
		previousResponse: previous.value,
	});
}

/** Beside other fields than a Response's these are names of the client's own. */
function readPrevious(body: JsonObject): Result<string | null, InvalidValue> {
	const { conversation, previous_response_id: previous } = body;
	if (!("input" in body)) return ok(null);
	if (holdsSomething(conversation)) return invalid("conversation", { is: "stored_conversation" });
	if (previous === undefined || !holdsSomething(previous)) return ok(null);
	if (typeof previous === "string") return ok(previous.trim());
	return invalid("previous_response_id", { is: "type", expected: ["string"], got: typeOf(previous) });
}

const ACTIONS = ["generate", "edit", "auto"] as const;

/** The tool is OpenAI's, which knows three words. In the body of another API the field may be the client's own, and mean something else. */
function readAction(body: JsonObject, tool: ReturnType<typeof imageToolOf>): Result<Action, InvalidValue> {
	const path = `${tool?.path}action`;
	const own = tool?.tool.action;
	if (holdsSomething(own)) {
		if (typeof own !== "string") return invalid(path, { is: "type", expected: ["string"], got: typeOf(own) });
		const word = toAction(own);
		if (word === undefined) return invalid(path, { is: "not_one_of", allowed: ACTIONS, got: own });
		if (word !== "auto") return ok({ is: word, param: path });
	}
	const word = typeof body.action === "string" ? toAction(body.action) : undefined;
	return ok({ is: word ?? "auto", param: "action" });
}

function toAction(text: string): Action["is"] | undefined {
	const plain = text.trim().toLowerCase();
	return ACTIONS.find((action) => action === plain);
}

type Found = Result<GivenPicture, InvalidValue>;

function wantedOf(value: Json, role: InputRole, path: string): Generator<Found> {
	return toWanted(sourcesOf(value, path), role);
}

function* toWanted(sources: Iterable<Result<FoundSource, SourceFault>>, role: InputRole): Generator<Found> {
	for (const found of sources) {
		yield found.ok
			? ok({ role, ...found.value })
			: err({ kind: "invalid_value", param: found.error.param, fault: found.error.fault });
	}
}

/** Read as a conversation, part by part. */
const CONVERSATION: ReadonlySet<string> = new Set(["messages", "input", "content", "parts"]);

/** Yields the pictures of the fields whose names are names of pictures, and those that others hold, by what their names tell. */
function* picturesIn(object: JsonObject, path = ""): Generator<Found> {
	for (const { plain, value, path: param, isNest } of fieldsOf(object, path)) {
		const role = roleOfName(plain);
		if (role !== null) yield* wantedOf(value, role, param);
		else if (!isNest && !CONVERSATION.has(plain)) yield* toWanted(picturesInField(plain, value, param), "image");
	}
}

/** Looks into the user's last messages and at what comes after them, under the name that the conversation has in each API. */
function* picturesOfConversation(body: JsonObject): Generator<Found> {
	for (const { item, path, place } of conversationsOf(body).flat()) {
		if (place === "last") yield* picturesInMessage(item, path);
		// An input that stands outside of a message belongs to the request, wherever it stands.
		else if (isOfType(item, /^(?:input_(?:image|file|audio|video)|image|image_url)$/))
			yield* picturesInPart(item, path);
	}
}

/** Yields the pictures in the parts and fields of a message. */
export function* picturesInMessage(message: JsonObject, path: string): Generator<Found> {
	const { content, parts, attachments } = message;
	yield* picturesIn(message, `${path}.`);
	if (attachments !== undefined) yield* wantedOf(attachments, "image", `${path}.attachments`);
	yield* picturesInParts(content, `${path}.content`);
	// The AI SDK's messages of a page have them here, with or without a content.
	yield* picturesInParts(parts, `${path}.parts`);
}

function* picturesInParts(parts: Json | undefined, path: string): Generator<Found> {
	if (!isList(parts)) yield* picturesInPart(parts, path);
	else for (const [index, part] of parts.entries()) yield* picturesInPart(part, `${path}[${index}]`);
}

/** The types of parts and items that are no words, in any API's words for them. */
const PICTURE_TYPE = /image|picture|photo|screenshot/i;
const FILE_TYPE = /file|document|audio|video|media/i;
const OTHER_TYPE = /text|tool|function|think|reason|citation|search/i;
const SOUND_TYPE = /audio|video/i;
/** Tells a label that says something from one that does not, and one of an image from those of other files. */
const MEDIA_TYPE = { says: /\/(?!octet-stream)/i, image: /^image\//i };
const FILE_NAME = { says: /\.\w{2,5}$/, image: /\.(?:png|jpe?g|webp|gif|avif|bmp|heic)$/i };
/** The fields that tell what a file is. */
const LABELS: ReadonlyMap<string, typeof MEDIA_TYPE> = new Map([
	["mediatype", MEDIA_TYPE],
	["mimetype", MEDIA_TYPE],
	["contenttype", MEDIA_TYPE],
	["filename", FILE_NAME],
	["name", FILE_NAME],
]);

function* picturesInPart(part: Json | undefined, path: string): Generator<Found> {
	if (!isJsonObject(part)) return;
	const named = [...fieldsOf(part, `${path}.`)].flatMap((field) => {
		const role = roleOfName(field.plain);
		return role === null ? [] : [...wantedOf(field.value, role, field.path)];
	});
	if (named.length > 0) yield* named;
	else if (isOfType(part, PICTURE_TYPE)) yield* wantedOf(withoutType(part), "image", path);
	else if (!isOfType(part, OTHER_TYPE)) yield* picturesInOtherPart(part, path);
}

/** Gemini's `inline_data`, MCP's `resource`, a file that is an image, and whatever else a client has. */
function* picturesInOtherPart(part: JsonObject, path: string): Generator<Found> {
	const isFile = isOfType(part, FILE_TYPE);
	const all = [...picturesWithin(withoutType(part), path)];
	const found = isFile && !isImageFile(part, all) ? [] : all;
	if (isFile && found.length === 0 && holdsSomething(part)) yield invalid(path, { is: "picture_file" });
	yield* toWanted(found, "image");
}

/** True for a file that its media type or its name calls an image, or that is called nothing and surely is one. */
function isImageFile(part: JsonObject, found: readonly Result<FoundSource, SourceFault>[]): boolean {
	const labels = [...labelsOf(part)];
	if (labels.length > 0) return labels.includes(true);
	return !isOfType(part, SOUND_TYPE) && found.every((one) => one.ok && isSurelyPicture(one.value.source));
}

/** Yields for each label of a file whether it calls it an image. */
function* labelsOf(part: JsonObject): Generator<boolean> {
	for (const [name, value] of Object.entries(part)) {
		if (isJsonObject(value)) yield* labelsOf(value);
		if (typeof value !== "string") continue;
		const label = LABELS.get(toPlainName(name));
		if (label?.says.test(value)) yield label.image.test(value);
	}
}

function withoutType({ type: _, detail: __, ...part }: JsonObject): JsonObject {
	return part;
}

function isOfType({ type }: JsonObject, pattern: RegExp): boolean {
	return typeof type === "string" && pattern.test(type);
}
