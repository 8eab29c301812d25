/** Finds the messages and items of a conversation, under the name that it has in each API. */

import { isJsonObject, type Json, type JsonObject } from "../../json-value.ts";
import { isList } from "./body-fields.ts";

/** A message of a conversation, or another item of it. */
export interface Entry {
	readonly item: JsonObject;
	/** As errors name it: `messages[2]`. */
	readonly path: string;
	/** The user's last message is `last`. Without one all entries stand `behind`. */
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
	const last = items.findLastIndex(isOfUser);
	return items.flatMap((item, index) => {
		if (!isJsonObject(item)) return [];
		const place = index < last ? "before" : index === last ? "last" : "behind";
		return [{ item, path: `${path}[${index}]`, place }];
	});
}

function isOfUser(item: Json): boolean {
	return isJsonObject(item) && roleOf(item) === "user";
}

/** Returns the role of a message in lower case; null for an item without one. */
export function roleOf({ role }: JsonObject): string | null {
	return typeof role === "string" ? role.trim().toLowerCase() : null;
}
