import { describe, expect, it } from "vitest";
import * as patterns from "./clause-patterns.ts";
import * as words from "./clause-words.ts";

const { CLAUSE_BEFORE, CLAUSE_AFTER, PHRASE_BEFORE, PHRASE_AFTER, COVERB_BEFORE, COVERB_AFTER } = patterns;

/** Returns every list, with its name. */
function listsIn(value: unknown, name: string): readonly (readonly [name: string, list: readonly string[]])[] {
	if (Array.isArray(value)) return [[name, value]];
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => listsIn(inner, `${name}.${key}`));
}

describe("the lists of the words of a clause", () => {
	it.each(listsIn(words, "words"))("%s holds words, and each of them once", (_, list) => {
		expect(list.length).toBeGreaterThan(0);
		expect(list.filter((word, index) => list.indexOf(word) !== index)).toEqual([]);
	});
});

describe("the lists", () => {
	const { PHRASE_WORDS, AFTER_SIZE_WORDS, FORMAT_WORDS, GOES_ON, PICTURE_NOUNS, PICTURE_VERBS, INTRODUCERS, REFUSALS } =
		words;

	it.each<readonly [list: readonly string[], held: string]>([
		[PHRASE_WORDS.adjectives, "native ultrawide canvas dimensions"],
		[AFTER_SIZE_WORDS.nouns, "vertical crop resolution image picture output me"],
		[FORMAT_WORDS, "frame widescreen resolution"],
		[GOES_ON, "of during into then"],
		[PICTURE_NOUNS, "image still graphic collage"],
		[PICTURE_VERBS, "paint sketch photorealistic"],
		[INTRODUCERS, "settings 注意 格式 输出"],
		[REFUSALS.englishBetween, "use image picture orientation landscape"],
		[REFUSALS.chineseBetween, "用 宽高比 横屏 出现"],
	])("%# hold words of each kind", (list, held) => {
		expect(list).toEqual(expect.arrayContaining(held.split(" ")));
	});

	it("hold shapes of two words", () => {
		expect(FORMAT_WORDS).toEqual(expect.arrayContaining(["portrait format", "vertical orientation", "portrait mode"]));
	});
});

describe("a pattern", () => {
	it.each<readonly [name: string, text: string, fits: boolean, pattern: RegExp]>([
		["FORMAT_AFTER", " FORMAT, oil", true, patterns.FORMAT_AFTER],
		["IN_BEFORE", "A fox IN A ", true, patterns.IN_BEFORE],
		["PHRASE_AFTER", " FORMAT, oil", true, patterns.PHRASE_AFTER],
		["PICTURE_AFTER", " IMAGE of a fox", true, patterns.PICTURE_AFTER],
		["DEVICE_AFTER", " MONITOR", true, patterns.DEVICE_AFTER],
		["WORD_AND_BRACKET_BEFORE", "a fox, SIZE (", true, patterns.WORD_AND_BRACKET_BEFORE],
		["BULLET_BEFORE", "- ", true, patterns.BULLET_BEFORE],
		["BULLET_BEFORE", "-", true, patterns.BULLET_BEFORE],
		["BULLET_BEFORE", "a fox\n  12.  ", true, patterns.BULLET_BEFORE],
		["BULLET_BEFORE", "a fox - ", false, patterns.BULLET_BEFORE],
		["LINE_AFTER", "", true, patterns.LINE_AFTER],
		["LINE_AFTER", " . \nin oil", true, patterns.LINE_AFTER],
		["LINE_AFTER", "x", false, patterns.LINE_AFTER],
		["VOWEL_AFTER", "  icon", true, patterns.VOWEL_AFTER],
		["VOWEL_AFTER", " photo", false, patterns.VOWEL_AFTER],
		["ORIENTATION_BEFORE", "a fox, landscape ", true, patterns.ORIENTATION_BEFORE],
		["ORIENTATION_BEFORE", "a fox, PORTRAIT mode ", true, patterns.ORIENTATION_BEFORE],
		["ORIENTATION_BEFORE", "a fox ", false, patterns.ORIENTATION_BEFORE],
		["ENDS_AFTER", ", oil", true, patterns.ENDS_AFTER],
		["ENDS_AFTER", " oil", false, patterns.ENDS_AFTER],
		["BRACKET_AFTER", ") in oil", true, patterns.BRACKET_AFTER],
		["BRACKET_AFTER", " oil)", false, patterns.BRACKET_AFTER],
		["EMPHASIS_BEFORE", "a fox, **", true, patterns.EMPHASIS_BEFORE],
		["EMPHASIS_BEFORE", "**a fox**, ", false, patterns.EMPHASIS_BEFORE],
		["OTHER_LANGUAGE_BEFORE", "猫の絵を", true, patterns.OTHER_LANGUAGE_BEFORE],
		["OTHER_LANGUAGE_BEFORE", "the map", false, patterns.OTHER_LANGUAGE_BEFORE],
		["QUOTE_AFTER", '", oil', true, patterns.QUOTE_AFTER],
		["QUOTE_AFTER", ' oil"', false, patterns.QUOTE_AFTER],
		["QUOTE_BEFORE", 'a sign "', true, patterns.QUOTE_BEFORE],
		["QUOTE_BEFORE", 'a "sign ', false, patterns.QUOTE_BEFORE],
	])("%s on %j: %s", (_, text, fits, pattern) => {
		expect(pattern.test(text)).toBe(fits);
	});

	it.each([
		['"aspect": "', '"aspect": '],
		['"aspect" : "', '"aspect" : '],
		['{"aspect":"', '"aspect":'],
		['a sign "', undefined],
	])("finds the name of a field before a quote: %j", (text, name) => {
		expect(patterns.QUOTE_BEFORE.exec(text)?.groups?.name).toBe(name);
	});
});

describe("a clause of nothing but words about the size", () => {
	it.each(words.CLAUSE_WORDS)("may hold %j, but not behind words of another kind", (word) => {
		expect(CLAUSE_BEFORE.test(`a fox. ${word} `)).toBe(true);
		expect(CLAUSE_BEFORE.test(`a fox ${word} `)).toBe(false);
	});

	it.each(words.CHINESE_CLAUSE.words)("may hold %s, but not behind words of another kind", (word) => {
		expect(CLAUSE_BEFORE.test(`狐狸，${word}`)).toBe(true);
		expect(CLAUSE_BEFORE.test(`狐狸${word}`)).toBe(false);
	});

	it.each([...words.AFTER_SIZE_WORDS.nouns, ...words.AFTER_SIZE_WORDS.courtesies])("may go on with %j", (word) => {
		expect(CLAUSE_AFTER.test(` ${word}, oil`)).toBe(true);
		expect(CLAUSE_AFTER.test(` ${word} fox`)).toBe(false);
	});

	it.each([...words.CHINESE_CLAUSE.tails, ...words.CHINESE_CLAUSE.endings])("may go on with %s", (word) => {
		expect(CLAUSE_AFTER.test(`${word}，油画`)).toBe(true);
		expect(CLAUSE_AFTER.test(`${word}狐狸`)).toBe(false);
	});
});

describe("a phrase that can be left out", () => {
	it.each(words.PHRASE_WORDS.prepositions)("begins with %j", (word) => {
		expect(PHRASE_BEFORE.test(`a fox ${word} `)).toBe(true);
		expect(PHRASE_BEFORE.test(`a fox ${word} an exact `)).toBe(true);
		expect(PHRASE_BEFORE.test(`a fox ${word} old `)).toBe(false);
		expect(PHRASE_BEFORE.exec(`a fox x${word} `)?.[0]).not.toBe(`${word} `);
	});

	it.each(words.GOES_ON)("is followed by words such as %j", (word) => {
		expect(PHRASE_AFTER.test(` ${word} snow`)).toBe(true);
		expect(PHRASE_AFTER.test(` x${word} snow`)).toBe(false);
		expect(PHRASE_AFTER.test(` ${word}x snow`)).toBe(false);
	});

	it.each(words.FORMAT_WORDS)("takes %j with it", (word) => {
		expect(PHRASE_AFTER.exec(` ${word}, oil`)?.[0]).toBe(` ${word}`);
	});

	it.each(words.CHINESE_CLAUSE.coverbs)("begins with %s", (word) => {
		expect(COVERB_BEFORE.test(`请${word}`)).toBe(true);
	});

	it.each(words.CHINESE_CLAUSE.next)("is followed by the verb %s", (word) => {
		expect(COVERB_AFTER.test(`的画幅${word}狐狸`)).toBe(true);
		expect(COVERB_AFTER.test("的狐狸")).toBe(false);
	});
});

describe("the size of a thing in the picture", () => {
	it.each([...words.DEVICES.english, ...words.DEVICES.chinese])("stands before %j", (word) => {
		expect(patterns.DEVICE_AFTER.test(` ${word}`)).toBe(true);
		expect(patterns.DEVICE_AFTER.test(" fox")).toBe(false);
	});
});

describe("the size of the picture", () => {
	it.each(words.PICTURE_NOUNS)("stands before %j", (word) => {
		expect(patterns.PICTURE_AFTER.test(` ${word} of a fox`)).toBe(true);
		expect(patterns.PICTURE_AFTER.test(` x${word} of a fox`)).toBe(false);
	});

	it.each([...words.NEEDS_MORE.english, ...words.NEEDS_MORE.chinese])("cannot be cut out alone after %j", (word) => {
		expect(patterns.NEEDS_MORE_BEFORE.test(`a fox ${word} `)).toBe(true);
	});

	it.each(words.INTRODUCERS)("is introduced by %j", (word) => {
		expect(patterns.INTRODUCER_BEFORE.test(`a fox. ${word}: `)).toBe(true);
		expect(patterns.INTRODUCER_BEFORE.test(`a fox ${word}: `)).toBe(false);
	});
});

describe("a size that is refused", () => {
	it.each([...words.REFUSALS.english, ...words.REFUSALS.chinese])("stands behind %j", (word) => {
		expect(patterns.REFUSED_BEFORE.test(`a fox, ${word} `)).toBe(true);
		expect(patterns.REFUSED_BEFORE.test(`a fox, ${word} snow `)).toBe(false);
		expect(patterns.REFUSED_BEFORE.test(`a fox, ${word}雪`)).toBe(false);
	});

	it.each(words.REFUSALS.englishBetween)("may have %j between", (word) => {
		expect(patterns.REFUSED_BEFORE.test(`a fox, not ${word} `)).toBe(true);
	});

	it.each(words.REFUSALS.chineseBetween)("may have %s between", (word) => {
		expect(patterns.REFUSED_BEFORE.test(`狐狸，不要${word}`)).toBe(true);
	});

	it.each([
		...words.REFUSALS.englishExcept.map((word) => `${word} not `),
		...words.REFUSALS.chineseExcept.map((sign) => `${sign}别`),
	])("does not stand behind %j", (text) => {
		expect(patterns.REFUSED_BEFORE.test(text)).toBe(false);
	});

	it.each(words.REFUSALS.after)("stands before %j", (word) => {
		expect(patterns.REFUSED_AFTER.test(`${word} `)).toBe(true);
	});
});
