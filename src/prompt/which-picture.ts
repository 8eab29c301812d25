/** Finds the pictures of a conversation that a message tells by their number or side: `the second picture`, `picture 3`, `the left one`, 第二张, 倒数第一张图, 左边那张. */

import { listOf } from "../text.ts";
import { COMPARATIVES } from "./refers-words.ts";
import { anyOf } from "./size-patterns.ts";

/** No request makes more. */
const MAX_PLACE = 10;
/** Each that a message names is looked up at its job. */
const MAX_NAMED = 8;
/** So much of the text around a name is read. In UTF-16 units. */
const CONTEXT_CHARS = 20;

const ORDINALS = listOf("first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth");
const CARDINALS = listOf("one, two, three, four, five, six, seven, eight, nine, ten");
const CHINESE_NUMBERS = listOf("一, 二, 三, 四, 五, 六, 七, 八, 九, 十");

/** Words for a picture that stands in a row of others. */
const NOUNS = listOf(
	"picture, image, photo, photograph, pic, one, version, variation, variant, option, result, drawing, illustration, painting",
);
const NUMBERED = listOf("picture, image, photo, pic, option, version, variation, variant, result");
const CHINESE_NOUNS = listOf("图片, 照片, 图像, 相片, 图, 画, 作品, 版本, 方案");
/** 张 counts these too, so 第二张椅子 is a thing in the picture. */
const OTHER_SHEETS = listOf(
	"椅, 桌, 床, 脸, 人脸, 纸, 牌, 票, 卡, 嘴, 沙发, 海报, 邮, 地图, 网, 皮, 毯, 报, 弓, 琴, 唱片, 名片, 明信片, 专辑, 面孔, 凳, 信, 贴, 标签, 便",
);

/** `upscale the third`, `use number 2`: verbs behind which a number needs no noun. */
const PICKING = listOf(
	"upscale, edit, use, take, redo, like, love, prefer, choose, pick, enlarge, remake, regenerate, improve, sharpen, fix, keep",
);
/** `第二个好看`: praise of a picture, for 第二个 alone may count anything in it. */
const CHINESE_PRAISE = listOf("好看, 更好看, 最好看, 不错, 很好, 挺好, 最好, 更好, 很棒, 真好");
const CHINESE_PICKING = listOf("喜欢, 选, 就要, 用");

/** `the second one from the left` is a thing in the picture. */
const NOT_IN_A_ROW = "(?! (?:from|on|at|in) (?:the|his|her|a) )";
const ORDINAL = `(?:${ORDINALS.join("|")}|\\d{1,2}(?:st|nd|rd|th))`;
const CLAUSE_STARTS = "(?:^|[.,;:!?\\n] ?)";
const PICKED = `(?:${CLAUSE_STARTS}|\\b(?:${PICKING.join("|")}) )`;
const CLAUSE_GOES_ON = ` ?(?:$|[.,;:!?\\n]|but |(?:please|now|${COMPARATIVES.join("|")})(?![\\p{L}-]))`;
/** `the first and the third picture` names two. */
const AND = " (?:and|&) (?:the )?";
const NUMBER_SIGN = "(?:number |no\\.? ?|# ?)";
export const ENGLISH_NAME = new RegExp(
	`(?<![\\p{L}\\p{N}])(?:(?:(?:the|this|that|your|my) |(?<=${CLAUSE_STARTS})(?=\\d|(?:${ORDINALS.join("|")}) ${anyOf(NOUNS)}${CLAUSE_GOES_ON})|(?<=${ORDINAL}${AND}))` +
		`(?:(?<ordinal>${ORDINALS.join("|")})|(?<digits>\\d{1,2})(?:st|nd|rd|th))` +
		`(?: (?<last>to last |last |from last )?${anyOf(NOUNS)}|(?<=${AND}${ORDINAL}) ${anyOf(NOUNS)}s` +
		`|(?=${AND}${ORDINAL} ${anyOf(NOUNS)})|(?<=${PICKED}the ${ORDINAL})(?=${CLAUSE_GOES_ON}))` +
		`|(?:(?<!(?:^|[^\\p{L}])(?:an?|another|new) )${anyOf(NUMBERED)} |(?<=${PICKED})(?=${NUMBER_SIGN}(?:${CARDINALS.join("|")}|\\d{1,2})${CLAUSE_GOES_ON}))` +
		`(?:${NUMBER_SIGN}(?:(?<cardinal>${CARDINALS.join("|")})|(?<number>\\d{1,2}))|(?<bare>\\d{1,2}))` +
		// A side alone may tell things in the picture apart.
		`|(?<=${PICKED})the (?:(?<side>left|right)(?:most|-hand)? ${anyOf(NOUNS)}|${anyOf(NOUNS)} (?:on|to|at) the (?<at>left|right))(?=${CLAUSE_GOES_ON}))` +
		`(?![\\p{L}\\p{N}'-]| ?[/×%]| ?: ?\\d|[.,]\\d)${NOT_IN_A_ROW}`,
	"gu",
);
/** `show me the second picture` asks for one that is not there yet. */
const ASKS_FOR = /(?:^|[^\p{L}])(?:make|do|create|generate|draw|paint|show me|give me) $/u;
const CLAUSE_ENDS = /^ ?(?:please|now)? ?(?:[.,;:!?\n]|$)/;

const CHINESE_NUMBER = `(?:${CHINESE_NUMBERS.join("|")}|两|\\d{1,2})`;
export const CHINESE_NAME = new RegExp(
	`(?<fromLast>倒数)?第 ?(?<counted>${CHINESE_NUMBER}) ?(?:[张幅个副版]${anyOf(CHINESE_NOUNS)}(?![面风])|[张幅](?!${OTHER_SHEETS.join("|")})` +
		`|个(?=${anyOf(CHINESE_PRAISE)})|(?<=${anyOf(CHINESE_PICKING)}第 ?${CHINESE_NUMBER} ?)个(?=$|[，,。.!;；]))` +
		`|(?<side>[左右])[边侧]的?(?:[那这]一?|一)[张幅]${anyOf(CHINESE_NOUNS)}?(?!${OTHER_SHEETS.join("|")})` +
		`|(?<=^|[把将给在对让用和与跟到进以按、，。,.\\s]|编辑|修改|处理|调整|放大|重画)图(?:片)? ?(?<figure>${CHINESE_NUMBERS.join("|")}|\\d{1,2})(?![\\d一二三四五六七八九十a-z:：/×比张幅个只])` +
		`|(?<![\\d第])(?<numbered>${CHINESE_NUMBER}) ?号(?:图片?(?![书纸])|(?<=(?:^|[，。,\\n] ?)${CHINESE_NUMBER} ?号)(?=$|[，。,]))`,
	"gu",
);

/**
 * Returns the places of the pictures that a text names, in its order and each once, as `Array.at` takes them: 0 is the first picture
 * and -1 the last. Empty if it names none.
 * @param plain In lower case and simplified, with one blank between words
 */
export function placesIn(plain: string): readonly number[] {
	return [...new Set(namesIn(plain).map(({ place }) => place))].slice(0, MAX_NAMED);
}

/** Writes `this picture` or 这张图 for each picture that a text names by its place. @param plain As for `placesIn` */
export function withoutPlaces(plain: string): string {
	return namesIn(plain).reduceRight(
		(text, { start, end, instead }) => text.slice(0, start) + instead + text.slice(end),
		plain,
	);
}

interface Named {
	readonly start: number;
	readonly end: number;
	readonly place: number;
	readonly instead: string;
}

/** Returns the names in their order. No two overlap: one is English, and the other Chinese. */
function namesIn(plain: string): readonly Named[] {
	const english = [...plain.matchAll(ENGLISH_NAME)].filter((match) => !asksFor(match));
	return [
		...english.flatMap((match) => toNamed(match, englishPlace, "this picture")),
		...[...plain.matchAll(CHINESE_NAME)].flatMap((match) => toNamed(match, chinesePlace, "这张图")),
	].toSorted((a, b) => a.start - b.start);
}

function asksFor({ 0: name, index, input }: RegExpExecArray): boolean {
	const end = index + name.length;
	return (
		ASKS_FOR.test(input.slice(Math.max(0, index - CONTEXT_CHARS), index)) &&
		CLAUSE_ENDS.test(input.slice(end, end + CONTEXT_CHARS))
	);
}

type Groups = Readonly<Record<string, string | undefined>>;

function toNamed(
	{ 0: name, index, groups = {} }: RegExpExecArray,
	placeOf: (groups: Groups) => number | null,
	instead: string,
): readonly Named[] {
	const place = placeOf(groups);
	return place === null ? [] : [{ start: index, end: index + name.length, place, instead }];
}

function englishPlace({ ordinal, digits, last, cardinal, number, bare, side, at }: Groups): number | null {
	if (side !== undefined || at !== undefined) return toPlace(1, (side ?? at) === "right");
	const word = ordinal === undefined ? CARDINALS.indexOf(cardinal ?? "") : ORDINALS.indexOf(ordinal);
	return toPlace(word >= 0 ? word + 1 : Number(digits ?? number ?? bare), last !== undefined);
}

function chinesePlace({ counted, figure, numbered, side, fromLast }: Groups): number | null {
	if (side !== undefined) return toPlace(1, side === "右");
	const digits = (counted ?? figure ?? numbered ?? "").replace("两", "二");
	const word = CHINESE_NUMBERS.indexOf(digits);
	return toPlace(word >= 0 ? word + 1 : Number(digits), fromLast !== undefined);
}

function toPlace(number: number, fromLast: boolean): number | null {
	if (!(number >= 1 && number <= MAX_PLACE)) return null;
	return fromLast ? -number : number - 1;
}
