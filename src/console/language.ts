/** The language of the console: the person's choice, else the browser's. */

import { effect, signal } from "@preact/signals";
import type { Language } from "../language.ts";
import { recall, remember } from "./remembered.ts";

const NAME = "language";

/** The language that all words are in. */
export const language = signal<Language>(chosenLanguage() ?? browserLanguage());

effect(() => {
	document.documentElement.lang = language.value === "zh" ? "zh-CN" : "en";
});

/** Switches the language, and keeps the choice. */
export function chooseLanguage(chosen: Language): void {
	remember(NAME, chosen);
	language.value = chosen;
}

function chosenLanguage(): Language | null {
	const kept = recall(NAME);
	return kept === "en" || kept === "zh" ? kept : null;
}

function browserLanguage(): Language {
	return /^zh\b/i.test(navigator.language) ? "zh" : "en";
}
