import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	CHINESE_MESSAGES,
	ENGLISH_MESSAGES,
	HELD_OUT_MESSAGES,
	type LabelledMessage,
	SECOND_HELD_OUT_MESSAGES,
	SECOND_MESSAGES,
} from "../../test/support/messages-after-a-picture.ts";
import { TRADITIONAL_FORMS } from "../../test/support/traditional-forms.ts";
import { asksForNew, isRemark, placesNamed, refersToLast } from "./refers.ts";

/** Returns the messages that the rule reads otherwise than a person. */
function misread(messages: readonly LabelledMessage[]): readonly LabelledMessage[] {
	return messages.filter(([label, message]) => refersToLast(message) !== (label === "edit"));
}

function toTraditional(message: string): string {
	return Array.from(message, (char) => TRADITIONAL_FORMS.get(char)?.at(0) ?? char).join("");
}

describe("refersToLast", () => {
	it("reads the messages that it was made for as a person does", () => {
		expect(ENGLISH_MESSAGES.length).toBeGreaterThanOrEqual(200);
		expect(CHINESE_MESSAGES.length).toBeGreaterThanOrEqual(150);
		expect(misread(ENGLISH_MESSAGES)).toEqual([]);
		expect(misread(CHINESE_MESSAGES)).toEqual([]);
	});

	it("reads nearly all of those that came later so", () => {
		expect(misread(SECOND_MESSAGES)).toEqual([["new", "Give the people what they want, pop art poster"]]);
	});

	it("reads by now the messages that it was not made for as a person does", () => {
		expect(misread(HELD_OUT_MESSAGES)).toEqual([]);
	});

	it("takes no new picture of those that came last as an edit", () => {
		expect(misread(SECOND_HELD_OUT_MESSAGES)).toEqual([["edit", "不戴眼镜的话呢"]]);
	});

	it("reads the traditional script as the simplified one", () => {
		const chinese = [...CHINESE_MESSAGES, ...SECOND_MESSAGES, ...HELD_OUT_MESSAGES];
		const traditional = chinese.map(([label, message]): LabelledMessage => [label, toTraditional(message)]);
		expect(traditional.filter(([, message], at) => message !== chinese[at]?.[1]).length).toBeGreaterThan(150);
		expect(misread(traditional)).toEqual(misread(chinese).map(([label, message]) => [label, toTraditional(message)]));
	});

	it.each([
		"幫我把背景換成雪山",
		"麻煩把背景換成雪山",
		"幫我加一頂帽子",
		"背景虛化",
		"她的眼睛變大",
		"她們換成紅色衣服",
		"頭髮再長一點",
		"請將濾鏡去掉",
		"鏡頭拉遠一點",
		"擴展到左邊",
		"強化對比度",
		"色調調成藍色",
		"畫面太擠了",
		"換個氣氛",
		"去掉雜物",
		"頭發改成黃色",
		"裏面加一隻貓",
	])("reads %j as an edit", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each<readonly [places: readonly number[], message: string]>([
		[[1], "edit the second picture"],
		[[1], "change the second picture to night"],
		[[1], "in the second picture, remove the hat"],
		[[1], "make the second one blue"],
		[[1], "编辑第二张"],
		[[1], "第二张改成夜晚"],
		[[1], "把第二张改成夜晚"],
		[[1], "修改第二张"],
		[[2], "Make the 3rd image brighter"],
		[[0], "upscale the first one"],
		[[3], "the fourth one but in winter"],
		[[1], "I like the second one, but make the sky pink"],
		[[1], "Remove the dog from picture 2"],
		[[1], "make image 2 darker"],
		[[2], "use option 3 and add a moon"],
		[[1], "the second picture should be darker"],
		[[2], "the third one needs more light"],
		[[1], "in picture 2 add a hat"],
		[[1], "turn the second variation into a sticker"],
		[[], "edit the last picture"],
		[[-2], "edit the second to last picture"],
		[[2], "第三张图背景换成雪山"],
		[[1], "第二幅加一顶帽子"],
		[[1], "把第2张图片的背景换成海边"],
		[[0], "第1张放大"],
		[[1], "图2改成夜晚"],
		[[1], "把图二的天空换成紫色"],
		[[-2], "倒数第二张改成水彩风格"],
		[[], "最后一张改成夜晚"],
		[[1], "編輯第二張"],
		[[1], "第二張改成夜晚"],
		[[2], "把第三張圖的背景換成雪山"],
		[[1], "我喜欢第二张，再亮一点"],
		[[1], "第二张不错，把背景换成海边"],
		[[1], "第二张再来一个版本"],
		[[], "remove the second cat"],
		[[], "delete the second one from the left"],
		[[], "把第二张椅子去掉"],
		[[1, 0], "make the second picture look like the first one"],
		[[1, 2], "把第二张和第三张合成一张"],
		[[1], "Edit the 2nd picture, yes, picture 2"],
		[[9], "make the tenth picture blue"],
		[[1], "picture #2: make it night"],
		[[2], "upscale the third"],
		[[], "the last one, brighter"],
		[[], "the latest version, brighter"],
		[[2], "放大第三张"],
		[[1], "重新生成第二张"],
		[[0, 2], "用第1张和第3张合成"],
		[[0, 1], "第一张和第二张合在一起"],
		[[1, 2], "第2张和第3张对调颜色"],
		[[0, 1], "把图1的衣服穿到图2的人身上"],
		[[0, 1], "图一的人放到图二的背景里"],
		[[1], "第二个好看，换成夜晚"],
		[[0], "左邊那張改成夜晚"],
		[[0], "the left one, but brighter"],
		[[-1], "the one on the right, remove the hat"],
		[[2], "#3 darker"],
		[[0], "first image: add a moon"],
		[[0], "用第一张，换成晚上"],
		[[1], "选第二张，改竖版"],
		[[0], "拿第一张做一张海报"],
		[[1], "2号，加个帽子"],
		[[], "make the left one blue"],
		[[], "make the 11th picture blue"],
		[[], "change the sign to “the second picture”"],
	])("finds the pictures %j in %j, an edit", (places, message) => {
		expect(placesNamed(message)).toEqual(places);
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"a second picture of a cat",
		"another second picture: a dog",
		"give me a second photo",
		"Make the second picture",
		"draw the second picture",
		"generate the second image please",
		"画第二张",
		"生成第二张图片",
		"来第二张",
		"thanks, I love the second one",
		"第二张好看",
		"第二张",
		"the second picture",
		"The first picture of a series: a cat in a boat",
		"a poster with option 2 circled",
		"第一张脸在笑，第二张脸在哭",
		"a girl holding the second picture of her cat",
		"the last picture show",
		"the last supper, brighter",
		"第一张画猫，第二张画狗",
		"墙上并排挂着第一张图和第二张图",
		"picture 1: a cat, picture 2: a dog",
		"墙上挂着第二幅画的房间",
		"First image: a cat, second image: a dog",
		"the picture on the left, a lake",
		"2号，一只狐狸",
		"用第一张，一只狐狸",
		"#1 dad mug",
		"generate image 2 cats",
		"a photo 16:9 of a cat, photo 35mm",
	])("takes %j for a new picture, whatever it counts", (message) => {
		expect(refersToLast(message)).toBe(false);
	});

	it("looks for at most eight pictures", () => {
		const many = Array.from({ length: 10 }, (_, index) => `picture ${index + 1}`).join(" and ");
		expect(placesNamed(`mix ${many}`)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
	});

	// Short wishes: more of the same, and changes without 把.
	it.each<readonly [means: boolean, message: string]>([
		[true, "再来四张"],
		[true, "再来5张"],
		[true, "再来2张"],
		[true, "再来一组"],
		[true, "再生成4张"],
		[true, "再来10张"],
		[true, "再出三版"],
		[true, "再画两张"],
		[true, "再生成一组"],
		[true, "再來四張"],
		[true, "再來一組"],
		[true, "再做3个版本"],
		[true, "再给我四张"],
		[true, "给我再来五张"],
		[true, "多来几张"],
		[true, "再来几个"],
		[true, "再生成两张图"],
		[true, "再来四张吧"],
		[true, "请再来3张，谢谢"],
		[true, "在这张图的基础上，把背景换成海边"],
		[true, "在原图的基础上把天空换成夜空"],
		[true, "在原图基础上加一只猫"],
		[true, "在這張圖的基礎上把背景換成海邊"],
		[true, "在上一张的基础上改成夜晚"],
		[true, "基于这张图，把背景换成海边"],
		[true, "猫换成狗"],
		[true, "左边的人去掉"],
		[true, "貓換成狗"],
		[true, "左邊的人去掉"],
		[true, "帽子去掉"],
		[true, "天空换成紫色"],
		[true, "裙子改成红色"],
		[true, "水印去掉"],
		[true, "右下角的字删掉"],
		[true, "车改成自行车"],
		[true, "背景里的人P掉"],
		[true, "后面的树删除"],
		[false, "狐狸变成狼"],
		[true, "头发改成金色，眼睛改成蓝色"],
		[false, "再来四张风景"],
		[false, "再来5张猫的照片"],
		[false, "再画两张不同的风景"],
		[false, "再来一组海报，主题是环保"],
		[false, "再生成4张新的图：城市"],
		[false, "再来四只猫"],
		[false, "再画四只猫"],
		[false, "青蛙变成王子"],
		[false, "一只猫变成狗的魔术表演"],
		[false, "女孩换成男装的电影海报"],
		[false, "魔法师把石头变成金子"],
		[false, "一只毛毛虫变成蝴蝶"],
		[false, "春天换成夏天的四季图"],
		[false, "少年变成英雄，热血漫画"],
		[false, "两只猫去掉帽子的卡通"],
		[false, "一个人脱掉外套"],
		[false, "画一只猫换成狗的过程"],
		[false, "水变成酒，圣经故事"],
	])("is %s of %j, which people often write", (means, message) => {
		expect(refersToLast(message)).toBe(means);
	});

	// Names and slogans that begin as an edit does.
	it.each<readonly [means: boolean, message: string]>([
		[false, "更衣室"],
		[false, "取消文化海报"],
		[false, "移动城堡"],
		[false, "翻译官"],
		[false, "隐藏在森林里的小屋"],
		[false, "放一张猫的图"],
		[false, "更夫"],
		[false, "更年期"],
		[false, "更生人"],
		[false, "更鼓"],
		[false, "取消订婚的情侣"],
		[false, "移动硬盘"],
		[false, "移动医院"],
		[false, "翻译机"],
		[false, "翻译软件图标"],
		[false, "隐藏款手办"],
		[false, "隐藏的瀑布"],
		[false, "隐藏在云里的城堡"],
		[false, "保留节目"],
		[false, "突出的岩石"],
		[false, "模糊的记忆"],
		[false, "美化师"],
		[false, "修改液"],
		[false, "修复师"],
		[false, "消除烦恼"],
		[false, "清除病毒的卡通机器人"],
		[false, "移动电源"],
		[false, "调整心态"],
		[false, "优化师"],
		[false, "隱藏在森林裡的小屋"],
		[false, "移動城堡"],
		[false, "翻譯官"],
		[false, "更衣室的鏡子"],
		[false, "降低碳排放"],
		[false, "减少污染"],
		[false, "提升自我"],
		[false, "提高警惕"],
		[false, "放一张狗的照片"],
		[false, "上色师"],
		[false, "扩展坞"],
		[false, "移动图书馆"],
		[false, "简化字"],
		[false, "改变世界"],
		[false, "替换零件"],
		[true, "更亮"],
		[true, "更暗"],
		[true, "更大"],
		[true, "更清晰"],
		[true, "更写实"],
		[true, "更可爱"],
		[true, "更有质感"],
		[true, "更卡通"],
		[true, "更鲜艳"],
		[true, "更明亮一些"],
		[true, "更鮮豔"],
		[true, "取消帽子"],
		[true, "移动到左边"],
		[true, "移动猫的位置"],
		[true, "翻译成英文"],
		[true, "翻译文字"],
		[true, "隐藏背景"],
		[true, "隐藏水印"],
		[true, "隐藏左边的人"],
		[true, "提高亮度"],
		[true, "降低饱和度"],
		[true, "放一只猫"],
		[true, "放个太阳"],
		[true, "放一盏灯在桌上"],
		[true, "模糊背景"],
		[true, "突出主体"],
		[true, "优化细节"],
		[true, "修改背景"],
		[true, "修复划痕"],
		[true, "调整构图"],
		[true, "保留背景"],
	])("is %s of %j, which people often write", (means, message) => {
		expect(refersToLast(message)).toBe(means);
	});

	it.each([
		["in capitals", "MAKE IT BLUE"],
		["in wide letters", "ｍａｋｅ　ｉｔ　１６：９"],
		["with a typographic apostrophe", "I don’t like the colours, use warmer ones"],
		["in the traditional script", "把背景換成海灘"],
		["on two lines", "Perfect!\n\nNow add a moon."],
		["with a mark at the end", "再亮一点！！"],
	])("reads a message %s", (_, message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each(["", "   ", "\n", "!!!", "🦊", "\ud83d"])("takes %j for no edit", (message) => {
		expect(refersToLast(message)).toBe(false);
	});

	it.each(['"x"', "“x”", "「x」", "『x』", "‘x’", "《x》"])("looks into no quotation: %s", (quotation) => {
		const quoted = (words: string) => quotation.replace("x", words);
		expect(refersToLast(`${quoted("draw a cat")}: make it blue`)).toBe(false);
		expect(refersToLast(`Change the sign to ${quoted("draw a cat, a new picture")}`)).toBe(true);
		expect(refersToLast(`招牌，${quoted("改成蓝色")}`)).toBe(false);
		expect(refersToLast(`文字改成${quoted("画一只猫，新的图")}`)).toBe(true);
	});

	it.each<readonly [means: boolean, message: string]>([
		// One of each group of words.
		[true, "restore the colors"],
		[true, "hang the lamp lower"],
		[true, "widen the street"],
		[true, "unblur faces"],
		[true, "more like this"],
		[true, "taller"],
		[true, "prettier"],
		[true, "moodier"],
		[true, "less of the blue"],
		[true, "in winter"],
		[true, "from above"],
		[true, "his arm is cut off"],
		[true, "the letters don't match"],
		[false, "I'm looking for a picture of a harbour"],
		[false, "something new: make it a harbour"],
		[false, "start fresh, make it a lion"],
		[false, "new topic, make it a bridge"],
		[true, "竖版"],
		[true, "我想要横屏的"],
		[true, "我要竖图"],
		[false, "竖版的海报，一只猫"],
		[false, "新图，改成一只猫"],
		[false, "一幅新画，改成一只猫"],
		// `Now` counts at the beginning alone.
		[false, "a cat now at night"],
		[false, "一只猫现在是晚上"],
		[false, "at a harbour now under water"],
		[false, "天空下现在的城市"],
		// Fillers are taken off, but not without end. Each is a word of its own.
		[true, "ok great thanks now please just make it blue"],
		[true, `${"please ".repeat(12)}make it blue`],
		[false, `${"please ".repeat(13)}make it blue`],
		[false, "sobrighter"],
		[true, "好的 换成夜晚"],
		// A blank behind a filler goes with it.
		[true, "帮我 去掉水印"],
		// A ratio is one word, and no number of pictures.
		[true, "Same picture, make 16:9, darker"],
		[true, "Same picture, make 16 : 9, darker"],
	])("is %s of %j", (means, message) => {
		expect(refersToLast(message)).toBe(means);
	});

	it.each<readonly [means: boolean, message: string]>([
		// One of each group of words, alone and whole.
		[true, "restore the face"],
		[true, "go back"],
		[true, "less of the bright blue"],
		[true, "from the original photo"],
		[true, "put 3 birds there"],
		[true, "another one"],
		[true, "横屏"],
		[false, "make items for a shop"],
		[false, "the sky was grey"],
		[false, "because I love the sea"],
		[false, "工人修一下桥"],
		[false, "一个应该有龙的世界"],
		[false, "竖版的海报"],
		[false, "两只猫的横图"],
		// The traditional script, character by character.
		[true, "再亮一點"],
		// A mark that is written many times divides once.
		[true, `Perfect${"!?".repeat(15)} Make it blue`],
	])("is %s of %j alone", (means, message) => {
		expect(refersToLast(message)).toBe(means);
	});

	it.each([
		"你好，把背景换成海边",
		"早上好，加个帽子",
		"哈哈，加个帽子",
		"哈哈哈哈哈 加个帽子",
		"欸，加個帽子",
		"亲，加个帽子",
		"对，背景换成海边",
		"hello, make it darker",
		"good morning! anime style",
		"haha add a hat",
		"umm make it darker",
		"👍 再来一张",
		"再亮一点🙏",
		"darker please 🙏🙏",
		"❤️ make it night",
		"👍🏽 make it brighter",
		"😂换成狗",
		"换成😂",
		"好可愛😍可以再來一張嗎",
		"再来一张~",
		"亮一点～",
		"1. add a hat\n2. make it night",
		"1、加个帽子\n2、换成夜晚",
		"- darker",
		"* add a hat\n* brighter",
		' "add a hat" ',
		"“加个帽子”",
		"@bot 加个帽子",
		"@bot: brighter",
		"先这样，把文字去掉",
		"太暗了，提亮",
		"别戴帽子",
		"别那么卡通",
		"背景虚化，加一朵玫瑰",
		"让画面干净，背景虚化，一朵玫瑰",
		"keep it, but with a moon",
	])("reads an edit beside words and signs that ask for nothing: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"👍",
		"hello, a cat, make it darker",
		"老师戴上帽子",
		"🦊 in winter",
		'"make it blue", a sign',
		"brighter@night",
		"Make it blue - draw a dog",
		"背景虚化，一朵玫瑰",
		"颜色要鲜艳，一只鹦鹉",
	])("finds no edit beside such words: %j", (message) => {
		expect(refersToLast(message)).toBe(false);
	});

	it.each([
		"Draw a hat on him. Snow on every roof",
		"Remove noise. Snow on every roof",
		"Now in winter. Snow on every roof",
		"Nice, now at the beach. Gulls on every roof",
		"Swap red for blue. Snow on every roof",
		"把背景改成海滩。屋顶上站着海鸥",
	])("reads a sure edit with more words behind it: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"Anime style. A knight on a hill. Add a dragon in the sky.",
		"Full body shot, a girl in a red dress. The background should be a forest.",
		"Vertical, a girl in the rain, keep the background simple",
		"No text, add soft shadows, a cat on a windowsill",
		"竖版，一个女孩在雨中，背景虚化，不要文字",
		"水彩风格，一只狐狸在雪地里，背景要干净",
		"复古风格，突出文字，一位年轻女性，背景改成红色",
	])("takes a manner for the beginning of a new picture if its words stand before a sure edit: %j", (message) => {
		expect(refersToLast(message)).toBe(false);
	});

	it.each([
		"Anime style. Add a dragon in the sky. Snow on every roof",
		"Black and white, make the light dramatic, a little fog",
		"水彩风格，背景要干净，屋顶上站着海鸥",
	])("reads a sure edit right behind a manner: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		["Add clean lines, friendly people, keep the background", "Add clean lines, friendly people"],
		["让他站在旁边，手指比划着，背景不变", "让他站在旁边，手指比划着"],
	])("reads an order as an edit if a sure one stands anywhere behind it: %j", (sure, unsure) => {
		expect([refersToLast(sure), refersToLast(unsure)]).toEqual([true, false]);
	});

	it.each([
		["Brighter", "Brighter. Snow on every roof"],
		["再亮一点", "再亮一点。屋顶上站着海鸥"],
	])("reads %j as an edit, but not with more words behind it", (edit, more) => {
		expect([refersToLast(edit), refersToLast(more)]).toEqual([true, false]);
	});

	it.each([
		"Make it blue. Draw a dog",
		"Make it blue. How about a lion",
		"Make it blue. Never mind",
		"Make it blue. Surprise me",
		"Make it blue. Moving on",
		"Make it blue. Another picture",
		"换成夜晚。新照片",
		"换成夜晚。一张新的照片",
	])("takes a wish for a new picture to be meant, though an edit stands before it: %j", (message) => {
		expect(refersToLast(message)).toBe(false);
	});

	it("never throws, whatever is written", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
				expect(typeof refersToLast(text)).toBe("boolean");
			}),
		);
	});
});

describe("a remark", () => {
	it.each([
		"that's beautiful!",
		"Wow, that's amazing, thanks",
		"so beautiful 😍",
		"It’s great ❤️👍🏽",
		"looks perfect",
		"sounds good",
		"awesome work",
		"I love this",
		"I don't like it",
		"I really like this one best",
		"the first one is great",
		"the colors are gorgeous",
		"that's wrong",
		"not what I wanted",
		"太美了",
		"还不错，谢谢",
		"画得真好",
		"畫得太好了！",
		"绝了😍",
		"这个好看",
		"这张图真美",
		"第一张不错",
		"我喜欢这张",
		"不喜欢这个",
		"背景很好看",
		"不是我要的",
		`${"nice, ".repeat(11)}nice`,
		"looks good to me",
		"exactly what I needed",
		"lol, that's hilarious",
		"I love how it turned out",
		"that's not what I wanted",
		"nailed it!",
		"10/10",
		"très beau, merci",
		"me encanta",
		"かわいい！ありがとう",
		"why does he have six fingers?",
		"why is it blurry",
		"what model did you use? so pretty",
		"绝绝子",
		"不怎么样",
		"谢谢你，太美了",
		"哈哈哈哈太搞笑了",
		"太逼真啦",
		"好美喔",
		"😍",
		"👍🏽 👍\n",
		"❤️❤️❤️",
		"that's all for now",
		"no more changes",
		"no edits needed",
		"no more, thanks!",
		"That's enough.",
		"wait",
		"Leave it as it is",
		"I like it, keep this one",
		"keep it",
		"keep the picture",
		"Please don't change anything else",
		"don't touch it",
		"不用改了",
		"我很满意，不用再改了",
		"不需要修改",
		"不改了",
		"无需调整的",
		"等一下吧",
		"就要第二张",
		"這張我要了",
		"先这样吧",
		"第二张更好看",
		"這張圖更美",
	])("is %j, and changes nothing", (message) => {
		expect(isRemark(message)).toBe(true);
		expect(refersToLast(message)).toBe(false);
	});

	it.each([
		"",
		" ",
		"🦊",
		"👍🦊",
		"🦊👍",
		"beautiful sunset",
		"nice, make it night",
		"beautiful, but at night",
		"This is great. A fox.",
		"the world is beautiful",
		"the face is ugly",
		"again",
		"16:9",
		"画得更可爱",
		"更好看",
		"颜色不好看",
		"太暗了",
		"好美的夜晚",
		"美丽的女孩",
		"还不错，换成夜晚",
		"now this one",
		"the second picture",
		"这张",
		"原图",
		`${"nice, ".repeat(11)}nice!`,
		"why the sea is blue",
		"why is the sky blue",
		"love how-to posters",
		"super hero",
		"no more clouds",
		"no changes of the guard",
		"don't change her face",
		"keep it, a fox",
		"keep it simple",
		"well done steak",
		"不用改背景",
		"别画了，画一只狗",
		"等一下雨",
		"就要这张背景",
	])("is not %j", (message) => {
		expect(isRemark(message)).toBe(false);
	});
});

it("a reaction may have blanks around it, and praise changes nothing", () => {
	expect(isRemark(" 👍\n")).toBe(true);
	for (const praise of ["so beautiful", "so beautiful, ".repeat(10), "谢谢，太美了"])
		expect(refersToLast(praise)).toBe(false);
});

describe("asksForNew", () => {
	it.each(["draw a cat", "now something else", "nice. draw a dog", "illustrate my poem", "再画一只猫", "换个主题"])(
		"is true for %s",
		(said) => {
			expect(asksForNew(said)).toBe(true);
		},
	);

	it.each(["a hat", "watercolor", "make it blue", "16:9", "水彩", "戴上帽子", ""])("is false for %j", (said) => {
		expect(asksForNew(said)).toBe(false);
	});
});
