/** The words around a size in a chat message, as data. `size-patterns.ts` joins them into patterns. */

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
	chineseRatio: ["宽高比", "高宽比", "长宽比", "纵横比", "横竖比", "画幅比", "宽:高", "长:宽"],
	/** `宽高比例16:9`: the syllable that may end a ratio. */
	chineseRatioEnd: ["例"],
	/** `アスペクト比16:9`: a ratio in Japanese and Korean, with no other meaning. */
	otherRatio: ["アスペクト比", "縦横比", "종횡비", "화면비", "화면 비율"],
	/** `サイズ：1024x768`: words of these languages with other meanings. */
	otherVague: ["サイズ", "解像度", "비율", "크기", "사이즈", "해상도"],
	/** `Seitenverhältnis 16:9`: a ratio in European languages, with no other meaning. */
	europeanRatio: [
		"relación de aspecto",
		"la relación de aspecto",
		"la relación de aspecto de la imagen",
		"relacion de aspecto",
		"seitenverhältnis",
		"das seitenverhältnis",
		"bildformat",
		"rapport d'aspect",
		"format d'image",
		"proporção",
		"proporción",
		"соотношение сторон",
		"соотношением сторон",
		"en-boy oranı",
		"en boy oranı",
		"görüntü oranı",
	],
	/** `Größe 1024x768`: words of these languages with other meanings. */
	europeanVague: [
		"formato",
		"no formato",
		"tamaño",
		"tamanho",
		"no tamanho",
		"resolución",
		"resolução",
		"résolution",
		"auflösung",
		"größe",
		"taille",
		"формат",
		"формате",
		"размер",
		"разрешение",
		"boyut",
		"çözünürlük",
	],
	/** `画幅3:4`: a format, with no other meaning. */
	chineseFormat: ["画幅", "图幅"],
	/** `画幅比例3:4`: the noun that may follow a format. */
	chineseAfterFormat: ["比例", "尺寸", "大小"],
	/** `图片尺寸1024x768`: the picture, as it stands before a vague noun and makes it clear. */
	chineseOfNoun: ["画面", "图片", "图像", "影像", "照片", "输出", "宽高", "长宽"],
	/** `图片尺寸1024x768`: the noun after the picture. */
	chineseNoun: ["比例", "尺寸", "大小", "分辨率", "解析度", "规格"],
	/** `男女比例1:1`: what makes such a word the ratio of something else. */
	chineseOfOther: [
		"等",
		"茶奶",
		"颜色",
		"色彩",
		"配色",
		"黑白",
		"冷暖",
		"明暗",
		"分割",
		"部分",
		"男女",
		"头身",
		"黄金",
		"身材",
		"混合",
		"缩放",
		"师生",
		"股权",
		"身高",
		"年龄",
		"水油",
		"腰臀",
		"糖水",
		"阴阳",
		"上下身",
	],
	/** `比例：7:5`: words with other meanings (`比例 1:12 的兵人`), as `vague`. */
	chineseVague: [
		"比例",
		"尺寸",
		"大小",
		"分辨率",
		"解析度",
		"比率",
		"格式",
		"宽高",
		"长宽",
		"比例要求",
		"尺寸要求",
		"大小要求",
		"分辨率要求",
	],
} as const;

/** Connectors between such a word and the size. */
export const CONNECTORS = {
	/** `size: 16:9`, `size=16:9`. */
	signs: [":", "="],
	/** `Aspect ratio – 16:9`, `| 比例 | 16:9 |`: what leaves a word with other meanings as doubtful as it was (`size-9/10 boots`). */
	dashes: ["-", "–", "—", "——", "->", "→", "|"],
	/** `ratio of 16:9`. */
	english: ["is", "of", "to", "at", "should be", "must be", "needs to be", "has to be", "will be"],
	/** `relación de aspecto de 16:9`. */
	european: ["de", "es", "von", "ist", "est", "é"],
	/** `比例设为16:9`: the verb, before one of `chineseResults`. */
	chineseVerbs: ["设", "改", "调", "设置", "调整", "设定"],
	/** `比例为16:9`, `比例改成16:9`. */
	chineseResults: ["为", "成", "到"],
	/** `比例是16:9`. */
	chineseIs: ["是"],
	/** `アスペクト比は16:9`. */
	otherIs: ["は", "은", "는"],
	/** `比例大概16:9`: words that change nothing. */
	adverbs: [
		"大概",
		"大约",
		"约",
		"接近",
		"尽量",
		"最好",
		"要",
		"请用",
		"严格",
		"固定",
		"about",
		"around",
		"approximately",
		"roughly",
		"close to",
		"exactly",
		"strict",
		"strictly",
	],
	/** `比例：竖版9:16`: the shape in words, which the size says as well. */
	shapes: [
		"竖版",
		"横版",
		"竖屏",
		"横屏",
		"竖向",
		"横向",
		"纵向",
		"竖构图",
		"横构图",
		"竖幅",
		"横幅",
		"竖图",
		"横图",
		"宽屏",
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
		"vertikal",
		"quadratisch",
		"quadrat",
		"verticale",
		"horizontale",
		"paysage",
		"carré",
		"apaisado",
		"cuadrado",
		"orizzontale",
		"quadrato",
		"quadrado",
		"вертикально",
		"вертикальный",
		"горизонтально",
		"горизонтальный",
		"квадрат",
		"квадратный",
	],
	/** `比例用16:9`. */
	chineseUse: ["用"],
} as const;

/** Words after a size that say it is one. */
export const AFTER_SIZE = {
	/** `16:9 poster ratio`: the picture, if it is named. */
	englishOf: ["image", "picture", "poster", "canvas", "frame"],
	/** `16:9 aspect ratio`. */
	english: ["aspect-ratio", "aspect ratio", "resolution"],
	/** `16:9 ratio`, but not `a 3:2 ratio of cats to dogs`. */
	englishUnlessOf: ["ratio", "aspect"],
	/** `16:9画面比例`: the picture, if it is named. */
	chineseOf: ["画面", "图片"],
	/** `16:9比例`, beside the words for a ratio. */
	chinese: ["比例", "画幅", "尺寸", "分辨率"],
} as const;

/** `resolution: 2K`: words before a resolution. In English a connector or dashes have to stand between. */
export const BEFORE_RESOLUTION = {
	english: ["resolution", "image resolution", "image_resolution"],
	chinese: ["分辨率", "解析度", "清晰度", "画质"],
	/** `2K分辨率`: those that stand behind one as well. `4K画质` is a word of style. */
	chineseAfter: ["分辨率", "解析度"],
} as const;

/** Ratios in Chinese words. */
export const CHINESE_RATIOS = {
	/** Without a keyword these cannot be scores. */
	wide: ["十六比九", "九比十六", "二十一比九"],
	/** `比例三比四`. */
	withKeyword: ["四比三", "三比四", "三比二", "二比三", "一比一", "四比五", "五比四", "二比一", "一比二"],
} as const;

/** `2.35:1 剧照`: the shapes of films and of covers, which no score has. */
export const FILM_RATIOS = [
	"1.43:1",
	"1.66:1",
	"1.85:1",
	"1.90:1",
	"1.91:1",
	"2.20:1",
	"2.35:1",
	"2.39:1",
	"2.76:1",
] as const;

/** `image_size: landscape_16_9`: fal's names that can mean nothing else. */
export const PRESETS = ["portrait_4_3", "portrait_16_9", "landscape_4_3", "landscape_16_9"] as const;

/** `1024x768 px`: units that belong to the size. */
export const PIXEL_UNITS = ["px", "pixels", "pixel", "像素", "画素", "픽셀", "ピクセル"] as const;

/** `512x512 pixel art sword`: what makes the unit a style, and words that begin like one (`1080x1080像素画面`). */
export const PIXEL_STYLES = {
	units: ["pixel", "像素", "픽셀", "ピクセル"],
	styles: ["art", "style", "sprite", "game", "character", "风", "画", "艺术", "游戏", "角色", "小人", "アート", "아트"],
	others: ["风景", "画面", "画布", "画幅"],
} as const;

/** `宽1024，高1536`: words before each side, and those behind it. */
export const SIDES = {
	width: ["width", "宽", "宽度"],
	height: ["height", "高", "高度"],
	/** `--w 1024 --h 1536`. */
	widthOption: ["w"],
	heightOption: ["h"],
	wide: ["wide"],
	tall: ["tall", "high"],
} as const;

/** `画布宽1200，高800`: names of a picture before its sides, which no thing has. */
export const PICTURES_WITH_SIDES = [
	"图片",
	"图像",
	"画面",
	"画布",
	"照片",
	"海报",
	"封面",
	"image",
	"picture",
	"canvas",
	"poster",
	"banner",
] as const;

/** `门宽900，高2100`: things that have sides in millimetres. */
export const THINGS_WITH_SIDES = [
	"桌",
	"椅",
	"柜",
	"门",
	"床",
	"架",
	"墙",
	"箱",
	"桌子",
	"椅子",
	"柜子",
	"架子",
	"箱子",
	"窗户",
	"沙发",
	"table",
	"desk",
	"shelf",
	"door",
	"window",
	"cabinet",
	"box",
	"wall",
] as const;

/** `宽1024，高1536`: the usual sides of pictures. Without a unit other numbers may be those of furniture. */
export const PICTURE_SIDES = [
	512, 576, 640, 720, 768, 832, 896, 1024, 1080, 1152, 1216, 1242, 1280, 1344, 1440, 1536, 1660, 1792, 1920, 2048, 2160,
	2560, 3840, 4096,
] as const;

/** Without a keyword smaller sides are those of things. */
export const MIN_PICTURE_SIDE_PX = 256;

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
	/** `full time: 3:2`. */
	ends: ["full time", "full-time", "half time", "half-time"],
} as const;

/** Chinese words that give a ratio another meaning if they stand directly before it. */
export const CHINESE_BEFORE_RATIO = {
	/** `比分是3:2`. */
	scores: [
		"比分",
		"局分",
		"战绩",
		"比数",
		"得分",
		"总分",
		"分数",
		"赔率",
		"记分牌",
		"比分牌",
		"计分牌",
		"记分板",
		"比分板",
		"计分板",
	],
	/** `领先3:2`. */
	leads: ["领先", "落后"],
	/** `战成2:2`, `比赛结果3:2`, `以3:2获胜`. */
	results: ["比赛结果", "战成", "打成", "踢成", "胜", "负", "赢", "输", "以"],
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
	scales: ["缩放", "缩小", "等身"],
	/** `混合3:2`. */
	mixtures: ["混合"],
	/** `钟停在3:2`. */
	hands: ["停在", "指在", "指着"],
	/** `章节3:2`. */
	parts: ["章节", "版本号", "第"],
	/** `每个帧1:1，排成网格`. */
	panels: ["每帧", "每个帧", "每格", "每个格子"],
} as const;

/** `国足2:1，绝杀时刻`: the two numbers of a score are small. */
export const TEAMS = [
	"国足",
	"女足",
	"男足",
	"女排",
	"男排",
	"女篮",
	"男篮",
	"皇马",
	"巴萨",
	"曼联",
	"曼城",
	"利物浦",
	"拜仁",
	"主队",
	"客队",
	"比赛",
	"勇士",
	"湖人",
] as const;

/** `葡萄牙3:2西班牙`: who plays, between two of which stands a score. */
export const RIVALS = {
	countries: [
		"中国",
		"日本",
		"韩国",
		"美国",
		"巴西",
		"阿根廷",
		"德国",
		"法国",
		"荷兰",
		"英格兰",
		"西班牙",
		"葡萄牙",
		"意大利",
		"克罗地亚",
		"摩洛哥",
	],
	clubs: ["掘金", "热火", "凯尔特人", "国安", "申花", "恒大", "泰山", "国米", "尤文", "阿森纳", "切尔西"],
	sides: ["红方", "蓝方", "黑方", "白方", "正方", "反方", "我方", "敌方"],
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
	"head-to-body",
	"head to body",
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
	scales: ["scale", "replica"],
	/** `a 3:2 mix`. */
	mixtures: ["mix", "mixture"],
} as const;

/** Chinese words that give a ratio another meaning if they stand directly after it. */
export const CHINESE_AFTER_RATIO = {
	/** `以3:2获胜`. */
	results: ["获胜", "取胜", "战胜", "击败", "大胜", "险胜", "胜", "负", "领先", "落后", "逆转"],
	/** `禁止1:1以外的比例`. */
	others: ["以外", "之外"],
	/** `4:3拍子`. */
	beats: ["拍子"],
	/** `3:2稀释`. */
	mixtures: ["稀释", "调配", "兑"],
} as const;

/** Chinese words that do the same with a 的 before them or without it. */
export const CHINESE_AFTER_RATIO_AND_DE = {
	/** `3:2的比分`. */
	scores: ["比分", "战绩"],
	/** `3:2的比例混合`. */
	ratios: ["比例"],
	/** `3:2的混合`. */
	mixtures: ["混合"],
} as const;

/** Chinese words around a ratio with a side of 1 that is none of the picture. */
export const CHINESE_BESIDE_ONE = {
	/** `左右分屏1:1`. */
	before: ["分屏", "分割", "左右", "上下", "还原度"],
	/** `1:1精准还原`: what may stand between. */
	manners: ["精准", "精确", "完美", "高度", "严格", "完全", "真实", "高精度"],
	/** `1:1还原`, `1:1的手办`: a copy, or a thing as large as another. */
	copies: [
		"等比",
		"等身",
		"等大",
		"实物",
		"缩放",
		"复刻",
		"还原",
		"复原",
		"复制",
		"仿真",
		"重现",
		"再现",
		"临摹",
		"转化",
		"变成",
		"变为",
		"变真人",
		"模型",
		"手办",
		"真人",
	],
	/** `严格按照1:1分割`. */
	divisions: ["分割", "分屏", "等分", "平分", "均分"],
	/** `1:1辅导`: what one does for one other, without a space before it. */
	services: ["辅导", "私教", "咨询", "单挑", "授课", "指导", "陪练", "答疑"],
} as const;

/** Words of a share: `人物占画面比例1/3`. */
export const SHARES = {
	verbs: ["占", "占据", "占了"],
	wholes: ["画面", "整个", "整个画面", "图片", "版面", "页面", "整体"],
} as const;

/** Chinese words that take the meaning of a size from a ratio and the word of AFTER_SIZE behind it. */
export const CHINESE_AFTER_KEYWORD = {
	/** `1:1比例手办`: a figure as large as life. */
	scales: ["缩放", "缩小", "放大", "复刻", "还原", "真人", "手办", "模型", "实物", "高达"],
	/** `3:2比例混合`. */
	mixtures: ["混合", "稀释", "调配"],
} as const;

/** `1:1比例的变形金刚雕像`: things that are made to a scale, of which one number is a 1. */
export const SCALED = ["雕像", "雕塑", "人偶", "娃娃", "兵人", "手办", "模型", "玩偶", "机甲"] as const;

/** `国旗长宽比3:2`: things with a proportion of their own. */
export const PROPORTIONED = ["国旗", "旗帜", "牌匾"] as const;

/** `1:1比例的娃娃头像`: pictures of such things. */
export const SCALED_PICTURES = ["头像", "图", "照", "海报", "插画", "封面", "壁纸", "贴纸", "表情"] as const;

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
	clocks: [
		"时间",
		"时钟",
		"指向",
		"定格在",
		"钟面",
		"时针",
		"闹钟",
		"挂钟",
		"电子钟",
		"座钟",
		"钟表",
		"闹铃",
		"现在",
		"此刻",
		"时刻",
	],
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
	clocks: ["on the clock", "o'clock", "in the morning", "in the afternoon", "in the evening", "at night"],
	/** `the 9:16 train`: ends a word. */
	departures: ["train", "bus", "flight", "express"],
	/** `9:16分`, `列车 9:16 出发`. */
	chinese: ["分", "出发", "发车", "开车", "起飞", "开播", "到站", "到达", "抵达", "响起"],
} as const;
