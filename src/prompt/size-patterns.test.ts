import { describe, expect, it } from "vitest";
import {
	ADDRESS,
	anyOf,
	BARE_SIZE,
	DIRECTIVE,
	LETTERING_BEFORE,
	OTHER_MEANING_AFTER,
	OTHER_MEANING_BEFORE,
	RESOLUTION_DIRECTIVE,
	TIME_AFTER,
	TIME_BEFORE,
} from "./size-patterns.ts";
import * as words from "./size-words.ts";

/** Returns every list, with its name. */
function listsIn(value: unknown, name: string): readonly (readonly [name: string, list: readonly string[]])[] {
	if (isList(value)) return [[name, value]];
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => listsIn(inner, `${name}.${key}`));
}

function isList(value: unknown): value is readonly string[] {
	return Array.isArray(value) && value.every((word) => typeof word === "string");
}

function allOf(group: Readonly<Record<string, readonly string[]>>): readonly string[] {
	return Object.values(group).flat();
}

/** Returns the parts of a text that a pattern matches. */
function matches(pattern: RegExp, text: string): readonly string[] {
	return [...text.matchAll(pattern)].map(([match]) => match);
}

describe("the word lists", () => {
	it.each(listsIn(words, "words"))("%s holds words, and each of them once", (_, list) => {
		expect(list.length).toBeGreaterThan(0);
		expect(new Set(list).size).toBe(list.length);
	});
});

describe("anyOf", () => {
	it("tries longer words first", () => {
		expect(new RegExp(anyOf(["at", "at a", "a"], ["at an"])).exec("at an angle")?.[0]).toBe("at an");
	});
});

describe("DIRECTIVE", () => {
	const { optionDashes, optionNames, clearRatio, clearSize, vague } = words.BEFORE_SIZE;
	const { chineseRatio, chineseFormat, chineseVague, otherRatio, otherVague } = words.BEFORE_SIZE;
	const keywords = [
		...clearRatio,
		...clearSize,
		...vague,
		...chineseRatio,
		...chineseFormat,
		...chineseVague,
		...otherRatio,
		...otherVague,
	];

	it.each([...keywords, ...optionDashes.flatMap((dash) => optionNames.map((name) => dash + name))])(
		"takes a size after %j",
		(keyword) => {
			expect(matches(DIRECTIVE, `a cat ${keyword}: 7:5`)).toEqual([`${keyword}: 7:5`]);
		},
	);

	const { signs, chineseVerbs, chineseResults, chineseIs, chineseUse } = words.CONNECTORS;
	const chinese = [...chineseVerbs.flatMap((verb) => chineseResults.map((result) => verb + result)), ...chineseResults];

	it.each([...signs, ...chinese, ...chineseIs, ...chineseUse])("takes a size after the connector %j", (connector) => {
		expect(matches(DIRECTIVE, `比例${connector}7:5`)).toEqual([`比例${connector}7:5`]);
	});

	it.each(words.CONNECTORS.english)("takes a size after the connector %j between spaces", (connector) => {
		expect(matches(DIRECTIVE, `size ${connector} 7:5`)).toEqual([`size ${connector} 7:5`]);
		expect(matches(DIRECTIVE, `size${connector}7:5`)).toEqual([]);
	});

	it.each([...words.AFTER_SIZE.english, ...words.AFTER_SIZE.englishUnlessOf, ...words.AFTER_SIZE.chinese])(
		"takes a size before %j",
		(keyword) => {
			expect(matches(DIRECTIVE, `16:9 ${keyword}`)).toEqual([`16:9 ${keyword}`]);
		},
	);

	it.each(allOf(words.CHINESE_AFTER_KEYWORD))("leaves 1:1比例%s alone", (word) => {
		expect(matches(DIRECTIVE, `1:1比例${word}`)).toEqual([]);
	});

	it.each(words.PRESETS)("takes the preset %s", (preset) => {
		expect(matches(DIRECTIVE, `size: ${preset}`)).toEqual([`size: ${preset}`]);
	});

	it.each(words.PIXEL_UNITS)("takes the unit %s too", (unit) => {
		expect(matches(DIRECTIVE, `size 1024x768 ${unit}`)).toEqual([`size 1024x768 ${unit}`]);
	});

	it.each(allOf(words.OTHER_UNITS))("leaves measures in %s alone", (unit) => {
		expect(matches(DIRECTIVE, `size 100x200 ${unit}`)).toEqual([]);
	});
});

describe("RESOLUTION_DIRECTIVE", () => {
	it.each([
		...words.BEFORE_RESOLUTION.english.map((word) => `${word}: 2K`),
		...words.BEFORE_RESOLUTION.chinese.flatMap((word) => [
			`${word}2k`,
			`${word}：2K`.replace("：", ":"),
			`${word}为4K`,
		]),
		...words.BEFORE_SIZE.optionDashes.map((dash) => `${dash}resolution 2K`),
	])("takes %j", (directive) => {
		expect(matches(RESOLUTION_DIRECTIVE, `a cat, ${directive}, oil`)).toEqual([directive]);
	});

	it.each(["resolution 2K", "4K resolution", "分辨率8K", "分辨率2Kg", "high resolution: 4Kids"])(
		"leaves %j alone",
		(text) => {
			expect(matches(RESOLUTION_DIRECTIVE, text)).toEqual([]);
		},
	);
});

describe("ratios in Chinese words", () => {
	it.each(allOf(words.CHINESE_RATIOS))("count with a keyword: %s", (ratio) => {
		expect(matches(DIRECTIVE, `比例${ratio}`)).toEqual([`比例${ratio}`]);
	});

	it.each(words.CHINESE_RATIOS.wide)("count alone if they are wide: %s", (ratio) => {
		expect(matches(BARE_SIZE, ratio)).toEqual([ratio]);
	});
});

describe("BARE_SIZE", () => {
	it.each([
		["16:9", ["16:9"]],
		["a 1024x768px, 7:5", ["1024x768px", "7:5"]],
		["16:9:30", []],
		["1.5:1.25.3", []],
		["16:9th", []],
		["0:9", []],
		["99x1024", []],
	])("finds in %j: %j", (text, found) => {
		expect(matches(BARE_SIZE, text)).toEqual(found);
	});
});

describe("ADDRESS", () => {
	it.each([
		["see https://a.test/1024x1024.png, 16:9", ["https://a.test/1024x1024.png,"]],
		["data:image/png;base64,16:9", ["data:image/png;base64,16:9"]],
		["a ratio 16:9 // no address", []],
	])("finds in %j: %j", (text, found) => {
		expect(matches(ADDRESS, text)).toEqual(found);
	});
});

describe("OTHER_MEANING_BEFORE", () => {
	it.each(allOf(words.IN_CLAUSE_BEFORE_RATIO))("matches %j in the same clause, but not in an earlier one", (word) => {
		expect(OTHER_MEANING_BEFORE.test(`the ${word} of it `)).toBe(true);
		expect(OTHER_MEANING_BEFORE.test(`the ${word}, in oil `)).toBe(false);
		expect(OTHER_MEANING_BEFORE.test(`the x${word}x of it `)).toBe(false);
	});

	it.each(allOf(words.DIRECTLY_BEFORE_RATIO))("matches %j directly before the ratio only", (word) => {
		expect(OTHER_MEANING_BEFORE.test(`the ${word} `)).toBe(true);
		expect(OTHER_MEANING_BEFORE.test(`the ${word} and oil `)).toBe(false);
	});

	it.each(allOf(words.CHINESE_BEFORE_RATIO))("matches %s directly before the ratio only", (word) => {
		expect(OTHER_MEANING_BEFORE.test(`画${word}为`)).toBe(true);
		expect(OTHER_MEANING_BEFORE.test(`画${word}的猫`)).toBe(false);
	});

	it.each(words.CHAPTER_COUNTERS)("matches a number before %s", (counter) => {
		expect(OTHER_MEANING_BEFORE.test(`第三${counter} `)).toBe(true);
		expect(OTHER_MEANING_BEFORE.test(`三${counter} `)).toBe(false);
	});
});

describe("LETTERING_BEFORE", () => {
	it.each([...words.BEFORE_LETTERING.english, ...words.BEFORE_LETTERING.chinese])(
		"matches %j directly before",
		(word) => {
			expect(LETTERING_BEFORE.test(`a sign ${word} `)).toBe(true);
			expect(LETTERING_BEFORE.test(`a sign ${word} a cat `)).toBe(false);
		},
	);
});

describe("the ratio of other things", () => {
	it.each(words.OF_OTHER_RATIO)("is a %s ratio", (word) => {
		expect(matches(DIRECTIVE, `${word} ratio: 3:2`)).toEqual([]);
		expect(OTHER_MEANING_BEFORE.test(`the ${word} ratio of `)).toBe(true);
	});

	it.each(words.NEWS_OF_SCORE)("is a score before %s at the end of a clause", (word) => {
		expect(OTHER_MEANING_AFTER.test(`，阿根廷${word}！`.replace("！", "!"))).toBe(true);
		expect(OTHER_MEANING_AFTER.test(`，阿根廷${word}的瞬间`)).toBe(false);
	});
});

describe("OTHER_MEANING_AFTER", () => {
	it.each([...allOf(words.AFTER_RATIO), ...allOf(words.CHINESE_AFTER_RATIO)])("matches %j directly after", (word) => {
		expect(OTHER_MEANING_AFTER.test(` ${word} `)).toBe(true);
		expect(OTHER_MEANING_AFTER.test(` a ${word} `)).toBe(false);
	});

	it.each(allOf(words.CHINESE_AFTER_RATIO_AND_DE))("matches %s with 的 or without it", (word) => {
		expect(OTHER_MEANING_AFTER.test(`的${word}`)).toBe(true);
		expect(OTHER_MEANING_AFTER.test(word)).toBe(true);
	});
});

describe("TIME_BEFORE and TIME_AFTER", () => {
	it.each([...words.BEFORE_TIME, ...allOf(words.CHINESE_BEFORE_TIME)])("match %j before a time", (word) => {
		expect(TIME_BEFORE.test(`${word} `)).toBe(true);
		expect(TIME_BEFORE.test(`${word} a cat `)).toBe(false);
	});

	it.each(allOf(words.AFTER_TIME))("match %j after a time", (word) => {
		expect(TIME_AFTER.test(` ${word} `)).toBe(true);
		expect(TIME_AFTER.test(` a ${word} `)).toBe(false);
	});
});
