/** Tells messages that want an answer and no picture, by what all of them have in common: greetings, tests of a channel, tiny limits. */

import { listOf } from "../text.ts";
import { toSimplified } from "./traditional.ts";

/** Tests of a channel ask for so few tokens. No answer with a picture has room in them. */
const PROBE_TOKENS = 16;
/** Titles and tests ask for so few tokens. So may a person, but hardly with so few words. */
const FEW_TOKENS = 50;
const FEW_WORDS = 4;

/** Messages that are all of these words greet somebody, or try if anything answers. */
const GREETINGS: ReadonlySet<string> = new Set(
	listOf(
		"hi, hello, hey, hi there, hello there, hey there, hello world, hola, good morning, good evening, ping",
		"pong, test, tests, testing, test test, testing testing, testing 123, testing 1 2 3, test 123",
		"this is a test, just a test, this is just a test, a test, test message, test prompt, connection test",
		"hi how are you, hello how are you, how are you, hello who are you, hi who are you, who are you",
		"are you there, anyone there, you there, do you work, does this work, is this working, are you working",
		"what are you, what model are you, which model are you, what can you do, what is your name, help, say hi",
		"say hello, say test, say ok, reply ok, reply with ok, respond with ok, just say hi, just say ok",
		"say this is a test, reply with exactly ok, reply with only ok, reply with the word ok",
		"please reply with ok",
		// one-api tests its channels with this.
		"output only your specific model name with no additional text",
		"what is your model name, what is your model, who are you which model, which model, introduce yourself, 1",
		"123, ok, okay, yes, no, thanks, thank you, thx, bye, goodbye, what is 1+1, 1+1",
		"你好, 您好, 你好啊, 你好呀, 嗨, 嘿, 哈喽, 哈啰, 哈罗, 早, 早上好, 早安, 上午好, 下午好",
		"晚上好, 晚安, 测试, 测试一下, 测试测试, 测试中, 这是测试, 这是一个测试, 这是一条测试, 这是一条测试消息",
		"仅测试, 连接测试, 连通性测试, 在吗, 在么, 在不在, 你在吗, 你是谁",
		"你是什么模型, 你能做什么, 你会什么, 请回复 ok, 回复 ok, 请只回复ok, 只回复ok",
		"请只回复 ok, 只回复 ok, 回复1, 请回复1, 你是哪个模型, 你是什么大模型, 你是哪个大模型, 你叫什么",
		"你叫什么名字, 介绍一下你自己, 请介绍一下你自己, 自我介绍, こんにちは, テスト, はじめまして, 请回复ok",
		"回复ok, 好, 好的, 谢谢, 再见, 你好世界, 帮助, 你好 你是谁, 你好 请问你是谁",
	),
);
/** The longest greeting has less. */
const MAX_GREETING_CHARS = 70;

/** Letters, digits, emoji and flags say what to draw. */
const SOMETHING = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u;

/** False for a message without anything that can be drawn: nothing, `？`, `...`. */
export function saysSomething(said: string): boolean {
	return SOMETHING.test(said);
}

/** True for a message that is nothing but a greeting or a probe. */
export function isGreeting(said: string): boolean {
	if (said.length > MAX_GREETING_CHARS) return false;
	const words = toSimplified(said.normalize("NFKC"))
		.toLowerCase()
		.replace(/['’]s\b/g, " is")
		.replace(/[^\p{L}\p{N}+]+/gu, " ")
		.trim();
	return GREETINGS.has(words);
}

/** True if a request's limit of output tokens says that it wants a word or two. */
export function wantsAWord(said: string, maxTokens: number | undefined): boolean {
	if (maxTokens === undefined) return false;
	return maxTokens <= PROBE_TOKENS || (maxTokens <= FEW_TOKENS && isWithin(said, FEW_WORDS));
}

/** Two Chinese characters count as a word. */
const WORD = /\p{Script=Han}{1,2}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;

function isWithin(said: string, words: number): boolean {
	let found = 0;
	for (const _ of said.matchAll(WORD)) {
		found += 1;
		if (found > words) return false;
	}
	return true;
}
