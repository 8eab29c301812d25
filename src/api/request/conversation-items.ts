/** Finds the messages and items of a conversation, under the name that it has in each API. */

import { isJsonObject, type Json, type JsonObject } from "../../json-value.ts";
import { extractSize } from "../../prompt/size-in-prose.ts";
import { holdsSomething, isList } from "./body-fields.ts";
import { isOnlyLinks } from "./linked-pictures.ts";

/** A message of a conversation, or another item of it. */
export interface Entry {
	readonly item: JsonObject;
	/** As errors name it: `messages[2]`. */
	readonly path: string;
	/** The messages of the user's last turn are `last`. Without one all entries stand `behind`. */
	readonly place: "before" | "last" | "behind";
}

/** Returns the conversations of a body, each as its entries. One message may stand alone, without a list around it. */
export function conversationsOf(body: JsonObject): readonly (readonly Entry[])[] {
	return ["messages", "input"].flatMap((path) => {
		const items = body[path];
		if (isList(items)) return [entriesOf(items, path)];
		return isJsonObject(items) ? [entriesOf([items], path)] : [];
	});
}

function entriesOf(items: readonly Json[], path: string): readonly Entry[] {
	const turn = turnOf(items);
	const last = turn.at(-1) ?? 0;
	const inTurn = new Set(turn);
	return items.flatMap((item, index) => {
		if (!isJsonObject(item)) return [];
		const place = inTurn.has(index) ? "last" : index < last ? "before" : "behind";
		return [{ item, path: `${path}[${index}]`, place }];
	});
}

/**
 * Returns the indexes of the messages of the user's last turn, in their order: the last one, and those before it that have no answer and
 * complete it, since bots and phones send pictures and words apart.
 */
export function turnOf(items: readonly Json[]): readonly number[] {
	const last = items.findLastIndex(isOfUser);
	if (last < 0) return [];
	const turn = [last];
	// A message that the schema refuses stays as it is.
	let isComplete = !isReadable(items[last]) || isAWish(textOf(items[last]));
	for (let at = last - 1; at >= 0; at -= 1) {
		const item = items[at];
		if (isSilent(item)) continue;
		const text = textOf(item);
		if (!isOfUser(item) || (isComplete && !isOnlyPictures(text))) break;
		isComplete ||= isAWish(text);
		turn.push(at);
	}
	return turn.toReversed();
}

function isReadable(message: Json | undefined): boolean {
	const content = isJsonObject(message) ? message.content : undefined;
	if (typeof content === "string") return true;
	return (
		isList(content) &&
		content.every(
			(part) => typeof part === "string" || (isJsonObject(part) && (!isText(part) || typeof part.text === "string")),
		)
	);
}

/** The answer that a client keeps for one that failed. */
function isSilent(item: Json | undefined): boolean {
	return isJsonObject(item) && roleOf(item) === "assistant" && !holdsSomething({ ...item, role: null });
}

/** A longer message says more than a picture or a size. In UTF-16 units. */
const MAX_SHORT_CHARS = 4_000;

/** False for a picture or a size alone: it belongs to other words. */
function isAWish(text: string): boolean {
	if (isOnlyPictures(text)) return false;
	return text.length > MAX_SHORT_CHARS || extractSize(text).prompt.trim() !== "";
}

function isOnlyPictures(text: string): boolean {
	return text.trim() === "" || (text.length <= MAX_SHORT_CHARS && isOnlyLinks(text));
}

/** Returns the words of a message as it was sent. */
export function textOf(message: Json | undefined): string {
	if (!isJsonObject(message)) return "";
	const { content, parts = null } = message;
	const all = content ?? parts;
	return (isList(all) ? all : [all])
		.map(textOfPart)
		.filter((text) => text !== "")
		.join("\n");
}

const TEXT_TYPE = /^\s*(?:(?:in|out)put_)?text\s*$/i;

function textOfPart(part: Json): string {
	if (typeof part === "string") return part;
	return isJsonObject(part) && isText(part) && typeof part.text === "string" ? part.text : "";
}

function isText({ type = "text" }: JsonObject): boolean {
	return typeof type === "string" && TEXT_TYPE.test(type);
}

function isOfUser(item: Json | undefined): boolean {
	return isJsonObject(item) && roleOf(item) === "user";
}

/** Returns the role of a message in lower case; null for an item without one. */
export function roleOf({ role }: JsonObject): string | null {
	return typeof role === "string" ? role.trim().toLowerCase() : null;
}
