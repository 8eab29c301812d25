/** Answers with words what asks for no picture, in the language of whoever asks. */

import { type Language, languageOf, preferredLanguage } from "../../language.ts";
import { answerHiddenRequest } from "../../prompt/hidden-requests.ts";
import { isGreeting, wantsAWord } from "../../prompt/probes.ts";
import { WORDS } from "../../words/index.ts";
import type { Asked } from "./asked.ts";

/** A message without words, such as a size alone, is in the language of one of so many before it. */
const MAX_EARLIER = 10;

/** Returns the language of the user's last words, or else the one that the client prefers. @param header `Accept-Language` */
export function languageOfAsked({ said, messages }: Asked, header: string | null): Language {
	const earlier = messages.flatMap(({ role, text }) => (role === "user" ? [text] : [])).slice(-MAX_EARLIER);
	const found = [said, ...earlier.toReversed()].map(languageOf).find((language) => language !== null);
	return found ?? preferredLanguage(header);
}

/** Returns the text that answers a client's hidden request or a probe; null for what a person asks. */
export function answerProbe({ messages, said, maxTokens }: Asked, language: Language): string | null {
	const hidden = answerHiddenRequest(messages);
	if (hidden !== null) return hidden;
	const { help, noRoom } = WORDS[language];
	if (isGreeting(said)) return help;
	return wantsAWord(said, maxTokens) ? noRoom : null;
}
