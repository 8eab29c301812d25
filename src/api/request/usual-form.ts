/** Brings a conversation into the one form that the bodies' schemas have: clients and gateways write it in several. */

import { isJsonObject, type Json, type JsonObject } from "../../json-value.ts";
import { isList } from "./body-fields.ts";
import { textOf, turnOf } from "./conversation-items.ts";

/** Returns a body with its conversation in OpenAI's usual form. What is no conversation stays as it is, for the schema to refuse. */
export function toUsualForm(body: JsonObject): JsonObject {
	const { messages, input } = body;
	return {
		...body,
		...(messages === undefined ? {} : { messages: toMessages(messages) }),
		...(input === undefined ? {} : { input: toMessages(isList(input) ? joinBareParts(input) : input) }),
	};
}

/** One message may stand alone, without a list around it. */
function toMessages(value: Json): Json {
	if (isList(value)) return withWholeTurn(value.map(toMessage));
	return isJsonObject(value) && "role" in value ? [toMessage(value)] : value;
}

/** The user's last message says what the messages of its turn say. */
function withWholeTurn(messages: readonly Json[]): readonly Json[] {
	const turn = turnOf(messages);
	const at = turn.at(-1) ?? 0;
	const last = messages[at];
	if (turn.length < 2 || !isJsonObject(last)) return messages;
	const texts = turn.map((index) => textOf(messages[index])).filter((text) => text.trim() !== "");
	return messages.with(at, { ...last, content: texts.join("\n") });
}

function toMessage(message: Json): Json {
	if (!isJsonObject(message)) return message;
	const { role, content } = message;
	return {
		...message,
		...(typeof role === "string" ? { role: role.trim().toLowerCase() } : {}),
		...(content === undefined ? {} : { content: toContent(content) }),
	};
}

/** One part may stand alone, and a part of words may be no more than its words. */
function toContent(content: Json): Json {
	if (isJsonObject(content) && ("type" in content || "text" in content)) return [toPart(content)];
	return isList(content) ? content.map(toPart) : content;
}

function toPart(part: Json): Json {
	if (typeof part === "string") return { type: "text", text: part };
	if (!isJsonObject(part) || typeof part.text !== "string") return part;
	const { type = "text" } = part;
	return { ...part, type: typeof type === "string" ? type.trim().toLowerCase() : type };
}

const TEXT_TYPES: readonly Json[] = ["input_text", "text"];

/** A Response's input may hold parts of words that stand in no message. Those beside each other are one message of the user. */
function joinBareParts(items: readonly Json[]): readonly Json[] {
	const joined: Json[] = [];
	let bare: Json[] = [];
	const flush = () => {
		if (bare.length > 0) joined.push({ role: "user", content: bare });
		bare = [];
	};
	for (const item of items) {
		if (isBarePart(item)) bare.push(item);
		else {
			flush();
			joined.push(item);
		}
	}
	flush();
	return joined;
}

function isBarePart(item: Json): boolean {
	if (typeof item === "string") return true;
	if (!isJsonObject(item) || "role" in item || typeof item.text !== "string") return false;
	return item.type === undefined || TEXT_TYPES.includes(item.type);
}
