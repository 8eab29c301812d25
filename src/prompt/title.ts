/** Makes a title of the words that a person wrote: short, in their language, never cut inside a word. */

import { type Language, languageOf } from "../language.ts";
import { extractSize } from "./size-in-prose.ts";
import { toSimplified } from "./traditional.ts";

/** The part of a conversation's words that a title is made of. */
const MAX_READ_CHARS = 1_000;
/** The narrowest of the clients' own bounds, of letters that take the room of one, and of Chinese characters. */
const MAX_CHARS = { en: 30, zh: 10 } as const;
/** A first part that is shorter says too little. */
const MIN_CHARS = { en: 3, zh: 1 } as const;
const NO_TITLE = { en: "Image", zh: "图片" } as const;

/** An answer of this gateway says what was drawn. */
const HEADLINE = /^Generated image with prompt: "([^\n]*)" and aspect ratio: /;
const PICTURE = /!\[[^\][\n]{0,300}\]\([^()\n]{0,600}\)/g;
const LINK_TARGET = /\]\([^()\n]{0,600}\)/g;
/** Up to a blank or a character of another script. */
const ADDRESS = /(?:https?:\/\/|www\.|data:image\/)[!-~]{1,1000}/gi;
/** The line that begins or ends a block of code. */
const FENCE = /(?:```|~~~)[a-z]{0,20}(?=\s{0,8}(?:\n|\{))/gi;
const IS_JSON = /^[\s`~a-z]{0,20}[[{]/i;
/** The field of JSON that has the words, in which people write a prompt. */
const WORDS_IN_JSON =
	/"(?:prompt|text|content|description|subject|提示词|描述)"\s{0,8}:\s{0,8}"((?:\\.|[^"\\]){1,1000})/i;
/** Escapes of JSON, and the signs that some of them stand for. */
const ESCAPE = /\\(?:u([\da-fA-F]{4})|([^u]))/g;
const ESCAPED: Readonly<Record<string, string>> = { n: "\n", r: "\n", t: " ", b: "", f: "" };
/** Signs of Markdown and of JSON, and quotation marks, which clients do not want in a title. */
const MARKUP = /[*_`~#>|[\]{}"“”「」『』《》]/g;
/** Words that ask for the picture, and say nothing of it. */
const ASKING =
	/^(?:(?:please|could you|can you|i want you to|i want|i'd like)\s+)?(?:draw|paint|sketch|generate|create|make(?!\s(?:it|this|that|them|him|her|the)\b)|render|design|imagine)\s+(?:me\s+)?(?:(?:an?|the)\s+(?:image|picture|photo|drawing|painting|illustration)\s+of\s|(?:an?\s)?(?:image|picture|photo|drawing|painting|illustration)[:,])?/i;
const ASKING_ZH =
	/^(?:请|麻烦)?(?:帮我|给我|为我|帮忙)?(?:画|绘制|生成|创作|制作|设计|做)(?:一下)?(?:(?:一?[张幅副个])?(?:图片|照片|图像|图画|插画|画|图)[，,：:]|一?[张幅副个](?:图片|照片|图像|画|插画)?[，,：:]?)?/;
/** Words that introduce the picture. */
const LABEL =
	/^(?:(?:image |picture )?(?:prompt|image|picture|photo|description)|提示词|描述|图片|图像|照片)\s{0,3}[:：]\s{0,3}/i;
/** A title is the first of the parts that these divide. */
const DIVIDERS = /[\n.!?;,:，。！？；：、…—|(（[]/;
/** Words that only lead to the next one, so a cut before that takes them off, too. */
const LEADING_ON = new Set(
	"a an the of in on at by for to from with and or into under over as is are 的 了 在 和 与 着 把 被 以 用 从 向".split(
		" ",
	),
);

/** Made once an isolate, and only when the first title is asked for: one costs as much as a tenth of the isolate's start. */
const segmenters = new Map<Language, Intl.Segmenter>();

function segmenterOf(language: Language): Intl.Segmenter {
	const segmenter = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: "word" });
	segmenters.set(language, segmenter);
	return segmenter;
}

/**
 * Returns a title for a conversation in which a person said this.
 * @param otherwise The language of a title for no words
 */
export function titleOf(said: string, otherwise: Language = "en"): string {
	const read = said.slice(0, MAX_READ_CHARS).toWellFormed().trim();
	const words = plainWords(HEADLINE.exec(read)?.[1] ?? read);
	const language = languageOf(words) ?? languageOf(said) ?? otherwise;
	const title = withinBound(firstPart(words, language), language);
	return title === "" ? NO_TITLE[language] : `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}

/** Takes off whatever is no word of the picture: the size, the markup, the request itself. */
function plainWords(said: string): string {
	const written = IS_JSON.test(said) ? unescaped(WORDS_IN_JSON.exec(said)?.[1] ?? said) : said;
	const unmarked = written
		.replace(PICTURE, " ")
		.replace(LINK_TARGET, " ")
		.replace(ADDRESS, " ")
		.replace(FENCE, "")
		.replace(MARKUP, (sign) => (/[*“”「」『』《》"]/.test(sign) ? "" : " "));
	const plain = extractSize(unmarked)
		.prompt.replace(/[^\S\n]+/g, " ")
		.trim();
	let words = plain;
	for (const asking of [LABEL, ASKING, ASKING_ZH])
		words = words.slice(asking.exec(toSimplified(words))?.[0].length ?? 0);
	return words === "" ? plain : words;
}

/** Reads the escapes of JSON, which need not be whole. */
function unescaped(text: string): string {
	return text
		.replace(ESCAPE, (_, code: string | undefined, sign = "") =>
			code === undefined ? (ESCAPED[sign] ?? sign) : String.fromCharCode(Number.parseInt(code, 16)),
		)
		.toWellFormed();
}

/** Returns the first part that has enough words for a title, or else all. */
function firstPart(words: string, language: Language): string {
	const first = trimmed(words.split(DIVIDERS).find((part) => /\p{L}/u.test(part)) ?? "");
	if (first === "") return "";
	return first.length >= MIN_CHARS[language]
		? first
		: trimmed(words.replace(/[\n()（）]/g, " ").replace(/ {2,}/g, " "));
}

/** Takes signs off both ends. */
function trimmed(text: string): string {
	return /[\p{L}\p{N}](?:.*[\p{L}\p{N}\p{M}])?/su.exec(text)?.[0] ?? "";
}

/** Returns as many whole words from the beginning as have room. */
function withinBound(text: string, language: Language): string {
	let taken = "";
	const words: string[] = [];
	for (const { segment } of segmenterOf(language).segment(text)) {
		if (taken.length + segment.length > MAX_CHARS[language]) break;
		taken += segment;
		words.push(segment);
	}
	while (words.length > 0 && !endsTitle(words.at(-1) ?? "", taken.length < text.length)) words.pop();
	return words.join("");
}

/** True for a word that a title may end with. */
function endsTitle(word: string, wasCut: boolean): boolean {
	return /[\p{L}\p{N}]/u.test(word) && !(wasCut && LEADING_ON.has(toSimplified(word.toLowerCase())));
}
