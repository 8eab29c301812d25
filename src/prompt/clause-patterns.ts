/** The patterns that find the clause around a size, joined from the lists of `clause-words.ts`. All expect half-width text. */

import {
	AFTER_SIZE_WORDS,
	CHINESE_CLAUSE,
	CLAUSE_WORDS,
	DEVICES,
	FORMAT_WORDS,
	GOES_ON,
	INTRODUCERS,
	NEEDS_MORE,
	OTHER_LANGUAGE_TAILS,
	PHRASE_WORDS,
	PICTURE_NOUNS,
	PICTURE_VERBS,
	REFUSALS,
} from "./clause-words.ts";
import { anyOf } from "./size-patterns.ts";
import { BEFORE_SIZE } from "./size-words.ts";

/** A clause begins behind such a character, and ends before one. */
const BOUNDARY = String.raw`[.,;:!?\n|()\[\]"，。；：！？、（）【】“”]`;
const BEGINS = String.raw`(?<=^[ \t]{0,3}|${BOUNDARY}[ \t]{0,3})`;
const ENDS = String.raw`(?=[ \t]{0,3}(?:\r?$|\r?\n|${BOUNDARY}))`;
const WORD_BEGINS = String.raw`(?<![\p{L}\p{N}_'-])`;
const WORD_ENDS = String.raw`(?![\p{L}\p{N}_'-])`;
const GAP = "[ ]{1,3}";

const MAX_CLAUSE_WORDS = 12;

/** Matches the text before a size that is all of its clause so far. */
export const CLAUSE_BEFORE = new RegExp(
	`${BEGINS}(?:(?:${anyOf(CLAUSE_WORDS)}${GAP}){1,${MAX_CLAUSE_WORDS}}(?:${anyOf(PHRASE_WORDS.adjectives)}${GAP}){0,2}|${anyOf(CHINESE_CLAUSE.words)}{1,8}[ ]?)$`,
	"iu",
);

/** Matches the text after a size to the end of its clause, or to an `and`. */
export const CLAUSE_AFTER = new RegExp(
	`^(?:(?:${GAP}${anyOf(AFTER_SIZE_WORDS.nouns)}${WORD_ENDS}){0,4}(?:,?${GAP}${anyOf(AFTER_SIZE_WORDS.courtesies)})?(?:${ENDS}|,?${GAP}(?:and then|and|then)(?=${GAP}\\p{L}))` +
		`|[ ]?的?${anyOf(CHINESE_CLAUSE.tails)}{0,3}${anyOf(CHINESE_CLAUSE.endings)}{0,2}${ENDS})`,
	"iu",
);

/** Matches the text before a size that begins its clause. */
export const NOTHING_BEFORE = new RegExp(`${BEGINS}$`);
/** Matches what belongs to such a size, and ends its clause. */
export const FORMAT_AFTER = new RegExp(
	`^(?:${GAP}${anyOf(FORMAT_WORDS, AFTER_SIZE_WORDS.courtesies)}|[ ]?${anyOf(CHINESE_CLAUSE.endings)}{1,2})${ENDS}`,
	"iu",
);

/** Matches the phrase before a size that can be left out with it. */
export const PHRASE_BEFORE = new RegExp(
	`${WORD_BEGINS}${anyOf(PHRASE_WORDS.prepositions)}(?:${GAP}${anyOf(PHRASE_WORDS.articles)})?(?:${GAP}${anyOf(PHRASE_WORDS.adjectives)}){0,3}[ ]?$`,
	"iu",
);

/** Matches the phrases before a ratio after which it is no score and no time. */
export const IN_BEFORE = new RegExp(
	`(?<!\\b(?:won|lost|win|score|scored|interest|invest|chapter|scale) )${WORD_BEGINS}(?:in|at|framed in|formatted in|shot in)(?:${GAP}${anyOf(PHRASE_WORDS.articles)})?(?:${GAP}${anyOf(PHRASE_WORDS.adjectives)}){0,3}[ ]$`,
	"iu",
);

/** Matches what belongs to such a phrase after the size. Something that goes on the sentence has to follow. */
export const PHRASE_AFTER = new RegExp(
	`^(?:${GAP}${anyOf(FORMAT_WORDS)}${WORD_ENDS})?(?:${ENDS}|(?=${GAP}${anyOf(GOES_ON)}${WORD_ENDS})|(?=[ ]?[\\p{sc=Han}]))`,
	"iu",
);

/** Matches the Chinese phrase before a size that can be left out with it. */
export const COVERB_BEFORE = new RegExp(`${anyOf(CHINESE_CLAUSE.coverbs)}(?:一个|一种)?[ ]?$`);

/** Matches what belongs to such a phrase after the size. A verb has to follow. */
export const COVERB_AFTER = new RegExp(
	`^[ ]?的?${anyOf(CHINESE_CLAUSE.tails)}{0,3}(?:来)?[，, ]{0,2}(?=${anyOf(CHINESE_CLAUSE.next)})`,
);

/** Matches what introduces a size, and nothing else if the line ends behind it. */
export const INTRODUCER_BEFORE = new RegExp(`${BEGINS}${anyOf(INTRODUCERS)}[ ]?:[ ]?$`, "iu");
/** Matches the sign of a list before a size. */
export const BULLET_BEFORE = /(?<=^|\n)[ \t]{0,8}(?:[-*•·]|\d{1,2}[.)、])[ \t]{0,3}$/;
export const LINE_AFTER = /^[ \t]{0,3}[.。]?[ \t]{0,3}(?:\r?$|\r?\n)/;

/** Matches the words before a size that describes a picture, with its article. */
export const PICTURE_BEFORE = new RegExp(
	`${BEGINS}(?:${anyOf(CLAUSE_WORDS, PICTURE_VERBS)}${GAP}){0,${MAX_CLAUSE_WORDS}}(?<article>an?|one|another|the|this|my)${GAP}(?<between>${anyOf(PHRASE_WORDS.adjectives)}${GAP})?$`,
	"iu",
);
export const PICTURE_AFTER = new RegExp(
	`^${GAP}(?:${anyOf(PHRASE_WORDS.adjectives)}${GAP})?${anyOf(PICTURE_NOUNS)}${WORD_ENDS}`,
	"iu",
);
export const VOWEL_AFTER = /^ {1,3}[aeiou]/i;

/** Matches the text before a size that cannot end there. */
export const NEEDS_MORE_BEFORE = new RegExp(
	`(?:${WORD_BEGINS}${anyOf(NEEDS_MORE.english)}|${anyOf(NEEDS_MORE.chinese)})[ \\t]{0,3}$`,
	"iu",
);

/** Matches the text after a size that is the size of a thing in the picture. */
export const DEVICE_AFTER = new RegExp(
	`^(?:${GAP}(?:${anyOf(PHRASE_WORDS.adjectives)}${GAP})?${anyOf(DEVICES.english)}${WORD_ENDS}|[ ]?的?${anyOf(DEVICES.chinese)})(?![ ]?${anyOf(DEVICES.pictures)})`,
	"iu",
);

/** Matches the shape in words before a size that begins its clause. */
export const ORIENTATION_BEFORE = new RegExp(
	`${BEGINS}(?:landscape|portrait|vertical|horizontal|widescreen|square|cinematic)${GAP}(?:(?:orientation|format|mode)${GAP})?$`,
	"iu",
);
export const ENDS_AFTER = new RegExp(`^${ENDS}`);

/** Matches a word for the size before brackets around it. */
export const WORD_AND_BRACKET_BEFORE = new RegExp(
	`(?:${WORD_BEGINS}${anyOf(BEFORE_SIZE.clearRatio, BEFORE_SIZE.clearSize, BEFORE_SIZE.vague)}|${anyOf(BEFORE_SIZE.chineseVague, BEFORE_SIZE.chineseRatio, BEFORE_SIZE.chineseFormat)})[ ]?:?[ ]?[(（]$`,
	"iu",
);
/** Matches a sign of emphasis before a size. */
export const EMPHASIS_BEFORE = /[*`]$/;
export const BRACKET_AFTER = /^[)）]/;

/** Matches the quote before a value, with the name of a field before it or without. */
export const QUOTE_BEFORE = /(?<name>["'][\w -]{1,40}["'][ \t]{0,3}:[ \t]{0,3})?(?<quote>["'“‘「])$/;
export const QUOTE_AFTER = /^["'”’」]/;

const KANA_OR_HANGUL = String.raw`[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー]`;
/** Matches the text before a size that is a part of a Japanese or Korean sentence, whose particles would stay alone. */
export const OTHER_LANGUAGE_BEFORE = new RegExp(`${KANA_OR_HANGUL}$`, "u");
/** Matches the text after such a size. */
export const OTHER_LANGUAGE_AFTER = new RegExp(`^(?:${KANA_OR_HANGUL}|[ ]?${anyOf(OTHER_LANGUAGE_TAILS)})`, "u");

/** Matches the text before a size that is not wanted. */
export const REFUSED_BEFORE = new RegExp(
	`(?:(?<!${WORD_BEGINS}${anyOf(REFUSALS.englishExcept)} )${WORD_BEGINS}${anyOf(REFUSALS.english)}(?:${GAP}${anyOf(REFUSALS.englishBetween)}){0,6}${GAP}` +
		`|(?<!${anyOf(REFUSALS.chineseExcept)})${anyOf(REFUSALS.chinese)}${anyOf(REFUSALS.chineseBetween)}{0,4}[ ]?)$`,
	"iu",
);
/** Matches the text behind such a size. */
export const REFUSED_AFTER = new RegExp(`^[ ]?${anyOf(REFUSALS.after)}`);
