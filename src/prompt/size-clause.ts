/** Finds the clause that governs a size, so that no words about the size stay alone when it is cut out. */

import {
	AND_AFTER,
	AND_BEFORE,
	AS_PICTURE_BEFORE,
	ASKED_BEFORE,
	BRACE_AFTER,
	BRACE_BEFORE,
	BRACKET_AFTER,
	BULLET_BEFORE,
	CLAUSE_AFTER,
	CLAUSE_BEFORE,
	COVERB_AFTER,
	COVERB_BEFORE,
	DEVICE_AFTER,
	DEVICE_BEFORE,
	EMPHASIS_BEFORE,
	ENDS_AFTER,
	FORMAT_AFTER,
	FORMAT_ENDS_AFTER,
	IN_BEFORE,
	INTRODUCER_BEFORE,
	ITEM_AFTER,
	ITEM_BEFORE,
	LINE_AFTER,
	NEEDS_MORE_BEFORE,
	NEEDS_PHRASE_BEFORE,
	NOTE_AFTER,
	NOTHING_BEFORE,
	NOUN_BEFORE,
	NOUN_GOES_ON_AFTER,
	ORIENTATION_BEFORE,
	OTHER_LANGUAGE_AFTER,
	OTHER_LANGUAGE_BEFORE,
	OTHER_NOTE_AFTER,
	PHRASE_AFTER,
	PHRASE_BEFORE,
	PICTURE_AFTER,
	PICTURE_BEFORE,
	QUOTE_AFTER,
	QUOTE_BEFORE,
	REFUSED_AFTER,
	REFUSED_BEFORE,
	REPLACED_AFTER,
	REPLACED_BEFORE,
	REPLACES_BEFORE,
	SUBJECT_SHAPE_AFTER,
	TAG_BEFORE,
	VOWEL_AFTER,
	WORD_AND_BRACKET_BEFORE,
} from "./clause-patterns.ts";
import { FIELD_BEFORE } from "./size-patterns.ts";

export interface Span {
	readonly start: number;
	readonly end: number;
}

/** So much of the text on each side tells the clause. */
const CONTEXT_CHARS = 80;
/** Stands for the text beyond, which no clause ends at. */
const BEYOND = "_";

/** The text on both sides of a size. */
interface Context {
	readonly before: string;
	readonly after: string;
}

function contextOf(text: string, { start, end }: Span): Context {
	const from = start - CONTEXT_CHARS;
	const to = end + CONTEXT_CHARS;
	return {
		before: from <= 0 ? text.slice(0, start) : BEYOND + text.slice(from, start),
		after: to >= text.length ? text.slice(end) : text.slice(end, to) + BEYOND,
	};
}

/** The two patterns of a clause: of the text before the size, and of the text after it. */
const CLAUSES: readonly (readonly [before: RegExp, after: RegExp])[] = [
	[BULLET_BEFORE, LINE_AFTER],
	[INTRODUCER_BEFORE, LINE_AFTER],
	[ITEM_BEFORE, ITEM_AFTER],
	[NOTHING_BEFORE, FORMAT_AFTER],
	[WORD_AND_BRACKET_BEFORE, BRACKET_AFTER],
	[CLAUSE_BEFORE, CLAUSE_AFTER],
	[AND_BEFORE, AND_AFTER],
	[COVERB_BEFORE, COVERB_AFTER],
	[PHRASE_BEFORE, PHRASE_AFTER],
];

const ANYTHING_BEFORE = /$/;
const ANYTHING_AFTER = /^/;

const PHRASES: typeof CLAUSES = [
	[CLAUSE_BEFORE, CLAUSE_AFTER],
	[AND_BEFORE, AND_AFTER],
	[ASKED_BEFORE, PHRASE_AFTER],
	[IN_BEFORE, PHRASE_AFTER],
	[NOTHING_BEFORE, FORMAT_AFTER],
	[ORIENTATION_BEFORE, ENDS_AFTER],
	[NOTHING_BEFORE, SUBJECT_SHAPE_AFTER],
	[NOUN_BEFORE, ENDS_AFTER],
	[ITEM_BEFORE, ITEM_AFTER],
	[REPLACES_BEFORE, ANYTHING_AFTER],
	[ANYTHING_BEFORE, FORMAT_ENDS_AFTER],
];

/**
 * Returns what is to be cut out with a size; null if the sentence is not wholly understood, and stays as it is.
 * @param text In half-width
 */
export function clauseAround(text: string, found: Span): Span | null {
	let size = found;
	let { before, after } = contextOf(text, size);
	// Of several signs each is taken in turn: `**16:9**`.
	while (EMPHASIS_BEFORE.test(before) && after.startsWith(before.slice(-1))) {
		size = { start: size.start - 1, end: size.end + 1 };
		({ before, after } = contextOf(text, size));
	}
	const tag = TAG_BEFORE.exec(before);
	const closing = `</${tag?.groups?.name}>`;
	if (tag && after.startsWith(closing))
		return { start: tag.index - before.length + size.start, end: size.end + closing.length };
	const isNamed = /^\p{L}/u.test(text.slice(size.start, size.end));
	const saysMore = isNamed && /\p{L}/u.test(before);
	const note = NOTE_AFTER.exec(after) ?? (saysMore ? SUBJECT_SHAPE_AFTER.exec(after) : null);
	if (note) {
		size = { start: size.start, end: size.end + note[0].length };
		({ before, after } = contextOf(text, size));
	}
	if (OTHER_LANGUAGE_BEFORE.test(before) || OTHER_LANGUAGE_AFTER.test(after)) return null;
	// Both sides, each of which is a field, or all fields of an object.
	if (/["']/.test(text.charAt(size.start))) return null;
	const isObject = BRACE_BEFORE.test(before) && BRACE_AFTER.test(after);
	if (isObject && /["',]/.test(text.slice(size.start, size.end))) return null;
	if (DEVICE_BEFORE.test(before)) return null;
	if ((isNamed || NOTHING_BEFORE.test(before)) && OTHER_NOTE_AFTER.test(after)) return null;
	for (const [pattern, following] of CLAUSES) {
		const left = pattern.exec(before);
		const right = left && following.exec(after);
		if (!left || !right) continue;
		if (NEEDS_PHRASE_BEFORE.test(before.slice(0, left.index))) return null;
		return { start: size.start - left[0].length, end: size.end + right[0].length };
	}
	const picture = PICTURE_BEFORE.exec(before) ?? AS_PICTURE_BEFORE.exec(before);
	if (picture && PICTURE_AFTER.test(after)) return isArticleOf(picture, after) ? size : null;
	return NEEDS_MORE_BEFORE.test(before) || ITEM_BEFORE.test(before) ? null : size;
}

/** `a 1024x1024 icon` would become `a icon`. */
function isArticleOf({ groups }: RegExpExecArray, after: string): boolean {
	const word = groups?.article?.toLowerCase();
	if (groups?.between !== undefined || (word !== "a" && word !== "an")) return true;
	return VOWEL_AFTER.test(after) === (word === "an");
}

const DESCRIPTIONS: typeof CLAUSES = [
	[PICTURE_BEFORE, PICTURE_AFTER],
	[AS_PICTURE_BEFORE, PICTURE_AFTER],
	[ORIENTATION_BEFORE, PICTURE_AFTER],
	[NOUN_BEFORE, NOUN_GOES_ON_AFTER],
];

/** True for a size that describes a picture: `Create a 16:9 image`, `Vertical 4:5 portrait of a girl`, `A wallpaper 9:16 of a galaxy`. */
export function describesPicture(text: string, size: Span): boolean {
	return fitsAny(DESCRIPTIONS, text, size);
}

function fitsAny(patterns: typeof CLAUSES, text: string, size: Span): boolean {
	const { before, after } = contextOf(text, size);
	return patterns.some(([pattern, following]) => pattern.test(before) && following.test(after));
}

/** True for a size that a phrase ties to a sentence, whatever else the numbers could be: `A fox in 16:9 with snow`, `以3:4生成`. */
export function standsInPhrase(text: string, size: Span): boolean {
	return fitsAny(PHRASES, text, size);
}

/** True for `以3:4生成`, in which 以 does not tell a score. */
export function standsBeforeVerb(text: string, size: Span): boolean {
	const { before, after } = contextOf(text, size);
	return COVERB_BEFORE.test(before) && COVERB_AFTER.test(after);
}

/** True for the value of a field, as in JSON: without it nothing would be left of the field. */
export function isValue(text: string, size: Span): boolean {
	const { before, after } = contextOf(text, size);
	return FIELD_BEFORE.test(before) || (QUOTE_AFTER.test(after) && QUOTE_BEFORE.test(before));
}

/** True for the size of a thing in the picture, and for words in quotes, which are no value of a field. */
export function isOfPicture(text: string, size: Span): boolean {
	const { before, after } = contextOf(text, size);
	const quote = QUOTE_AFTER.test(after) ? QUOTE_BEFORE.exec(before) : null;
	return !DEVICE_AFTER.test(after) && (quote === null || quote.groups?.name !== undefined);
}

/** True for a size that is not wanted: `不要16:9`, `Do not use 16:9.`, and the first one of `从1:1改成16:9`. */
export function isRefused(text: string, size: Span): boolean {
	const { before, after } = contextOf(text, size);
	if (REPLACED_BEFORE.test(before) && REPLACED_AFTER.test(after)) return true;
	return REFUSED_BEFORE.test(before.replaceAll("’", "'")) || REFUSED_AFTER.test(after);
}
