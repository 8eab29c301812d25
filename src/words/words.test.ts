import { describe, expect, it } from "vitest";
import { WORDS } from "./index.ts";

describe("the words of progress", () => {
	const en = WORDS.en.progress;
	const zh = WORDS.zh.progress;

	it.each<readonly [said: string, sentence: string]>([
		[en.busy(429, 3), "fal is busy (429); trying again in 3 s"],
		[en.busy(null, 3), "fal is busy; trying again in 3 s"],
		[en.rerouted("old", "new"), "fal no longer offers old; going on with new"],
		[en.answerLost, "The connection to fal broke; asking whether it has the request"],
		[en.queued(null), "Queued"],
		[en.queued(0), "Queued, next in line"],
		[en.queued(2), "Queued, 2 ahead"],
		[en.generating, "Generating"],
		[en.generatingPercent(40), "Generating, 40 %"],
		[en.generatingSeconds(40), "Generating, 40 s"],
		[en.storing(1), "Fetching the picture"],
		[en.storing(2), "Fetching 2 pictures"],
		[en.givingUp, "This takes too long; giving up"],
		[en.cancelling, "Cancelling"],
		[zh.busy(429, 3), "fal 繁忙（429），3 秒后重试"],
		[zh.busy(null, 3), "fal 繁忙，3 秒后重试"],
		[zh.rerouted("old", "new"), "fal 已下线 old，改用 new"],
		[zh.answerLost, "与 fal 的连接中断，正在确认它是否收到请求"],
		[zh.queued(null), "排队中"],
		[zh.queued(0), "排队中，即将开始"],
		[zh.queued(2), "排队中，前面还有 2 个"],
		[zh.generating, "正在生成"],
		[zh.generatingPercent(40), "正在生成，40%"],
		[zh.generatingSeconds(40), "正在生成，已用 40 秒"],
		[zh.storing(1), "正在取回图片"],
		[zh.storing(2), "正在取回 2 张图片"],
		[zh.givingUp, "耗时过长，放弃生成"],
		[zh.cancelling, "正在取消"],
	])("are %j", (said, sentence) => {
		expect(said).toBe(sentence);
	});
});

describe("the words of an edit", () => {
	const attached = { whose: "attached", pictures: 1, drawnBy: null } as const;
	const three = { whose: "attached", pictures: 3, drawnBy: "nano-banana-2" } as const;
	const last = { whose: "last", pictures: 1, drawnBy: null } as const;
	const named = { ...last, whose: "named" } as const;
	const byOther = { ...last, drawnBy: "nano-banana-2" };
	const { en, zh } = WORDS;

	it.each<readonly [said: string, sentence: string]>([
		[en.edited(attached, "make it blue"), 'Edited the attached picture: "make it blue"'],
		[en.edited(three, "mix them"), 'Edited 3 attached pictures with nano-banana-2: "mix them"'],
		[en.edited(last, "make it blue"), 'Edited your last picture: "make it blue"'],
		[en.edited(byOther, "make it blue"), 'Edited your last picture with nano-banana-2: "make it blue"'],
		[en.edited(named, "make it blue"), 'Edited the picture that you named: "make it blue"'],
		[en.edited({ ...named, pictures: 2 }, "mix them"), 'Edited the 2 pictures that you named: "mix them"'],
		[zh.edited(named, "换成夜晚"), "已编辑你指定的图片：“换成夜晚”"],
		[zh.edited({ ...named, pictures: 2 }, "合成一张"), "已编辑你指定的 2 张图片：“合成一张”"],
		[zh.edited(attached, "换成夜晚"), "已编辑所附图片：“换成夜晚”"],
		[zh.edited(three, "合成一张"), "已用 nano-banana-2 编辑所附的 3 张图片：“合成一张”"],
		[zh.edited(last, "换成夜晚"), "已编辑上一张图片：“换成夜晚”"],
		[zh.edited(byOther, "换成夜晚"), "已用 nano-banana-2 编辑上一张图片：“换成夜晚”"],
		[en.progress.editing(last), "Editing your last picture"],
		[en.progress.editing(three), "Editing 3 attached pictures with nano-banana-2"],
		[zh.progress.editing(last), "正在编辑上一张图片"],
		[zh.progress.editing(three), "正在用 nano-banana-2 编辑所附的 3 张图片"],
		[en.whatToChange, 'Tell me what to change in the picture, for example: "make it night".'],
		[zh.whatToChange, "请说明要怎样修改这张图片，例如：“改成夜晚”。"],
	])("are %j", (said, sentence) => {
		expect(said).toBe(sentence);
	});
});

describe("a note under the pictures", () => {
	const en = WORDS.en.notes;
	const zh = WORDS.zh.notes;

	it.each<readonly [said: string, sentence: string]>([
		[en.black(1), "The model's safety checker blacked out 1 picture."],
		[en.black(2), "The model's safety checker blacked out 2 pictures."],
		[en.lost(1), "1 picture could not be fetched from fal."],
		[en.lost(2), "2 pictures could not be fetched from fal."],
		[en.late(1), "1 picture could not be fetched from fal yet. The job keeps what comes late."],
		[en.late(2), "2 pictures could not be fetched from fal yet. The job keeps what comes late."],
		[en.unmade(1, "fal says: no"), "1 picture could not be made: fal says: no"],
		[en.unmade(3, "fal says: no"), "3 pictures could not be made: fal says: no"],
		[zh.black(1), "有 1 张图片被模型的安全检查涂黑。"],
		[zh.lost(2), "有 2 张图片未能从 fal 取回。"],
		[zh.late(2), "有 2 张图片暂时未能从 fal 取回，稍后取到会保存在任务中。"],
		[zh.unmade(3, "fal 返回：no"), "有 3 张图片未能生成：fal 返回：no"],
	])("is %j", (said, sentence) => {
		expect(said).toBe(sentence);
	});
});

describe("an answer without a picture", () => {
	it.each([
		["en", "Tell me what to draw", "leaves no room for a picture"],
		["zh", "请描述想画的内容", "放不下图片"],
	] as const)("helps, and says that a limit has no room: %s", (language, helps, hasNoRoom) => {
		const { help, noRoom, noJson } = WORDS[language];
		expect(noJson).toContain("`response_format`");
		expect(help).toContain(helps);
		for (const size of ["16:9", "size:9:16", "比例 3:4", "1024x1024"]) expect(help).toContain(size);
		expect(noRoom).toContain(hasNoRoom);
		expect(noRoom).toContain("`max_tokens`");
	});
});
