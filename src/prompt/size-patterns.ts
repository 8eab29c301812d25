/** The patterns that find a size in a chat message, joined from the lists of `size-words.ts`. All expect text in half-width and simplified. */

import {
	AFTER_RATIO,
	AFTER_SIZE,
	AFTER_TIME,
	BEFORE_LETTERING,
	BEFORE_RESOLUTION,
	BEFORE_SIZE,
	BEFORE_TIME,
	CHAPTER_COUNTERS,
	CHINESE_AFTER_KEYWORD,
	CHINESE_AFTER_RATIO,
	CHINESE_AFTER_RATIO_AND_DE,
	CHINESE_BEFORE_RATIO,
	CHINESE_BEFORE_TIME,
	CHINESE_RATIOS,
	CONNECTORS,
	DIRECTLY_BEFORE_RATIO,
	IN_CLAUSE_BEFORE_RATIO,
	NEWS_OF_SCORE,
	OF_OTHER_RATIO,
	OTHER_UNITS,
	PIXEL_UNITS,
	PRESETS,
} from "./size-words.ts";

type Words = readonly string[];

/** Returns the source of a pattern that matches any word of the lists. Of two that begin alike it prefers the longer one. */
export function anyOf(...lists: readonly Words[]): string {
	const longestFirst = lists.flat().toSorted((a, b) => b.length - a.length);
	return `(?:${longestFirst.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`;
}

function anyIn(group: Readonly<Record<string, Words>>): string {
	return anyOf(...Object.values(group));
}

const RATIO = [
	String.raw`\d{1,5}(?:\.\d{1,2})? ?[:/] ?\d{1,5}(?:\.\d{1,2})?`,
	String.raw`\d{1,2} ?比 ?\d{1,2}`,
	String.raw`\d{1,2} by \d{1,2}`,
	anyIn(CHINESE_RATIOS),
].join("|");
const UNIT = `(?: ?${anyOf(PIXEL_UNITS)})?`;
const PIXELS = String.raw`\d{1,5}${UNIT} ?[x*] ?\d{1,5}${UNIT}|\d{3,4}${UNIT} by \d{3,4}${UNIT}`;
const PRESET = anyOf(PRESETS);

/** A number that goes on is no size: `16:9:30`, `1.5:1.25.3`, `16:9 / 9:16`, `16:9th`, `10x20 cm`. */
const STARTS = String.raw`(?<![\w.#$%&@/+=-])(?<!(?<!\*)\*)(?<!\d ?[:x] ?)(?<![:x] ?\d{1,5}${UNIT} ?\/ ?)`;
const ENDS = String.raw`(?![\w%]|\.\d|-\d| ?[:/x*比] ?\d| ?${anyOf(OTHER_UNITS.english)}(?![a-z])| ?${anyOf(OTHER_UNITS.chinese)})`;

/** A part of another word (`oversize`) or of an address (`?size=`) is no keyword. */
const WORD_STARTS = String.raw`(?<![\w?&#%/-])`;
const OPTION = String.raw`(?<![\w-])${anyOf(BEFORE_SIZE.optionDashes)}${anyOf(BEFORE_SIZE.optionNames)}`;
/** Matches the name of a line, in brackets or emphasis: `【画面比例】`, `**Aspect ratio:**`. */
const LABEL = `${anyOf(BEFORE_SIZE.chineseOfRatio, BEFORE_SIZE.chineseOfNoun)}?${anyOf(BEFORE_SIZE.clearRatio, BEFORE_SIZE.clearSize, BEFORE_SIZE.vague, BEFORE_SIZE.chineseVague, BEFORE_SIZE.chineseRatio, BEFORE_SIZE.chineseFormat, BEFORE_SIZE.otherRatio, BEFORE_SIZE.otherVague)}`;
const CLEAR_KEYWORD = [
	OPTION,
	`(?:[【\\[]|\\*{1,2})${LABEL}:?(?:[】\\]]|\\*{1,2})`,
	`${WORD_STARTS}${anyOf(BEFORE_SIZE.clearRatio, BEFORE_SIZE.clearSize)}`,
	`${anyOf(BEFORE_SIZE.chineseOfRatio)}?${anyOf(BEFORE_SIZE.chineseRatio)}${anyOf(BEFORE_SIZE.chineseRatioEnd)}?`,
	anyOf(BEFORE_SIZE.otherRatio),
	`${anyOf(BEFORE_SIZE.chineseFormat)}${anyOf(BEFORE_SIZE.chineseAfterFormat)}?`,
	`${anyOf(BEFORE_SIZE.chineseOfNoun)}${anyOf(BEFORE_SIZE.chineseNoun)}`,
].join("|");
/** `水和酒精的比例`: two things, and the ratio of one to the other. */
const CHINESE_OF_TWO = "[和与跟][^，,。.；;\\n]{1,8}的";
const VAGUE_KEYWORD = `${WORD_STARTS}(?<!\\b${anyOf(OF_OTHER_RATIO)} )${anyOf(BEFORE_SIZE.vague)}|(?<!${anyOf(BEFORE_SIZE.chineseOfOther)}|${CHINESE_OF_TWO})${anyOf(BEFORE_SIZE.chineseVague)}|${anyOf(BEFORE_SIZE.otherVague)}`;

const GAP = String.raw`[ \t]{0,3}`;
const SPACE = String.raw`[ \t]{1,3}`;
const CHINESE_CONNECTOR = [
	`${anyOf(CONNECTORS.chineseVerbs)}?${anyOf(CONNECTORS.chineseResults)}:?`,
	`${anyOf(CONNECTORS.chineseIs, CONNECTORS.otherIs)}:?`,
	anyOf(CONNECTORS.chineseUse),
].join("|");
const CONNECTOR = `${GAP}(?:${anyOf(CONNECTORS.signs)}|${CHINESE_CONNECTOR})${GAP}|${SPACE}${anyOf(CONNECTORS.english)}${SPACE}`;

const KEYWORD_AFTER = [
	` ?的?${anyOf(AFTER_SIZE.chineseOf)}?${anyOf(AFTER_SIZE.chinese)}`,
	String.raw` ?(?:${anyOf(AFTER_SIZE.english)}|${anyOf(AFTER_SIZE.englishUnlessOf)}(?! of))(?![\w-])`,
].join("|");
const NO_OTHER_MEANING_AFTER = `(?! ?的?${anyIn(CHINESE_AFTER_KEYWORD)})`;

/** A size with a keyword: the group `after` holds a size after its keyword, `before` one before it. */
export const DIRECTIVE = new RegExp(
	`(?:(?<clear>${CLEAR_KEYWORD})|${VAGUE_KEYWORD})(?:(?<connector>${CONNECTOR})(?<quote>["'“‘「『\`])?|${GAP})(?:${anyOf(CONNECTORS.adverbs, CONNECTORS.shapes)}${GAP})?(?<after>${RATIO}|${PIXELS}|${PRESET})${ENDS}` +
		`|${STARTS}(?<before>${RATIO}|${PIXELS})${ENDS}(?:${KEYWORD_AFTER})${NO_OTHER_MEANING_AFTER}`,
	"gi",
);

/** With an x, only ratios that are no grid. */
const BARE_RATIO = String.raw`[1-9]\d? ?: ?[1-9]\d?|(?:16|21) ?[x*比] ?9|9 ?[x*比] ?(?:16|21)|${anyOf(CHINESE_RATIOS.wide)}`;
const BARE_PIXELS = String.raw`\d{3,4}${UNIT}(?: ?[x*] ?| by )\d{3,4}`;

/** Numbers that may be a size without a keyword. */
export const BARE_SIZE = new RegExp(`${STARTS}(?:${BARE_RATIO}|${BARE_PIXELS}${UNIT})${ENDS}`, "gi");

const RESOLUTION = String.raw`(?<level>[124]k)(?!\w)`;

/** A resolution with a keyword: `resolution: 2K`, `分辨率2K`. */
export const RESOLUTION_DIRECTIVE = new RegExp(
	`(?:${anyOf(BEFORE_SIZE.optionDashes)}resolution${GAP}|${WORD_STARTS}${anyOf(BEFORE_RESOLUTION.english)}(?:${CONNECTOR})|${anyOf(BEFORE_RESOLUTION.chinese)}(?:${CONNECTOR}|${GAP}))${RESOLUTION}`,
	"gi",
);
/** Matches a resolution right before a size, and right after one. A comma between would make it a word of style. */
export const RESOLUTION_BEFORE = /(?<![\w])(?<level>[124]k)[ /]{1,3}$/i;
export const RESOLUTION_AFTER = new RegExp(`^[ /]{1,3}${RESOLUTION}`, "i");

/** Addresses, which may hold anything that looks like a size. */
export const ADDRESS = /[a-z][a-z0-9+.-]{1,15}:\/\/[\x21-\x7e]+|data:[a-z]{1,20}\/[\x21-\x7e]+/gi;

/** Scripts without spaces between words. */
const CJK = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}`;
/** Matches a text that ends inside of a word. A size may stand directly after a CJK character. */
export const ENDS_IN_WORD = new RegExp(String.raw`(?![${CJK}])[\p{L}\p{N}_]$`, "u");
/** Matches a text that begins with a word, likewise. */
export const BEGINS_WITH_WORD = new RegExp(String.raw`^(?![${CJK}])[\p{L}\p{N}_]`, "u");

/** So much of the text on each side of a ratio tells its meaning. */
export const CONTEXT_CHARS = 40;

/** Matches the text before a ratio that is a score, a verse, a scale or a mixture. */
export const OTHER_MEANING_BEFORE = new RegExp(
	[
		String.raw`\b${anyIn(IN_CLAUSE_BEFORE_RATIO)}\b[^\n,.;!?]{0,${CONTEXT_CHARS}}$`,
		String.raw`\b${anyIn(DIRECTLY_BEFORE_RATIO)}[ :]{0,2}$`,
		`\\b${anyOf(OF_OTHER_RATIO)} ratio(?: of| is)?[ :]{0,2}$`,
		`(?:${anyOf(BEFORE_SIZE.chineseOfOther)}|${CHINESE_OF_TWO})${anyOf(BEFORE_SIZE.chineseVague)}[为是:]{0,2} ?$`,
		`(?:第[^，,\n]{1,6}${anyOf(CHAPTER_COUNTERS)}|${anyIn(CHINESE_BEFORE_RATIO)})[为是:]{0,2} ?$`,
	].join("|"),
	"i",
);

/** Matches the text after such a ratio. */
export const OTHER_MEANING_AFTER = new RegExp(
	String.raw`^ ?(?:${anyIn(AFTER_RATIO)}\b|${anyIn(CHINESE_AFTER_RATIO)}|的?${anyIn(CHINESE_AFTER_RATIO_AND_DE)}|[，,][ ]?[^，,。\n]{0,8}${anyOf(NEWS_OF_SCORE)}[了!]?(?=$|[，,。.!\n]))`,
	"i",
);

/** Matches the text before numbers that are written in the picture. */
export const LETTERING_BEFORE = new RegExp(
	`\\b${anyOf(BEFORE_LETTERING.english)}[ :]{0,2}$|${anyOf(BEFORE_LETTERING.chinese)}[为是:]{0,2} ?$`,
	"i",
);

/** Matches the text before a time of day. */
export const TIME_BEFORE = new RegExp(
	String.raw`\b${anyOf(BEFORE_TIME)}[ :]{0,2}$|${anyIn(CHINESE_BEFORE_TIME)}[为是:]{0,2} ?$`,
	"i",
);

/** Matches the text after a time of day. */
export const TIME_AFTER = new RegExp(
	String.raw`^ ?(?:${anyOf(AFTER_TIME.meridiems)}\b|${anyOf(AFTER_TIME.clocks, AFTER_TIME.chinese)})`,
	"i",
);
