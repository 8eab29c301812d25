/** The words that tell a change of the last picture from a picture of its own, English and Chinese, as data. `refers-patterns.ts` joins them. */

import { listOf } from "../text.ts";

/** Words that a clause may begin with and that say nothing of what is asked: politeness, praise, and what links it to the last one. */
export const FILLERS = {
	english: listOf(
		"please, pls, plz, now, ok, okay, so, and, then, also, but, just, well, hmm, hm, actually, maybe, perhaps, oh",
		"yes, yeah, yep, no wait, wait, great, good, nice, perfect, cool, awesome, lovely, beautiful, thanks, thank you",
		"can you, could you, would you, will you, can we, could we, let's, lets, let us, i want you to, i'd like you to",
		"i would like you to, you should, you can, try to, go ahead and, this time, next, finally, first, instead, kindly",
		"only, still, even, better, almost, hey, hi, great job, good job, love it, i love it, i like it, looks good, not bad",
		"that's great, that's perfect, that's good, that's nice, it's good, it's great, for this one, in this one",
		"i think, i feel like, not quite, not really, not like that, not what i meant, nope, no, almost there, very nice, so good",
		"in this picture, in this image, in the picture, in the image, in the last picture, in the last image",
	),
	chinese: listOf(
		"请, 請, 麻烦, 帮我, 帮忙, 给我, 替我, 能不能, 能否, 可不可以, 可以, 能, 我想, 我希望, 希望, 想要, 现在, 然后, 接着, 那, 那就, 好, 好的, 很好, 非常好",
		"不像, 不太像, 不对, 不太对, 不行, 不够, 还不够, 不是, 真好看, 好看, 太棒了, 我觉得, 感觉, 不错, 挺好, 我喜欢, 我更喜欢, 我选, 可以了, 完美, 但是, 但, 不过, 就, 只, 只要, 只是, 还是, 还要, 另外, 顺便, 最好, 稍微, 也, 并, 并且, 同时, 再帮我, 嗯, 哦, 谢谢, 太好了, 喜欢, 很喜欢",
		"这次, 接下来, 直接, 最后, 首先, 先",
	),
} as const;

/** Words for the last picture at the beginning of a Chinese clause: `这张图里的文字去掉`. */
export const CHINESE_REFERENCES = {
	which: listOf(
		"这张, 这幅, 这个, 这副, 上一张, 上张, 上一幅, 上面那张, 上面这张, 最后一张, 最后那张, 最后一幅, 刚才那张, 刚才的, 刚刚那张, 刚刚的, 前一张, 前面那张, 原来的, 原图, 此图, 该图",
	),
	noun: listOf("图片, 照片, 图像, 图, 画, 画面, 作品"),
	after: listOf("里面的, 里的, 中的, 上的, 的, 里面, 里, 中, 上, 基础上, 的基础上, 为基础, 为底"),
} as const;

/** Words that stand for a thing in the last picture: nothing else can be meant. */
export const PRONOUNS = listOf(
	"it, this, that, him, her, them, these, those, everything, everyone, all of it, all of them, both",
);

/** Words before a noun that is in the last picture. */
export const DETERMINERS = listOf(
	"the, his, her, their, its, this, that, these, those, my, all, all the, both, every, each",
);

/** Words before a noun that is not there yet. */
export const INDEFINITE = listOf(
	"a, an, another, some, one, two, three, four, five, several, a few, more, less, fewer, extra, any",
);

/** `change the background`: verbs that change what they name, if what they name is in the picture. */
export const CHANGE_VERBS = listOf(
	"make, change, turn, transform, convert, replace, swap, swap out, switch out, change out, remove, delete, erase, hide, put, place, move, shift, rotate",
	"flip, mirror, tilt, resize, scale, enlarge, shrink, extend, expand, outpaint, crop, trim, cut, cut out, fix, correct",
	"repair, restore, improve, enhance, adjust, tweak, refine, polish, clean up, clean, retouch, soften, brighten, darken",
	"lighten, saturate, desaturate, simplify, smooth, recolor, recolour, colorize, colourise, colorise, color, colour",
	"sharpen, blur, unblur, upscale, edit, modify, alter, update, keep, leave, preserve, redo, repaint, redraw, rerender",
	"regenerate, recreate, reimagine, restyle, reframe, dress, undress, age, give, let, use, add, include, insert, take",
	"take out, take off, take away, get rid of, fill, fill in, cover, open, close, lower, raise, increase, decrease, reduce",
	"boost, lengthen, shorten, widen, narrow, straighten, center, centre, bring, set, switch, style, stylize, stylise",
	"animate, tone down, isolate, combine, merge, blend, apply, do, try, finish, continue, rename, relight, light up, have",
	"undo, revert, drop, lose, write, paint over, zoom into, zoom in on, get, rework, rearrange, reposition, push, pull, spread",
	"bend, fade, hang, hold, wrap, match, mix, pose, seat, shave, paint out, touch up, clear, clear up, correct, decorate, redraw",
);

/** `add a hat`: verbs that bring something into the picture. */
export const ADD_VERBS = listOf(
	"add, include, insert, put, place, give it, give him, give her, give them, use, apply, try, overlay, bring in",
);

/** `remove text`: verbs that need no word before what they name. */
export const BARE_VERBS = listOf(
	"add, remove, delete, erase, increase, decrease, reduce, use, insert, rotate by, unblur, desaturate, keep, get rid of, fix",
);

/** `try again`: whole clauses that ask for the same once more. */
export const ONCE_MORE = listOf(
	"again, once more, once again, one more time, one more, try again, retry, redo, redo it, regenerate, repeat, do over, reroll",
	"another, another one, another try, another version, another take, another variation, do another, do another one",
	"a different version, a different one, more variations, more like this, more of this, same again, undo, revert, go back",
	"zoom in, zoom out, unblur, upscale, sharpen, colorize, the same, same, same thing, simplify",
);

/** `three variations`: what is made of the last picture, though an article stands before it. */
export const VERSIONS = listOf(
	"version, versions, variation, variations, variant, variants, take, takes, option, options, alternative, alternatives",
);

/** `brighter`, `more contrast`: comparatives that compare with the last picture. */
export const COMPARATIVES = listOf(
	"more, less, fewer, bigger, smaller, larger, brighter, darker, lighter, warmer, cooler, colder, sharper, softer, simpler",
	"higher, lower, closer, longer, shorter, taller, wider, thicker, thinner, younger, older, happier, sadder, angrier, cuter",
	"prettier, scarier, funnier, cleaner, clearer, smoother, rounder, fatter, slimmer, stronger, weaker, deeper, richer",
	"busier, calmer, moodier, grittier, bolder, fancier, nicer, better, faster, slower, cozier, cosier, spookier, messier",
	"less of, more of",
);
export const INTENSIFIERS = listOf(
	"a bit, a little, a little bit, a lot, slightly, somewhat, much, even, way, far, too, not so, not that, not as, not too",
);

/** `in the style of Picasso`: alone in a message, these ask for the last picture in another way. */
export const MANNERS = listOf(
	"in the style of, in style of, as a, as an, as if, in black and white, in color, in colour, in watercolor, in watercolour",
	"in oil, in pencil, in winter, in summer, in spring, in autumn, in the winter, in the rain, in 3d, in 4k, in pixel art",
	"in high resolution, at night, at sunset, at sunrise, at dawn, at dusk, from above, from below, from behind, from the side",
	"from another angle, from a different angle, but with, but in, but at, but as, but without",
);
/** `anime style`: the last word of a message that is hardly more. */
export const MANNER_NOUNS = listOf(
	"style, background, orientation, instead, version, lighting, colors, colours, palette, mode, angle, resolution",
);

/** `the hands look wrong`: what is said of something in the picture that should be otherwise. */
export const WISHES = listOf(
	"should, shouldn't, should not, must, mustn't, needs, need, need to, needs to, has to, have to, look, looks, could, would",
	"is too, are too, is not, are not, isn't, aren't, is wrong, are wrong, is missing, are missing, is misspelled",
	"is misspelt, is blurry, are blurry, is cut off, is off, are off, doesn't, does not, don't, do not, could use, can be",
);
/** `it needs more light`, `can it be at night`, `I want the fox to smile`. */
export const WISHES_BEFORE = listOf(
	"i want, i need, i'd like, i would like, i prefer, i'd prefer, i don't like, i do not like, i don't want, i do not want, can",
	"could, what if, should, how about if, i'd rather have, i hate, i meant, i mean, don't, do not, imagine if, what about if, what would, how would",
);

/** Verbs that make a picture, with what they may stand beside: `draw a cat`, `show me two dogs`. */
export const MAKING_VERBS = listOf(
	"draw, draw me, create, create me, generate, generate me, make, make me, paint, paint me, render, design, design me, sketch",
	"illustrate, show me, show, give me, i want, i need, i'd like, i would like, imagine, produce, get me, i'd love, picture",
	"do, do me, how about, what about, let me see, can i have, can i get, could i have, i'm looking for",
);
/** `a new picture`: the last one is over. */
export const PICTURE_NOUNS = listOf(
	"picture, image, photo, photograph, illustration, drawing, painting, one, scene, subject, topic, idea, prompt, artwork, pic",
);
export const NEW_WORDS = listOf(
	"new, different, completely different, totally different, fresh, separate, unrelated, brand new, completely new, whole new",
);
/** Clauses that begin so turn to something else. */
export const TURNING_AWAY = listOf(
	"something else, something different, something completely different, something new, forget, never mind, nevermind, start over",
	"start fresh, start again, fresh start, start from scratch, from scratch, surprise me, do something else, draw something",
	"new topic, next up, moving on",
);

export const COLOURS = listOf(
	"red, blue, green, yellow, orange, pink, purple, violet, black, white, grey, gray, brown, gold, golden, silver, turquoise, beige",
);

export const CHINESE = {
	/** `把背景改成海滩`: verbs behind what is changed. */
	changes: listOf(
		"改, 换, 替换, 变, 染, 做得, 放, 涂, 画成, 画得, 画大, 画小, 做成, 调, 去掉, 去除, 去了, 删, 移, 擦, 抹, 拿掉, 拿走, 放大, 缩小, 放到, 放在, 转成, 转换, 裁, 弄, 设为, 修, 补, 提亮, 压暗, 虚化",
		"模糊, 抠, P掉, p掉, P成, p成, 加, 处理, 清理, 清除, 消除, 隐藏, 遮, 盖, 拉, 挪, 旋转, 翻转, 反转, 扩, 延长, 缩短, 优化, 美化, 简化, 增强, 减弱, 融合, 合成, 上色, 还原, 恢复",
	),
	/** `换成夜晚`: the same without a noun before them. */
	becomes: listOf(
		"改成, 改为, 换成, 换为, 换上, 变成, 变为, 变得, 转成, 转为, 调成, 调整为, 调整成, 设为, 设成, 替换成, 替换为, 做成, 弄成, 画成, P成, p成, 裁成, 裁剪成, 裁剪为, 改得, 调得, 画得",
		"处理成, 渲染成, 翻译成, 染成, 涂成, 变回, 改回, 换回",
	),
	/** `换个角度`: parts and qualities of any picture. */
	aspects: listOf(
		"角度, 视角, 姿势, 动作, 颜色, 色调, 配色, 背景, 风格, 衣服, 服装, 裙子, 表情, 发型, 发色, 头发, 光线, 灯光, 光影, 构图, 场景, 天气, 季节, 时间, 字体, 文字, 字, 标题, 画风, 笔触, 滤镜, 画质",
		"清晰度, 分辨率, 亮度, 对比度, 饱和度, 曝光, 尺寸, 比例, 画幅, 人物, 主体, 脸, 眼睛, 眼神, 嘴, 鼻子, 耳朵, 手, 手指, 腿, 脚, 尾巴, 天空, 地面, 水印, 噪点, 边框, 边缘, 细节, 阴影, 高光, 画面, 整体, 前景",
		"logo, LOGO, 镜头, 景别, 材质, 纹理, 氛围, 气氛, 情绪, 五官, 皮肤, 肤色, 妆容, 帽子, 眼镜, 位置, 布局, 排版, 花纹, 图案, 款式, 路人, 杂物, 瑕疵, 雾, 噪",
	),
	/** `加一顶帽子`: what follows 加, which is also the beginning of other words. */
	afterAdd: listOf(
		"上, 一, 个, 点, 些, 入, 几, 两, 三, 多, 强, 亮, 深, 粗, 大, 水印, 文字, 字, 边框, 滤镜, 进, 只, 顶, 副, 条, 张, 件, 朵, 棵, 座, 雪, 雨, 雾, 阴影",
	),
	add: listOf(
		"添, 添加, 增加, 加入, 加上, 插入, 补上, 补一, 补充, 放上, 放一, 放个, 放两, 写上, 写个, 印上, 贴上, 画上, 戴上, 穿上, 配上",
	),
	/** `给狐狸戴上围巾`: verbs behind a receiver. */
	/** `前面加一艘小船`: a place of the picture that is there. */
	places: listOf(
		"旁边, 上面, 下面, 左边, 右边, 前面, 后面, 里面, 外面, 上方, 下方, 左侧, 右侧, 中间, 中央, 左上角, 右上角, 左下角, 右下角, 角落里, 角落, 四周, 周围, 远处, 近处, 天上, 天空中, 天空, 空中, 地上, 水面上, 水上, 头上, 手里, 手上, 身上, 背后, 身后",
	),
	gives: listOf("加, 戴, 穿, 换, 画上, 添, 涂, 上色, 配, 打上, 装上, 补, 化, 剪, 留, 披, 系"),
	removes: listOf(
		"去掉, 去除, 去水印, 去背景, 去字, 去文字, 去雾, 去噪, 删掉, 删除, 删去, 移除, 移走, 擦掉, 擦除, 抹掉, 抹去, 拿掉, 拿走, P掉, p掉, 抠图, 抠出, 抠掉, 抠除, 遮住, 摘掉, 脱掉, 剪掉",
	),
	/** `隐藏水印`: verbs of removal that are the beginning of names, too, such as 取消文化 and 隐藏款. */
	removesThings: listOf("隐藏, 取消, 消除, 清除"),
	/** Names things that such a verb takes out of a picture. */
	removed: listOf(
		"掉, 一下, 这, 那, 它, 他, 她, 所有, 全部, 其他, 多余, 左, 右, 前面, 后面, 上面, 下面, 中间, 里面, 划痕, 痕迹, 污渍, 反光, 红眼, 皱纹, 斑, 痘, 电线, 行人",
	),
	/** `更衣室`: what 更 begins that compares nothing. */
	moreWords: listOf("衣, 夫, 鼓, 漏, 迭, 替, 年期, 生人"),
	/** `修复师`, `改变世界`: behind a verb of `adjusts`, these make a name of a person or thing, or a slogan. */
	notAdjusted: listOf(
		"师, 员, 官, 机, 器, 液, 坞, 工, 店, 厂, 节目, 字, 零件, 世界, 命运, 人生, 自我, 心态, 警惕, 碳排放, 排放, 污染, 效率, 压力, 烦恼, 生活, 未来, 成本, 风险, 意识",
	),
	/** `不要文字`. */
	without: listOf("不要, 不需要, 别加, 别有, 不带, 别太, 别这么, 没必要, 不用"),
	/** `提高清晰度`: verbs of a quality. */
	adjusts: listOf(
		"提高, 提升, 降低, 减少, 增强, 减弱, 调整, 调高, 调低, 调亮, 调暗, 调大, 调小, 加深, 加强, 加亮, 优化, 美化, 简化, 强化, 细化, 锐化, 柔化, 虚化, 模糊, 修正, 修改, 修复, 修一, 修掉, 改一, 改掉, 改变, 更换, 替换, 更改, 缩小",
		"裁剪, 裁掉, 扩展, 扩图, 拉近, 拉远, 上色, 磨皮, 美颜, 旋转到, 补全, 完善, 保留, 突出, 弱化, 横过来, 竖过来, 反过来, 倒过来, 转过来, 转过去",
	),
	/** Adjectives of pictures, behind 太. Praise is none of them. */
	faults: listOf(
		"暗, 亮, 黑, 白, 大, 小, 多, 少, 高, 低, 近, 远, 乱, 空, 满, 红, 蓝, 绿, 黄, 假, 糊, 模糊, 花, 淡, 浓, 艳, 鲜艳, 长, 短, 胖, 瘦, 老, 年轻, 严肃, 恐怖, 吓人, 卡通, 复杂, 简单, 普通, 丑, 单调, 密, 挤, 歪, 冷",
		"暖, 刺眼, 素, 虚, 油, 油腻, 僵硬, 夸张, 粗糙, 深, 浅, 写实, 抽象, 厚, 薄, 宽, 窄, 快, 慢, 硬, 软, 土, 俗, 灰",
	),
	/** `再亮一点`: ends of a clause that ask for a degree. */
	degrees: listOf("一点, 一些, 一下, 一点点, 点儿, 一丢丢, 些许"),
	particles: listOf("吧, 看看, 呢, 啊, 呗, 就好, 就行, 吗, 么, 可以吗, 好吗, 行吗, 谢谢, 试试, 的"),
	/** `再来一张`: whole clauses that ask for the same once more. */
	onceMore: listOf(
		"再来, 再来一张, 再来一次, 再来一个, 再来一幅, 再来一版, 再来几张, 再来两张, 再来三张, 再试一次, 再试试, 再试一下, 重试, 再生成一次, 再生成一张, 再画一次, 再画一张, 再画一遍, 再出一张, 再出一版, 再做一版, 再做一张",
		"重来, 重新来, 重来一张, 重新来一张, 重画, 重新画, 重画一张, 重新画一张, 重画一遍, 重新画一遍, 重绘, 重新绘制, 重做, 重新生成, 重新生成一张, 重新做, 重新生成一次, 换一张, 换一版, 再换一张, 换一个, 另一个版本",
		"同样的, 一样的, 同款, 类似的, 撤销, 还原, 放大, 缩小, 换一下",
	),
	/** `重画一遍` behind how: `用梵高的风格重画一遍`. */
	redo: listOf(
		"重画, 重绘, 重做, 重新画, 重新做, 重新生成, 重新绘制, 重新设计, 重新上色, 再画一遍, 再画一次, 再来一遍, 再来一次",
	),
	/** `其他不变`. */
	unchanged: listOf("不变, 一致, 别动, 不要动, 保持, 不改, 别改, 不用改, 不要变, 保留"),
	/** `再来四张`: what is counted when the same is asked for once more. */
	once: listOf("张, 幅, 个, 组, 版, 套, 款, 次, 遍, 份, 批"),
	/** `猫换成狗`: of `becomes` those that no story tells, and that a noun may stand before. */
	swaps: listOf("换成, 换为, 改成, 改为, 替换成, 替换为"),
	/** `帽子去掉`: of `removes` those that a noun may stand before. */
	takenAway: listOf("去掉, 去除, 删掉, 删除, 删去, 移除, 擦掉, 抹掉, 拿掉, 拿走, p掉, 抠掉, 裁掉"),
	rest: listOf("其他, 其它, 其余, 别的, 剩下的, 其他地方, 其他部分, 其他都, 其余都, 人物, 构图"),
	/** Verbs that make a picture. */
	makes: listOf(
		"画, 绘制, 绘, 来, 生成, 做, 设计, 创作, 制作, 出, 弄, 整, 要, 想要, 想画, 想看, 写, 创建, 绘画, 拍, 给",
	),
	/** Words that count things, behind a number or without one. */
	measures: "个只张幅副条头匹座辆艘架朵棵株位名套组款件碗杯盘间栋座群对双片枚支把颗根场部台段首封",
	turningAway: listOf(
		"换个话题, 换成今天的话题, 今天的话题, 换个主题, 换一个主题, 换个题材, 换个内容, 换一个话题, 新的一张, 新图, 新的图, 新画, 下一张, 下一幅, 开始新的, 重新开始, 另起, 别的内容, 新主题, 新话题, 另一张图, 不画了, 不画这个",
	),
	/** `白色背景`: the last word of a message that is hardly more. */
	mannerNouns: listOf("风格, 背景, 版, 版本, 色调, 滤镜, 画风, 质感, 效果, 构图, 视角, 光线"),
} as const;
