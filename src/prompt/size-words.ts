/** The words around a size in a chat message, English and Chinese, as data. `size-patterns.ts` joins them into patterns. */

/** Words before a size that say it is one. */
export const BEFORE_SIZE = {
	/** `--ar 16:9`: the dashes of an option. */
	optionDashes: ["--", "—", "–", "-", "/"],
	/** `--ar 16:9`: the option's name. */
	optionNames: ["aspect-ratio", "aspect_ratio", "aspect ratio", "aspect", "ar", "ratio", "size"],
	/** `aspect ratio 7:5`: words with no other meaning, so that any ratio counts after them. */
	clearRatio: ["aspect-ratio", "aspect_ratio", "aspect ratio", "aspectratio"],
	/** `image_size: landscape_16_9`: the same for a size. */
	clearSize: ["image-size", "image_size", "image size", "imagesize"],
	/** `size: 7:5`: words with other meanings (`size 9/10 boots`), so that an unusual ratio needs a connector after them. */
	vague: ["size", "ratio", "aspect", "resolution", "ar", "dimensions", "dimension", "format"],
	/** `画面宽高比16:9`: the picture, if it is named before a ratio. */
	chineseOfRatio: ["画面", "图片", "图像", "照片", "输出"],
	/** `宽高比16:9`, and `宽高比例16:9`: a ratio, with no other meaning. */
	chineseRatio: ["宽高比", "长宽比", "纵横比"],
	/** `宽高比例16:9`: the syllable that may end a ratio. */
	chineseRatioEnd: ["例"],
	/** `アスペクト比16:9`: a ratio in Japanese and Korean, with no other meaning. */
	otherRatio: ["アスペクト比", "縦横比", "종횡비", "화면비", "화면 비율"],
	/** `サイズ：1024x768`: words of these languages with other meanings. */
	otherVague: ["サイズ", "解像度", "비율", "크기", "사이즈", "해상도"],
	/** `画幅3:4`: a format, with no other meaning. */
	chineseFormat: ["画幅"],
	/** `画幅比例3:4`: the noun that may follow a format. */
	chineseAfterFormat: ["比例", "尺寸", "大小"],
	/** `图片尺寸1024x768`: the picture, as it stands before a vague noun and makes it clear. */
	chineseOfNoun: ["画面", "图片", "图像", "照片", "输出", "宽高", "长宽"],
	/** `图片尺寸1024x768`: the noun after the picture. */
	chineseNoun: ["比例", "尺寸", "大小", "分辨率", "解析度"],
	/** `男女比例1:1`: what makes such a word the ratio of something else. */
	chineseOfOther: ["男女", "头身", "黄金", "身材", "混合", "缩放", "师生", "股权", "身高", "年龄", "水油", "腰臀"],
	/** `比例：7:5`: words with other meanings (`比例 1:12 的兵人`), as `vague`. */
	chineseVague: ["比例", "尺寸", "大小", "分辨率", "解析度", "比率", "比例要求", "尺寸要求", "大小要求", "分辨率要求"],
} as const;

/** Connectors between such a word and the size. */
export const CONNECTORS = {
	/** `size: 16:9`, `size=16:9`. */
	signs: [":", "="],
	/** `ratio of 16:9`. */
	english: ["is", "of", "to", "at", "should be", "must be", "needs to be", "has to be", "will be"],
	/** `比例设为16:9`: the verb, before one of `chineseResults`. */
	chineseVerbs: ["设", "改", "调", "设置", "调整", "设定"],
	/** `比例为16:9`, `比例改成16:9`. */
	chineseResults: ["为", "成", "到"],
	/** `比例是16:9`. */
	chineseIs: ["是"],
	/** `アスペクト比は16:9`. */
	otherIs: ["は", "은", "는"],
	/** `比例大概16:9`: words that change nothing. */
	adverbs: ["大概", "大约", "约", "尽量", "最好", "要", "请用", "about", "around", "approximately", "roughly"],
	/** `比例：竖版9:16`: the shape in words, which the size says as well. */
	shapes: [
		"竖版",
		"横版",
		"竖屏",
		"横屏",
		"竖向",
		"横向",
		"竖构图",
		"横构图",
		"直式",
		"横式",
		"方形",
		"正方形",
		"portrait",
		"landscape",
		"vertical",
		"horizontal",
		"square",
		"widescreen",
	],
	/** `比例用16:9`. */
	chineseUse: ["用"],
} as const;

/** Words after a size that say it is one. */
export const AFTER_SIZE = {
	/** `16:9 aspect ratio`. */
	english: ["aspect-ratio", "aspect ratio", "resolution"],
	/** `16:9 ratio`, but not `a 3:2 ratio of cats to dogs`. */
	englishUnlessOf: ["ratio", "aspect"],
	/** `16:9画面比例`: the picture, if it is named. */
	chineseOf: ["画面", "图片"],
	/** `16:9比例`. */
	chinese: ["比例", "画幅", "宽高比", "长宽比", "尺寸", "分辨率"],
} as const;

/** `resolution: 2K`: words before a resolution. In English a connector or dashes have to stand between. */
export const BEFORE_RESOLUTION = {
	english: ["resolution", "image resolution", "image_resolution"],
	chinese: ["分辨率", "解析度", "清晰度", "画质"],
} as const;

/** Ratios in Chinese words. */
export const CHINESE_RATIOS = {
	/** Without a keyword these cannot be scores. */
	wide: ["十六比九", "九比十六", "二十一比九"],
	/** `比例三比四`. */
	withKeyword: ["四比三", "三比四", "三比二", "二比三", "一比一", "四比五", "五比四", "二比一", "一比二"],
} as const;

/** `image_size: landscape_16_9`: fal's names that can mean nothing else. */
export const PRESETS = ["portrait_4_3", "portrait_16_9", "landscape_4_3", "landscape_16_9"] as const;

/** `1024x768 px`: units that belong to the size. */
export const PIXEL_UNITS = ["px", "pixels", "pixel", "像素"] as const;

/** Units that make two numbers the measures of a thing. */
export const OTHER_UNITS = {
	/** `a rug, size 100x200 cm`. */
	english: ["cm", "mm", "inch", "inches", "ft", "feet", "foot", "meters", "metres", "yards", "km", "dpi"],
	/** `尺寸 300×200 厘米的地毯`. */
	chinese: ["厘米", "毫米", "公分", "英寸", "平米", "米"],
} as const;

/** Words that give a ratio another meaning from earlier in the same clause. */
export const IN_CLAUSE_BEFORE_RATIO = {
	/** `the final score was 3:2`. */
	scores: ["score", "scores", "scored", "scoring", "scoreboard"],
	/** `Brazil won 3:2`. */
	wins: ["win", "wins", "won", "wons", "winning"],
	/** `Brazil lost 2:3`. */
	losses: ["lose", "loses", "losing", "lost"],
	/** `Brazil leads 3:2`. */
	leads: ["lead", "leads", "leading", "led"],
	/** `We beat Brazil 2:1`. */
	defeats: ["beat", "beats", "beating", "defeat", "defeats", "defeated"],
	/** `Brazil vs Chile 3:2`. */
	matches: ["match", "vs", "versus", "odds"],
	/** `chapter one, verse 4:5`. */
	verses: ["chapter", "verse", "bible"],
	/** `scale 1:2`. */
	scales: ["scale"],
	/** `mix flour and water 3:2`. */
	mixtures: ["mix", "mixed", "mixture"],
} as const;

/** Words that give a ratio another meaning if they stand directly before it. */
export const DIRECTLY_BEFORE_RATIO = {
	/** `Psalm 23:4`. */
	oldTestament: [
		"psalm",
		"psalms",
		"genesis",
		"exodus",
		"proverbs",
		"isaiah",
		"leviticus",
		"deuteronomy",
		"ecclesiastes",
		"jeremiah",
		"lamentations",
		"ezekiel",
		"hosea",
		"habakkuk",
		"zephaniah",
		"haggai",
		"zechariah",
		"malachi",
	],
	/** `John 3:16`. */
	newTestament: [
		"matthew",
		"mark",
		"luke",
		"john",
		"acts",
		"romans",
		"corinthians",
		"hebrews",
		"revelation",
		"ephesians",
		"galatians",
		"philippians",
		"colossians",
		"thessalonians",
		"philemon",
	],
	/** `Surah 2:1`. */
	quran: ["surah", "quran"],
	/** `ahead by 3:2`. */
	margins: ["by"],
} as const;

/** Chinese words that give a ratio another meaning if they stand directly before it. */
export const CHINESE_BEFORE_RATIO = {
	/** `比分是3:2`. */
	scores: ["比分", "比数", "得分", "总分", "分数", "赔率", "记分牌", "比分牌", "计分牌", "记分板", "比分板", "计分板"],
	/** `领先3:2`. */
	leads: ["领先", "落后"],
	/** `战成2:2`, `以3:2获胜`. */
	results: ["战成", "打成", "踢成", "胜", "负", "赢", "输", "以"],
	/** `约翰福音3:4`. */
	verses: [
		"福音",
		"诗篇",
		"箴言",
		"创世记",
		"创世纪",
		"出埃及记",
		"利未记",
		"民数记",
		"申命记",
		"约伯记",
		"传道书",
		"以赛亚书",
		"耶利米书",
		"以西结书",
		"但以理书",
		"使徒行传",
		"罗马书",
		"林多前书",
		"林多后书",
		"加拉太书",
		"以弗所书",
		"腓立比书",
		"歌罗西书",
		"希伯来书",
		"雅各书",
		"彼得前书",
		"彼得后书",
		"启示录",
		"古兰经",
	],
	/** `缩小1:2`. */
	scales: ["缩放", "缩小"],
	/** `混合3:2`. */
	mixtures: ["混合", "配比"],
} as const;

/** `gear ratio 3:2`: what makes `ratio` that of something else. */
export const OF_OTHER_RATIO = [
	"gear",
	"golden",
	"compression",
	"contrast",
	"mix",
	"mixing",
	"dilution",
	"gender",
	"sex",
	"student-teacher",
	"debt",
	"conversion",
	"exchange",
	"water",
] as const;

/** `a sign reading 3:2`: words whose numbers are written in the picture. */
export const BEFORE_LETTERING = {
	english: [
		"reading",
		"reads",
		"read",
		"says",
		"saying",
		"showing",
		"shows",
		"displaying",
		"displays",
		"labeled",
		"labelled",
		"spelling",
	],
	chinese: [
		"显示",
		"显示着",
		"显示了",
		"显示出",
		"写着",
		"写了",
		"写有",
		"写上",
		"印着",
		"印了",
		"印有",
		"印上",
		"刻着",
		"刻有",
		"刻上",
		"标着",
		"标有",
		"绣着",
		"贴着",
	],
} as const;

/** `3:2，阿根廷夺冠`: the ends of a clause right behind a score. */
export const NEWS_OF_SCORE = ["夺冠", "晋级", "绝杀", "获胜", "取胜", "胜出", "出局", "夺魁"] as const;

/** `第三章 4:5`: counters that make a chapter of 第 and a few characters. */
export const CHAPTER_COUNTERS = ["章", "节", "篇", "回"] as const;

/** Words that give a ratio another meaning if they stand directly after it. */
export const AFTER_RATIO = {
	/** `a 3:2 score`. */
	scores: ["odds", "score"],
	/** `3:2 win for Brazil`. */
	results: ["win", "victory", "defeat", "loss", "lead"],
	/** `3:2 gear ratio`. */
	things: ["gear"],
	/** `1:2 scale`. */
	scales: ["scale"],
	/** `a 3:2 mix`. */
	mixtures: ["mix", "mixture"],
} as const;

/** Chinese words that give a ratio another meaning if they stand directly after it. */
export const CHINESE_AFTER_RATIO = {
	/** `以3:2获胜`. */
	results: ["获胜", "取胜", "战胜", "击败", "大胜", "险胜", "胜", "负", "领先", "落后", "逆转"],
	/** `1:1等比`. */
	scales: ["等比", "实物"],
	/** `3:2稀释`. */
	mixtures: ["稀释", "调配", "兑"],
} as const;

/** Chinese words that do the same with a 的 before them or without it. */
export const CHINESE_AFTER_RATIO_AND_DE = {
	/** `3:2的比分`. */
	scores: ["比分", "战绩"],
	/** `1:1的手办`. */
	scales: ["比例", "缩放", "复刻", "还原", "模型", "手办", "真人"],
	/** `3:2的混合`. */
	mixtures: ["混合"],
} as const;

/** Chinese words that take the meaning of a size from a ratio and the word of AFTER_SIZE behind it. */
export const CHINESE_AFTER_KEYWORD = {
	/** `1:1比例手办`: a figure as large as life. */
	scales: ["缩放", "缩小", "放大", "复刻", "还原", "真人", "手办", "模型", "实物", "高达"],
	/** `3:2比例混合`. */
	mixtures: ["混合", "稀释", "调配"],
} as const;

/** `a clock at 9:16`: words before a time of day. Only a ratio with two digits on its right can be one. */
export const BEFORE_TIME = [
	"at",
	"by",
	"from",
	"until",
	"till",
	"before",
	"after",
	"around",
	"since",
	"time",
	"clock",
] as const;

/** Chinese words before a time of day. */
export const CHINESE_BEFORE_TIME = {
	/** `时间9:16`. */
	clocks: ["时间", "时钟", "指向", "钟面", "时针", "闹钟", "挂钟", "电子钟", "座钟", "现在", "此刻", "时刻"],
	/** `早上9:16的街道`. */
	mornings: ["早上", "早晨", "清晨", "上午", "中午"],
	/** `晚上9:16`. */
	evenings: ["下午", "傍晚", "晚上", "夜里", "凌晨"],
} as const;

/** Words after a time of day. */
export const AFTER_TIME = {
	/** `9:16 am`: ends a word. */
	meridiems: ["am", "a.m", "pm", "p.m"],
	/** `9:16 on the clock`. */
	clocks: ["on the clock", "o'clock"],
	/** `9:16分`. */
	chinese: ["分"],
} as const;
