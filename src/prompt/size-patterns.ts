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
	CHINESE_BESIDE_ONE,
	CHINESE_RATIOS,
	CONNECTORS,
	DIRECTLY_BEFORE_RATIO,
	FILM_RATIOS,
	IN_CLAUSE_BEFORE_RATIO,
	NEWS_OF_SCORE,
	OF_OTHER_RATIO,
	OTHER_UNITS,
	PICTURES_WITH_SIDES,
	PIXEL_STYLES,
	PIXEL_UNITS,
	PRESETS,
	PROPORTIONED,
	RIVALS,
	SCALED,
	SCALED_PICTURES,
	SHARES,
	SIDES,
	TEAMS,
	THINGS_WITH_SIDES,
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
const PIXEL_STYLE = `${anyOf(PIXEL_STYLES.units)}[ -]?(?!${anyOf(PIXEL_STYLES.others)})${anyOf(PIXEL_STYLES.styles)}`;
const UNIT = `(?: ?(?!${PIXEL_STYLE})${anyOf(PIXEL_UNITS)})?`;
const PIXELS = String.raw`\d{1,5}${UNIT} ?[x*乘] ?\d{1,5}${UNIT}|\d{3,4}${UNIT} by \d{3,4}${UNIT}`;
const PRESET = anyOf(PRESETS);

/** A number that goes on is no size: `16:9:30`, `1.5:1.25.3`, `16:9 / 9:16`, `16:9th`, `10x20 cm`. */
const STARTS = String.raw`(?<![\w.#$%&@/+=-])(?<!(?<!\*)\*)(?<!\d ?[:x] ?)(?<![:x] ?\d{1,5}${UNIT} ?\/ ?)`;
const ENDS = String.raw`(?![\w%]|\.\d|-\d| ?[:/x*比] ?\d| ?${anyOf(OTHER_UNITS.english)}(?![a-z])| ?${anyOf(OTHER_UNITS.chinese)})`;

/** A part of another word (`oversize`) or of an address (`?size=`) is no keyword. */
const WORD_STARTS = String.raw`(?<![\wа-я?&#%/-])`;
const OPTION = String.raw`(?<![\w-])${anyOf(BEFORE_SIZE.optionDashes)}${anyOf(BEFORE_SIZE.optionNames)}`;
/** Matches the name of a line, in brackets or emphasis: `【画面比例】`, `**Aspect ratio:**`. */
const LABEL = `${anyOf(BEFORE_SIZE.chineseOfRatio, BEFORE_SIZE.chineseOfNoun)}?${anyOf(BEFORE_SIZE.clearRatio, BEFORE_SIZE.clearSize, BEFORE_SIZE.vague, BEFORE_SIZE.chineseVague, BEFORE_SIZE.chineseRatio, BEFORE_SIZE.chineseFormat, BEFORE_SIZE.otherRatio, BEFORE_SIZE.otherVague, BEFORE_SIZE.europeanRatio, BEFORE_SIZE.europeanVague)}`;
const CLEAR_LATIN = anyOf(BEFORE_SIZE.clearRatio, BEFORE_SIZE.clearSize, BEFORE_SIZE.europeanRatio);
/** `水和酒精的比例`: two things, and the ratio of one to the other. */
const OF_OTHER = `(?:${anyOf(BEFORE_SIZE.chineseOfOther, PROPORTIONED)}的?|[和与跟][^，,。.；;\\n]{1,8}的)`;
/** `鲜艳的颜色比例16:9`: what no two things are to each other. */
const OF_SCREENS = "(?:16 ?: ?9|9 ?: ?16)(?!\\d)";
/** `像素1080x1920`, but not the style of `像素 16:9`. */
const CHINESE_PIXELS = String.raw`像素(?=[ :为是]{0,3}\d{3})`;
/** `占画面比例1/3`: the share of a thing. */
const SHARE = `${anyOf(SHARES.verbs)}${anyOf(SHARES.wholes)}?的?`;
const CLEAR_OTHER = [
	`${anyOf(BEFORE_SIZE.chineseOfRatio)}?${anyOf(BEFORE_SIZE.chineseRatio)}${anyOf(BEFORE_SIZE.chineseRatioEnd)}?`,
	anyOf(BEFORE_SIZE.otherRatio),
	`${anyOf(BEFORE_SIZE.chineseFormat)}${anyOf(BEFORE_SIZE.chineseAfterFormat)}?`,
	`${anyOf(BEFORE_SIZE.chineseOfNoun)}${anyOf(BEFORE_SIZE.chineseNoun)}`,
].join("|");
const CLEAR_KEYWORD = [
	OPTION,
	`(?:[【\\[]|\\*{1,2})${LABEL}:?(?:[】\\]]|\\*{1,2})`,
	`${WORD_STARTS}${CLEAR_LATIN}`,
	CLEAR_OTHER,
].join("|");
const VAGUE_KEYWORD = `${WORD_STARTS}(?<!\\b${anyOf(OF_OTHER_RATIO)} )${anyOf(BEFORE_SIZE.vague, BEFORE_SIZE.europeanVague)}|(?:(?<!${OF_OTHER})|(?=[^\\d\\n]{1,12}${OF_SCREENS}))${anyOf(BEFORE_SIZE.chineseVague)}|${CHINESE_PIXELS}|${anyOf(BEFORE_SIZE.otherVague)}`;

const GAP = String.raw`[ \t]{0,3}`;
const SPACE = String.raw`[ \t]{1,3}`;
const CHINESE_CONNECTOR = [
	`${anyOf(CONNECTORS.adverbs)}?(?:${anyOf(CONNECTORS.chineseVerbs)}?${anyOf(CONNECTORS.chineseResults)}|${anyOf(CONNECTORS.chineseIs, CONNECTORS.otherIs)}):?`,
	anyOf(CONNECTORS.chineseUse),
].join("|");
const CONNECTOR = `${GAP}(?:${anyOf(CONNECTORS.signs)}|${CHINESE_CONNECTOR})${GAP}|${SPACE}${anyOf(CONNECTORS.english, CONNECTORS.european)}${SPACE}`;

const DASH = `${GAP}${anyOf(CONNECTORS.dashes)}${GAP}`;

const KEYWORD_AFTER = [
	` ?的?${anyOf(AFTER_SIZE.chineseOf, CONNECTORS.shapes)}?${anyOf(AFTER_SIZE.chinese, BEFORE_SIZE.chineseRatio)}`,
	String.raw` ?(?:${anyOf(AFTER_SIZE.englishOf)} )?(?:${anyOf(AFTER_SIZE.english)}|${anyOf(AFTER_SIZE.englishUnlessOf)}(?! of))(?![\w-])`,
].join("|");
const NO_OTHER_MEANING_AFTER = `(?! ?的?${anyOf(CHINESE_BESIDE_ONE.manners)}?${anyIn(CHINESE_AFTER_KEYWORD)})`;

/** Returns the pattern of a field of JSON as far as its size: `"aspect_ratio": "portrait (4:5`. */
function fieldNamed(name: string): string {
	return `["'“](?:${name})["'”]${GAP}:${GAP}["'“]?(?:${anyOf(CONNECTORS.shapes)}${GAP}\\(?)?`;
}
/** Matches the text before a size that begins the value of its own field. */
export const FIELD_BEFORE = new RegExp(`${fieldNamed(LABEL)}$`, "i");

/** Matches the shape in words between a size and the quote or bracket that closes it. */
export const SHAPE_AFTER = new RegExp(`^[ ]?${anyOf(CONNECTORS.shapes)}`, "i");

/** A size with a keyword: the group `after` holds a size after its keyword, `before` one before it, `field` one in its field. */
export const DIRECTIVE = new RegExp(
	`(?:(?<clear>${CLEAR_KEYWORD})|${VAGUE_KEYWORD})(?:(?<connector>${CONNECTOR})(?<quote>["'“‘「『\`([【{])?|${DASH}|${GAP})(?:${anyOf(CONNECTORS.adverbs, CONNECTORS.shapes)}${GAP})?(?<after>${RATIO}|${PIXELS}|${PRESET})${ENDS}` +
		`|${STARTS}(?:(?<before>${RATIO}|${PIXELS})${ENDS}|[(\\[【{](?<inBrackets>${RATIO}|${PIXELS})[)\\]】}])(?:${KEYWORD_AFTER})${NO_OTHER_MEANING_AFTER}` +
		`|${fieldNamed(`${CLEAR_LATIN}|${CLEAR_OTHER}`)}(?<field>${RATIO}|${PIXELS}|${PRESET})${ENDS}`,
	"gi",
);

/** Returns the pattern of a side behind its word, or its option. */
function side(words: Words, options: Words, name: string): string {
	return `(?:(?:--)?${anyOf(words)}|--${anyOf(options)}|["']${anyOf(words)}["'])${GAP}[:=为是]?${GAP}(?<${name}>\\d{3,4}${UNIT})`;
}
const LABEL_BEFORE = `(?:${LABEL}(?:${CONNECTOR}|${GAP}))?`;
const BETWEEN_SIDES = String.raw`\s{0,3}(?:[,;x*、和]|and)?\s{0,8}`;

/** Both sides of a picture with a word for each: `宽1024，高1536`, `"width": 1024, "height": 1536`, `1024 wide by 1536 tall`. */
export const BOTH_SIDES = new RegExp(
	String.raw`(?<![\w-])(?:${LABEL_BEFORE}(?:${side(SIDES.width, SIDES.widthOption, "width")}${BETWEEN_SIDES}${side(SIDES.height, SIDES.heightOption, "height")}|${side(SIDES.height, SIDES.heightOption, "heightFirst")}${BETWEEN_SIDES}${side(SIDES.width, SIDES.widthOption, "widthLast")})${ENDS}` +
		String.raw`|(?<wide>\d{3,4}${UNIT}) ${anyOf(SIDES.wide)}(?:,? (?:by|and|x)|,) (?<tall>\d{3,4}${UNIT}) ${anyOf(SIDES.tall)}(?!\w))`,
	"gi",
);

/** Matches the text before such sides if they are those of a picture. */
export const PICTURE_WITH_SIDES_BEFORE = new RegExp(`${anyOf(PICTURES_WITH_SIDES)}的?[ ]?$`, "i");

/** Matches the text before such sides if they are those of a thing. */
export const THING_WITH_SIDES_BEFORE = new RegExp(`${anyOf(THINGS_WITH_SIDES)}的?[, ]{0,2}$`, "i");

/** With an x, only ratios that are no grid. */
const BARE_RATIO = String.raw`[1-9]\d? ?: ?[1-9]\d?|(?:16|21) ?[x*比] ?9|9 ?[x*比] ?(?:16|21)|${anyOf(CHINESE_RATIOS.wide, FILM_RATIOS)}`;
const BARE_PIXELS = String.raw`\d{3,4}${UNIT}(?: ?[x*] ?| by )\d{3,4}`;

/** Numbers that may be a size without a keyword. */
export const BARE_SIZE = new RegExp(`${STARTS}(?:${BARE_RATIO}|${BARE_PIXELS}${UNIT})${ENDS}`, "gi");

const RESOLUTION = String.raw`(?<level>[124]k)(?!\w)`;

/** A resolution with a keyword: `resolution: 2K`, `分辨率2K`, `2K分辨率`. */
export const RESOLUTION_DIRECTIVE = new RegExp(
	`(?:${anyOf(BEFORE_SIZE.optionDashes)}resolution${GAP}|${WORD_STARTS}${anyOf(BEFORE_RESOLUTION.english)}(?:${CONNECTOR})|${anyOf(BEFORE_RESOLUTION.chinese)}(?:${CONNECTOR}|${DASH}|${GAP}))${RESOLUTION}` +
		`|(?<![\\w])(?<before>[124]k) ?的?${anyOf(BEFORE_RESOLUTION.chineseAfter)}`,
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

/** Matches what may stand between a word and its ratio: `约为`. */
const IS = `${anyOf(CONNECTORS.adverbs)}?[为是:]{0,2} ?`;

/** Matches the text before a ratio that is a score, a verse, a scale or a mixture. */
export const OTHER_MEANING_BEFORE = new RegExp(
	[
		String.raw`\b${anyIn(IN_CLAUSE_BEFORE_RATIO)}\b[^\n,.;!?]{0,${CONTEXT_CHARS}}$`,
		String.raw`\b${anyIn(DIRECTLY_BEFORE_RATIO)}[ :]{0,2}$`,
		`\\b${anyOf(OF_OTHER_RATIO)} ratio(?: of| is)?[ :]{0,2}$`,
		`(?:${OF_OTHER}${anyOf(BEFORE_SIZE.chineseVague)}|${SHARE}${anyOf(BEFORE_SIZE.chineseVague)}?的?)${IS}$`,
		`(?:第[^，,\n]{1,6}${anyOf(CHAPTER_COUNTERS)}|${anyIn(CHINESE_BEFORE_RATIO)})${IS}$`,
		// 头身比, but not a picture of 对比.
		`(?<!对|相)比${IS}$`,
	].join("|"),
	"i",
);

/** Matches the text before the keyword of such a share, or of a thing's proportion. */
export const SHARE_BEFORE = new RegExp(`(?:${SHARE}|${anyOf(PROPORTIONED)}的?)$`);

/** Match the text before a ratio with a side of 1 that is none of the picture, and after one. */
export const BESIDE_ONE_BEFORE = new RegExp(`${anyOf(CHINESE_BESIDE_ONE.before)}${IS}$`);
export const BESIDE_ONE_AFTER = new RegExp(
	`^ ?的?${anyOf(CHINESE_BESIDE_ONE.manners)}?的?${anyOf(CHINESE_BESIDE_ONE.copies, CHINESE_BESIDE_ONE.divisions)}|^${anyOf(CHINESE_BESIDE_ONE.services)}`,
);

/** Matches the text before the score of a team. */
export const TEAM_BEFORE = new RegExp(`${anyOf(TEAMS)}[以为是:]{0,2} ?$`);

/** Match the text on both sides of a score: `葡萄牙3:2西班牙`, `红队 2:3 蓝队`. */
export const RIVAL_BEFORE = new RegExp(`(?:${anyOf(TEAMS)}|${anyIn(RIVALS)}|队)[ ]?$`);
export const RIVAL_AFTER = new RegExp(`^[ ]?(?:${anyOf(TEAMS)}|${anyIn(RIVALS)}|[^，,。 \n]{1,4}队)`);

/** Matches the text after the scale of a thing, in the same clause. */
export const SCALED_AFTER = new RegExp(`^[^，,。.;\\n]{0,8}${anyOf(SCALED)}(?!的?${anyOf(SCALED_PICTURES)})`);

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
	String.raw`^ ?(?:${anyOf(AFTER_TIME.meridiems, AFTER_TIME.departures)}\b|${anyOf(AFTER_TIME.clocks, AFTER_TIME.chinese)})`,
	"i",
);
