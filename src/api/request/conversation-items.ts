/** Finds the messages and items of a conversation, under the name that it has in each API. */

import type { Json, JsonObject } from "../../models/request.ts";
import { isJsonObject, isList } from "./body-fields.ts";

export interface Conversation {
	readonly items: readonly Json[];
	/** As errors name it. */
	readonly path: string;
}

/** Returns the lists of a body that are conversations. One message may stand alone, without a list around it. */
export function itemsOf(body: JsonObject): readonly Conversation[] {
	return ["messages", "input"].flatMap((path) => {
		const items = body[path];
		if (isList(items)) return [{ items, path }];
		return isJsonObject(items) ? [{ items: [items], path }] : [];
	});
}

export function isOfUser(item: Json): boolean {
	return isJsonObject(item) && roleOf(item) === "user";
}

/** Returns the role of a message in lower case; null for an item without one. */
export function roleOf({ role }: JsonObject): string | null {
	return typeof role === "string" ? role.trim().toLowerCase() : null;
}
