import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	CHINESE_MESSAGES,
	ENGLISH_MESSAGES,
	HELD_OUT_MESSAGES,
	type LabelledMessage,
	SECOND_MESSAGES,
} from "../../test/support/messages-after-a-picture.ts";
import { refersToLast } from "./refers.ts";

/** Returns the messages that the rule reads otherwise than a person. */
function misread(messages: readonly LabelledMessage[]): readonly LabelledMessage[] {
	return messages.filter(([label, message]) => refersToLast(message) !== (label === "edit"));
}

describe("refersToLast", () => {
	it("reads the messages that it was made for as a person does", () => {
		expect(ENGLISH_MESSAGES.length).toBeGreaterThanOrEqual(200);
		expect(CHINESE_MESSAGES.length).toBeGreaterThanOrEqual(150);
		expect(misread(ENGLISH_MESSAGES)).toEqual([]);
		expect(misread(CHINESE_MESSAGES)).toEqual([]);
	});

	it("reads nearly all of those that came later so", () => {
		expect(misread(SECOND_MESSAGES)).toEqual([
			["new", "Give the people what they want, pop art poster"],
			["edit", "色彩不够鲜明"],
		]);
	});

	it("takes no new picture of the messages that it was not made for as an edit, and misses an edit in eight", () => {
		expect(misread(HELD_OUT_MESSAGES)).toEqual([
			["edit", "It's too busy, simplify the background"],
			["edit", "a little less orange"],
			["edit", "能再清晰点吗"],
		]);
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
		// Fillers are taken off, but not without end.
		[true, "ok great thanks now please just make it blue"],
		[false, `${"please ".repeat(20)}make it blue`],
	])("is %s of %j", (means, message) => {
		expect(refersToLast(message)).toBe(means);
	});

	it("never throws, whatever is written", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
				expect(typeof refersToLast(text)).toBe("boolean");
			}),
		);
	});
});
