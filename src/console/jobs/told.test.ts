import { expect, it } from "vitest";
import { toldIn } from "./told.ts";

const BLOCKED = "The picture was blocked by the model's content policy. Try another prompt.";
const BLOCKED_ZH = "图片被模型的内容政策拦截，请换一个提示词。";

it.each([
	["nothing of nothing", "", "en", true, null],
	["the gateway's words in the page's language", BLOCKED, "en", true, { text: BLOCKED, language: "en" }],
	["the same in Chinese", BLOCKED_ZH, "zh", true, { text: BLOCKED_ZH, language: "zh" }],
	["none in another language, where the page has its own", BLOCKED, "zh", true, null],
	["nor the other way round", BLOCKED_ZH, "en", true, null],
	["those in another language, where the page has none", BLOCKED_ZH, "en", false, { text: BLOCKED_ZH, language: "zh" }],
	["all of a message with fal's words", "fal says: no fox", "en", true, { text: "fal says: no fox", language: "en" }],
	["fal's words alone, where ours are foreign", "fal 返回：no fox", "en", true, { text: "no fox", language: "en" }],
	["the same in Chinese", `${BLOCKED} fal says: no fox`, "zh", true, { text: "no fox", language: "en" }],
	["a message that repeats a value of the request", "Invalid value for 'size': '宽屏'.", "zh", true, null],
	["a message without a word", "500", "zh", true, { text: "500", language: "zh" }],
] as const)("tells %s", (_, message, page, hasReason, told) => {
	expect(toldIn(message, page, hasReason)).toEqual(told);
});
