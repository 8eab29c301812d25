import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHINESE, ENGLISH, EUROPEAN, FALSE_FRIENDS, JAPANESE_AND_KOREAN } from "../../test/support/sizes-as-written.ts";
import { COMMON_RATIOS, type Size } from "../models/size.ts";
import { extractSize } from "./size-in-prose.ts";

function show(size: Size | null): string {
	if (size === null) return "null";
	return size.kind === "auto" ? "auto" : `${size.width}${size.kind === "ratio" ? ":" : "x"}${size.height}`;
}

describe("extractSize", () => {
	it.each([
		// With a keyword, English.
		["a cat size:9:16", "a cat", "9:16"],
		["a cat size：9:16", "a cat", "9:16"],
		["a cat size = 9 : 16", "a cat", "9:16"],
		["size: 1024x768 a cat", "a cat", "1024x768"],
		["a cat, aspect_ratio 1024x768, oil", "a cat, oil", "1024x768"],
		["a cat, aspect ratio: 3:2, oil", "a cat, oil", "3:2"],
		["a cat aspect-ratio=7:5", "a cat", "7:5"],
		["Aspect Ratio 16/9. A cat", "A cat", "16:9"],
		["a cat with aspect ratio of 16:9", "a cat", "16:9"],
		["a cat ratio 16:9", "a cat", "16:9"],
		["a cat ratio 16:10", "a cat", "16:10"],
		["a cat ratio 10 by 3", "a cat", "10:3"],
		["a cat --ar 3:4", "a cat", "3:4"],
		["a cat --ar 3:4 --v 6", "a cat --v 6", "3:4"],
		["a cat —ar 3:4", "a cat", "3:4"],
		["a cat --aspect 3:4", "a cat", "3:4"],
		["a cat --size 1024x1024 in oil", "a cat in oil", "1024x1024"],
		["--ar 16:9\na cat\n\nin oil", "a cat\n\nin oil", "16:9"],
		["image_size: landscape_16_9, a cat", "a cat", "1024x576"],
		["a cat, 16:9 aspect ratio, oil", "a cat, oil", "16:9"],
		["a cat. Resolution: 1920x1080. Oil.", "a cat. Oil.", "1920x1080"],
		// With a keyword, Chinese.
		["赛博朋克城市夜景 比例:16:9", "赛博朋克城市夜景", "16:9"],
		["赛博朋克城市夜景比例：16：9", "赛博朋克城市夜景", "16:9"],
		["比例=16/9 一只猫", "一只猫", "16:9"],
		["一只猫 比例 16:9", "一只猫", "16:9"],
		["画一只猫，比例16:9，油画风格", "画一只猫，油画风格", "16:9"],
		["画一只猫。比例16:9。油画风格。", "画一只猫。油画风格。", "16:9"],
		["画一只猫，比例为16:9", "画一只猫", "16:9"],
		["画一只猫，图片比例设为１６：９。", "画一只猫。", "16:9"],
		["一张比例为16:9的猫的照片", "一张猫的照片", "16:9"],
		["一只猫，16:9比例", "一只猫", "16:9"],
		["16:9画幅的城市", "城市", "16:9"],
		["尺寸 1024x768，一只猫", "一只猫", "1024x768"],
		["尺寸：1024×768 一只猫", "一只猫", "1024x768"],
		["一只猫，画幅：3:4", "一只猫", "3:4"],
		["一只猫，宽高比 21:9", "一只猫", "21:9"],
		["一只猫 分辨率1920*1080", "一只猫", "1920x1080"],
		["一只猫 大小 512x512", "一只猫", "512x512"],
		["一只猫（比例16:9）在跑", "一只猫在跑", "16:9"],
		// Bare.
		["一只猫 16:9", "一只猫", "16:9"],
		["一只猫16:9", "一只猫", "16:9"],
		["16:9的猫", "猫", "16:9"],
		["画一只16:9的猫", "画一只猫", "16:9"],
		["竖屏 9:16", "", "9:16"],
		["16：9 壁纸", "壁纸", "16:9"],
		["１６：９ 壁纸", "壁纸", "16:9"],
		["三只猫，2026年，16:9", "三只猫，2026年", "16:9"],
		["a cat 16:9", "a cat", "16:9"],
		["A cat. 16:9", "A cat.", "16:9"],
		["A cat, 16:9.", "A cat.", "16:9"],
		["16:9, a cat", "a cat", "16:9"],
		["Luke Skywalker 16:9", "Luke Skywalker", "16:9"],
		["John on a large scale, oil, 3:4", "John on a large scale, oil", "3:4"],
		["a cat, 3:4, oil on canvas", "a cat, oil on canvas", "3:4"],
		["a cat (3:4) in oil", "a cat in oil", "3:4"],
		["a cat\r\n16:9\r\nin oil", "a cat\r\nin oil", "16:9"],
		["2 cats and 3 dogs, 4:3", "2 cats and 3 dogs", "4:3"],
		["公众号封面 2.35:1，主题科技", "公众号封面，主题科技", "235:100"],
		["2.39:1 剧照，雨夜", "剧照，雨夜", "239:100"],
		["A street in the rain, 1.85:1", "A street in the rain", "185:100"],
		["1080x1920px wallpaper", "wallpaper", "1080x1920"],
		["a 1024x1024 photo of a cat", "a photo of a cat", "1024x1024"],
		["1024×1024", "", "1024x1024"],
		["16:9", "", "16:9"],
		["a cat 16:9\nin oil", "a cat\nin oil", "16:9"],
		["256x256 fox", "fox", "256x256"],
		['He said "draw a fox --ar 16:9"', 'He said "draw a fox "', "16:9"],
		["the 1024x1024 icon of a fox", "the icon of a fox", "1024x1024"],
		["an 800x600 icon of a fox", "an icon of a fox", "800x600"],
		["an 800x600 photo of a fox", "an 800x600 photo of a fox", "800x600"],
		["aspect ratio 7/5, a cat", "a cat", "7:5"],
		["size: 7/5, a cat", "a cat", "7:5"],
		["一只猫，比例一比一", "一只猫", "1:1"],
		["一只猫，比例二比三", "一只猫", "2:3"],
		["一只猫，比例五比四", "一只猫", "5:4"],
		["一只猫，比例二十一比九", "一只猫", "21:9"],
		// One of several sizes counts.
		["a cat --ar 1:1 --ar 16:9", "a cat", "16:9"],
		["比例1:1，一只猫，尺寸：1024x768", "一只猫", "1024x768"],
		["a poster of 4:3 and 16:9 frames --ar 3:2", "a poster of 4:3 and 16:9 frames", "3:2"],
		["size: big, a cat --ar 3:2", "size: big, a cat", "3:2"],
		["size 9/10 boots, 16:9", "size 9/10 boots", "16:9"],
		// Emphasis goes with a size that it stands around.
		["**A fox** --ar 16:9 in oil", "**A fox** in oil", "16:9"],
		["a fox, ***16:9***", "a fox", "16:9"],
		["***16:9** a fox*", "* a fox*", "16:9"],
		// A particle needs its noun.
		["猫の絵を16:9、水彩", "猫の絵を16:9、水彩", "16:9"],
		["https://example.com/a_512x512.png, 16:9", "https://example.com/a_512x512.png", "16:9"],
	])("takes the size out of %j", (prose, prompt, size) => {
		const found = extractSize(prose);
		expect([found.prompt, show(found.size)]).toEqual([prompt, size]);
	});

	it.each([
		"at 10:30",
		"a clock at 9:16",
		"9:41 on the clock",
		"9:16 am in Tokyo",
		"早上9:16的街道",
		"第3章 12:30",
		"24/7",
		"7/11 store",
		"1/2 cup",
		"2026/11/22",
		"2026-11-22 16:09",
		"2x4 planks",
		"3x3 grid",
		"size: 3x3 grid",
		"a rug, size 100x200 cm",
		"尺寸 300×200 厘米的地毯",
		"16:9 and 4:3 frames",
		"1024x1024 or 512x512",
		"scale 1:100",
		"比例 1:12 的兵人",
		"1/7比例手办",
		"1:1比例的高达模型",
		"score 3:2",
		"the final score was 3:2",
		"We beat Brazil 2:1",
		"3:2 win for Brazil",
		"以3:2获胜",
		"比分是3:2",
		"比赛结果3:2，画一个足球场",
		"混合2.5:1的水彩",
		"一只猫，2.5:1",
		"Psalm 23:4",
		"John 3:16",
		"Genesis 1:1",
		"Luke 9:16",
		"version 16.9.1",
		"v16:9",
		"16:9:30",
		"10.16:9",
		"café16:9",
		"#16:9",
		"16:9%",
		"https://example.com/1024x1024.png",
		"https://example.com/?size=1024x1024",
		"/pictures/cat_1024x1024.png",
		"data:image/png;base64,16:9",
		"size: big",
		"size: 0x0",
		"size: 99999x1",
		"size: auto",
		"比例：随便",
		"--ar 1:100",
		"oversize: 16:9 frames",
		"size 9/10 boots",
		"7:5 一只猫",
		"16/9 一只猫",
		"255x255 fox",
		"1024x200 fox",
		"a train at 9:16",
		'a sign that says "resolution: 2K"',
		"a cat  16:9, dog",
		"a cat, 16:9  dog",
		"SCORE 3:2",
		"3:2 WIN for Brazil",
		"a train AT 9:16",
		"A SIGN READING 16:9",
		'a sign with “16:9" in gold letters',
		'a scoreboard, format: "3:2 win for Brazil"',
		"A fox. It shouldn’t be 16:9.",
		"A fox. Do not use the picture format 16:9.",
		"一只狐狸，不要做成竖屏9:16",
		"一个分辨率4K的显示器，赛博朋克",
		"9:16 AM in Tokyo",
		"",
	])("leaves %j alone", (prose) => {
		expect(extractSize(prose)).toStrictEqual({ prompt: prose, size: null });
	});

	it.each([
		["resolution: 2K, a fox --ar 16:9", "a fox"],
		["a fox, resolution: 2K 16:9 aspect ratio", "a fox"],
		[
			"2K 16:9, a fox in the deep white snow of a long winter night",
			"a fox in the deep white snow of a long winter night",
		],
		["a fox, 2K / 16:9", "a fox"],
		// The clauses of both overlap.
		["--ar 16:9 resolution: 2K, a fox in oil", "a fox in oil"],
		["a fox, resolution: 2K --ar 16:9, in oil", "a fox, in oil"],
		["--resolution 2K --ar 16:9 a fox", "a fox"],
		["分辨率2K 比例16:9 一只猫", "一只猫"],
		["--ar 1:1, --ar 3:2, a fox, resolution: 2K 16:9 aspect ratio", "a fox"],
	])("takes a resolution beside a size: %j", (prose, prompt) => {
		expect(extractSize(prose)).toEqual({ prompt, size: { kind: "ratio", width: 16, height: 9 }, resolution: "2k" });
	});

	it("takes no resolution that stands apart from a size", () => {
		expect(extractSize("a 2K fox, 16:9")).toStrictEqual({
			prompt: "a 2K fox",
			size: { kind: "ratio", width: 16, height: 9 },
		});
	});

	it("takes the clause of a size out of a long text", () => {
		const story = "a fox walks through the snow, and the moon shines on the hills behind it. ".repeat(3);
		expect(extractSize(`${story}Please make it 16:9 format. ${story}`).prompt).toBe(`${story}${story}`);
	});

	it("looks at 80 characters before a size for the words of its clause", () => {
		const clause = "please adjust final picture aspect ratio dimensions needs to exactly at roughly ";
		expect(clause).toHaveLength(80);
		expect(extractSize(`${clause}16:9. A fox.`).prompt).toBe("A fox.");
		expect(extractSize(` ${clause}16:9. A fox.`).prompt).not.toBe("A fox.");
	});

	it("takes a size out of any number of signs of emphasis", () => {
		const signs = "*".repeat(60_000);
		expect(extractSize(`a fox, ${signs}16:9${signs}`).prompt).toBe("a fox");
	});

	it("cuts the last 16 sizes and resolutions out", () => {
		const { prompt } = extractSize(`a fox${", --ar 1:1, --resolution 2K".repeat(16)}`);
		expect(prompt).toBe(`a fox${", --ar 1:1, --resolution 2K".repeat(8)}`);
	});

	it.each([...ENGLISH, ...CHINESE, ...JAPANESE_AND_KOREAN, ...EUROPEAN])(
		"reads %j as people mean it",
		(message, prompt, size) => {
			const found = extractSize(message);
			const shown = [show(found.size), ...(found.resolution === undefined ? [] : [found.resolution])].join(" ");
			expect([found.prompt, shown]).toEqual([prompt === "=" ? message : prompt, size]);
		},
	);

	it.each(FALSE_FRIENDS)("finds no size of the picture in %j", (message) => {
		expect(extractSize(message)).toEqual({ prompt: message, size: null });
	});

	it("keeps the rest to the byte", () => {
		const rest = "Line  one,\tas it is \n\n  - 两个  空格，　全角\r\n`code`  ";
		expect(extractSize(`--ar 16:9\n${rest}`).prompt).toBe(rest);
		expect(extractSize(`${rest}end\n比例：16:9`).prompt).toBe(`${rest}end`);
	});

	it("leaves a text without digits alone", () => {
		const words = fc.constantFrom(
			"size",
			"比例",
			":",
			"：",
			"--ar",
			"auto",
			"square",
			" ",
			"，",
			"\n",
			"x",
			"(",
			")",
			"的",
		);
		const text = fc.oneof(
			fc.string({ unit: "binary" }).filter((string) => !/[0-9０-９]/.test(string)),
			fc.array(words).map((list) => list.join("")),
		);
		fc.assert(
			fc.property(text, (prose) => {
				expect(extractSize(prose)).toEqual({ prompt: prose, size: null });
			}),
		);
	});

	/** Texts full of near misses. */
	const busy = fc
		.array(
			fc.oneof(
				fc.constantFrom(...COMMON_RATIOS, "1024x768", "比例", "size", "--ar", "16:9", "7:5", "的", "cat", "猫"),
				fc.constantFrom(" ", "  ", "，", ", ", ". ", "。", "\n", ":", "：", "=", "(", ")", "x", "/", "3"),
				fc.string({ unit: "grapheme", maxLength: 4 }),
			),
			{ maxLength: 12 },
		)
		.map((parts) => parts.join(""));

	it("only removes characters, and only together with a size", () => {
		fc.assert(
			fc.property(busy, (prose) => {
				const { prompt, size } = extractSize(prose);
				if (size === null) expect(prompt).toBe(prose);
				expect(isSubsequence(prompt, prose)).toBe(true);
			}),
			{ numRuns: 2000 },
		);
	});

	it("comes to an end: after it has taken every size, nothing is cut any more", () => {
		fc.assert(
			fc.property(busy, (prose) => {
				let prompt = prose;
				for (let rounds = 0; rounds < prose.length; rounds++) prompt = extractSize(prompt).prompt;
				expect(extractSize(prompt).prompt).toBe(prompt);
			}),
		);
	});

	/** Ends in a word that says nothing about sizes. */
	const plain = fc
		.oneof(
			fc.array(fc.constantFrom("猫", "城市", "夜景", "cat", " ", "，", "\n", "oil", "。")).map((list) => list.join("")),
			fc.string({ unit: "grapheme" }),
		)
		.filter((text) => !/\p{N}|比/u.test(text))
		.map((text) => `${text} fox`);

	it.each([
		"size:9:16",
		"size: 9:16",
		"size：9:16",
		"比例=9/16",
		"比例：9:16",
		"比例 9：16",
		"比例为９：１６",
		"宽高比9:16",
		"画幅：9:16",
		"aspect_ratio 9:16",
		"aspect ratio: 9:16",
		"aspect-ratio=9:16",
		"ratio 9:16",
		"--ar 9:16",
		"--aspect 9:16",
		"9:16比例",
	])("finds %j after any text, and returns that text", (directive) => {
		fc.assert(
			fc.property(plain, fc.constantFrom(" ", "，", ", ", "\n"), (text, separator) => {
				const { prompt, size } = extractSize(text + separator + directive);
				expect([prompt, show(size)]).toEqual([text, "9:16"]);
			}),
		);
	});

	it.each([
		"1 ",
		"1:",
		"1:1 ",
		"16:9 ",
		"--ar ",
		"--ar 16:9 ",
		"比例",
		"比例16:9",
		"111111",
		"1x",
		"( ",
		", ",
		"\t",
		"size size ",
		"size = ",
		"16 : 9 : ",
		"a1:1",
		"http://",
		"a+",
		"data:a/",
		"score ",
		"第",
		". ",
		"\n",
	])("reads 32,000 characters of %j within three seconds", (part) => {
		const long = part.repeat(Math.ceil(32_000 / part.length));
		const started = performance.now();
		for (const prose of [long, `${long} 16:9`, `16:9 ${long}`, `${long}，比例16:9，${long}`]) extractSize(prose);
		// Quadratic work would take seconds; the bound allows for a busy machine.
		expect(performance.now() - started).toBeLessThan(3_000);
	});
});

function isSubsequence(part: string, whole: string): boolean {
	let next = 0;
	for (let index = 0; index < whole.length && next < part.length; index++) if (whole[index] === part[next]) next++;
	return next === part.length;
}
