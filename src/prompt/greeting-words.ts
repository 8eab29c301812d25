/** The words of messages that have nothing to draw: greetings, tests, questions about the service, thanks and approval, as data. */

import { listOf } from "../text.ts";

/** These may be greeted. */
const ADDRESSEES = listOf(
	"there, world, again, everyone, everybody, all, guys, friend, buddy, bot, ai, gpt, chatgpt, darkroom",
);

const GREETINGS = listOf(
	"hi, hello, hey, hiya, howdy, yo, greetings, good morning, good afternoon, good evening, good night, hola, bonjour",
	"buenos días, bonsoir, guten morgen, buongiorno, bom dia, добрый день, salut, hallo, guten tag, ciao, olá, привет, здравствуйте, merhaba, xin chào, nihao, ni hao, こんにちは, こんばんは",
	"おはよう, おはようございます, はじめまして, もしもし, 안녕, 안녕하세요, 你好, 您好, 你们好, 大家好, 你好世界, 嗨, 嘿",
	"哈喽, 哈囉, 哈啰, 午安, 安安, 哈罗, 哈咯, 喂, 早, 早上好, 早安, 上午好, 中午好, 下午好, 晚上好, 晚安",
);

/** `hello there`, `你好朋友`. */
const GREETINGS_OF_SOMEBODY = eachOf(GREETINGS, ["朋友", ...ADDRESSEES.map((addressee) => ` ${addressee}`)]);

/** `how are you`, `在吗`: what people say after a greeting, or in its place. */
const SMALL_TALK = listOf(
	"how are you, how are you doing, how are you today, how are you doing today, how do you do, how is it going, what is up, whats up, sup",
	"ça va, wie geht is, cómo estás, tudo bem, как дела, nice to meet you, long time no see, anyone there, anyone here, anybody there, is anyone there, is anybody there, you there",
	"在吗, 在么, 在嘛, 在不在, 你在不在, 在线, 在线吗, 还在吗, 是否在线, 有人吗, 有人在吗, 在, 吃了吗, 你好吗, 你在干嘛, 你在干什么",
);

const TESTS = [
	...listOf(
		"ping, test, tests, test from litellm, this is a test message, this is a connection test, please ignore, testing",
		"a test, just a test, this is a test, this is just a test, just testing, i m testing, i m just testing",
		"test message, test prompt, healthcheck, just checking, asdf, is this on, тест",
		"does this work, does it work, is this working, is it working, テスト, テストです, 테스트",
		"测试, 测试中, 这是测试, 这是一个测试, 这是一条测试, 这是一条测试消息, 仅测试, api连通性测试, 测测, 试试看",
		"通了吗, 正常吗, 能不能用, 好用吗, 好使吗, 可用吗, 收到请回复, 收到回复",
	),
	...eachOf(
		eachOf(listOf("test, testing, check, checking"), [" ", " the "]),
		listOf("api, api key, key, connection, connectivity, model, channel"),
	),
	...eachOf(listOf("api, api key, connection, connectivity, model, channel, health, test"), [" test", " check"]),
	...eachOf(["", "我", "我来", "随便"], listOf("测试一下, 测试下, 测一下, 试一下, 试试")),
	...eachOf(listOf("测试, 测试一下, 测试下"), listOf("api, key, 接口, 连接, 连通性, 消息, 讯息, 渠道, 模型")),
	...listOf("接口, 连接, 连通性, 渠道, 模型").map((part) => `${part}测试`),
	...eachOf(listOf("能, 能正常, 可以, 可以正常"), listOf("用吗, 用不, 用么, 使用吗")),
];

/** Sums that test if anybody calculates. */
const SUMS = listOf("1+1, 1+1 几, what is 1+1, 1+1等于几, 1+1等于多少, 1+1是多少, 一加一等于几");

/** Whom people take the service for. */
const ASSISTANTS = listOf("gpt, gpt 4, gpt 4 o, gpt 5, chatgpt, deepseek, claude, gemini, grok, kimi, 豆包");

/** `what can you do`, `你会画画吗`: questions about the service. */
const QUESTIONS = [
	...listOf(
		"who are you, who r u, what are you, are you alive, how can you help me, who made you, who created you, who built you, who trained you, who is this",
		"what is your name, what is your model, what is your model name, what is your version, what model, which model",
		"what model are you, which model are you, what model is this, which model is this, what model do you use",
		"which model do you use, what model are you using, which model are you using, what ai are you, which ai are you",
		"what models do you have, which models do you have, what models do you support, which models do you support",
		"what models are available, which models are available, list models, list your models, available models",
		"what can you do, what can you do for me, what can you help me with, what can you help with, what do you do, what can you draw, what can you make, what can you create, what can you generate",
		"how to use, how to use this, how do i use this, how do i use it, how do i use you, how does this work",
		"how does it work, how do you work, do you work, are you working, are you there, are you here, are you ok",
		"are you ready, are you online, are you available, are you real, are you human, are you a human, are you a bot",
		"are you an ai, are you ai, can you hear me, can you see me, can you help",
		"can you help me, help, help me, i need help, introduce yourself, tell me about yourself",
		// one-api tests its channels with this.
		"output only your specific model name with no additional text",
	),
	...ASSISTANTS.flatMap((assistant) => [`are you ${assistant}`, `你是${assistant}吗`]),
	...eachOf(
		["can you ", "do you "],
		listOf("draw, paint, draw pictures, draw images"),
		listOf("make, create, generate, edit").flatMap((verb) => [`${verb} images`, `${verb} pictures`, `${verb} photos`]),
	),
	...eachOf(
		listOf("你, 您"),
		listOf("是谁, 是什么, 是啥, 是什么模型, 是啥模型, 是什么大模型, 是哪个模型, 是哪个大模型, 是哪家的模型"),
		listOf(
			"是什么版本, 是哪个版本, 是gpt几, 是谁开发的, 是什么ai, 是哪个公司的, 是哪家公司的, 是哪个公司开发的, 是哪家公司开发的, 是ai吗, 是机器人吗, 是真人吗, 是人吗, 叫什么, 叫什么名字",
		),
		listOf("叫啥, 叫啥名字, 能做什么, 能干什么, 能干嘛, 能干啥, 能做啥, 会什么, 会啥, 会做什么, 会干什么, 会干啥"),
		listOf(
			"能帮我做什么, 可以帮我做什么, 可以做什么, 可以干什么, 可以干嘛, 都会什么, 都能做什么, 都能干什么, 都会做什么, 有什么功能, 有哪些功能",
		),
		listOf(
			"会说中文吗, 有什么用, 怎么用, 在吗, 还在吗, 还好吗, 用的什么模型, 用的是什么模型, 用什么模型, 支持什么模型",
		),
		listOf("支持哪些模型, 有什么模型, 有哪些模型, 能听到吗, 能看到吗, 能看到这条消息吗"),
	),
	...eachOf(
		["", "你", "您"],
		listOf("会, 能, 可以, 会不会, 能不能, 可不可以").flatMap((can) =>
			listOf(
				"画画, 画图, 绘画, 绘图, 作画, 作图, 做图, 出图, 生图, 修图, 改图, p图, 画图片, 产生图片, 生成图片, 生成图像, 编辑图片",
			).map((verb) => can + verb),
		),
	),
	...listOf(
		"有什么功能, 有哪些功能, 使用说明, 支持图生图吗, 支持改图吗, 支持文生图吗",
		"怎么用, 怎么使用, 如何使用, 怎么画画, 怎么画图, 如何画图, 怎么生成图片, 如何生成图片, 支持什么模型, 支持哪些模型",
		"有什么模型, 有哪些模型, 谁创造了你, 谁创造的你, 谁开发了你, 谁开发的你, 介绍一下你自己, 介绍一下自己, 介绍下你自己",
		"介绍下自己, 介绍你自己, 自我介绍, 自我介绍一下, 做个自我介绍, 做一下自我介绍, 请, 请问, 请你, 帮助, 帮帮我",
	),
];

const SHOWN = listOf(
	"it, this, link, the link, the image, the picture, the photo, my image, my picture, image, picture",
);
const CHINESE_SHOWN = listOf("图, 图片, 照片, 图像, 原图, 链接");

/** `the image doesn't load`, `怎么保存`: words about an answer, which no other picture helps. Without the apostrophe of `doesn't`. */
const ABOUT_ANSWERS = [
	...eachOf(
		SHOWN,
		eachOf(
			listOf("doesnt, does not, wont, will not, didnt, did not").map((not) => ` ${not} `),
			listOf("load, show, show up, open, display, appear, work"),
		),
		eachOf(
			listOf("is, isnt, is not").map((is) => ` ${is} `),
			listOf("loading, showing, showing up, opening, visible, broken, working, expired"),
		),
		[" expired"],
	),
	...eachOf(["where is ", "show me ", "what size is "], SHOWN),
	...eachOf(
		listOf("cant, can not, cannot, dont, do not").flatMap((not) => [`i ${not} see `, `i ${not} open `]),
		[...SHOWN, ...listOf("any image, any picture, anything")],
	),
	...eachOf(
		eachOf(
			["how do i ", "how can i ", "where do i ", "how to ", "can i "],
			listOf("download, save, share, open, print"),
		),
		["", ...SHOWN.map((shown) => ` ${shown}`)],
	),
	...eachOf(
		CHINESE_SHOWN,
		listOf(
			"呢, 在哪, 在哪里, 在哪儿, 打不开, 不显示, 没显示, 显示不出来, 加载不出来, 加载失败, 看不到, 看不见, 没了, 失效",
		),
	),
	...eachOf(
		["", "怎么"],
		eachOf(listOf("没, 没有, 看不到, 看不见, 没看到, 没看见, 打不开, 加载不出, 不显示"), CHINESE_SHOWN),
	),
	...eachOf(
		["保存", "下载", ...eachOf(listOf("怎么, 怎样, 如何, 可以, 能"), listOf("保存, 下载, 打开, 分享, 打印"))],
		["", "这张图", ...CHINESE_SHOWN],
	),
	...listOf(
		"which model did you use, what model did you use, how long did it take, how long did that take, how long does it take, how much did it cost",
		"what is this, who is this, can i use this commercially, can i use it commercially, why is it so slow, are you sure, no image shown, no image, nothing happened",
		"这是什么, 这是谁, 用了什么模型, 用的什么模型, 为什么这么慢, 怎么这么慢, 花了多少钱, 有版权吗, 可以商用吗, 能商用吗, 什么尺寸, 你确定吗",
		"stop, cancel, why, what happened, how much does it cost, how much is it, is it free, is this free",
		"停, 停下, 停止, 取消, 为什么, 怎么回事, 在哪, 在哪里, 多少钱, 要钱吗, 收费吗, 免费吗, 就这样, 就是这个, 就这个",
	),
];

const SMALL_ANSWERS = listOf(
	"thanks, thank you, thx, ty, thanks a lot, thank you so much, thanks so much, thank you very much, many thanks, bye",
	"bye bye, byebye, goodbye, see you, see you later, ok, okay, yes, yep, yeah, no, nope, sure, fine, alright, got it",
	"i see, understood, good, great, nice, cool, awesome, perfect, wow, lol, haha, hahaha, hmm, oh, very good, very nice",
	"so good, well done, good job, nice job, great job, good work, nice work, great work, i like it, i love it, love it",
	"looks good, looks great, sounds good, yes please, not bad, no thanks, no thank you, no problem, never mind, sorry, gracias, merci, danke",
	"спасибо, ありがとう, ありがとうございます, 감사합니다, 好, 好的, 好滴, 行, 可以, 可以的, 嗯, 对, 对的, 是, 是的, 不, 不是, 不用",
	"没事, 没有, 没关系, 收到, 赞, 明白, 知道, 懂了, 了解, 谢谢, 谢谢你, 谢谢您, 谢了, 谢啦, 多谢, 感谢, 非常感谢, 太感谢了, 辛苦了",
	"再见, 拜拜, 不错, 很好, 挺好, 真好, 太好了, 很棒, 真棒, 太棒了, 厉害, 真厉害, 太厉害了, 完美, 漂亮, 真漂亮, 很漂亮",
	"好看, 真好看, 很好看, 喜欢, 我喜欢, 我很喜欢, 满意, 很满意, 抱歉, 对不起, 不好意思, 算了",
	// Particles and other ends of what is said, and laughs.
	"啊, 呀, 哦, 喔, 哈, 吧, 呢, 吗, 么, 嘛, 哇, 了, 啦, 哟, 呵, 嘻嘻, 囉, 即可, 就行, 就好, 就可以",
);

/** `reply with ok`: words that tell what to say. */
const SAY = listOf("say, just say, only say, reply, reply with, respond with, answer, answer with, output, return");
const SAY_ONLY = [
	"",
	" only",
	" just",
	" exactly",
	" the word",
	" only the word",
	" just the word",
	" one word",
	" a single word",
	" the single word",
];
const SAID = listOf(
	"ok, okay, hi, hello, hello in one word, a short greeting, ok if you can read this, hello world, test, pong, 1, this is a test",
);
const CHINESE_SAY = eachOf(["", "只", "只需", "只需要", "直接", "仅"], listOf("回复, 回答, 输出, 返回, 说"));
const CHINESE_SAID = listOf("ok, 1, hi, hello, test, pong, 你好, 测试, 收到, 好的");

/** Lists phrases, in simplified characters and lower case. A message that is made of them alone has nothing to draw. */
export function listNothingToDraw(): readonly string[] {
	return [
		...GREETINGS,
		...GREETINGS_OF_SOMEBODY,
		...SMALL_TALK,
		...TESTS,
		...SUMS,
		...QUESTIONS,
		...QUESTIONS.map((question) => `and ${question}`),
		...ABOUT_ANSWERS,
		...SMALL_ANSWERS,
		...eachOf(
			["", "please "],
			eachOf(
				eachOf(SAY, SAY_ONLY),
				SAID.flatMap((said) => [` ${said}`, ` ${said} only`]),
			),
		),
		...eachOf(
			CHINESE_SAY,
			CHINESE_SAID,
			CHINESE_SAID.map((said) => ` ${said}`),
		),
	];
}

/** Joins each beginning with each end. */
function eachOf(beginnings: readonly string[], ...ends: readonly (readonly string[])[]): readonly string[] {
	return beginnings.flatMap((beginning) => ends.flat().map((end) => beginning + end));
}
