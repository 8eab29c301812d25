import { describe, expect, it } from "vitest";
import { answerHiddenRequest } from "./hidden-requests.ts";
import { isGreeting, saysSomething, wantsAWord } from "./probes.ts";

describe("a greeting or a probe", () => {
	it.each([
		...[
			"hi",
			"Hi!",
			"hello",
			"Hello.",
			" hey ",
			"hello 👋",
			"HELLO",
			"Hi there!",
			"ping",
			"Ping?",
			"test",
			"Test.",
			"testing",
		],
		...[
			"Testing, testing",
			"this is a test",
			"Hello, who are you?",
			"What's your name?",
			"say hi",
			"1",
			"ok",
			"Thanks!",
			"1+1",
		],
		...[
			"Say this is a test!",
			"Say 'this is a test'.",
			"Reply with exactly: OK",
			"Reply with the word OK",
			'Respond with "OK".',
		],
		...[
			"Output only your specific model name with no additional text.",
			"What is your model name?",
			"Who are you? Which model?",
		],
		...[
			"回复“ok”",
			"请只回复 OK",
			"请回复：“OK”",
			"回复1",
			"你是哪个模型？",
			"你叫什么名字",
			"你是什么大模型？",
			"请介绍一下你自己",
			"こんにちは",
			"テスト",
		],
		...[
			"你好",
			"你好！",
			"您好。",
			"在吗？",
			"测试",
			"测试一下",
			"測試",
			"你好，你是谁？",
			"谢谢",
			"這是一個測試",
			"你能做什麼？",
			"謝謝",
			"你是誰",
			"測試中",
			"ｈｉ",
			"“你好”",
		],
	])("is %j", (said) => {
		expect(isGreeting(said)).toBe(true);
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
