/**
 * Reads the pictures that a request brings along: in fields of its body or of its image tool, and in the user's last message. All that
 * cannot be read as a picture is refused, since a picture that has nothing to do with it would be paid for nothing.
 */

import { type Fault, typeOf } from "../../faults.ts";
import { isJsonObject, type Json, type JsonObject } from "../../json-value.ts";
import type { InvalidValue } from "../../models/fal-input.ts";
import type { InputRole } from "../../models/request.ts";
import { err, ok, type Result } from "../../result.ts";
import { fieldsOf, holdsSomething, imageToolOf, isList } from "./body-fields.ts";
import { conversationsOf } from "./conversation-items.ts";
import { roleOfName } from "./picture-names.ts";
import { sourcesOf } from "./picture-source.ts";
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

/** Reads what a body brings along. Pictures in earlier messages are history, and empty values are nothing. */
export function readBroughtAlong(body: JsonObject): Result<BroughtAlong, InvalidValue> {
	const tool = imageToolOf(body);
	const previous = readPrevious(body);
	if (!previous.ok) return previous;
	const attached: GivenPicture[] = [];
	const seen = new Set<string>();
	for (const found of [
		...picturesIn(body),
		...(tool ? picturesIn(tool.tool, tool.path) : []),
		...picturesOfConversation(body),
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

function invalid(param: string, fault: Fault): Result<never, InvalidValue> {
	return err({ kind: "invalid_value", param, fault });
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

function* wantedOf(value: Json, role: InputRole, path: string): Generator<Found> {
	for (const found of sourcesOf(value, path)) {
		yield found.ok
			? ok({ role, ...found.value })
			: err({ kind: "invalid_value", param: found.error.param, fault: found.error.fault });
	}
}

/** Yields the pictures of the fields whose names are names of pictures. */
function* picturesIn(object: JsonObject, path = ""): Generator<Found> {
	for (const field of fieldsOf(object, path)) {
		const role = roleOfName(field.plain);
		if (role !== null) yield* wantedOf(field.value, role, field.path);
	}
}

/** Looks into the user's last message and at what comes after it, under the name that the conversation has in each API. */
function* picturesOfConversation(body: JsonObject): Generator<Found> {
	for (const { item, path, place } of conversationsOf(body).flat()) {
		if (place === "last") yield* picturesInMessage(item, path);
		// An input that stands outside of a message belongs to the request, wherever it stands.
		else if (isOfType(item, /^input_(?:image|file|audio|video)$/)) yield* picturesInPart(item, path);
	}
}

function* picturesInMessage(message: JsonObject, path: string): Generator<Found> {
	const { content, attachments } = message;
	yield* picturesIn(message, `${path}.`);
	if (attachments !== undefined) yield* wantedOf(attachments, "image", `${path}.attachments`);
	if (content === undefined) return;
	if (!isList(content)) yield* picturesInPart(content, `${path}.content`);
	else for (const [index, part] of content.entries()) yield* picturesInPart(part, `${path}.content[${index}]`);
}

/** The types of parts and items that are no words, in any API's words for them. */
const PICTURE_TYPE = /image|picture|photo|screenshot/i;
const FILE_TYPE = /file|document|audio|video|media/i;

function* picturesInPart(part: Json, path: string): Generator<Found> {
	if (!isJsonObject(part)) return;
	const named = [...picturesIn(part, `${path}.`)];
	if (named.length > 0) yield* named;
	else if (isOfType(part, PICTURE_TYPE)) yield* wantedOf(withoutType(part), "image", path);
	else if (isOfType(part, FILE_TYPE) && holdsSomething(part)) yield invalid(path, { is: "picture_file" });
}

function withoutType({ type: _, detail: __, ...part }: JsonObject): JsonObject {
	return part;
}

function isOfType({ type }: JsonObject, pattern: RegExp): boolean {
	return typeof type === "string" && pattern.test(type);
}
