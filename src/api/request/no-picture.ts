/** Answers with words what asks for no picture, in the language of whoever asks. */

import type { JsonObject } from "../../json-value.ts";
import { type Language, languageOf, preferredLanguage } from "../../language.ts";
import { answerHiddenRequest } from "../../prompt/hidden-requests.ts";
import { isGreeting, wantsAWord } from "../../prompt/probes.ts";
import { WORDS } from "../../words/index.ts";
import type { Asked } from "./asked.ts";

/** A message without words, such as a size alone, is in the language of one of so many before it. */
const MAX_EARLIER = 10;
/** A message's words lie no deeper in a body. */
const MAX_DEPTH = 5;

/** Returns the language of the user's last words, or else the one that the client prefers. @param header `Accept-Language` */
export function languageOfAsked({ said, messages }: Asked, header: string | null): Language {
	const earlier = messages.flatMap(({ role, text }) => (role === "user" ? [text] : [])).slice(-MAX_EARLIER);
	const found = [said, ...earlier.toReversed()].map(languageOf).find((language) => language !== null);
	return found ?? preferredLanguage(header);
}

/**
 * Returns the language of a body that may be faulty, by the words of its last message or its prompt.
 * @param header `Accept-Language`
 */
export function languageOfSent({ prompt, input, messages }: JsonObject, header: string | null): Language {
	const found = [prompt, input, messages].map(wordsIn).map(languageOf);
	return found.find((language) => language !== null) ?? preferredLanguage(header);
}

/** Returns a text, or the text of the last entry of a list. */
function wordsIn(value: unknown, depth = 0): string {
	if (typeof value === "string") return value;
	if (depth > MAX_DEPTH) return "";
	if (Array.isArray(value)) return wordsIn(value.at(-1), depth + 1);
	if (typeof value !== "object" || value === null) return "";
	return wordsIn(Reflect.get(value, "text") ?? Reflect.get(value, "content"), depth + 1);
}

/** Returns the text that answers a client's hidden request or a probe; null for what a person asks. */
export function answerProbe({ messages, said, maxTokens }: Asked, language: Language): string | null {
	const hidden = answerHiddenRequest(messages);
	if (hidden !== null) return hidden;
	const { help, noRoom } = WORDS[language];
	if (isGreeting(said)) return help;
	return wantsAWord(said, maxTokens) ? noRoom : null;
}
