import { describe, expect, it } from "vitest";
import { hideLettering } from "./lettering.ts";

describe("hideLettering", () => {
	it.each([
		['a sign that says "16:9", neon', 'a sign that says "____", neon'],
		["a sign 'it's 9:16' in neon", "a sign '_________' in neon"],
		["标题“比例16:9”，写着「3:2」『4:3』《5:4》", "标题“______”，写着「___」『___』《___》"],
		["“a”, ‘it’s b’, «c»", "“_”, ‘______’, «_»"],
		['a 5\'10" man, 16:9, "hi"', 'a 5\'10" man, 16:9, "__"'],
		["the dogs' bowl, 16:9, the cats' food", "the dogs' bowl, 16:9, the cats' food"],
		["“16:9\n3:2”", "“16:9\n3:2”"],
		['{"title": "a", b: "c"}', '{"title": "a", b: "_"}'],
		["“宽高比” : “16:9”", "“宽高比” : “16:9”"],
		['a sign "3:2" : "16:9"', 'a sign "___" : "____"'],
		['prompt: "a cat, 16:9"', 'prompt: "a cat, 16:9"'],
		["比例:“16:9”", "比例:“16:9”"],
		[' "a cat, 16:9" ', ' "a cat, 16:9" '],
		['He said "draw a fox --ar 16:9"', 'He said "draw a fox --ar 16:9"'],
		[`a sign "${"a".repeat(100)}"`, `a sign "${"_".repeat(100)}"`],
		[`a sign "${"a".repeat(101)}"`, `a sign "${"a".repeat(101)}"`],
		['an open " and 16:9', 'an open " and 16:9'],
		['a poster with the words\n"16:9"', 'a poster with the words\n"____"'],
		["a sign “the ‘16:9’ bar”, neon", "a sign “______________”, neon"],
		['signs "Go!", 16:9, "No"', 'signs "___", 16:9, "__"'],
		["the bar's sign“16:9”", "the bar's sign“____”"],
		["the dog's bowl, 16:9, the cats' food", "the dog's bowl, 16:9, the cats' food"],
		['a 5 " x 7 " frame, 16:9', 'a 5 " x 7 " frame, 16:9'],
		['a sign "16:9" --v 6', 'a sign "____" --v 6'],
		['Size: "16:9"', 'Size: "16:9"'],
		["{'比例': '16:9'}", "{'比例': '16:9'}"],
		["", ""],
	])("hides what is written in %j", (text, hidden) => {
		expect(hideLettering(text)).toBe(hidden);
	});

	it.each(["“", "‘a", "'a ", "\"a' ", "“”", "「", "'a'b ", "\n", '"a": "'])(
		"reads 32,000 characters of %j within a second",
		(part) => {
			const started = performance.now();
			hideLettering(part.repeat(Math.ceil(32_000 / part.length)));
			// Quadratic work would take minutes; the bound allows for a busy machine.
			expect(performance.now() - started).toBeLessThan(1000);
		},
	);
});
