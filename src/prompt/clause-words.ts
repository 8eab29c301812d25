/** The words of the clauses that name a size, English and Chinese, as data. `clause-patterns.ts` joins them into patterns. */

import { listOf } from "../text.ts";

/** A clause of nothing but these words and a size says nothing else: `Please make it`, `The image should be in`. */
export const CLAUSE_WORDS = listOf(
	"please, pls, kindly, just, so, then, also, and, but, now, ok, okay, can, could, you, use, using, set, make, keep",
	"choose, pick, select, go, give, crop, resize, change, adjust, render, get, rendered, output, generate, generated",
	"draw, create, produce, deliver, export, me, us, want, need, would, like, prefer, i, i'd, i'll, we, it, it's",
	"this, that, its, let's, the, a, an, my, your, image, images, picture, result, final, canvas, size, sized",
	"resolution, aspect, ratio, dimensions, dimension, format, formatted, frame, framed, shape, orientation",
	"proportions, should, must, has, have, to, needs, will, shall, is, are, be, in, at, with, of, as, for, exactly",
	"about, approximately, roughly, exact, fixed, target, ensure, sure, maintain, try, same, convert, switch, turn, redo",
	"compose, composition, provide, into, again, regenerate, recreate",
);

/** `A fox, and make it 16:9`: verbs of such a clause behind an `and`. */
export const AND_VERBS = listOf("make, set, keep, use, render, crop, resize, output, change");

/** `It should be 16:9 and look old`: words behind an `and` that need what stands before it. */
export const NEEDS_SUBJECT = listOf(
	"be, look, looks, have, has, feel, feels, contain, contains, fit, fits, is, are, should, must, will, not, appear",
);

/** `with an`, `in a vertical`: a phrase that can be left out of a sentence together with its size. */
export const PHRASE_WORDS = {
	prepositions: listOf(
		"with, in, at, of, for, using, having, sized, sized at, formatted as, formatted in, formatted for, framed in, cropped to",
		"maintaining, keeping, ensuring, while maintaining, while keeping, set to, rendered in, rendered at, shot in, made in, presented in, composed in",
		"en, con, im, mit, au, à, avec, com, em, в, с",
	),
	articles: listOf("a, an, the, exactly, about, approximately, un, una, une, um, uma, einem, einer"),
	adjectives: listOf(
		"wide, full, tall, vertical, horizontal, landscape, portrait, cinematic, widescreen, square, exact, fixed",
		"standard, target, final, native, classic, ultrawide, overall, image, picture, output, canvas, format, frame",
		"dimensions",
	),
};

/** `16:9 widescreen format, please`: the words after a size that belong to it. */
export const AFTER_SIZE_WORDS = {
	nouns: listOf(
		"format, frame, framing, canvas, composition, layout, orientation, widescreen, landscape, ratio, portrait",
		"cinematic, vertical, horizontal, crop, size, dimensions, aspect, resolution, mode, proportions, image",
		"picture, output, for, this, me, the, it, square, dimension",
	),
	courtesies: listOf("please, pls, thanks, thank you, ok"),
};

/** `a cat in 16:9 widescreen format`: of these words those that no picture is without. */
export const FORMAT_WORDS = listOf(
	"format, frame, framing, canvas, composition, layout, orientation, aspect, ratio, aspect ratio, crop, size",
	"dimensions, dimension, resolution, mode, proportions, widescreen format, landscape format, portrait format, vertical format",
	"horizontal format, landscape orientation, portrait orientation, vertical orientation, horizontal orientation",
	"widescreen, landscape mode, portrait mode, vertical, horizontal, wide, square, vertical video",
);

/** `16:9 vertical image`: words that end a clause of nothing but a size. */
export const PICTURE_WORDS = listOf("image, picture, vertical screen, horizontal screen");

/** `16:9 landscape`: shapes that could be the subject, too. */
export const SUBJECT_SHAPES = listOf("landscape, portrait");

/** `16:9 (widescreen)`: words that say in brackets what the size says as well. */
export const NOTE_WORDS = listOf(
	"portrait, landscape, 1k, 2k, 4k, 8k, 4k 质量, hd, full hd, uhd, 高清, 超清, 全高清, 正方形, 方形, 方图",
	"手机壁纸, 电脑壁纸, 壁纸",
);

/** Words that go on a sentence from which a phrase was cut. */
export const GOES_ON = listOf(
	"of, in, with, and, or, for, on, at, to, from, by, as, but, so, that, which, where, showing, featuring, depicting",
	"using, a, an, the, is, are, while, under, over, against, titled, please, plus, without, inside, near, behind",
	"during, into, about, then, instead of, rather than",
);

/** `Imagen vertical 9:16 de un tren`: words that go on so in European languages. */
export const EUROPEAN_GOES_ON = listOf(
	"en, con, im, mit, au, avec, com, em, в, с, de, dans, sur, на, von, für, d'un, d'une, di, para, pour, для",
);

/** Words that need more behind them: right before a size they keep it from being cut out alone. */
export const NEEDS_MORE = {
	english: listOf(
		"a, an, the, its, this, that, of, in, at, on, to, for, with, by, from, as, into, is, are, be, been, was, must",
		"should, have, has, had, will, use, uses, using, make, and, or, than, about, between, want, need, needs, set",
		"keep, like, not, no, only, your, my, their, his, her, our, every, each, some, any, via, having, called, draw",
		"sized, within, inside, outside, through, under, over, per, onto, across, around, generate, create, render",
		"output, exactly, en, con, im, mit, au, avec, com, em, в, с, de, von, es, ist, est",
	),
	/** `It must be in 16:9 with a moon`: words that need the phrase behind them. */
	phrase: listOf(
		"be, been, is, are, was, were, should, must, have, has, had, will, to, need, needs, it's, than, a, an, the, my, this",
	),
	chinese: listOf(
		"遵守, 遵循, 符合, 约, 接近, 为, 是, 改成, 换成, 变成, 做成, 设成, 画成, 弄成, 调成, 裁成, 剪成, 展成, 转成, 定成, 置成, 整成, 用, 以, 按, 按照, 依照, 在, 于, 到, 至, 把, 将, 要, 需, 有, 与, 和, 或, 及, 请, 采, 呈, 给",
	),
};

/** `Create a 16:9 image of a cat`: words for a picture, which a size in front of them describes. */
export const PICTURE_NOUNS = listOf(
	"image, picture, photo, photograph, wallpaper, poster, banner, illustration, painting, drawing, artwork, render",
	"rendering, thumbnail, cover, portrait, landscape, shot, scene, sketch, icon, logo, avatar, background, header",
	"still, pic, graphic, watercolor, watercolour, collage, composition, post, story, ad, flyer, card, cartoon",
	"version, square, panorama, mockup, infographic, screenshot, art, photography",
);

/** `Sfondo 9:16`: such words in European languages. */
export const EUROPEAN_PICTURES = listOf(
	"bild, hintergrund, plakat, hochformat, querformat, affiche, fond d'écran, imagen, fondo, fondo de pantalla, cartel",
	"immagine, sfondo, imagem, papel de parede, обои, картинка, изображение, постер",
);

/** Verbs and words before such a noun. */
export const PICTURE_VERBS = listOf(
	"paint, design, show, sketch, imagine, one, another, photorealistic, digital, help, compose, illustrate, craft, prepare",
);

/** `a fox as a 9:16 wallpaper`: words before such a picture inside of a sentence. */
export const BEFORE_PICTURE = listOf("as, for, into");

/** `a detailed 16:9 image`: words between the article and the size, beside those of a phrase. */
export const PICTURE_ADJECTIVES = listOf(
	"beautiful, stunning, detailed, realistic, photorealistic, minimalist, simple, modern, clean, single, high-quality",
	"high quality, high-resolution, hd, new, ultra-wide",
);

/** `a 16:9 fox in a landscape`: a noun behind one of these is not the one that the size describes. */
export const ENDS_NAME = listOf(
	"of, in, on, at, to, from, by, with, without, for, and, or, as, that, which, who, where, is, are, was, has, under, over",
	"near, behind, inside, into, against, than, the, a, an, his, her, its, their, my, your",
);

/** `wallpaper 9:16 of a galaxy`: words that go on behind a picture and its size. */
export const AFTER_PICTURE = listOf("of, with, showing, featuring, depicting, about, for");

/** Things with a shape of their own: `a 16:9 aspect ratio monitor` says nothing about the picture. */
export const DEVICES = {
	english: listOf(
		"monitor, monitors, screen, screens, display, displays, tv, tvs, television, laptop, tablet, phone, projector",
		"panel, panels, sensor, camera, cameras, webcam, grid, pixel grid, matrix, sprite sheet",
		"sprite, projection, billboard",
	),
	chinese: listOf(
		"显示器, 屏幕, 萤幕, 显示屏, 显示幕, 电视, 手机, 平板, 电脑, 投影, 相机, 镜头, 传感器, 感测器, 窗户, 相框, 画框, 牌匾",
	),
	/** `4:3 CRT television`: words before such a thing. */
	kinds: listOf("crt, lcd, led, oled, old, retro, curved, gaming"),
	chineseKinds: listOf("老, 旧, 老式, 复古, 曲面, 黑白, 彩色, 带鱼屏, 超宽屏, 超宽, 液晶, crt, 笔记本, 长方形"),
	/** `手机壁纸`: pictures for such a thing. */
	pictures: listOf(
		"screen wallpaper, screen background, lock screen, home screen, wallpaper, background, screensaver, mockup, 壁纸, 屏保, 背景, 海报, 封面, 桌面, 锁屏",
	),
};

/** `settings: 16:9`: what goes with a size if it introduces nothing else. */
export const INTRODUCERS = listOf(
	"settings, setting, parameters, params, spec, specs, requirements, requirement, options, note, 要求, 参数, 规格, 设置, 备注",
	"注意, 格式, 图片要求, 画面要求, 其他要求, 附加要求, 输出, 参数设置",
	"output, 出力, 출력, salida, sortie, çıktı, ausgabe, вывод",
);

/** The Chinese words of a clause that names a size. */
export const CHINESE_CLAUSE = {
	/** A clause of nothing but these and a size says nothing else: `请帮我把图片做成`. */
	words: listOf(
		"注意, 然后, 同时, 裁剪成, 变成, 变为, 大概, 大约, 差不多, 可以, 能, 能否, 能不能, 可否, 个, 请, 帮我, 麻烦, 务必, 统一, 全部, 尽量, 并且, 并, 记得, 最好, 我想, 我要, 再, 都, 你, 要, 采用, 使用, 选用, 运用, 选择, 用, 以, 按照, 按, 依照, 把, 将, 图片",
		"画面, 图像, 输出, 整体, 尺寸, 比例, 画幅, 分辨率, 大小, 整张图, 这张图, 成图, 构图, 画布, 它, 图, 的, 需要, 需, 设为, 设置为, 设定为, 设置成, 设成, 调成, 调整为",
		"改成, 改为, 做成, 换成, 裁成, 裁剪为, 弄成, 画成, 保持, 要求, 必须, 应该, 应, 为, 是, 选, 控制在, 呈, 生成, 画, 绘制, 做, 出, 来, 想要, 改, 一张, 一幅, 一个",
		"张, 固定, 在, 成, 给我, 必须是, 设定成, 横屏, 竖屏, 横版, 竖版, 横式, 直式, 直版, 横向, 竖向, 宽高比, 约, 接近, 严格",
	),
	/** `以 3:4 比例生成`: a phrase of these can stand before a verb. */
	coverbs: listOf("采用, 使用, 选用, 运用, 用, 以, 按照, 按, 依照"),
	/** `16:9的画幅`. */
	tails: listOf(
		"比例, 画幅, 尺寸, 画面, 构图, 格式, 版式, 规格, 大小, 分辨率, 解析度, 横式, 直式, 直版, 横屏, 竖屏, 横版, 竖版, 横构图, 竖构图, 形式, 方式, 画布, 横幅, 宽屏, 横图, 竖图, 宽幅, 长宽比, 宽高比",
		"横向, 竖向, 比例尺寸, 图片, 图, 纵横比",
	),
	/** `就行`: what ends such a sentence. */
	endings: listOf("左右, 最好, 吗, 嘛, 呀, 即可, 就好, 就行, 就可以, 吧, 哦, 呢, 啊, 谢谢, 的, 了, 来"),
	/** Verbs before which a phrase may stand, and without it, too. */
	next: listOf(
		"生成, 产生, 展现, 画, 绘制, 绘, 创作, 制作, 做, 来, 输出, 呈现, 拍, 拍摄, 渲染, 设计, 展示, 构图, 给我, 帮我, 出, 写, 描绘, 表现",
	),
};

/** `16:9 비율로`: words behind a size to which Japanese and Korean particles are tied. */
export const OTHER_LANGUAGE_TAILS = listOf("비율, 크기, 사이즈, 해상도, 화면, 比率, サイズ, アスペクト, の");

/** `从1:1改成16:9`: words before the size that was, and those between it and the one that shall be. */
export const REPLACED = {
	before: listOf("从, 由, 把, 将, 原来是, 原来为, 原本是, 原先是, 原图是, 原图为, 之前是, 现在是, 目前是"),
	english: listOf("from, from a, was, was a, currently, is currently"),
	to: listOf("改成, 改为, 改到, 换成, 换为, 变成, 变为, 调成, 调为, 调到, 调整为, 调整成, 裁成, 转成, 转为, 做成, 到"),
	englishTo: listOf("to, to a, into, into a"),
};

/** Words that refuse the size behind them: `不要16:9`, `A cat. Do not use 16:9.` */
export const REFUSALS = {
	english: listOf(
		"no, not, don't, do not, dont, never, avoid, without, instead of, rather than, can't, isn't, shouldn't, mustn't",
	),
	/** `do not make it`: what may stand between. */
	englishBetween: listOf(
		"use, using, make, set, draw, do, want, need, keep, it, this, the, a, an, any, be, in, at, as, to, of, with, image",
		"picture, canvas, size, sized, resolution, format, frame, aspect, ratio, aspect ratio, dimensions, orientation",
		"landscape, portrait, vertical, horizontal, square, widescreen",
	),
	chinese: listOf(
		"不要, 不用, 不是, 不想要, 不需要, 不能是, 不采用, 不使用, 不做成, 不画成, 别, 别用, 别要, 非, 避免, 拒绝, 禁止, 而非",
	),
	chineseBetween: listOf(
		"用, 使用, 采用, 以, 按, 做, 做成, 弄成, 画, 画成, 生成, 设为, 设成, 改成, 改为, 是, 要, 的, 图片, 画面, 图像, 尺寸, 比例, 画幅, 分辨率, 大小, 宽高比",
		"横屏, 竖屏, 横版, 竖版, 横向, 竖向, 成, 出, 出现, 一张",
	),
	/** `特别16:9`, `是非`, `why not 16:9?`: in these the same signs refuse nothing. */
	englishExcept: listOf("why, if, whether or"),
	chineseExcept: listOf(
		"送, 离, 告, 辞, 道, 惜, 永, 识, 鉴, 特, 级, 性, 分, 区, 差, 类, 个, 是, 除, 并, 南, 北, 东, 西, 要",
	),
	/** `16:9ではなく9:16`: words behind a size. */
	after: listOf("ではな, じゃな, 말고, 이 아니, 가 아니, 이 아닌, 가 아닌"),
};
