/** Tells which language an answer's words are in: Chinese for people who write Chinese, English for everybody else. */

import { clip } from "./text.ts";

export type Language = "en" | "zh";

/** A person's language shows early. In UTF-16 units. */
const MAX_READ_CHARS = 2_000;

/** A prompt may quote the lettering of a picture, in any language. */
const QUOTED = /"[^"\n]{0,200}"|“[^”\n]{0,200}”|「[^」\n]{0,200}」|『[^』\n]{0,200}』/g;
const LETTER = /\p{L}/u;
const HAN = /\p{Script=Han}/u;
const HAN_LETTERS = /\p{Script=Han}/gu;
const OTHER_WORDS = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Greek}]+/gu;
/** Japanese and Korean are written with Chinese characters too, but never without these for long. */
const KANA_OR_HANGUL = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** A text that begins in Chinese may hold so many foreign words for each Chinese character: names of styles are English. */
const MAX_FOREIGN_PER_HAN = 4;

/** Chinese keyboards write signs as wide as characters. */
const WIDE_SIGN = /[\u3001-\u303F\uFF01-\uFF5E]/;

/** Returns the language of a person's words, or of signs alone; null for a text without either. */
export function languageOf(text: string): Language | null {
	const read = clip(text, MAX_READ_CHARS);
	const unquoted = read.replace(QUOTED, " ");
	const words = LETTER.test(unquoted) ? unquoted : read;
	const first = LETTER.exec(words)?.[0];
	if (first === undefined) return WIDE_SIGN.test(read) ? "zh" : null;
	if (KANA_OR_HANGUL.test(words)) return "en";
	const han = words.match(HAN_LETTERS)?.length ?? 0;
	const foreign = words.match(OTHER_WORDS)?.length ?? 0;
	const isChinese = HAN.test(first) ? foreign <= han * MAX_FOREIGN_PER_HAN : han > foreign;
	return isChinese ? "zh" : "en";
}

/** Returns Chinese if the client prefers it, else English. @param header `Accept-Language`, whose first entry is the preferred one */
export function preferredLanguage(header: string | null): Language {
	return /^zh\b/i.test((header ?? "").trimStart()) ? "zh" : "en";
}
