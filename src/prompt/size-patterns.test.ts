import { describe, expect, it } from "vitest";
import {
	ADDRESS,
	anyOf,
	BARE_SIZE,
	BESIDE_ONE_AFTER,
	BESIDE_ONE_BEFORE,
	DIRECTIVE,
	FIELD_BEFORE,
	LETTERING_BEFORE,
	OTHER_MEANING_AFTER,
	OTHER_MEANING_BEFORE,
	RESOLUTION_DIRECTIVE,
	RIVAL_AFTER,
	RIVAL_BEFORE,
	SCALED_AFTER,
	SHAPE_AFTER,
	SHARE_BEFORE,
	TEAM_BEFORE,
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
		...words.BEFORE_SIZE.europeanRatio,
		...words.BEFORE_SIZE.europeanVague,
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

	it.each(words.CONNECTORS.dashes)("takes a size after the sign %j", (sign) => {
		expect(matches(DIRECTIVE, `size ${sign} 7:5`)).toEqual([`size ${sign} 7:5`]);
		expect(matches(RESOLUTION_DIRECTIVE, `分辨率${sign}2K`)).toEqual([`分辨率${sign}2K`]);
	});

	it.each(words.CONNECTORS.adverbs)("takes a size after the adverb %j", (adverb) => {
		expect(matches(DIRECTIVE, `比例${adverb}7:5`)).toEqual([`比例${adverb}7:5`]);
		expect(matches(DIRECTIVE, `比例${adverb}为7:5`)).toEqual([`比例${adverb}为7:5`]);
	});

	it.each([...words.CONNECTORS.english, ...words.CONNECTORS.european])(
		"takes a size after the connector %j between spaces",
		(connector) => {
			expect(matches(DIRECTIVE, `size ${connector} 7:5`)).toEqual([`size ${connector} 7:5`]);
			expect(matches(DIRECTIVE, `size${connector}7:5`)).toEqual([]);
		},
	);

	const { english, englishOf, englishUnlessOf } = words.AFTER_SIZE;

	it.each([
		...[...english, ...englishUnlessOf, ...englishOf.map((picture) => `${picture} ratio`)],
		...[...words.AFTER_SIZE.chinese, ...words.BEFORE_SIZE.chineseRatio],
		...[...words.AFTER_SIZE.chineseOf, ...words.CONNECTORS.shapes].map((word) => `${word}比例`),
	])("takes a size before %j, and one in brackets", (keyword) => {
		expect(matches(DIRECTIVE, `16:9 ${keyword}`)).toEqual([`16:9 ${keyword}`]);
		for (const size of ["(16:9)", "[16:9]", "【16:9】", "{16:9}"])
			expect(matches(DIRECTIVE, `a fox ${size} ${keyword}`)).toEqual([`${size} ${keyword}`]);
	});

	it.each(allOf(words.CHINESE_AFTER_KEYWORD))("leaves 1:1比例%s alone", (word) => {
		expect(matches(DIRECTIVE, `1:1比例${word}`)).toEqual([]);
	});

	it.each(words.PRESETS)("takes the preset %s", (preset) => {
		expect(matches(DIRECTIVE, `size: ${preset}`)).toEqual([`size: ${preset}`]);
	});

	it.each(words.PIXEL_UNITS)("takes the unit %s too", (unit) => {
		expect(matches(DIRECTIVE, `size 1024x768 ${unit}`)).toEqual([`size 1024x768 ${unit}`]);
	});

	it.each(words.PIXEL_STYLES.units.flatMap((unit) => words.PIXEL_STYLES.styles.map((style) => unit + style)))(
		"takes no unit out of %s",
		(style) => {
			expect(matches(DIRECTIVE, `size 1024x768 ${style}`)).toEqual(["size 1024x768"]);
		},
	);

	it.each(words.PIXEL_STYLES.others)("takes the unit before %s", (word) => {
		expect(matches(DIRECTIVE, `尺寸1024x768像素${word}`)).toEqual(["尺寸1024x768像素"]);
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
		...words.BEFORE_RESOLUTION.chineseAfter.flatMap((word) => [`2K${word}`, `4k 的${word}`]),
	])("takes %j", (directive) => {
		expect(matches(RESOLUTION_DIRECTIVE, `a cat, ${directive}, oil`)).toEqual([directive]);
	});

	it.each(["resolution 2K", "4K resolution", "4K画质", "a4K分辨率", "分辨率8K", "分辨率2Kg", "high resolution: 4Kids"])(
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

	it.each([...words.BEFORE_SIZE.chineseOfOther, ...words.PROPORTIONED])("is that of %s", (word) => {
		for (const keyword of [`${word}比例`, `${word}的比例`]) {
			expect(matches(DIRECTIVE, `${keyword}为7:5`)).toEqual([]);
			expect(OTHER_MEANING_BEFORE.test(`${keyword}严格为 `)).toBe(true);
		}
	});

	it.each(words.NEWS_OF_SCORE)("is a score before %s at the end of a clause", (word) => {
		expect(OTHER_MEANING_AFTER.test(`，阿根廷${word}！`.replace("！", "!"))).toBe(true);
		expect(OTHER_MEANING_AFTER.test(`，阿根廷${word}的瞬间`)).toBe(false);
	});
});

describe("a ratio with a side of 1", () => {
	const { before, manners, copies, divisions } = words.CHINESE_BESIDE_ONE;

	it.each(before)("is none of the picture right behind %s", (word) => {
		expect(BESIDE_ONE_BEFORE.test(`猫狗${word}约为`)).toBe(true);
		expect(BESIDE_ONE_BEFORE.test(`${word}，`)).toBe(false);
	});

	it.each([...copies, ...divisions])("is none before %s", (word) => {
		for (const text of [
			word,
			` ${word}`,
			`的${word}`,
			...manners.flatMap((manner) => [manner + word, `${manner}的${word}`]),
		])
			expect(BESIDE_ONE_AFTER.test(text)).toBe(true);
		expect(BESIDE_ONE_AFTER.test(`，${word}`)).toBe(false);
	});

	it.each(words.CHINESE_BESIDE_ONE.services)("is none right before %s", (word) => {
		expect(BESIDE_ONE_AFTER.test(`${word}海报`)).toBe(true);
		expect(BESIDE_ONE_AFTER.test(` ${word}海报`)).toBe(false);
	});

	it.each(manners)("is no copy with %s and a size", (manner) => {
		expect(BESIDE_ONE_AFTER.test(`${manner}构图`)).toBe(false);
		expect(matches(DIRECTIVE, `1:1比例${manner}复刻`)).toEqual([]);
	});
});

describe("the share of a thing", () => {
	it.each(words.SHARES.verbs.flatMap((verb) => ["", ...words.SHARES.wholes].map((whole) => verb + whole)))(
		"is no size behind %s",
		(share) => {
			for (const text of [`狐狸${share}`, `狐狸${share}的`]) expect(SHARE_BEFORE.test(text)).toBe(true);
			for (const text of [`狐狸${share}`, `狐狸${share}的比例约为`]) expect(OTHER_MEANING_BEFORE.test(text)).toBe(true);
			expect(OTHER_MEANING_BEFORE.test(`狐狸${share}，`)).toBe(false);
		},
	);
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

describe("the ratio of something", () => {
	it("stands behind 比, but not behind 对比", () => {
		expect(OTHER_MEANING_BEFORE.test("狐狸，头身比为")).toBe(true);
		expect(OTHER_MEANING_BEFORE.test("狐狸，左右对比 ")).toBe(false);
		expect(OTHER_MEANING_BEFORE.test("狐狸，相比")).toBe(false);
	});

	it.each(words.TEAMS)("is a score behind %s", (team) => {
		expect(TEAM_BEFORE.test(`${team}以 `)).toBe(true);
		expect(TEAM_BEFORE.test(`${team}，`)).toBe(false);
	});

	it.each([...words.TEAMS, ...allOf(words.RIVALS), "快船队"])("is a score between %s and another one", (rival) => {
		expect(RIVAL_BEFORE.test(`猫，${rival} `)).toBe(true);
		expect(RIVAL_BEFORE.test(`${rival}，`)).toBe(false);
		expect(RIVAL_AFTER.test(` ${rival}的海报`)).toBe(true);
		expect(RIVAL_AFTER.test(`，${rival}`)).toBe(false);
	});

	it.each(words.PROPORTIONED)("is none of the picture behind %s", (thing) => {
		for (const text of [thing, `${thing}的`]) expect(SHARE_BEFORE.test(`猫，${text}`)).toBe(true);
		expect(SHARE_BEFORE.test(`${thing}，`)).toBe(false);
	});

	it.each(words.SCALED)("is a scale before %s", (thing) => {
		expect(SCALED_AFTER.test(`的可爱${thing}`)).toBe(true);
		expect(SCALED_AFTER.test(`，可爱${thing}`)).toBe(false);
	});

	it.each(words.SCALED_PICTURES)("is no scale before a thing and its %s", (picture) => {
		expect(SCALED_AFTER.test(`的娃娃的${picture}`)).toBe(false);
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

it("a field of JSON and a shape in it are read in any case", () => {
	expect(FIELD_BEFORE.test('{"Aspect_Ratio": "')).toBe(true);
	expect(FIELD_BEFORE.test('{"Aspect_Ratio" "')).toBe(false);
	expect(SHAPE_AFTER.test(" PORTRAIT)")).toBe(true);
	expect(SHAPE_AFTER.test(" a fox")).toBe(false);
});
