/** Chooses what is shown of the gateway's words about a failure: they are in the language of the request, and the page may be in another. */

import { type Language, languageOf } from "../../language.ts";
import { ownPartOf } from "../../words/job-errors.ts";

export interface Told {
	readonly text: string;
	readonly language: Language;
}

/**
 * Returns the words in the page's language, or else those that nobody else can say. Null if there are none.
 * @param hasReason the page says the reason in words of its own
 */
export function toldIn(message: string, page: Language, hasReason: boolean): Told | null {
	if (message === "") return null;
	const own = ownPartOf(message);
	const language = languageOf(message.slice(0, own)) ?? page;
	if (language === page || !hasReason) return { text: message, language };
	const ofFal = message.slice(own).trim();
	return ofFal === "" ? null : { text: ofFal, language: languageOf(ofFal) ?? "en" };
}
