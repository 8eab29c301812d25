/** Finds the clause that governs a size, so that no words about the size stay alone when it is cut out. */

import {
	BRACKET_AFTER,
	BULLET_BEFORE,
	CLAUSE_AFTER,
	CLAUSE_BEFORE,
	COVERB_AFTER,
	COVERB_BEFORE,
	DEVICE_AFTER,
	EMPHASIS_BEFORE,
	ENDS_AFTER,
	FORMAT_AFTER,
	IN_BEFORE,
	INTRODUCER_BEFORE,
	LINE_AFTER,
	NEEDS_MORE_BEFORE,
	NOTHING_BEFORE,
	ORIENTATION_BEFORE,
	OTHER_LANGUAGE_AFTER,
	OTHER_LANGUAGE_BEFORE,
	PHRASE_AFTER,
	PHRASE_BEFORE,
	PICTURE_AFTER,
	PICTURE_BEFORE,
	QUOTE_AFTER,
	QUOTE_BEFORE,
	REFUSED_AFTER,
	REFUSED_BEFORE,
	VOWEL_AFTER,
	WORD_AND_BRACKET_BEFORE,
} from "./clause-patterns.ts";

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
	[NOTHING_BEFORE, FORMAT_AFTER],
	[WORD_AND_BRACKET_BEFORE, BRACKET_AFTER],
	[BULLET_BEFORE, LINE_AFTER],
	[INTRODUCER_BEFORE, LINE_AFTER],
	[CLAUSE_BEFORE, CLAUSE_AFTER],
	[COVERB_BEFORE, COVERB_AFTER],
	[PHRASE_BEFORE, PHRASE_AFTER],
];

const PHRASES: typeof CLAUSES = [
	[CLAUSE_BEFORE, CLAUSE_AFTER],
	[IN_BEFORE, PHRASE_AFTER],
	[NOTHING_BEFORE, FORMAT_AFTER],
	[ORIENTATION_BEFORE, ENDS_AFTER],
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
	// The value of a field, as in JSON: without it nothing would be left of the field.
	if (QUOTE_AFTER.test(after) && QUOTE_BEFORE.test(before)) return null;
	if (OTHER_LANGUAGE_BEFORE.test(before) || OTHER_LANGUAGE_AFTER.test(after)) return null;
	for (const [pattern, following] of CLAUSES) {
		const left = pattern.exec(before);
		const right = left && following.exec(after);
		if (!left || !right) continue;
		const isLine = following === LINE_AFTER;
		return { start: size.start - left[0].length, end: size.end + (isLine ? 0 : right[0].length) };
	}
	const picture = PICTURE_BEFORE.exec(before);
	if (picture && PICTURE_AFTER.test(after)) return isArticleOf(picture, after) ? size : null;
	return NEEDS_MORE_BEFORE.test(before) ? null : size;
}

/** `a 1024x1024 icon` would become `a icon`. */
function isArticleOf({ groups }: RegExpExecArray, after: string): boolean {
	const word = groups?.article?.toLowerCase();
	if (groups?.between !== undefined || (word !== "a" && word !== "an")) return true;
	return VOWEL_AFTER.test(after) === (word === "an");
}

/** True for a size that describes a picture, as in `Create a 16:9 image`. */
export function describesPicture(text: string, size: Span): boolean {
	const { before, after } = contextOf(text, size);
	return PICTURE_BEFORE.test(before) && PICTURE_AFTER.test(after);
}

/** True for a size that a phrase ties to a sentence, whatever else the numbers could be: `A fox in 16:9 with snow`, `以3:4生成`. */
export function standsInPhrase(text: string, size: Span): boolean {
	const { before, after } = contextOf(text, size);
	return PHRASES.some(([pattern, following]) => pattern.test(before) && following.test(after));
}

/** True for `以3:4生成`, in which 以 does not tell a score. */
export function standsBeforeVerb(text: string, size: Span): boolean {
	const { before, after } = contextOf(text, size);
	return COVERB_BEFORE.test(before) && COVERB_AFTER.test(after);
}

/** True for the size of a thing in the picture, and for words in quotes, which are no value of a field. */
export function isOfPicture(text: string, size: Span): boolean {
	const { before, after } = contextOf(text, size);
	const quote = QUOTE_AFTER.test(after) ? QUOTE_BEFORE.exec(before) : null;
	return !DEVICE_AFTER.test(after) && (quote === null || quote.groups?.name !== undefined);
}

/** True for a size that is not wanted: `不要16:9`, `Do not use 16:9.` */
export function isRefused(text: string, size: Span): boolean {
	const { before, after } = contextOf(text, size);
	return REFUSED_BEFORE.test(before.replaceAll("’", "'")) || REFUSED_AFTER.test(after);
}
