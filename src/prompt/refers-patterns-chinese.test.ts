import { describe, expect, it } from "vitest";
import { refersToLast } from "./refers.ts";

describe("a Chinese message after a picture", () => {
	it.each([
		"很棒，再亮一点",
		"还不错，换成夜晚",
		"真不错，换成夜晚",
		"还可以，再亮一点",
		"可以的，再亮一点",
		"OK，再亮一点",
		"挺好的，把背景换一下",
		"挺好的，就是背景太花了",
		"不满意，重来",
		"不好看，重新来一张",
		"丑，重来",
		"我不太喜欢，重画",
		"画得真好！换成夜晚",
		"效果很棒，再来一张",
		"整體不錯，背景再虛一點",
		"同一个女孩，换个姿势",
		"还是这只猫，让它睡觉",
		"那个女孩，换个姿势",
		"这只换成狗",
	])("is an edit if a judgement stands before a change: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"很棒，海边的灯塔",
		"不好看，画一只猫",
		"真不错",
		"不好看",
		"好美的夜晚，再亮一点",
		"那个女孩，长发飘飘",
		"同一个世界，同一个梦想",
	])("is no edit for a judgement alone: %j", (message) => {
		expect(refersToLast(message)).toBe(false);
	});

	it.each([
		"戴上王冠的女王",
		"穿上红色汉服的女孩",
		"戴上眼镜的猫头鹰",
		"给猫戴帽子的女孩",
		"給新娘化妝的化妝師",
		"把书放在桌上的女孩",
		"脸上有雀斑的女孩",
		"变成老人的海盗",
		"变成蝴蝶的毛毛虫",
		"不要停下来的奔跑者",
		"不要熬夜",
		"磨皮机器",
		"让世界充满爱 公益海报",
		"让子弹飞 海报",
		"降低碳排放 海报",
		"少一点套路 封面",
	])("is a picture of its own if it names somebody, or has a title: %j", (message) => {
		expect(refersToLast(message)).toBe(false);
	});

	it.each([
		"穿上红色的汉服",
		"戴上可爱的帽子",
		"画上可爱的小鸟",
		"添加可爱的小猫",
		"给左边的人戴帽子",
		"给背景加上跑步的人",
		"把猫换成戴帽子的狗",
		"把焦点放在左边的女孩",
		"把后面的人P掉",
		"背景里有个奇怪的人",
		"人物换成可爱的女孩",
		"变成可爱的女孩",
		"变成穿西装的男人",
		"不要戴帽子的人",
		"换成夜晚 做成海报",
		"改成蓝色 电影海报",
		"加个标题 海报",
	])("is an edit if it says what becomes of somebody: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"脸崩了",
		"人脸崩了",
		"手崩了，海边的女孩",
		"五官扭曲了",
		"颜色不好看，蓝天白云",
		"背景很奇怪",
		"字看不清",
		"月亮没画出来",
		"狐狸不見了",
		"多了一只手",
		"左手多了一根手指，海边的女孩",
		"颜色很好，就是字太多了",
		"少了一条腿",
		"忘了加月亮",
		"你又忘记加月亮了",
		"没画月亮，夜晚的海",
		"我要的是两只猫",
		"我说的是三只猫，不是两只",
		"我不喜欢这个颜色",
		"左手有六根手指",
		"有错别字",
		"里面有几个错别字",
		"没看到月亮",
		"没有月亮",
		"月亮呢",
		"猫呢？",
		"不够真实",
		"只要一只猫",
	])("is an edit if it says what is wrong: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"五官扭曲的怪人",
		"没有影子的人",
		"没有月亮，夜晚的海",
		"少了你的世界",
		"忘了时间的钟表",
		"猫不见了，寻猫海报",
		"不够爱，唱片封面",
		"你呢",
		"为什么呢",
		"我不喜欢下雨",
		"我要的幸福",
	])("is a picture of its own if it tells of something else: %j", (message) => {
		expect(refersToLast(message)).toBe(false);
	});

	it.each([
		"来个水彩版",
		"来个夜晚的版本",
		"再出一版水彩风格的",
		"我要一个手机版",
		"换白底",
		"改红色",
		"我要红色的",
		"要深蓝色的",
		"白底",
		"红色吧",
		"衣服红色",
		"背景要纯白的",
		"背景透明的",
		"像素风",
		"卡通化",
		"换成国风",
		"转动漫",
		"全身",
		"要侧面的",
		"做成特写",
		"打码",
		"老照片修复",
		"换个女生",
		"换一只猫",
		"穿西装",
		"戴上墨镜吧",
		"头发染成蓝色",
		"文字居中",
		"标题放上面",
		"主体靠左",
		"光线柔和点",
		"再清晰点",
		"能再清晰点吗",
		"往左边移一点",
		"向左扩展画面",
		"我想要水彩风格的",
		"俯视角度",
		"丰富细节",
		"提取线稿",
		"给脸打码",
		"去路人",
		"加太阳",
	])("is an edit if it holds a short change: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"来个排版",
		"做一个简历模版",
		"来个新版本的手机",
		"红色的狐狸",
		"白底产品图",
		"古风少女",
		"全身铠甲的骑士",
		"打码的照片",
		"换个杯子",
		"穿西装的男人",
		"穿越火线的服装",
		"文字居中的海报",
		"手放在桌上的女孩",
		"向左看的猫",
		"丰富多彩",
		"提取码",
		"头发染成蓝色，酷女孩",
	])("is a picture of its own if it goes on with a noun: %j", (message) => {
		expect(refersToLast(message)).toBe(false);
	});

	it.each([
		"再来一张不一样的",
		"好看！再给我三张类似的",
		"再来两张差不多的图",
		"重新產生",
		"重新产生第二张",
		"再產生一張",
	])("is an edit if it asks for more of the same: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each(["再来一张不一样的风景", "再给我一张不同的，画北极熊", "產生一隻貓，讓它笑", "产生城市夜景，再亮一点"])(
		"is a picture of its own if it says what to draw: %j",
		(message) => {
			expect(refersToLast(message)).toBe(false);
		},
	);

	it.each([
		"给我画一只戴帽子的狗",
		"給我畫一隻戴帽子的狗",
		"给我生成一个穿西装的男人",
		"给妈妈画一张戴着花的贺卡",
		"多了一份温暖，公益海报",
		"来一版报纸头条设计图",
	])("is a picture of its own if it wants one for somebody: %j", (message) => {
		expect(refersToLast(message)).toBe(false);
	});

	it.each(["给我的猫戴帽子", "给我换个背景", "给她穿一件画着一张脸的衣服"])(
		"is an edit if it gives something to somebody in the picture: %j",
		(message) => {
			expect(refersToLast(message)).toBe(true);
		},
	);

	it.each([
		"画她的背面",
		"再生成一张她在海边的",
		"用同一个人物画一张在海边的",
		"以这个女孩再画一张",
		"把眼睛睁开",
		"把口罩摘了",
		"换一换",
		"整体偏黄，蓝天白云",
		"换个别的颜色试试",
		"还有别的风格吗",
		"有没有其他版本",
		"不同的动作",
		"和刚才一样，但是背景是海边",
		"跟上一张差不多的",
		"只留人物",
		"只保留女孩",
		"要亚洲人",
		"换女生",
		"简单点",
		"太暖了",
		"大点",
		"上面写“新年快乐”",
		"重新弄一张",
		"重新整一下吧",
		"保持一致，换个动作",
		"蓝色系",
		"修图",
		"变高清",
		"不是我要的，重画",
		"把图里的文字翻译成日文",
		"将文本翻译为英语",
	])("is an edit if it wants the same, but otherwise: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"把下面这首诗画成图：床前明月光",
		"把这段文字做成海报：今日特价",
		"把“新年快乐”做成艺术字",
		"把李白的诗画成一幅画",
		"將此 Markdown 文檔轉換為信息圖",
		"将以下内容转化为一张思维导图",
		"改成画一只狗",
		"换成画一只狗",
		"要不画个狗",
		"还是来一张猫的照片",
	])("is a picture of its own if it brings a text to be drawn, or turns to something else: %j", (message) => {
		expect(refersToLast(message)).toBe(false);
	});

	it.each([
		"把下面的文字去掉",
		"把这段文字做成金色",
		"把下面的文字放到图片上",
		"把这段文字转成手写画风",
		"把“新年快乐”改成“春节快乐”",
		"把诗句移到左边",
		"要不再来一张吧",
		"改成画面更亮",
	])("is an edit if it changes a text of the picture, or the picture: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"秋天的",
		"要下雪的吧",
		"黑白的",
		"放大人物",
		"镜头拉远",
		"放到森林里",
		"印在T恤上",
		"旁边再来一只狗",
		"一模一样，但是换成狗",
	])("is an edit if it says when, where or how near: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each(["秋天的森林", "黑白的猫", "放大镜", "放在桌上的书", "挂在天边的月亮", "头发拉直的女孩", "旁边来客"])(
		"is a picture of its own if it says so of something: %j",
		(message) => {
			expect(refersToLast(message)).toBe(false);
		},
	);

	it.each([
		"画他们的城市，一张海报，画一只猫",
		"用刚才的颜料画画的女孩",
		"同一个女孩画画",
		"红点",
		"穿针引线",
		"向左边",
		"第一张和第二张",
		"换灯泡的人",
		"要一个人",
		"不同的城市",
		"有别的星球吗",
		"上面写着字",
		"左边画一只猫",
		"不是我要的",
		"保持一致的步伐",
		"重新出发的旅人",
	])("is a picture of its own if it wants something else: %j", (message) => {
		expect(refersToLast(message)).toBe(false);
	});
});
