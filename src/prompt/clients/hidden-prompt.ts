/** Describes the prompt of a hidden request, and the answers that several clients read. */

import type { Language } from "../../language.ts";

export interface HiddenPrompt {
	/** The message that holds the prompt: the user's last one, a system message, or either. */
	readonly sentAs: "user" | "system" | "either";
	/** Matches the message, without blanks at its start. */
	readonly pattern: RegExp;
	/** The words are those of many. They are read in simplified characters, and are none if they speak of a picture. */
	readonly ofAnyClient?: true;
	/** They may speak of one. */
	readonly ofPictures?: true;
	/** Returns the text of the answer, in the form that the client reads. */
	readonly answer: (chat: Chat) => string;
}

/** The chat that the request is about, as far as an answer may tell it. */
export interface Chat {
	readonly title: string;
	/** The person's own words; empty if there are none. */
	readonly said: string;
	readonly language: Language;
}

export function title(chat: Chat): string {
	return chat.title;
}

/** A summary of a chat about a picture is the wish for it. */
export function summary({ said, title }: Chat): string {
	return said === "" ? title : said;
}

const NEXT_WISHES = {
	en: ["Draw it as a watercolour", "Make it night", "Make it 16:9"],
	zh: ["改成水彩风格", "改成夜晚", "改成16:9"],
} as const;

/** Returns wishes that a person may have next, a line each. */
export function suggestions({ language }: Chat): string {
	return NEXT_WISHES[language].join("\n");
}

/** Nothing here translates, so the words stay as they are. */
export function unchanged({ said }: Chat): string {
	return said;
}
