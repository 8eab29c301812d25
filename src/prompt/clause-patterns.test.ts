import { describe, expect, it } from "vitest";
import * as patterns from "./clause-patterns.ts";
import * as words from "./clause-words.ts";
import { CONNECTORS } from "./size-words.ts";

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
		["AND_BEFORE", "A FOX, AND MAKE IT ", true, patterns.AND_BEFORE],
		["REPLACED_BEFORE", "A FOX, FROM ", true, patterns.REPLACED_BEFORE],
		["REPLACED_AFTER", " TO 9:16", true, patterns.REPLACED_AFTER],
		["REPLACES_BEFORE", "1:1 TO ", true, patterns.REPLACES_BEFORE],
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
		["LINE_AFTER", " WIDE.\nin oil", true, patterns.LINE_AFTER],
		["LINE_AFTER", "的竖屏画面就行\n油画", true, patterns.LINE_AFTER],
		["LINE_AFTER", " wide oil", false, patterns.LINE_AFTER],
		["ITEM_BEFORE", "1. a fox 2. ", true, patterns.ITEM_BEFORE],
		["ITEM_BEFORE", "一只狐狸，②", true, patterns.ITEM_BEFORE],
		["ITEM_BEFORE", "f/2. ", false, patterns.ITEM_BEFORE],
		["ITEM_AFTER", " WIDE; 3) oil", true, patterns.ITEM_AFTER],
		["ITEM_AFTER", "横版③油画", true, patterns.ITEM_AFTER],
		["ITEM_AFTER", " 3.5 mm", false, patterns.ITEM_AFTER],
		["ITEM_AFTER", " fox 3. oil", false, patterns.ITEM_AFTER],
		["FORMAT_ENDS_AFTER", " WIDE, oil", true, patterns.FORMAT_ENDS_AFTER],
		["FORMAT_ENDS_AFTER", " Please!\n", true, patterns.FORMAT_ENDS_AFTER],
		["FORMAT_ENDS_AFTER", " please, oil", false, patterns.FORMAT_ENDS_AFTER],
		["LINE_AFTER", "x", false, patterns.LINE_AFTER],
		["SUBJECT_SHAPE_AFTER", " PORTRAIT, oil", true, patterns.SUBJECT_SHAPE_AFTER],
		["PICTURE_AFTER", " dark blue 1980s PHOTO", true, patterns.PICTURE_AFTER],
		["PICTURE_AFTER", " very dark blue old photo", false, patterns.PICTURE_AFTER],
		["NOUN_BEFORE", "a phone WALLPAPER ", true, patterns.NOUN_BEFORE],
		["NOUN_BEFORE", "a smart ", false, patterns.NOUN_BEFORE],
		["NOUN_GOES_ON_AFTER", " OF a fox", true, patterns.NOUN_GOES_ON_AFTER],
		["ASKED_BEFORE", "Make it ", true, patterns.ASKED_BEFORE],
		["ASKED_BEFORE", "Make it THE ", false, patterns.ASKED_BEFORE],
		["ASKED_BEFORE", "Make it a  ", false, patterns.ASKED_BEFORE],
		["AND_AFTER", " FORMAT, please, oil", true, patterns.AND_AFTER],
		["AND_AFTER", " format and oil", false, patterns.AND_AFTER],
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

	it.each(words.CHINESE_CLAUSE.next)("may end in the verb %s", (verb) => {
		expect(CLAUSE_AFTER.test(`来${verb}，油画`)).toBe(true);
		expect(CLAUSE_AFTER.test(`${verb}狐狸`)).toBe(false);
	});

	it.each(words.PICTURE_WORDS)("may be a size and %j", (word) => {
		expect(patterns.FORMAT_AFTER.test(` wide ${word}, oil`)).toBe(true);
		expect(patterns.FORMAT_AFTER.test(` ${word} of a fox`)).toBe(false);
		expect(patterns.DEVICE_AFTER.test(` ${word}, oil`)).toBe(false);
	});

	it.each(words.SUBJECT_SHAPES)("may be a size and the shape %j", (word) => {
		expect(patterns.SUBJECT_SHAPE_AFTER.test(` ${word}, oil`)).toBe(true);
		expect(patterns.SUBJECT_SHAPE_AFTER.test(` ${word} of a fox`)).toBe(false);
	});

	it.each([...words.CHINESE_CLAUSE.tails, ...words.CHINESE_CLAUSE.endings])("may go on with %s", (word) => {
		expect(CLAUSE_AFTER.test(`${word}，油画`)).toBe(true);
		expect(CLAUSE_AFTER.test(`${word}狐狸`)).toBe(false);
	});
});

describe("a clause behind an and", () => {
	it.each(words.AND_VERBS)("begins with %j", (verb) => {
		expect(patterns.AND_BEFORE.exec(`a fox, and then please ${verb} it `)?.[0]).toBe(`, and then please ${verb} it `);
		expect(patterns.AND_BEFORE.test(`a fox and ${verb} snow `)).toBe(false);
	});

	it.each(words.NEEDS_SUBJECT)("is no clause of its own with %j", (word) => {
		expect(CLAUSE_AFTER.test(` and ${word} old`)).toBe(false);
		expect(CLAUSE_AFTER.test(` and ${word}x old`)).toBe(true);
	});

	it.each<readonly [text: string, goesOn: boolean]>([
		[" and a ", true],
		[", and the ", true],
		[" and ", true],
		[" an ", true],
		[" ", false],
		[", ", true],
		[",", true],
		[" 、", true],
		["", false],
		[" and a fox in ", false],
	])("goes on to another size over %j: %s", (text, goesOn) => {
		expect(patterns.BETWEEN_SIZES.test(text)).toBe(goesOn);
	});
});

describe("a phrase that can be left out", () => {
	it.each(words.NEEDS_MORE.phrase)("does not stand behind %j", (word) => {
		expect(patterns.NEEDS_PHRASE_BEFORE.test(`a fox ${word} `)).toBe(true);
		expect(patterns.NEEDS_PHRASE_BEFORE.test(`a fox x${word} `)).toBe(false);
	});

	it.each(words.PHRASE_WORDS.prepositions)("begins with %j", (word) => {
		expect(PHRASE_BEFORE.test(`a fox ${word} `)).toBe(true);
		expect(PHRASE_BEFORE.test(`a fox ${word} an exact `)).toBe(true);
		expect(PHRASE_BEFORE.test(`a fox ${word} old `)).toBe(false);
		expect(PHRASE_BEFORE.exec(`a fox x${word} `)?.[0]).not.toBe(`${word} `);
	});

	it.each([...words.GOES_ON, ...words.EUROPEAN_GOES_ON])("is followed by words such as %j", (word) => {
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
	it.each(words.DEVICES.kinds)("stands before one that is %j", (kind) => {
		expect(patterns.DEVICE_AFTER.test(` ${kind} television`)).toBe(true);
		expect(patterns.DEVICE_AFTER.test(` ${kind} fox`)).toBe(false);
	});

	it.each(words.DEVICES.chineseKinds)("stands before one that is %s", (kind) => {
		expect(patterns.DEVICE_AFTER.test(`的${kind}电视`)).toBe(true);
		expect(patterns.DEVICE_AFTER.test(`的${kind}狐狸`)).toBe(false);
	});

	it.each(words.DEVICES.english)("stands behind %j", (word) => {
		expect(patterns.DEVICE_BEFORE.test(`my ${word}'s `)).toBe(true);
		expect(patterns.DEVICE_BEFORE.test(`my ${word}, `)).toBe(false);
	});

	it.each(words.DEVICES.chinese)("stands behind %s", (word) => {
		expect(patterns.DEVICE_BEFORE.test(`我的${word}的`)).toBe(true);
		expect(patterns.DEVICE_BEFORE.test(`我的${word}，`)).toBe(false);
	});

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

	it.each(words.PICTURE_ADJECTIVES)("may have %j before it", (word) => {
		expect(patterns.PICTURE_BEFORE.test(`draw a ${word} wide `)).toBe(true);
		expect(patterns.PICTURE_BEFORE.test(`draw a ${word} wide wide `)).toBe(false);
	});

	it.each(words.BEFORE_PICTURE)("may stand behind %j", (word) => {
		expect(patterns.AS_PICTURE_BEFORE.test(`a fox ${word} a wide `)).toBe(true);
		expect(patterns.AS_PICTURE_BEFORE.test(`a fox x${word} a wide `)).toBe(false);
	});

	it.each(words.ENDS_NAME)("ends its name at %j", (word) => {
		expect(patterns.PICTURE_AFTER.test(` fox ${word} photo`)).toBe(false);
		expect(patterns.PICTURE_AFTER.test(` fox ${word}x photo`)).toBe(true);
	});

	it.each([...words.PICTURE_NOUNS, ...words.EUROPEAN_PICTURES, ...CONNECTORS.shapes])("stands behind %j", (word) => {
		expect(patterns.NOUN_BEFORE.test(`my ${word} `)).toBe(true);
		expect(patterns.NOUN_BEFORE.test(`my x${word} `)).toBe(false);
	});

	it.each([...words.AFTER_PICTURE, ...words.EUROPEAN_GOES_ON])("stands behind a picture and before %j", (word) => {
		expect(patterns.NOUN_GOES_ON_AFTER.test(` ${word} a fox`)).toBe(true);
		expect(patterns.NOUN_GOES_ON_AFTER.test(` ${word}x a fox`)).toBe(false);
	});

	it.each([...words.NEEDS_MORE.english, ...words.NEEDS_MORE.chinese])("cannot be cut out alone after %j", (word) => {
		expect(patterns.NEEDS_MORE_BEFORE.test(`a fox ${word} `)).toBe(true);
	});

	it.each(words.INTRODUCERS)("is introduced by %j", (word) => {
		expect(patterns.INTRODUCER_BEFORE.test(`a fox. ${word}: `)).toBe(true);
		expect(patterns.INTRODUCER_BEFORE.test(`a fox ${word}: `)).toBe(false);
	});
});

describe("a note behind a size", () => {
	it.each([...words.NOTE_WORDS, ...words.FORMAT_WORDS, ...words.CHINESE_CLAUSE.tails, "16:9"])("may say %j", (word) => {
		expect(patterns.NOTE_AFTER.exec(` (${word}, HD), oil`)?.[0]).toBe(` (${word}, HD)`);
		expect(patterns.NOTE_AFTER.test(`(${word}, oil)`)).toBe(false);
	});

	it.each([" or 1:1", "或4:3", " 或者 1024x768"])("may be another size to choose: %j", (choice) => {
		expect(patterns.NOTE_AFTER.exec(`${choice}, oil`)?.[0]).toBe(choice);
		expect(patterns.NOTE_AFTER.test(`${choice.replace(/\d.*/, "")}a fox`)).toBe(false);
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

	it.each([...words.REPLACED.before, ...words.REPLACED.english])("stands behind %j if another one follows", (word) => {
		expect(patterns.REPLACED_BEFORE.test(`a fox ${word} `)).toBe(true);
		expect(patterns.REPLACED_BEFORE.test(`a fox ${word} square `)).toBe(true);
		expect(patterns.REPLACED_BEFORE.test(`a fox ${word} snow `)).toBe(false);
	});

	it.each([...words.REPLACED.to, ...words.REPLACED.englishTo])("stands before %j and another one", (word) => {
		expect(patterns.REPLACED_AFTER.test(`, now ${word} portrait 9:16`)).toBe(true);
		expect(patterns.REPLACED_AFTER.test(` ${word} 9 foxes`)).toBe(false);
		expect(patterns.REPLACED_AFTER.test(` 4:5 ${word} 9:16`)).toBe(false);
		expect(patterns.REPLACES_BEFORE.test(`from 1:1 ${word} portrait `)).toBe(true);
		expect(patterns.REPLACES_BEFORE.test(`a fox ${word} portrait `)).toBe(false);
	});

	it.each(words.REFUSALS.after)("stands before %j", (word) => {
		expect(patterns.REFUSED_AFTER.test(`${word} `)).toBe(true);
	});
});
