/** Answers a request for JSON, which no picture is: with the least that fits its schema. */

import { isJsonObject, type Json, type JsonObject } from "../json-value.ts";
import type { Chat } from "./clients/hidden-prompt.ts";

/** Leaves out whatever lies deeper. */
const MAX_DEPTH = 8;
/** So many fields are filled in all: each may repeat the person's words. */
const MAX_FIELDS = 100;

/** Fields that hold a text of some length. Others hold a word or two. */
const LONG = /summary|description|content|prompt|query|question|message/i;

interface Filling {
	readonly chat: Chat;
	fieldsLeft: number;
}

/** Returns a value for a JSON schema, with the person's words where a text is due. Of a list nothing, of alternatives the first. */
export function fillSchema(schema: Json | undefined, chat: Chat): Json {
	return fill(schema, { chat, fieldsLeft: MAX_FIELDS }, "", 0);
}

/** @param name The field that the value is for */
function fill(schema: Json | undefined, filling: Filling, name: string, depth: number): Json {
	if (!isJsonObject(schema) || depth > MAX_DEPTH) return null;
	const { const: only, enum: allowed, anyOf, oneOf, type, properties, minimum } = schema;
	if (only !== undefined) return only;
	const [first] = listed(allowed);
	if (first !== undefined) return first;
	const [alternative] = [...listed(anyOf), ...listed(oneOf)];
	if (alternative !== undefined) return fill(alternative, filling, name, depth + 1);
	switch (Array.isArray(type) ? type[0] : type) {
		case "string":
			return LONG.test(name) ? filling.chat.said : filling.chat.title;
		case "array":
			return [];
		case "number":
		case "integer":
			return typeof minimum === "number" ? minimum : 0;
		case "boolean":
			return false;
		case "null":
			return null;
		default:
			return isJsonObject(properties) ? fillFields(properties, filling, depth + 1) : {};
	}
}

function fillFields(properties: JsonObject, filling: Filling, depth: number): JsonObject {
	const fields = Object.entries(properties).slice(0, filling.fieldsLeft);
	filling.fieldsLeft -= fields.length;
	return Object.fromEntries(fields.map(([name, schema]) => [name, fill(schema, filling, name, depth)]));
}

function listed(value: Json | undefined): readonly Json[] {
	return Array.isArray(value) ? value : [];
}
