/** The patterns that tell what a Chinese clause asks of the last picture, joined from the lists of `refers-words-chinese.ts`. All expect simplified characters. */

import { CHINESE } from "./refers-words-chinese.ts";
import { anyOf } from "./size-patterns.ts";

const HAN = "[^，。]";
const FILLER = anyOf(CHINESE.fillers);
export const CHINESE_FILLER = new RegExp(`^(?:${FILLER}|${anyOf(CHINESE.calls)}$)`);
export const CHINESE_REFERENCE = new RegExp(
	`^(?:在|基于|根据|以|就?[用选拿]|选择|选用)?(?:${anyOf(CHINESE.references)}${anyOf(CHINESE.referenceNouns)}?|(?:在)?(?:图片|照片|图像|图|画面)(?=里|中|上))${anyOf(CHINESE.referenceEnds)}?`,
);

const ENDING = `${anyOf(CHINESE.particles)}{0,2}`;
const DEGREE = anyOf(CHINESE.degrees);
const ASPECT = anyOf(CHINESE.aspects);
/** Characters that may stand before 的 in what a removal names: it then says where, and is no attribute of a noun. */
const PLACE = "(?:里|中|上|下|边|面|侧|后|前|旁|角|处|多余|所有|其他|他|她|它|身|头|手)";
/** Counts what there is several of. */
const COUNT = "(?:[一二两三四五六七八九十几]|\\d{1,2})";
/** `再来四张`: asks for so many more of the same. */
const MORE = `[再多](?:给我)?(?:来|出|做|画|生成|产生|给我|给|要)${COUNT}${anyOf(CHINESE.once)}(?:${anyOf(CHINESE.alike)}的?)?(?:图片|照片|图|画|版本)?${ENDING}$`;
const DEGREES_OF_FAULT = "[也都还太很好有点更]{0,2}";
const PLAIN = `(?:[^的]|(?<=${PLACE})的)`;
/** `把书放在桌上的女孩` names somebody, and asks for no change; `把猫换成戴帽子的狗` and `给左边的人戴帽子` do ask. */
const DOER = `的${HAN}{0,3}${anyOf(CHINESE.doers)}$`;
const NAMES_DOER = `(?:[^成为加添换应要个一，。]{2,20}(?<![边侧面间方])${DOER})`;

/** `来个水彩版`: edits that begin as a new picture does. */
export const CHINESE_EXCEPTIONS: readonly RegExp[] = [
	new RegExp(`^再?(?:画|画出|绘制|生成|做|出)(?:一[张幅个])?[他她它]们?[的在]${HAN}{1,12}$`),
	new RegExp(`^[用以拿]${anyOf(CHINESE.references)}${anyOf(CHINESE.referenceNouns)}?来?(?:做|制作|生成|设计)`),
	new RegExp(`^[用以](?:这个|同一个|刚才的|上面的)${HAN}{0,3}${anyOf(CHINESE.figures)}(?:再|来)?(?:画|做|生成)`),
	new RegExp(
		`^(?:再|给我|我要|我想要){0,2}(?:来|出|做|要|给|生成|画)?(?:一|两|三|几)?(?:个[^，。]{1,8}(?<![模排出封])版本?|版[^，。]{1,8}的)${ENDING}$`,
	),
];

export const STRONG_CHINESE_EDITS: readonly RegExp[] = [
	new RegExp(`^(?!${NAMES_DOER})[把将]${HAN}{1,20}?${anyOf(CHINESE.changes)}`),
	new RegExp(`^(?!变成${HAN}{0,3}${anyOf(CHINESE.doers)}${DOER})${anyOf(CHINESE.becomes)}${HAN}{1,20}$`),
	new RegExp(`^再?[换改](?:成|个|一个|一种|一下|一套|一件|套|件|掉)?${anyOf(CHINESE.others)}?${ASPECT}`),
	new RegExp(
		`^(?!${NAMES_DOER})(?:再)?给(?!我(?!的)|${HAN}{1,6}?(?:画|做|设计|生成)一?[张幅])(?:[它他她]们?|${HAN}{1,8}?)${anyOf(CHINESE.gives)}`,
	),
	new RegExp(
		`^(?![穿戴]上${NAMES_DOER})(?!放[一两个]{0,2}[张幅]?${HAN}{0,20}(?:的图|图片|照片|海报|的画)$)[再多]?(?:加${anyOf(CHINESE.afterAdd)}|${anyOf(CHINESE.add)})${HAN}{0,30}$`,
	),
	new RegExp(`^在${HAN}{1,12}?(?:加${anyOf(CHINESE.afterAdd)}|${anyOf(CHINESE.add)})`),
	new RegExp(`^${anyOf(CHINESE.removes)}${PLAIN}{0,12}$`),
	new RegExp(`^${anyOf(CHINESE.removesThings)}(?:${anyOf(CHINESE.removed)}|${ASPECT})${PLAIN}{0,10}$`),
	new RegExp(`^(?:移动|挪动)(?:${HAN}{0,8}(?:到|往|向|位置)|一下|[它他她这那])${HAN}{0,10}$`),
	new RegExp(`^翻译(?:${HAN}{0,8}(?:成|为)|一下|[它这那]|上面|里面|${ASPECT})${HAN}{0,10}$`),
	new RegExp(
		`^(?!${NAMES_DOER})${ASPECT}(?:里的|上的|的)?${HAN}{0,6}?(?:太|再|有|加|不够|缺|少了|多了|改|换|变|要|应该|去掉|删|移|调|画错|写错|不对|有点|更|偏|虚化|模糊|透明|不变|不要|别)`,
	),
	new RegExp(`^${HAN}{1,6}的${ASPECT}(?:改成|换成|变|改为|换为|调|太|再)`),
	new RegExp(
		`^让?[它他她]们?(?:的${HAN}{1,6}?)?(?:应该|要|再|太|能|可以|不|更|看起来|换成|换上|改成|改为|变成(?!了)|${HAN}{1,8}一下$|${HAN}{1,8}(?:起来|一些|一点)$)`,
	),
	new RegExp(`^${HAN}{1,8}(?:画|写|做|弄|拼)错了?$`),
	new RegExp(
		`^[左右人她他它]?的?${ASPECT}(?:${anyOf(CHINESE.failures)}了|${DEGREES_OF_FAULT}${anyOf(CHINESE.partFaults)}了?)$`,
	),
	new RegExp(`^${PLAIN}{0,5}(?:多|少|缺|多出)了?${COUNT}[${CHINESE.measures}]${anyOf(CHINESE.limbs)}了?$`),
	new RegExp(`^[你又还怎么好像]{0,3}${anyOf(CHINESE.lacks)}(?!一?[份种丝分])${PLAIN}{1,10}$`),
	new RegExp(`^我${anyOf(CHINESE.asked)}的(?:明明)?(?:是|不是)`),
	new RegExp(`^我?(?:不|不太|不是很)喜欢(?:这|那|它|他|她|现在|${ASPECT})`),
	/^(?:改|修|调|换|补|处理|优化)一下/,
	new RegExp(`^(?:${anyOf(CHINESE.rest)}|保持${HAN}{1,10}?)${HAN}{0,4}${anyOf(CHINESE.unchanged)}`),
	new RegExp(`^(?:用|以|按|按照)${HAN}{1,14}${anyOf(CHINESE.redo)}`),
	new RegExp(`^${anyOf(CHINESE.redo)}(?:一遍|一次|一下)?$`),
	new RegExp(`^(?:${anyOf(CHINESE.worksOn)}|${anyOf(CHINESE.redo)})(?:一下)?这张图(?:片)?(?:一下)?${ENDING}$`),
	new RegExp(`^[用把将以]?这张图${HAN}{0,8}?[和跟与及]这张图${HAN}{0,8}?${anyOf(CHINESE.joins)}`),
	new RegExp(`^${HAN}{1,20}?[放移换贴穿戴加用融画搬套合](?:到|进|入|在)这张图`),
	/^应该(?:是|有|戴|穿|更|再|把|在)/,
	new RegExp(`^如果(?:是|在|换|改|没有|有|他|她|它)${HAN}{1,12}(?:呢|会怎么样|怎么样|会怎样)?$`),
	new RegExp(`^(?:换|改)[掉了]?${ASPECT}`),
];

export const CHINESE_ORDERS: readonly RegExp[] = [
	new RegExp(`^让(?:[它他她]们?的?|[^的])${PLAIN}{1,14}$`),
	new RegExp(`^${anyOf(CHINESE.adjusts)}(?!${anyOf(CHINESE.notAdjusted)}$)${PLAIN}{0,10}$`),
];

const COLOUR = `${anyOf(CHINESE.colours)}色?`;

export const WEAK_CHINESE_EDITS: readonly RegExp[] = [
	new RegExp(`^重新?(?:来|弄|搞|整|做|画|出|绘制?|生成|设计)(?:${COUNT}${anyOf(CHINESE.once)}|一下)?${ENDING}$`),
	new RegExp(`^(?:还)?有(?:没有)?${anyOf(CHINESE.others)}(?:${ASPECT}|版本)${ENDING}$`),
	new RegExp(`^${anyOf(CHINESE.others)}${ASPECT}$`),
	new RegExp(`^[和跟与]${anyOf(CHINESE.before)}的?(?:一样|相同|差不多)的?$`),
	new RegExp(`^(?:只留下?|只保留|只要)(?:${ASPECT}|${PLAIN}{0,3}${anyOf(CHINESE.doers)})$`),
	new RegExp(`^(?:要|换)(?!一?[${CHINESE.measures}])[^的]{0,3}${anyOf(CHINESE.doers)}的?$`),
	new RegExp(`^(?![黑白红蓝绿黄花灰满空])${anyOf(CHINESE.faults)}点${ENDING}$`),
	new RegExp(`^${anyOf(CHINESE.places)}写(?:上|着|个)? ?x$`),
	new RegExp(`^${PLAIN}{1,6}(?:${anyOf(CHINESE.failures)}[了啦]|没画出来)$`),
	new RegExp(`^${PLAIN}{0,4}(?:有|只有|长了|出现)了?${COUNT}[${CHINESE.measures}]${anyOf(CHINESE.limbs)}了?$`),
	new RegExp(`^(?:里面|上面)?有?(?:个|几个|一些)?${anyOf(CHINESE.misspelt)}$`),
	new RegExp(`^${anyOf(CHINESE.notThere)}[^的]{1,6}$`),
	new RegExp(`^(?!${anyOf(CHINESE.notMissing)}呢)[^的]{1,4}呢$`),
	new RegExp(`^${PLAIN}{0,6}不够${PLAIN}{1,4}$`),
	new RegExp(`^(?:只要|只留|只留下|只需要|只保留)${COUNT}[${CHINESE.measures}]${PLAIN}{1,6}$`),
	new RegExp(`^(?:我?想?要|换|改|用|来)(?:成|个)?${COLOUR}底?${ENDING}$`),
	new RegExp(`^${COLOUR}(?:[的底吧系]|底的|的吧)$`),
	new RegExp(`^${ASPECT}[要用是]?${COLOUR}的?$`),
	new RegExp(
		`^(?:我?想?要|换|改|转|做|来)?(?:成|个|一个)?(?:${anyOf(CHINESE.manners)}[风化]|${anyOf(CHINESE.views)}[照像图]?)${ENDING}$`,
	),
	new RegExp(`^[换改转](?:成)?${anyOf(CHINESE.manners)}$`),
	new RegExp(`^(?:我?想?要|换|改)?(?:成|个)?${anyOf(CHINESE.manners, CHINESE.times)}的${ENDING}$`),
	new RegExp(`^(?:放大|缩小)${ASPECT}$`),
	new RegExp(`^[放印挂贴摆][到在进]${PLAIN}{1,8}[里上中下旁内边]面?$`),
	new RegExp(`^${anyOf(CHINESE.alone)}${ENDING}$`),
	new RegExp(`^再?换(?:一?[${CHINESE.measures}])${HAN}{0,2}${anyOf(CHINESE.doers)}$`),
	new RegExp(`^[穿戴](?:上|着)?[^的越山，。]{0,5}${anyOf(CHINESE.worn)}${ENDING}$`),
	new RegExp(`^(?:${ASPECT}|主体)(?:都|也|再|要)?(?:染|涂|居中|放|靠|移|拉|推|对齐)[^的]{0,8}$`),
	new RegExp(`^(?:再|${ASPECT}再?)${PLAIN}{1,4}点${ENDING}$`),
	new RegExp(`^[向往](?:左|右|上|下|外|四周|两边)[边面侧]?${anyOf(CHINESE.turns)}[^的]{0,6}$`),
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
	new RegExp(
		`^${anyOf(CHINESE.places)}[再也]?(?:加${anyOf(CHINESE.afterAdd)}|${anyOf(CHINESE.add)}|来${COUNT}[${CHINESE.measures}])${HAN}{0,20}$`,
	),
	new RegExp(`^再${HAN}{1,5}些$`),
	new RegExp(`^${anyOf(CHINESE.without)}(?!${anyOf(CHINESE.warnedOf)})${HAN}{1,8}$`),
	new RegExp(
		`^(?:裁成|旋转|(?:左右|上下|水平|垂直)?翻转|镜像|放大到|缩小到|裁剪到)(?:\\d{1,4}(?:度|倍|%)?|${HAN}{0,6}形|一下)?$`,
	),
	new RegExp(`^(?:同样|一样|相同)的(?:${ASPECT}|${HAN}{1,4})$`),
	new RegExp(`^(?:我?想?要)?${HAN}{1,6}${anyOf(CHINESE.mannerNouns)}的?吧?$`),
];

const PARTICLES = "[的了啊呀哦喔吧嘛哈啦]{0,2}";
const JUDGEMENT = `${anyOf(CHINESE.judgedHow)}{0,2}${anyOf(CHINESE.judgements)}${PARTICLES}`;
const THIS = `(?:[这那][张个幅副]?${anyOf(CHINESE.referenceNouns)}?)`;
/** Praise of the last picture or of a part of it, and blame of the picture. 更可爱 and 颜色不好看 ask for another one. */
export const CHINESE_REMARK = new RegExp(
	`^(?:${anyOf(CHINESE.exclamations)}${PARTICLES}|(?:${THIS}|(?!${HAN}{0,2}更))${anyOf(CHINESE.judged)}?${JUDGEMENT}|我?(?:不太|[很真挺最不])?喜欢${THIS}${PARTICLES}|${ASPECT}(?!${HAN}{0,4}(?:[不更丑像]|难看|一般))${JUDGEMENT}|不是(?:这个|这样|这样的|这种|我要的|我想要的))$`,
);

/** Matches the wish for nothing more. */
export const CHINESE_ENOUGH = new RegExp(
	`^(?:${anyOf(CHINESE.refusals)}再?${anyOf(CHINESE.refused)}的?|${anyOf(CHINESE.enough)}|(?:就|就要|就用|就选)这[张幅个]图?|这[张幅个]图?我要)${PARTICLES}$`,
);

/** As `COMMENT`: names the last picture or something in it, or judges that. */
export const CHINESE_COMMENT = new RegExp(
	`^(?:(?:刚才|刚刚|上面|之前)的?那?[${CHINESE.measures}]?${HAN}{0,4}|(?:同一|[这那](?![张幅副]))[${CHINESE.measures}][^换改变去加更再太大小放亮暗，。]{1,4}|${ASPECT}${JUDGEMENT})$`,
);

/** Matches the rest of a clause behind 现在. */
export const AFTER_CHINESE_NOW = new RegExp(`^(?:是|下|变|天)${HAN}{1,8}$`);

const COUNTED = `(?:[一两三四五六七八九十几]|\\d{1,2})?[${CHINESE.measures}]`;
/** `改成画一只狗`. */
const INSTEAD = "(?:[改换]成|要不|不如|干脆|还是)";
const A_TEXT = `(?:${anyOf(CHINESE.herein)}${HAN}{0,4}?${anyOf(CHINESE.words)}|${HAN}{0,14}?(?:${anyOf(CHINESE.texts)}| x ?))`;
/** `背景虚化，一朵玫瑰`: how the whole picture is to be, and then what is in it. */
export const CHINESE_SUBJECT_LAST = new RegExp(`^${ASPECT}(?:虚化|模糊|要[^,]{1,4}),一[${CHINESE.measures}][^,]+`);

export const NEW_CHINESE_PICTURES: readonly RegExp[] = [
	new RegExp(
		`^[把将]${A_TEXT}${HAN}{0,2}?${anyOf(CHINESE.draws)}(?:成|为|作)${HAN}{0,14}?${anyOf(CHINESE.media)}(?![面风])`,
	),
	new RegExp(
		`^(?!${INSTEAD}?${MORE})(?:再|另外|重新|我|先|去|${INSTEAD}){0,2}${anyOf(CHINESE.makes)}(?:给?我)?${COUNTED}(?!版|遍|次)${HAN}`,
	),
	new RegExp(`^(?!${MORE})(?:再|另外|我)?(?:画|绘制)(?!面|风|质|得|错|上|成|大|小|中|里)${HAN}`),
	new RegExp(`^(?!${MORE})(?:再|我)?(?:生成|产生|设计|创作)(?!一[次遍版])${HAN}{2}`),
	new RegExp(`^(?:再|给我|来){0,2}(?:一张)?${anyOf(CHINESE.turningAway)}`),
	new RegExp(`^(?!${HAN}{0,10}(?:成|为|${ASPECT}))[^ ，。]{2,12} ${HAN}{0,4}${anyOf(CHINESE.titled)}$`),
	/^一?[张幅]?新的?(?:图|画|照片|图片|一张)/,
];
