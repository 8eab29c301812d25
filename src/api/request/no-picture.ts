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

/** Returns the text that answers a client's hidden request or a probe; null for what a person asks. */
export function answerProbe({ messages, said, maxTokens }: Asked, language: Language): string | null {
	const hidden = answerHiddenRequest(messages);
	if (hidden !== null) return hidden;
	const { help, noRoom } = WORDS[language];
	if (isGreeting(said)) return help;
	return wantsAWord(said, maxTokens) ? noRoom : null;
}
