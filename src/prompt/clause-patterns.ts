/** The patterns that find the clause around a size, joined from the lists of `clause-words.ts`. All expect half-width text. */

import {
	AFTER_PICTURE,
	AFTER_SIZE_WORDS,
	AND_VERBS,
	BEFORE_PICTURE,
	CHINESE_CLAUSE,
	CLAUSE_WORDS,
	DEVICES,
	ENDS_NAME,
	EUROPEAN_GOES_ON,
	EUROPEAN_PICTURES,
	FORMAT_WORDS,
	GOES_ON,
	INTRODUCERS,
	NEEDS_MORE,
	NEEDS_SUBJECT,
	NOTE_WORDS,
	OTHER_LANGUAGE_TAILS,
	PHRASE_WORDS,
	PICTURE_ADJECTIVES,
	PICTURE_NOUNS,
	PICTURE_VERBS,
	PICTURE_WORDS,
	REFUSALS,
	REPLACED,
	SUBJECT_SHAPES,
} from "./clause-words.ts";
import { anyOf } from "./size-patterns.ts";
import { BEFORE_SIZE, CONNECTORS } from "./size-words.ts";

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
/** Matches such a text that no article ends: `Make it 16:9 with a fox` asks for a size, `My 1:1 with a fox` does not. */
export const ASKED_BEFORE = new RegExp(`${CLAUSE_BEFORE.source}(?<!\\b(?:an?|the|my|your)${GAP})`, "iu");

const NOUNS_AFTER = `(?:${GAP}${anyOf(AFTER_SIZE_WORDS.nouns)}${WORD_ENDS}){0,4}(?:,?${GAP}${anyOf(AFTER_SIZE_WORDS.courtesies)})?`;

/** Matches the text after a size to the end of its clause, or to an `and`. */
export const CLAUSE_AFTER = new RegExp(
	`^(?:${NOUNS_AFTER}(?:,?${GAP}(?:and then|and|then)(?=${GAP}\\p{L})(?!${GAP}${anyOf(NEEDS_SUBJECT)}${WORD_ENDS})|${ENDS})` +
		`|[ ]?的?${anyOf(CHINESE_CLAUSE.tails)}{0,3}${anyOf(CHINESE_CLAUSE.endings)}{0,2}${anyOf(CHINESE_CLAUSE.next)}?${ENDS})`,
	"iu",
);

/** Matches such a clause behind an `and`. */
export const AND_BEFORE = new RegExp(
	`,?${GAP}(?:and then|and|then)${GAP}(?:(?:please|also|then)${GAP})?${anyOf(AND_VERBS)}${GAP}(?:${anyOf(CLAUSE_WORDS)}${GAP}){0,${MAX_CLAUSE_WORDS}}$`,
	"iu",
);
export const AND_AFTER = new RegExp(`^${NOUNS_AFTER}${ENDS}`, "iu");

/** Matches the text between two sizes of one clause. */
export const BETWEEN_SIZES = /^(?:,?(?:(?: and)? (?:an?|the)| and) | ?[,、] ?)$/i;

/** Matches the text before a size that begins its clause. */
export const NOTHING_BEFORE = new RegExp(`${BEGINS}$`);
/** `16:9 vertical composition`: the format behind a size. */
const FORMAT = `(?:${GAP}${anyOf(PHRASE_WORDS.adjectives)}){0,2}${GAP}${anyOf(FORMAT_WORDS)}`;
/** Matches what belongs to such a size, and ends its clause. */
export const FORMAT_AFTER = new RegExp(
	`^(?:${FORMAT}|(?:${GAP}${anyOf(PHRASE_WORDS.adjectives)}){0,2}${GAP}${anyOf(PICTURE_WORDS)}|${GAP}${anyOf(AFTER_SIZE_WORDS.courtesies)}|[ ]?${anyOf(CHINESE_CLAUSE.endings)}{1,2})${ENDS}`,
	"iu",
);

/** Matches a format or a courtesy behind a size at the end of a clause: `a fox 16:9 widescreen, oil`, `a fox 16:9 please`. */
export const FORMAT_ENDS_AFTER = new RegExp(
	`^(?:${FORMAT}${ENDS}|${GAP}${anyOf(AFTER_SIZE_WORDS.courtesies)}[.!?。]?\\s*$)`,
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
	`^(?:${FORMAT}${WORD_ENDS})?(?:${ENDS}|(?=${GAP}${anyOf(GOES_ON, EUROPEAN_GOES_ON)}${WORD_ENDS})|(?=[ ]?[\\p{sc=Han}]))`,
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
const SHAPE_AFTER = `(?:${FORMAT}${WORD_ENDS}|[ ]?的?${anyOf(CHINESE_CLAUSE.tails)}{1,3}${anyOf(CHINESE_CLAUSE.endings)}{0,2})?`;
/** Matches what belongs to a size on a line that ends behind it. */
export const LINE_AFTER = new RegExp(`^${SHAPE_AFTER}(?=[ \\t]{0,3}[.。]?[ \\t]{0,3}(?:\\r?$|\\r?\\n))`, "iu");

const ITEM = "(?:\\d{1,2}[.)、](?!\\d)|[①-⑳])";
/** Matches the number of an item in a list on one line. */
export const ITEM_BEFORE = new RegExp(`(?<=^|[\\s:;,，。、!])${ITEM}[ ]?$`);
/** Matches what belongs to a size that is all of its item. */
export const ITEM_AFTER = new RegExp(`^${SHAPE_AFTER}(?=[ ]{0,3}[;,，。、]?[ ]{0,3}${ITEM})`, "iu");

const BETWEEN_ARTICLE = `(?<between>(?:${anyOf(PHRASE_WORDS.adjectives, PICTURE_ADJECTIVES)},?${GAP}){1,2})?`;
/** Matches the words before a size that describes a picture, with its article. */
export const PICTURE_BEFORE = new RegExp(
	`${BEGINS}(?:${anyOf(CLAUSE_WORDS, PICTURE_VERBS)}${GAP}){0,${MAX_CLAUSE_WORDS}}(?<article>an?|one|another|the|this|my)${GAP}${BETWEEN_ARTICLE}$`,
	"iu",
);
/** Matches such words inside of a sentence: `a fox as a 9:16 wallpaper`. */
export const AS_PICTURE_BEFORE = new RegExp(
	`${WORD_BEGINS}${anyOf(BEFORE_PICTURE)}${GAP}(?:(?<article>an?|the|my)${GAP})?${BETWEEN_ARTICLE}$`,
	"iu",
);
/** Matches the name of a picture, of up to three words before its noun: `16:9 YouTube thumbnail`. */
export const PICTURE_AFTER = new RegExp(
	`^(?:${GAP}(?!${anyOf(ENDS_NAME)}${WORD_ENDS})[\\p{L}\\p{N}][\\p{L}\\p{N}'-]{0,20}){0,3}${GAP}${anyOf(PICTURE_NOUNS)}${WORD_ENDS}`,
	"iu",
);
/** Matches a picture or its shape before the size, and what goes on behind that. */
export const NOUN_BEFORE = new RegExp(
	`${WORD_BEGINS}${anyOf(PICTURE_NOUNS, EUROPEAN_PICTURES, CONNECTORS.shapes)}${GAP}$`,
	"iu",
);
export const NOUN_GOES_ON_AFTER = new RegExp(`^${GAP}${anyOf(AFTER_PICTURE, EUROPEAN_GOES_ON)}${WORD_ENDS}`, "iu");
export const VOWEL_AFTER = /^ {1,3}[aeiou]/i;

/** Matches the text before a size that cannot end there. */
export const NEEDS_MORE_BEFORE = new RegExp(
	`(?:${WORD_BEGINS}${anyOf(NEEDS_MORE.english)}|${anyOf(NEEDS_MORE.chinese)})[ \\t]{0,3}$`,
	"iu",
);

/** Matches the text before a phrase that cannot be left out. */
export const NEEDS_PHRASE_BEFORE = new RegExp(`${WORD_BEGINS}${anyOf(NEEDS_MORE.phrase)}[ ]{0,3}$`, "iu");

/** Matches the text after a size that is the size of a thing in the picture. */
export const DEVICE_AFTER = new RegExp(
	`^(?!${GAP}${anyOf(PICTURE_WORDS)}${ENDS})(?:${GAP}(?:${anyOf(PHRASE_WORDS.adjectives, DEVICES.kinds)}${GAP})?${anyOf(DEVICES.english)}${WORD_ENDS}|[ ]?的?${anyOf(DEVICES.chineseKinds)}?${anyOf(DEVICES.chinese)})(?![ ]?${anyOf(DEVICES.pictures)})`,
	"iu",
);

/** Matches the name of such a thing before its size: `我的手机分辨率是1080x2400`. */
export const DEVICE_BEFORE = new RegExp(
	`(?:${WORD_BEGINS}${anyOf(DEVICES.english)}(?:'s)?${GAP}|${anyOf(DEVICES.chinese)}的?)$`,
	"iu",
);

/** Matches the shape in words before a size that begins its clause. */
export const ORIENTATION_BEFORE = new RegExp(
	`${BEGINS}(?:landscape|portrait|vertical|horizontal|widescreen|square|cinematic)${GAP}(?:(?:orientation|format|mode|screen)${GAP})?$`,
	"iu",
);
export const ENDS_AFTER = new RegExp(`^${ENDS}`);
/** Matches such a shape behind a size that is all of the rest of its clause. */
export const SUBJECT_SHAPE_AFTER = new RegExp(`^${GAP}${anyOf(SUBJECT_SHAPES)}${ENDS}`, "iu");

/** Matches a word for the size before brackets around it. */
export const WORD_AND_BRACKET_BEFORE = new RegExp(
	`(?:${WORD_BEGINS}(?:${anyOf(PHRASE_WORDS.prepositions)}${GAP}(?:${anyOf(PHRASE_WORDS.articles)}${GAP})?)?(?:${anyOf(PHRASE_WORDS.adjectives)}${GAP}){0,2}${anyOf(BEFORE_SIZE.clearRatio, BEFORE_SIZE.clearSize, BEFORE_SIZE.vague)}|${anyOf(BEFORE_SIZE.chineseVague, BEFORE_SIZE.chineseRatio, BEFORE_SIZE.chineseFormat)})[ ]?:?[ ]?[(\\[【]$`,
	"iu",
);
/** Matches a note in brackets behind a size that says no more than the size, and another size to choose. */
const NOTE = `(?:${anyOf(FORMAT_WORDS, NOTE_WORDS, CHINESE_CLAUSE.tails)}|\\d{1,4} ?[:x*] ?\\d{1,4}(?:px)?)`;
export const NOTE_AFTER = new RegExp(
	`^(?:[ ]?[(\\[【]${NOTE}(?:[ ]?[ ,，、/][ ]?${NOTE}){0,3}[)\\]】]|(?: or |[ ]?或者?[ ]?)\\d{1,4} ?[:x*] ?\\d{1,4})`,
	"i",
);
/** Matches another note, which says something of the size, and nothing alone. */
export const OTHER_NOTE_AFTER = /^\(/;

/** Match the braces around fields whose names need no quotes: `{ size: "9:16" }`. */
export const BRACE_BEFORE = /\{\s{0,8}$/;
export const BRACE_AFTER = /^\s{0,8}\}/;

/** Matches the opening tag before a size. */
export const TAG_BEFORE = /<(?<name>[^<>\s/]{1,30})>$/;

/** Matches a sign of emphasis before a size. */
export const EMPHASIS_BEFORE = /[*`]$/;
export const BRACKET_AFTER = /^[)\]】]/;

/** Matches the quote before a value, with the name of a field before it or without. */
export const QUOTE_BEFORE = /(?<name>["'“][\p{L}\w -]{1,40}["'”][ \t]{0,3}:[ \t]{0,3})?(?<quote>["'“‘「])$/u;
export const QUOTE_AFTER = /^["'”’」]/;

const KANA_OR_HANGUL = String.raw`[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー]`;
/** Matches the text before a size that is a part of a Japanese or Korean sentence, whose particles would stay alone. */
export const OTHER_LANGUAGE_BEFORE = new RegExp(`${KANA_OR_HANGUL}$`, "u");
/** Matches the text after such a size, or after one with a Turkish ending: `16:9'dur`. */
export const OTHER_LANGUAGE_AFTER = new RegExp(
	`^(?:${KANA_OR_HANGUL}|['’]\\p{L}|[ ]?${anyOf(OTHER_LANGUAGE_TAILS)})`,
	"u",
);

/** Matches the text before a size that is not wanted. */
export const REFUSED_BEFORE = new RegExp(
	`(?:(?<!${WORD_BEGINS}${anyOf(REFUSALS.englishExcept)} )${WORD_BEGINS}${anyOf(REFUSALS.english)}(?:${GAP}${anyOf(REFUSALS.englishBetween)}){0,6}${GAP}` +
		`|(?<!${anyOf(REFUSALS.chineseExcept)})${anyOf(REFUSALS.chinese)}${anyOf(REFUSALS.chineseBetween)}{0,4}[ ]?)$`,
	"iu",
);
const SHAPE_BETWEEN = `${anyOf(CONNECTORS.shapes)}?[ ]?`;
const REPLACED_BY = `(?:[ ]?${anyOf(REPLACED.to)}[ ]?|${GAP}${anyOf(REPLACED.englishTo)}${GAP})${SHAPE_BETWEEN}`;
/** Matches the text before a size that another one replaces. */
export const REPLACED_BEFORE = new RegExp(
	`(?:${WORD_BEGINS}${anyOf(REPLACED.english)}${GAP}|${anyOf(REPLACED.before)}[ ]?)${SHAPE_BETWEEN}$`,
	"iu",
);
/** Matches the text behind such a size, as far as the other one begins. */
export const REPLACED_AFTER = new RegExp(`^[^\\d\\n]{0,16}${REPLACED_BY}\\d{1,4} ?[:x*比]`, "iu");
/** Matches the text before that other size. */
export const REPLACES_BEFORE = new RegExp(`\\d[^\\d\\n]{0,16}${REPLACED_BY}$`, "iu");

/** Matches the text behind such a size. */
export const REFUSED_AFTER = new RegExp(`^[ ]?${anyOf(REFUSALS.after)}`);
