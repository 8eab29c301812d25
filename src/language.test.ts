import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { languageOf, preferredLanguage } from "./language.ts";

describe("the language of a person's words", () => {
	it.each([
		["一只在雪地里的狐狸", "zh"],
		["畫一隻貓", "zh"],
		["猫", "zh"],
		["？", "zh"],
		["16：9", "zh"],
		["。。。", "zh"],
		["赛博朋克风格的城市夜景, cyberpunk, neon lights, 8k, masterpiece, best quality", "zh"],
		["cyberpunk 风格的城市夜景", "zh"],
		["用 Stable Diffusion 的风格画一只猫 16:9", "zh"],
		['画一个写着"Hello World and welcome to the show"的招牌', "zh"],
		["画一块写着「こんにちは」的招牌", "zh"],
		["“你好”", "zh"],
		["猫 a b c d", "zh"],
		["猫 a b c d e", "en"],
		["cat 猫猫", "zh"],
		["black cat 猫猫", "en"],
		["black 猫猫 cat", "en"],
		['black"x"cat 猫猫', "en"],
		["A red fox in the snow, watercolour", "en"],
		["A poster that says “欢迎光临我们的小店”", "en"],
		["A poster that says 「欢迎光临我们的小店」", "en"],
		["A poster that says 『欢迎光临我们的小店』", "en"],
		['A poster that says "欢迎光临我们的小店"', "en"],
		["A shop sign 欢迎光临 in neon letters", "en"],
		["龙 dragon tattoo design, black ink, intricate line work", "en"],
		["雪の中の狐", "en"],
		["東京タワーの夜景", "en"],
		["눈 속의 여우", "en"],
		["Лиса в снегу", "en"],
		["ein Fuchs", "en"],
	])("of %s is %s", (text, language) => {
		expect(languageOf(text)).toBe(language);
	});

	it.each([[""], ["16:9"], ["🦊 !!"], ["1024x1024".replace("x", "×")]])("is none for %j", (text) => {
		expect(languageOf(text)).toBeNull();
	});

	it("is read from the beginning of a long text, and of any text", () => {
		expect(languageOf(`${"狐".repeat(2_000)}${" fox".repeat(20_000)}`)).toBe("zh");
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (text) => {
				expect(["en", "zh", null]).toContain(languageOf(text));
			}),
		);
	});
});

describe("the language that a client prefers", () => {
	it.each([
		["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
		["zh", "zh"],
		[" ZH-TW", "zh"],
		["en-US,en;q=0.9,zh;q=0.8", "en"],
		["*", "en"],
		["zha", "en"],
		["", "en"],
		[null, "en"],
	])("by %j is %s", (header, language) => {
		expect(preferredLanguage(header)).toBe(language);
	});
});
