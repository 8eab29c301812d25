/** Finds the pictures of a conversation that a message tells by their number: `the second picture`, `picture 3`, 第二张, 倒数第一张图. */

import { listOf } from "../text.ts";
import { anyOf } from "./size-patterns.ts";

/** No request makes more. */
const MAX_PLACE = 10;
/** Each that a message names is looked up at its job. */
const MAX_NAMED = 8;
/** What stands around a name, as far as it is read. In UTF-16 units. */
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

/** `the second one from the left` is a thing in the picture. */
const NOT_IN_A_ROW = "(?! (?:from|on|at|in) (?:the|his|her|a) )";
export const ENGLISH_NAME = new RegExp(
	`(?<![\\p{L}\\p{N}])(?:(?:the|this|that|your|my) (?:(?<ordinal>${ORDINALS.join("|")})|(?<digits>\\d{1,2})(?:st|nd|rd|th)) (?<last>to last |last |from last )?${anyOf(NOUNS)}` +
		`|(?<!(?:^|[^\\p{L}])(?:an?|another|new) )${anyOf(NUMBERED)} (?:(?:number |no\\.? ?|# ?)(?:(?<cardinal>${CARDINALS.join("|")})|(?<number>\\d{1,2}))|(?<bare>\\d{1,2})))(?![\\p{L}\\p{N}'-]| ?[:/×%]|[.,]\\d)${NOT_IN_A_ROW}`,
	"gu",
);
/** `show me the second picture` asks for one that is not there yet. */
const ASKS_FOR = /(?:^|[^\p{L}])(?:make|do|create|generate|draw|paint|show me|give me) $/u;
const CLAUSE_ENDS = /^ ?(?:please|now)? ?(?:[.,;:!?\n]|$)/;

export const CHINESE_NAME = new RegExp(
	`(?<fromLast>倒数)?第 ?(?<counted>${CHINESE_NUMBERS.join("|")}|两|\\d{1,2}) ?(?:[张幅个副版]${anyOf(CHINESE_NOUNS)}(?![面风])|[张幅](?!${OTHER_SHEETS.join("|")}))` +
		`|(?<=^|[把将给在对让用和与跟、，。,.\\s]|编辑|修改|处理|调整)图(?:片)? ?(?<figure>${CHINESE_NUMBERS.join("|")}|\\d{1,2})(?![\\d一二三四五六七八九十a-z:：/×比张幅个只])`,
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

function englishPlace({ ordinal, digits, last, cardinal, number, bare }: Groups): number | null {
	const word = ordinal === undefined ? CARDINALS.indexOf(cardinal ?? "") : ORDINALS.indexOf(ordinal);
	return toPlace(word >= 0 ? word + 1 : Number(digits ?? number ?? bare), last !== undefined);
}

function chinesePlace({ counted, figure, fromLast }: Groups): number | null {
	const digits = (counted ?? figure ?? "").replace("两", "二");
	const word = CHINESE_NUMBERS.indexOf(digits);
	return toPlace(word >= 0 ? word + 1 : Number(digits), fromLast !== undefined);
}

function toPlace(number: number, fromLast: boolean): number | null {
	if (!(number >= 1 && number <= MAX_PLACE)) return null;
	return fromLast ? -number : number - 1;
}
