import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inLanguage, JOB_SENTENCES, ownPartOf, ownWordsOf } from "./job-errors.ts";

function chinese(message: string): string {
	return inLanguage({ code: "upstream_failed", message }, "zh").message;
}

describe("why a job failed, in Chinese", () => {
	it.each([
		["The job was cancelled.", "任务已取消。"],
		["fal answered 503.", "fal 返回状态码 503。"],
		["fal says: out of memory", "fal 返回：out of memory"],
		["fal finished, but its result could not be fetched.", "fal 已完成，但未能取回结果。"],
		[
			"fal finished, but its result could not be fetched. fal answered 500.",
			"fal 已完成，但未能取回结果。fal 返回状态码 500。",
		],
		["fal finished, but its result could not be fetched. fal says: no", "fal 已完成，但未能取回结果。fal 返回：no"],
		[
			"fal's result has no pictures that Darkroom can read. The addresses in it are kept with the job, as `result_urls`. fal says: hm",
			"fal 的结果中没有 Darkroom 能读取的图片。结果中的地址已随任务保存，见 `result_urls`。fal 返回：hm",
		],
		[
			"fal no longer offers this model. Its successor 'nano-banana-2' is not offered here.",
			"fal 已下线该模型。本网关没有提供接替它的模型“nano-banana-2”。",
		],
		["Its successor 'a$&b' is not offered here.", "本网关没有提供接替它的模型“a$&b”。"],
		["So: Its successor 'a' is not offered here.", "So: Its successor 'a' is not offered here."],
		["The mask: The picture's server answered 404.", "遮罩：图片所在的服务器返回状态码 404。"],
		["The mask: The picture is larger than 4194304 bytes.", "遮罩：图片超过 4194304 字节。"],
		["The mask: A text came in place of the picture.", "遮罩：从该地址取到的是文本，不是图片。"],
		["So: The mask: The picture's server answered 404.", "So: The mask: The picture's server answered 404."],
		["So: The picture is larger than 4 bytes.", "So: The picture is larger than 4 bytes."],
		["fal answered 404. The job was cancelled.", "fal 返回状态码 404。任务已取消。"],
		["A sentence of an older version.", "A sentence of an older version."],
		["A sentence of an older version: fal answered 503.", "A sentence of an older version: fal answered 503."],
		["任务已取消。", "任务已取消。"],
		["", ""],
	])("is said for %j", (english, expected) => {
		expect(chinese(english)).toBe(expected);
	});

	it.each(JOB_SENTENCES)("has a whole sentence of its own for %j", (_, sentence) => {
		expect(sentence).toMatch(/^(?=.*\p{Script=Han}{3}).*。$/u);
		expect(JOB_SENTENCES.filter(([, chinese]) => chinese === sentence)).toHaveLength(1);
	});

	it("is only said to users who write Chinese", () => {
		const error = { code: "cancelled", message: "The job was cancelled." } as const;
		expect(inLanguage(error, "en")).toBe(error);
		expect(inLanguage(error, undefined)).toBe(error);
		expect(inLanguage(error, "zh").code).toBe("cancelled");
	});

	/** Failures of jobs are made in these rooms. */
	const sources = ["src/core", "src/fal", "src/job", "src/api"].flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: "utf8" })
			.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
			.map((file) => readFileSync(join(folder, file), "utf8")),
	);
	const sentences = sources.flatMap((code) =>
		[
			...code.matchAll(
				/code: "[a-z_]+",\s+message:\s+"([^"]+)"|^\t(?!description)(?:[a-z_]+): "((?:fal|The|This|A) [^"]+\.)",$/gm,
			),
		].map(([, first, second]) => first ?? second ?? ""),
	);

	it("has each sentence that a failure is made with", () => {
		expect(sentences.length).toBeGreaterThan(14);
		const known = new Set(JOB_SENTENCES.map(([english]) => english));
		expect(sentences.filter((sentence) => !known.has(sentence))).toEqual([]);
	});
});

it.each<readonly [message: string, own: string | null]>([
	["The job was cancelled.", "The job was cancelled."],
	["fal says: no", null],
	["", null],
	["A red fox. The job was cancelled.", null],
	["fal answered 404. The job was cancelled.", "fal answered 404. The job was cancelled."],
	["fal answered 404.   The job was cancelled.  And more.", "fal answered 404. The job was cancelled."],
	[
		"fal finished, but its result could not be fetched. fal says: a red fox",
		"fal finished, but its result could not be fetched.",
	],
])("of %j, our own words are %j", (message, own) => {
	expect(ownWordsOf(message)).toBe(own);
});

it("fal's own words are found behind ours in both languages", () => {
	expect([ownPartOf("fal says: no"), ownPartOf("fal 返回：no"), ownPartOf("The job was cancelled.")]).toEqual([
		10, 7, 22,
	]);
});
