import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { titleOf } from "./title.ts";

describe("a title", () => {
	it.each([
		["A red fox in the snow, watercolour, 16:9", "A red fox in the snow"],
		["a red fox", "A red fox"],
		["draw a cat", "A cat"],
		["Please generate an image of two otters holding hands", "Two otters holding hands"],
		["Create a picture of the harbour of Hamburg at night, oil", "The harbour of Hamburg"],
		["A very long description of a lighthouse that stands on a cliff", "A very long description"],
		["Supercalifragilisticexpialidocious", "Image"],
		["the Supercalifragilisticexpialidocious", "Image"],
		["A title card for a film noir", "A title card for a film noir"],
		["一只在雪地里的狐狸，水彩，比例3:4", "一只在雪地里的狐狸"],
		["画一只猫", "一只猫"],
		["请帮我生成一张赛博朋克风格的城市夜景图", "赛博朋克风格的城市"],
		["生成一张图片：江南水乡", "江南水乡"],
		["請幫我畫一隻紅色的狐狸", "一隻紅色的狐狸"],
		["製作一張圖片：江南水鄉", "江南水鄉"],
		["猫", "猫"],
		["画个猫", "猫"],
		["Blade Runner 2049", "Blade Runner 2049"],
		["बिल्ली", "बिल्ली"],
		["**A castle** on a [hill](https://a.example)", "A castle on a hill"],
		[
			'Generated image with prompt: "A red fox in the snow" and aspect ratio: 16:9\n\n![Generated Image](https://a.example)',
			"A red fox in the snow",
		],
		['\n Generated image with prompt: "A red fox" and aspect ratio: 1:1', "A red fox"],
		['A sign: Generated image with prompt: "A fox" and aspect ratio: 1:1', "A sign"],
		["![Generated Image](https://a.example) a red fox", "A red fox"],
		["a fox![x](https://a.example)in snow", "A fox in snow"],
		["[castle](https://a.example) on a hill", "Castle on a hill"],
		["[hill](https://a.example)side", "Hill side"],
		['a ### "fox"', "A fox"],
		["a re*d* fox", "A red fox"],
		["a_red_fox", "A red fox"],
		["please\n\ndraw\n\nme\n\na\n\npicture\n\nof\n\na cat", "A cat"],
		["A fox that may draw a picture of a cat", "A fox that may draw a picture"],
		["# draw a cat", "A cat"],
		["- a red fox -", "A red fox"],
		["Hi, a red fox", "Hi, a red fox"],
		["Hi,\n(a) red fox", "Hi, a red fox"],
		["Fox, red and old", "Fox"],
		["a red fox in the snow at night", "A red fox in the snow at night"],
		["what a cat looks at", "What a cat looks at"],
		["画", "画"],
		["一只会画一张猫的狐", "一只会画一张猫的狐"],
		["比例16:9", "图片"],
		["1984", "Image"],
		["", "Image"],
		[`${"!".repeat(999)}a fox`, "A"],
		[`${"!".repeat(1_000)}a fox`, "Image"],
		["16:9", "Image"],
		["🦊", "Image"],
		["雪の中の狐", "雪の中の狐"],
		["make it blue", "Make it blue"],
		["[1, 2] foxes", "2 foxes"],
		["https://a.example/pic.png make it a watercolour", "Make it a watercolour"],
		["https://a.example/pic.png 改成水彩风格", "改成水彩风格"],
		["http://example.com a red fox", "A red fox"],
		["www.example.com/a_b a red fox", "A red fox"],
		["<https://a.example/x?y=1> a red fox", "A red fox"],
		["https://a.example/pic.png", "Image"],
		["data:image/png;base64,AAAA a red fox", "A red fox"],
		["生成图片：雪山", "雪山"],
		["画图：雪山", "雪山"],
		["生成图像，雪山日出", "雪山日出"],
		["請生成圖片：雪山", "雪山"],
		["绘制插画：雪山", "雪山"],
		["图片：雪山", "雪山"],
		["生成一张图：雪山", "雪山"],
		["制作一幅图画：雪山", "雪山"],
		["生成海报：春天", "海报"],
		["Prompt: a red fox", "A red fox"],
		["Generate an image: a red fox", "A red fox"],
		["Generate image: a red fox", "A red fox"],
		["create a picture, a red fox in snow", "A red fox in snow"],
		["Image: a red fox", "A red fox"],
		["提示词：雪山", "雪山"],
		['```json\n{"prompt": "a red fox", "size": "1:1"}\n```', "A red fox"],
		["```\na red fox\n```", "A red fox"],
		['```json\n{\n  "prompt": "一只红色的狐狸"\n}\n```', "一只红色的狐狸"],
		['{"prompt": "a red fox"}', "A red fox"],
		['{"subject": "a red fox", "style": "oil"}', "A red fox"],
		["~~~yaml\nprompt: a red fox\n~~~", "A red fox"],
		["draw an image of a fox", "A fox"],
		["imaged fox", "Imaged fox"],
		["图片风格的雪山", "图片风格的雪山"],
		["画图书馆", "图书馆"],
		["画张图：雪山", "雪山"],
		["Prompt : a red fox", "A red fox"],
		["把https://a.example/pic.png改成水彩风格", "把 改成水彩风格"],
		["```text \na red fox\n```", "A red fox"],
		['A green terminal that shows {"text": "hello"}', "A green terminal that shows"],
		['```json\n{"style": "oil", "prompt": "a red fox"}\n```', "A red fox"],
		['{"style":"oil","prompt":"a red fox"}', "A red fox"],
		['{"style" : "oil", "prompt" : "a red fox"}', "A red fox"],
		['{"style": "oil", "prompt": "a \\"red\\" fox"}', "A red fox"],
		['{"prompt": "a red fox\\nin the snow"}', "A red fox"],
		['{"prompt": "a red\\rfox"}', "A red"],
		['{"prompt": "a red\\tfox\\b\\f of old\\/new days"}', "A red fox of old/new days"],
		['{"prompt": "\\u4e00\\u53ea\\u732B\\uff0c\\u6c34\\u5f69"}', "一只猫"],
		['{"prompt": "a fox \\ud83e\\udd8a in \\ud83e snow"}', "A fox 🦊 in \ufffd snow"],
		['{"prompt": "a fox \\u12 \\q"}', "A fox \\u12 q"],
	])("of %j is %j", (said, title) => {
		expect(titleOf(said)).toBe(title);
	});

	it("is short, one line, and ends with a whole word of what was said", () => {
		const word = fc.constantFrom("a", "fox", "lighthouse", "in", "the", "snow,", "\n", "(old)", "**");
		fc.assert(
			fc.property(fc.array(word, { maxLength: 40 }), (words) => {
				const title = titleOf(words.join(" "));
				expect(title.length).toBeLessThanOrEqual(30);
				expect(title).toMatch(/^\S/);
				expect(title).toMatch(/^\S(?:.*\S)?$/);
				const last = title.split(" ").at(-1) ?? "";
				expect([...words.map((one) => one.replace(/[^\p{L}]/gu, "").toLowerCase()), "image", "图片"]).toContain(
					last.toLowerCase(),
				);
			}),
			{ numRuns: 300 },
		);
	});
});
