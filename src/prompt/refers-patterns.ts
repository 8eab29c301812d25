/** The patterns that tell what a clause asks of the last picture, joined from the lists of `refers-words.ts`. All expect lower case and one blank between words. */

import {
	ADD_VERBS,
	BARE_VERBS,
	CHANGE_VERBS,
	CHINESE,
	CHINESE_REFERENCES,
	COLOURS,
	COMPARATIVES,
	DETERMINERS,
	FILLERS,
	INDEFINITE,
	INTENSIFIERS,
	MAKING_VERBS,
	MANNER_NOUNS,
	MANNERS,
	NEW_WORDS,
	ONCE_MORE,
	PICTURE_NOUNS,
	PRONOUNS,
	TURNING_AWAY,
	VERSIONS,
	WISHES,
	WISHES_BEFORE,
} from "./refers-words.ts";
import { anyOf } from "./size-patterns.ts";

/** A word has ended. */
const END = "(?![\\p{L}\\p{N}'-])";
const WORD = "[\\p{L}\\p{N}'-]{1,30}";

/** Matches the beginning of a clause. */
function begins(source: string): RegExp {
	return new RegExp(`^${source}`, "u");
}

/** Matches words at the beginning of a clause, the last of them whole. */
function beginsWith(...words: readonly string[]): RegExp {
	return begins(`${words.join(" ")}${END}`);
}

function whole(source: string): RegExp {
	return begins(`(?:${source})$`);
}

/** Matches the fillers at the beginning of a clause, one at a time. */
export const ENGLISH_FILLER = begins(`${anyOf(FILLERS.english)}(?:${END} ?|$)`);
/** Matches words for the picture at the beginning of a clause, which goes on or ends behind them, or else a filler. */
export const ENGLISH_REFERENCE = begins(
	`(?:(?:(?:in|on|for|from|of|with|take|use|i like|i love|i choose|i pick) )?this picture(?: (?=but )| |$)|${anyOf(FILLERS.english)}(?:${END} ?|$))`,
);

/** A thing that is in the picture already. */
const THERE = `${anyOf(PRONOUNS, DETERMINERS)}`;
const PRONOUN = anyOf(PRONOUNS);
const NUMBER = "\\d{1,3}";
const NOT_THERE = `(?:${anyOf(INDEFINITE)}|${NUMBER})`;

/** Patterns of clauses that begin as those do that make a picture, and change the last one. */
export const EXCEPTIONS: readonly RegExp[] = [
	begins(
		`(?:draw|paint|write|sketch|put)(?: (?!with|of|in)${WORD}){1,5} (?:on|onto|over|around|behind|beside|under|above|to) (?:it|him|her|them|this|that|the ${WORD})$`,
	),
	begins(
		`(?:${anyOf(MAKING_VERBS)} )?(?:the |a |an |another |some |${NUMBER} |two |three |more )?(?:${WORD} ){0,3}${anyOf(VERSIONS)}(?: of (?:it|this|that|the ${WORD})| with ${WORD}.{0,60}| in ${WORD}.{0,60})?$`,
	),
];

/** Patterns of clauses that change the last picture, whatever else the message says. */
export const STRONG_EDITS: readonly RegExp[] = [
	beginsWith(anyOf(CHANGE_VERBS), THERE),
	begins(`(?:swap|replace|change|exchange) ${WORD} (?:for|with|to|into) ${WORD}`),
	beginsWith(anyOf(ADD_VERBS), NOT_THERE),
	beginsWith("(?:in|on|for|of|from) (?:the )?(?:last|previous|above|same|first|original)", anyOf(PICTURE_NOUNS)),
	beginsWith(anyOf(WISHES_BEFORE), THERE),
	beginsWith(`${THERE}(?: ${WORD}){0,4} ${anyOf(WISHES)}`),
	beginsWith(`${PRONOUN} (?:needs|should|must|has to|is too|looks|'s too)`),
	begins(`(?:paint|color|colour) (?:the|his|her|their|its)(?: ${WORD}){1,4} ${anyOf(COLOURS)}$`),
	beginsWith(`(?:do|make|try|redo|run) (?:it|that|this|the same)(?: ${WORD}){0,3} again`),
	beginsWith(
		`(?:the )?same (?:${anyOf(PICTURE_NOUNS)}|style|composition|pose|character|person|background|thing|prompt|but)`,
	),
	beginsWith(
		anyOf(BARE_VERBS),
		"(?:text|background|color|colour|contrast|brightness|saturation|noise|watermark|people|shadows|detail|details)",
	),
];

/** Patterns of clauses that change it if the message has nothing else than such clauses. */
export const WEAK_EDITS: readonly RegExp[] = [
	whole(anyOf(ONCE_MORE)),
	begins(`(?:${anyOf(INTENSIFIERS)} ){0,2}${anyOf(COMPARATIVES)}(?! (?:than|is|or))(?: ${WORD}){0,3}$`),
	begins(`${anyOf(COMPARATIVES)}(?: ${WORD}){1,3} (?:in|on|to|around|behind) (?:the|his|her|its|their) ${WORD}$`),
	begins(`(?:too|not so|not that|not as|not too)(?: ${WORD}){1,3}$`),
	begins(`no (?:(?:more|extra|other) )?${WORD}$`),
	begins(`without (?:the |any |his |her |their )?${WORD}(?: ${WORD})?$`),
	begins(`${anyOf(MANNERS)}(?: ${WORD}){0,5}$`),
	begins(`(?:(?:with|on|against|in|use) )?(?:an? )?(?:${WORD} ){1,2}${anyOf(MANNER_NOUNS)}$`),
	beginsWith(anyOf(BARE_VERBS), WORD),
	begins(
		`(?:zoom (?:in|out)|rotate|scale up|scale down|enlarge|flip (?:horizontally|vertically)|mirror|crop to)(?: (?:a little|a bit|more|further|slightly|by|on the ${WORD}|to the ${WORD}|${NUMBER}%?|degrees|left|right|clockwise|square|horizontally|vertically)){0,4}$`,
	),
	begins(`(?:the )?same ${WORD}(?: ${WORD})?$`),
];

/** Matches the rest of a clause behind `now`: how the picture should be. */
export const AFTER_NOW = begins(`(?:in|at|with|without|as|from|on|under|during|by)(?: ${WORD}){1,8}$`);

/** Matches what is said of something in the picture without a wish: it is no picture of its own. */
export const COMMENT = begins(
	`${anyOf(DETERMINERS)}(?: ${WORD}){1,3} (?:is|are|was|were|seems|seem)(?: ${WORD}){1,3}$`,
);

/** Patterns of clauses that ask for a picture of their own. */
export const NEW_PICTURES: readonly RegExp[] = [
	beginsWith(anyOf(MAKING_VERBS), `(?:${anyOf(INDEFINITE)}|${NUMBER}|something|someone)`),
	beginsWith(anyOf(TURNING_AWAY)),
	beginsWith(`(?:${WORD} )?(?:(?:an?|the|one|another|some) )?${anyOf(NEW_WORDS)} ${anyOf(PICTURE_NOUNS)}`),
	beginsWith(`(?:(?!the )${WORD} )?(?:(?:an?|one|another) )?second ${anyOf(PICTURE_NOUNS)}`),
	begins(`(?:make|do|create|generate|draw|paint|show me|give me) the second ${anyOf(PICTURE_NOUNS)}$`),
	beginsWith(`another ${anyOf(PICTURE_NOUNS.filter((noun) => noun !== "one"))}`),
	beginsWith(
		`(?:an?|the)(?: ${WORD}){0,3} (?:picture|image|photo|photograph|illustration|drawing|painting|portrait|logo|icon|poster) (?:of|showing|with|for)`,
	),
];

const HAN = "[^，。]";
const FILLER = anyOf(FILLERS.chinese);
export const CHINESE_FILLER = new RegExp(`^${FILLER}(?=.|$)`);
export const CHINESE_REFERENCE = new RegExp(
	`^(?:在|基于|根据|以)?(?:${anyOf(CHINESE_REFERENCES.which)}${anyOf(CHINESE_REFERENCES.noun)}?|(?:在)?(?:图片|照片|图像|图|画面)(?=里|中|上))${anyOf(CHINESE_REFERENCES.after)}?`,
);

const ENDING = `${anyOf(CHINESE.particles)}{0,2}`;
const DEGREE = anyOf(CHINESE.degrees);
const ASPECT = anyOf(CHINESE.aspects);
/** Characters that may stand before 的 in what a removal names: it then says where, and is no attribute of a noun. */
const PLACE = "(?:里|中|上|下|边|面|侧|后|前|旁|角|处|多余|所有|其他|他|她|它|身|头|手)";
/** Counts what there is several of. */
const COUNT = "(?:[一二两三四五六七八九十几]|\\d{1,2})";
/** `再来四张`: asks for so many more of the same. */
const MORE = `[再多](?:给我)?(?:来|出|做|画|生成|给我|给|要)${COUNT}${anyOf(CHINESE.once)}(?:图片|照片|图|画|版本)?${ENDING}$`;
const PLAIN = `(?:[^的]|(?<=${PLACE})的)`;

export const STRONG_CHINESE_EDITS: readonly RegExp[] = [
	new RegExp(`^[把将]${HAN}{1,20}?${anyOf(CHINESE.changes)}`),
	new RegExp(`^${anyOf(CHINESE.becomes)}${HAN}{1,20}$`),
	new RegExp(`^再?[换改](?:成|个|一个|一种|一下|一套|一件|套|件|掉)?${ASPECT}`),
	new RegExp(`^(?:再)?给(?:[它他她]们?|${HAN}{1,8}?)${anyOf(CHINESE.gives)}`),
	new RegExp(
		`^(?!放[一两个]{0,2}[张幅]?${HAN}{0,20}(?:的图|图片|照片|海报|的画)$)[再多]?(?:加${anyOf(CHINESE.afterAdd)}|${anyOf(CHINESE.add)})${HAN}{0,30}$`,
	),
	new RegExp(`^在${HAN}{1,12}?(?:加${anyOf(CHINESE.afterAdd)}|${anyOf(CHINESE.add)})`),
	new RegExp(`^${anyOf(CHINESE.removes)}${PLAIN}{0,12}$`),
	new RegExp(`^${anyOf(CHINESE.removesThings)}(?:${anyOf(CHINESE.removed)}|${ASPECT})${PLAIN}{0,10}$`),
	new RegExp(`^(?:移动|挪动)(?:${HAN}{0,8}(?:到|往|向|位置)|一下|[它他她这那])${HAN}{0,10}$`),
	new RegExp(`^翻译(?:${HAN}{0,8}(?:成|为)|一下|[它这那]|上面|里面|${ASPECT})${HAN}{0,10}$`),
	new RegExp(
		`^${ASPECT}(?:里的|上的|的)?${HAN}{0,6}?(?:太|再|有|加|不够|缺|少了|多了|改|换|变|要|应该|去掉|删|移|调|画错|写错|不对|有点|更|虚化|模糊|透明|不变|不要|别)`,
	),
	new RegExp(`^${HAN}{1,6}的${ASPECT}(?:改成|换成|变|改为|换为|调|太|再)`),
	new RegExp(
		`^让?[它他她]们?(?:的${HAN}{1,6}?)?(?:应该|要|再|太|能|可以|不|更|看起来|换成|换上|改成|改为|变成(?!了)|${HAN}{1,8}一下$|${HAN}{1,8}(?:起来|一些|一点)$)`,
	),
	new RegExp(`^${HAN}{1,8}(?:画|写|做|弄|拼)错了?$`),
	/^(?:改|修|调|换|补|处理|优化)一下/,
	new RegExp(`^(?:${anyOf(CHINESE.rest)}|保持${HAN}{1,10}?)${HAN}{0,4}${anyOf(CHINESE.unchanged)}`),
	new RegExp(`^(?:用|以|按|按照)${HAN}{1,14}${anyOf(CHINESE.redo)}`),
	new RegExp(`^${anyOf(CHINESE.redo)}(?:一遍|一次|一下)?$`),
	new RegExp(`^(?:编辑|修改|改|处理|优化|调整|修)(?:一下)?这张图(?:片)?(?:一下)?${ENDING}$`),
	/^应该(?:是|有|戴|穿|更|再|把|在)/,
	new RegExp(`^如果(?:是|在|换|改|没有|有|他|她|它)${HAN}{1,12}(?:呢|会怎么样|怎么样|会怎样)?$`),
	new RegExp(`^(?:换|改)[掉了]?${ASPECT}`),
];

export const WEAK_CHINESE_EDITS: readonly RegExp[] = [
	new RegExp(`^${anyOf(CHINESE.onceMore)}${ENDING}$`),
	new RegExp(`^${MORE}`),
	new RegExp(`^(?!${COUNT}[${CHINESE.measures}])${PLAIN}{1,8}?${anyOf(CHINESE.swaps)}[^的]{1,10}的?$`),
	new RegExp(`^(?!${COUNT}[${CHINESE.measures}])${PLAIN}{1,8}?${anyOf(CHINESE.takenAway)}了?${ENDING}$`),
	new RegExp(`^${HAN}{1,12}${DEGREE}${ENDING}$`),
	new RegExp(`^(?:再|更)?[少多](?:一点|一些|点|些)${HAN}{1,6}$`),
	new RegExp(`^${HAN}{0,4}(?:太|有点|过于|有些|不够)${anyOf(CHINESE.faults)}[了啦]?$`),
	new RegExp(`^更(?!${anyOf(CHINESE.moreWords)})${HAN}{1,4}$`),
	new RegExp(`^[少多][加放]?(?:几|一|两)[${CHINESE.measures}]$`),
	/^我?(?:想要|要|改)?(?:竖|横)(?:屏|版|图|构图)的?$/,
	new RegExp(
		`^${HAN}{1,6}(?:旁边|上面|下面|左边|右边|后面|前面|头上|手里|身上)[再也]?(?:放|加|画|添|写|戴|拿)[上个一两几]${HAN}{0,8}$`,
	),
	new RegExp(`^${anyOf(CHINESE.places)}[再也]?(?:加${anyOf(CHINESE.afterAdd)}|${anyOf(CHINESE.add)})${HAN}{0,20}$`),
	new RegExp(`^再${HAN}{1,5}些$`),
	new RegExp(`^${anyOf(CHINESE.without)}${HAN}{1,8}$`),
	new RegExp(`^让(?:[它他她]们?的?|[^的])${PLAIN}{1,14}$`),
	new RegExp(`^${anyOf(CHINESE.adjusts)}(?!${anyOf(CHINESE.notAdjusted)}$)${PLAIN}{0,10}$`),
	new RegExp(
		`^(?:裁成|旋转|(?:左右|上下|水平|垂直)?翻转|镜像|放大到|缩小到|裁剪到)(?:\\d{1,4}(?:度|倍|%)?|${HAN}{0,6}形|一下)?$`,
	),
	new RegExp(`^(?:同样|一样|相同)的(?:${ASPECT}|${HAN}{1,4})$`),
	new RegExp(`^${HAN}{1,6}${anyOf(CHINESE.mannerNouns)}$`),
];

/** As `COMMENT`: names the last picture, or something in it. */
export const CHINESE_COMMENT = new RegExp(`^(?:刚才|刚刚|上面|之前)的?那?[${CHINESE.measures}]?${HAN}{0,4}$`);

/** Matches the rest of a clause behind 现在. */
export const AFTER_CHINESE_NOW = new RegExp(`^(?:是|下|变|天)${HAN}{1,8}$`);

const COUNTED = `(?:[一两三四五六七八九十几]|\\d{1,2})?[${CHINESE.measures}]`;
export const NEW_CHINESE_PICTURES: readonly RegExp[] = [
	new RegExp(`^(?!${MORE})(?:再|另外|重新|我|先|去){0,2}${anyOf(CHINESE.makes)}(?:给?我)?${COUNTED}(?!版|遍|次)${HAN}`),
	new RegExp(`^(?!${MORE})(?:再|另外|我)?(?:画|绘制)(?!面|风|质|得|错|上|成|大|小|中|里)${HAN}`),
	new RegExp(`^(?!${MORE})(?:再|我)?(?:生成|设计|创作)(?!一[次遍版])${HAN}{2}`),
	new RegExp(`^(?:再|给我|来){0,2}(?:一张)?${anyOf(CHINESE.turningAway)}`),
	/^一?[张幅]?新的?(?:图|画|照片|图片|一张)/,
];
