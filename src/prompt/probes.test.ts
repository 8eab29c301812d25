import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listOf } from "../text.ts";
import { listNothingToDraw } from "./greeting-words.ts";
import { answerHiddenRequest } from "./hidden-requests.ts";
import { isGreeting, saysSomething, wantsAWord } from "./probes.ts";

/** Messages that have nothing to draw, by what they are. */
const WORDS_ALONE: Readonly<Record<string, readonly string[]>> = {
	greetings: listOf(
		"hi, Hi!, hello, Hello., ' hey ', hello 👋, HELLO, Hi there!, hello bot, Hello ChatGPT!, hey buddy, hello again",
		"hello world, hi all, good morning everyone, good night, salut, Bonjour, こんにちは, こんばんは！, おはよう, 안녕하세요",
		"你好, 你好！, 您好。, “你好”, 你好呀, 你好啊！, 早上好呀, 哈喽, 喂？, 大家好, 你好朋友, 你好 AI, 你好ai",
		"hiii, hellooo, heyy!, Hello Darkroom, hello你好, 你好hello, 嗨嗨, 晚安, ｈｉ, hi hi hi, Привет!, NiHao, 哈囉, 哈囉，你好, 午安, 安安",
		"¡Buenos días!, bom dia, guten Morgen, добрый день, 晚安囉",
	),
	"small talk": listOf(
		"What’s up?, how are you doing?, How's it going, nice to meet you, anyone there?, 在吗？, 在線嗎, 你好吗？, 吃了吗, 在？",
		"你好 在吗, hello how are you, Is anyone there?, Is anybody there?, 你在不在",
		"Hello! How are you doing today?, Hola ¿cómo estás?, wie geht's?, привет как дела?, salut ça va ?",
	),
	tests: listOf(
		"ping, Ping?, test, Test., testing, tests, this is a test, test message, test prompt, API test, health check",
		"does this work?, テスト, 测试, 测试一下, 測試, 測試中, 這是一個測試, 测试123, 测试 1, test1, Test 2, testing 1 2 3, test 1 test 2",
		"接口测试, 测试接口, 测一下, 能用吗, 好用吗？, 测试测试, test from litellm, Test message (please ignore), This is a connection test. Reply with ok., 测试消息, 測試訊息, test test test, Hello test, 你好，测试",
	),
	"tests of a part": listOf(
		"Test API key, API key test, Testing the API, testing connection, connection check, Checking connectivity, Check the model",
		"Hi! I'm testing, Just testing, 测试下, 我测试一下, 我来測試一下, 随便测试一下, 测试api, 测试一下接口, 测试 key, 能用不, 可以用吗",
		"能正常使用吗, 收到请回复, 收到请回复1, just checking, тест, asdf, is this on?",
	),
	counts: listOf("1, 12, 123, 1234567890, 111, 666, 8"),
	sums: listOf("1+1, 1 + 1 = ?, 2+2, What's 1+1?, 1+1=几, 1+1等于几, 3加5等于几？, 100+200"),
	questions: listOf(
		"Who are you?, who made you, What's your name?, What is your model name?, which model are you?, which model do you use",
		"what models do you have?, which models are available?, what can you do?, How do I use this?, how does it work",
		"are you ready?, are you an AI?, can you help me, help, tell me about yourself, Who are you? Which model?",
		"Output only your specific model name with no additional text., can you draw?, Can you generate images?, can you make pictures?",
		"do you draw pictures, can you edit photos?, hello who are you, 你是谁, 你是誰, 您是谁？, 你是什么大模型？, 你是AI吗",
		"你是什么版本, 你叫什么名字, 你叫啥, 你能做什麼？, 你可以做什么, 你有什么用, 你支持哪些模型, 你会画画吗？, 能画图吗",
		"可以生成图片吗, 你能不能修图, 您可以p图吗, 怎么用？, 如何使用, 有什么模型, 有哪些模型？, 介绍下自己, 请介绍一下你自己",
		"Who are you and what can you do?, what can you do for me, What can you help me with?, /help, /Start\n, are you DeepSeek?",
		"你是哪个公司的, 你是哪家公司开发的, 你是gpt-4吗, 你是DeepSeek吗, 你是什么AI, 你可以帮我做什么, 有什么功能, 使用说明, 支持图生图吗",
		"你好，请介绍一下自己, 你好，请问你是谁, 谁开发的你, 你会说中文吗, who r u?, Are you alive?, 你是GPT几？, 你能看到这条消息吗？, 你是谁开发的？",
	),
	"small answers": listOf(
		"ok, OK!, okay, Thanks!, thank you so much, thx, bye bye, Bye-bye!, see you, got it, i see, great, Nice!, very good, good job",
		"looks good, I love it!, no thanks, thanks great job, спасибо, gracias, ありがとう, 好, 好的, 好吧, 嗯嗯, 对对对",
		"讚, 没事, 明白了, 知道了, 谢谢, 謝謝你, 非常感谢！, 再见, 拜拜, 不错不错, 很好，谢谢, 太棒了！, 好看, 我很喜欢, 哈哈哈",
		"嘻嘻, 好了, 哦哦, 就可以, 谢啦, 好滴, 可以的, yes please, sounds good",
	),
	"words about an answer": listOf(
		"the image doesn't load, My picture won't show up, it is not loading, Where is the image?, I can't see it, I don’t see anything",
		"How do I download it?, How can I open the picture?, how to save, Can I share this?, stop, Cancel!, why?, How much does it cost?, show me the picture",
		"The link expired!, the link does not work, This isn't working, what size is it?, I can't open the link, where do I download it?",
		"How long did that take?, how long does it take, which model did you use?, What is this?, Can I use this commercially?",
		"no image shown, are you sure?, why is it so slow?, 为什么这么慢, 有版权吗, 可以商用吗？, 这是什么, 花了多少钱, 链接失效了, 怎么下载原图",
		"图呢？, 图片呢, 照片打不开, 看不到图, 怎么没有图, 為什麼看不見圖片, 为什么打不开图, 怎么下载, 如何打开？, 如何保存图片？, 保存, 下载这张图, 停, 取消, 多少钱, 收費嗎, 就这样",
	),
	"words to say": listOf(
		"say hi, Say this is a test!, Say 'this is a test'., Reply with exactly: OK, Reply with the word OK",
		'Respond with "OK"., please reply with ok, Please respond with only hello world, answer just 1, output pong',
		"reply only the word test, say just the word hi, 回复“ok”, 请只回复 OK, 请回复：“OK”, 回复1, 回答ok, 请直接输出收到",
		'Reply with one word: pong, Reply with a single word: OK, Reply with the single word OK, Respond with OK only, Reply with "OK" only, 请回复"收到", 只说 收到, 只需要回复ok',
		"仅返回 pong, Say hello in one word., Hi! Please respond with a short greeting., 只需说你好, 请你只回复好的即可",
	),
};

describe("a message with nothing to draw", () => {
	for (const [kind, messages] of Object.entries(WORDS_ALONE))
		it.each(messages)(`is one of ${kind}: %j`, (said) => {
			expect(isGreeting(said)).toBe(true);
		});

	it("may join any phrases", () => {
		const phrase = fc.constantFrom(...listNothingToDraw().filter((phrase) => phrase.length <= 30));
		fc.assert(
			fc.property(phrase, phrase, fc.constantFrom(", ", "，", "! ", " "), (first, second, between) => {
				expect(isGreeting(first + between + second)).toBe(true);
				expect(isGreeting(`${first + between + second} fox`)).toBe(false);
				expect(isGreeting(`一只狐狸${first}`)).toBe(false);
			}),
		);
	});
});

/** Requests that people make of an image model. Each has a word of a greeting, a probe or a hidden request, or is as short as one. */
const PICTURES: readonly string[] = [
	...[
		"hi-fi poster",
		"a test tube",
		"hello kitty style cafe",
		"a title card for a film noir",
		"fox",
		"a cat",
		"dog",
		"sunset",
		"😀",
	],
	...[
		"hello in neon letters",
		"Hello Kitty",
		"a sign that says hello",
		'a sign that says "test"',
		"ping pong table",
		"a ping-pong ball",
	],
	...[
		"test pattern",
		"crash test dummy",
		"a test card from the 70s",
		"litmus test",
		"testing a parachute",
		"a hamster says hi",
	],
	...[
		"hi vis jacket",
		"hey jude album cover",
		"good morning coffee card",
		"good night moon",
		"thank you card with flowers",
	],
	...[
		"ok hand sign",
		"an OK button",
		"yes man",
		"no smoking sign",
		"number 1 trophy",
		"123 Main Street",
		"who are you, a caterpillar asks",
	],
	...[
		"help wanted poster",
		"SOS help sign on a beach",
		"goodbye at a station",
		"generate a title for a book cover",
		"book title page",
	],
	...[
		"create a title screen for a chat app",
		"give me a name tag",
		"write a title on a blackboard",
		"a chat between two birds",
	],
	...[
		"a conversation in a cafe",
		"summary of a day as a comic",
		"emoji of a cat",
		"translate this feeling into colours",
		"a tag cloud",
	],
	...[
		"generate tags for clothes",
		"a follow-up shot of the same fox",
		"you are an astronaut",
		"your task is hard",
		"Task: draw a cat",
	],
	...[
		"create a name plate for the chat room",
		"design a title for the conversation piece",
		"Generate a poster for our discussion club",
	],
	...[
		"你好猫咪",
		"写着“你好”的招牌",
		"测试卡",
		"一支试管",
		"测试车间里的机器人",
		"早上好的贺卡",
		"晚安，月亮",
		"谢谢卡片",
		"好的天气",
		"猫",
	],
	...[
		"狐狸",
		"一只狐狸",
		"一张测试用的棋盘格",
		"hello spring banner",
		"风景",
		"标题为“春”的海报",
		"两个人在对话",
		"聊天的老人",
		"给我画一张书的标题页",
		"总结会议的漫画",
		"翻译官的肖像",
	],
	...[
		"say this is a test on a chalkboard",
		"a card with only your name on it",
		"a specific model train",
		"回复信件的女孩",
		"模型飞机",
		"你叫什么名字的电影海报",
		"自我介绍的机器人",
		"こんにちはと書かれた看板",
	],
	...listOf(
		"hello autumn, hey arnold, hi mom sign, yo-yo, good boy, nice car, perfect circle, cool cat, great wall, yes chef, yoyo, /help a fox, a key with /help, 直接输出 漂亮",
		"bye bye birdie, helping hand, testing ground, test flight, test 1 car, model, a model, robot, hello robot, 007, 1984",
		"2026, 3+ cats, no. 5 perfume, oh deer, can you draw a cat, can you generate images of a fox",
		"what can you draw with chalk, are you a human asks the robot, ping pong, ping-pong, hi-hi, how do you do poster, once more, another one, continue",
		"again, here, say cheese, reply with a cat, answer machine, output device, thankyou, hithere, testtube, okcat",
		"你好吗啡, 你会画画的机器人, 可以画画的小狗, 你能画一只猫吗, 能画图吗，画一只猫, 谢谢老师贺卡, 早餐, 早点, 喂马的人, 好望角",
		"对联, 行人, 不倒翁, 是非, 哈士奇, 哈密瓜, 漂亮的女孩, 好看的封面, 喜欢你, 再见，少年, 怎么画猫, 回复一只猫, 再来一张",
		"stop sign, cancel culture, why not, how to save a life, where is the moon, i don't see the moon, show me the moon, image of a fox",
		"图腾, 图书馆, 停车场, 打开的书, 没有月亮, 下载中心, 月亮呢, 照片墙",
		"pong, gm, 菜单, start, key, test the waters, check mate, check the oil poster, api key fob, 测试一下新车, 接口, 功能",
		"and, hiker, helloween, heyyo poster, 你是gpt, one word: love, 你可以帮我做什么海报, 支持图生图的相机",
		"嘻哈, 嘻哈少年, link, the link between two rings, what is this thing, asked the cat, 这是猫, 版权, 商用厨房, big sur",
		"继续, 换一张, 牛, 棒球, 测试员, 1只猫, 3加5只猫, 测试2号机器人, 二",
	),
	...["你好世界的霓虹灯", "在吗啡广告", "请为对话框设计一个图标", "一张写着 OK 的纸", "表情包：谢谢老板"],
];

describe("an ordinary prompt", () => {
	it("is one of many", () => {
		expect(new Set(PICTURES).size).toBeGreaterThanOrEqual(80);
	});

	it.each(PICTURES)("stays a picture: %s", (said) => {
		expect(isGreeting(said)).toBe(false);
		expect(wantsAWord(said, undefined)).toBe(false);
		expect(wantsAWord(said, 4_096)).toBe(false);
		expect(answerHiddenRequest([{ role: "user", text: said }])).toBeNull();
		const chat = [
			{ role: "system", text: "You are a helpful assistant." },
			{ role: "user", text: "a fox" },
			{ role: "assistant", text: "![Generated Image](https://gateway.test/images/1/0.png)" },
			{ role: "user", text: said },
		];
		expect(answerHiddenRequest(chat)).toBeNull();
	});
});

describe("a message", () => {
	it.each([
		"",
		"  \n",
		"？",
		"?",
		"...",
		"。。。",
		"!!!",
		"！？",
		"……",
		"\n - \n",
		"——",
		"~~~",
		"“”",
		"、",
		"《》",
		"+",
		"\u200b!",
	])("says nothing that can be drawn if it is %j", (said) => {
		expect(saysSomething(said)).toBe(false);
	});

	it.each(["a", "猫", "7", "🦊", "❤️", "☀️!", "🇯🇵", "?a", "1+1", "①", "ก"])("says something with %j", (said) => {
		expect(saysSomething(said)).toBe(true);
	});
});

describe("a greeting", () => {
	it("has at most 70 characters", () => {
		expect(isGreeting(`hi${"!".repeat(68)}`)).toBe(true);
		expect(isGreeting(`hi${"!".repeat(69)}`)).toBe(false);
	});
});

describe("a limit of output tokens", () => {
	it.each<readonly [said: string, maxTokens: number | undefined, wants: boolean]>([
		["hi", 16, true],
		["a red fox in the snow, watercolour, in the style of a woodcut", 16, true],
		["a red fox in the snow, watercolour, in the style of a woodcut", 1, true],
		["a red fox in the snow, watercolour, in the style of a woodcut", 17, false],
		["a red fox in the snow", 50, false],
		["a red fox", 50, true],
		["a red fox", 51, false],
		["a small red fox", 17, true],
		["a very small red fox", 17, false],
		["画一只红色狐狸", 50, true],
		["画一只在雪地里的红色狐狸", 50, false],
		["a red fox", 0, true],
		["a red fox", undefined, false],
	])("of a message %j, %j: wants a word is %s", (said, maxTokens, wants) => {
		expect(wantsAWord(said, maxTokens)).toBe(wants);
	});
});
