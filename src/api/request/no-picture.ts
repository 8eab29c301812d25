/** Answers with words what asks for no picture, in the language of whoever asks. */

import { isJsonObject, type Json, type JsonObject, parseJsonText } from "../../json-value.ts";
import { type Language, languageOf, preferredLanguage } from "../../language.ts";
import { answerHiddenRequest, chatOf } from "../../prompt/hidden-requests.ts";
import { fillSchema } from "../../prompt/json-answer.ts";
import { isGreeting, wantsAWord } from "../../prompt/probes.ts";
import { isRemark } from "../../prompt/refers.ts";
import { WORDS } from "../../words/index.ts";
import type { Asked } from "./asked.ts";
import { imageToolOf } from "./body-fields.ts";
import type { ForcedTool } from "./forced-tool.ts";
import { linksIn, withoutLinks } from "./linked-pictures.ts";

/** A message without words, such as a size alone, is in the language of one of so many before it. */
const MAX_EARLIER = 10;
/** A message's words lie no deeper in a body. */
const MAX_DEPTH = 5;
/** In a body that may be faulty: a message may bring 16 pictures, each in a part of its own. */
const MAX_LOOKS = 200;

/** Returns the language of the user's last words, or else the one that the client prefers. @param header `Accept-Language` */
export function languageOfAsked({ said, messages }: Asked, header: string | null): Language {
	const earlier = messages.flatMap(({ role, text }) => (role === "user" ? [text] : [])).slice(-MAX_EARLIER);
	const found = [said, ...earlier.toReversed()].map(languageOf).find((language) => language !== null);
	return found ?? preferredLanguage(header);
}

/**
 * Returns the language of a body that may be faulty, by its prompt or else by the last words of the user.
 * @param header `Accept-Language`
 */
export function languageOfSent({ prompt, input, messages }: JsonObject, header: string | null): Language {
	const left = { looks: MAX_LOOKS };
	for (const words of [prompt, input, messages]) {
		const found = languageIn(words, left);
		if (found !== null) return found;
	}
	return preferredLanguage(header);
}

/** Looks into lists from their ends, since pictures may stand behind the words. @param left Counts the values that may still be looked at */
function languageIn(value: unknown, left: { looks: number }, depth = 0): Language | null {
	left.looks -= 1;
	if (left.looks < 0 || depth > MAX_DEPTH) return null;
	if (typeof value === "string") return languageOf(value);
	if (Array.isArray(value)) {
		for (let at = value.length - 1; at >= 0 && left.looks > 0; at -= 1) {
			const found = languageIn(value[at], left, depth + 1);
			if (found !== null) return found;
		}
		return null;
	}
	if (typeof value !== "object" || value === null || isOfAnother(Reflect.get(value, "role"))) return null;
	return languageIn(Reflect.get(value, "text") ?? Reflect.get(value, "content"), left, depth + 1);
}

function isOfAnother(role: unknown): boolean {
	return typeof role === "string" && role.toLowerCase() !== "user";
}

/**
 * Returns the text that answers a client's hidden request, one for JSON or a probe; null for what a person asks.
 * @param sent The body, which may want JSON
 */
export function answerProbe({ messages, said, maxTokens }: Asked, sent: JsonObject, language: Language): string | null {
	const hidden = answerHiddenRequest(messages);
	const { help, noRoom, noJson } = WORDS[language];
	const format = jsonFormatOf(sent);
	if (format !== null) {
		if (hidden !== null && isJson(hidden)) return hidden;
		const { schema } = format;
		return JSON.stringify(schema === null ? { message: hidden ?? noJson } : fillSchema(schema, chatOf(messages)));
	}
	if (hidden !== null) return hidden;
	const words = withoutLinks(said, linksIn(said));
	if (isGreeting(words) || (goesOn(messages, sent) && isRemark(words))) return help;
	return wantsAWord(words, maxTokens) ? noRoom : null;
}

/** `so beautiful` is a remark behind an answer, and a wish before one. */
function goesOn(messages: Asked["messages"], { previous_response_id: previous }: JsonObject): boolean {
	return typeof previous === "string" || messages.filter(({ role }) => role === "user").length > 1;
}

/** Returns the arguments for a function that must be called, in JSON. */
export function argumentsFor({ parameters }: ForcedTool, { messages }: Asked): string {
	return JSON.stringify(fillSchema(parameters, chatOf(messages)));
}

/** No person who wants a picture asks for JSON: a client does, for titles and the like. */
interface JsonFormat {
	/** Null for JSON of any shape. */
	readonly schema: Json;
}

/** Reads `response_format` of a chat, or `text.format` of a Response without the tool for pictures. */
function jsonFormatOf(sent: JsonObject): JsonFormat | null {
	const { response_format, text } = sent;
	const named = isJsonObject(text) && imageToolOf(sent) === null ? text.format : response_format;
	const format = typeof named === "string" ? { type: named } : named;
	if (!isJsonObject(format)) return null;
	const { type, schema, json_schema: own } = format;
	if (type === "json_object") return { schema: null };
	if (type !== "json_schema") return null;
	return { schema: schema ?? (isJsonObject(own) ? own.schema : null) ?? null };
}

function isJson(text: string): boolean {
	return typeof parseJsonText(text) === "object";
}
