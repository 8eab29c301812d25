/** Finds the sizes that stand in a message without a keyword, `A red fox 16:9`, and tells them from scores, times and scales. */

import { isCommonRatio, isSameShape, toSizeText } from "../models/size.ts";
import { type FoundSize, hasSideOfOne, MAX_SIZES, type SizeInNumbers, toSize, withResolution } from "./found-size.ts";
import { describesPicture, isOfPicture, standsBeforeVerb, standsInPhrase } from "./size-clause.ts";
import {
	BARE_SIZE,
	BEGINS_WITH_WORD,
	BESIDE_ONE_AFTER,
	BESIDE_ONE_BEFORE,
	CONTEXT_CHARS,
	ENDS_IN_WORD,
	LETTERING_BEFORE,
	OTHER_MEANING_AFTER,
	OTHER_MEANING_BEFORE,
	RIVAL_AFTER,
	RIVAL_BEFORE,
	TEAM_BEFORE,
	TIME_AFTER,
	TIME_BEFORE,
} from "./size-patterns.ts";
import { FILM_RATIOS, MIN_PICTURE_SIDE_PX } from "./size-words.ts";

/** A score of more would hide a picture of 3:4. */
const MAX_GOALS = 3;
/** `16:9（1920x1080）`: between a size and the same size in other numbers. */
const BEGINS_NOTE = /^ ?[([【]$/;

/**
 * Returns the sizes without a keyword. Those of different shapes are none.
 * @param text In half-width and simplified, with its lettering hidden
 */
export function findBareSizes(text: string, isWanted: (found: FoundSize) => boolean): readonly FoundSize[] {
	const candidates = findCandidates(text)
		.filter(isWanted)
		.map((found) => withResolution(text, found))
		.filter((found) => isOfPicture(text, found) && (isTied(text, found) || !meansOther(text, found)));
	const agree = candidates.every(({ size }) => candidates.every((other) => isSameSize(size, other.size)));
	return agree ? candidates.filter((found) => isTied(text, found) || standsApart(text, found)) : [];
}

/** Returns the numbers that may be a size, but for a note right behind another one. */
function findCandidates(text: string): readonly FoundSize[] {
	const candidates: FoundSize[] = [];
	for (const { 0: part, index } of text.matchAll(BARE_SIZE)) {
		if (candidates.length === MAX_SIZES) break;
		const size = toSize(part);
		if (size === null || !isPlausible(size, part)) continue;
		const before = candidates.at(-1);
		if (before && BEGINS_NOTE.test(text.slice(before.end, index))) continue;
		candidates.push({ start: index, end: index + part.length, size });
	}
	return candidates;
}

function isSameSize(a: SizeInNumbers, b: SizeInNumbers): boolean {
	return a.kind === b.kind ? toSizeText(a) === toSizeText(b) : isSameShape(a, b);
}

/** True for a size that the words around it tie to the picture, whatever else the numbers could be. */
function isTied(text: string, found: FoundSize): boolean {
	return describes(text, found) || standsBeforeVerb(text, found);
}

/** `a 1:1 scale model photo` says nothing about the photo. */
function describes(text: string, found: FoundSize): boolean {
	const after = text.slice(found.end, found.end + CONTEXT_CHARS);
	if (OTHER_MEANING_AFTER.test(after) || (mayBeTime(found) && TIME_AFTER.test(after))) return false;
	return describesPicture(text, found);
}

function mayBeScore({ size }: FoundSize): boolean {
	return Math.max(size.width, size.height) <= MAX_GOALS;
}

function mayBeTime({ size }: FoundSize): boolean {
	return size.height >= 10;
}

function isPlausible(size: SizeInNumbers, sizeText: string): boolean {
	if (size.kind === "pixels") return Math.min(size.width, size.height) >= MIN_PICTURE_SIDE_PX;
	return isCommonRatio(`${size.width}:${size.height}`) || isFilmRatio(sizeText);
}

function isFilmRatio(sizeText: string): boolean {
	return FILM_RATIOS.some((film) => film === sizeText);
}

/** True for numbers that their neighbours give another meaning. */
function meansOther(text: string, found: FoundSize): boolean {
	const before = text.slice(Math.max(0, found.start - CONTEXT_CHARS), found.start);
	const after = text.slice(found.end, found.end + CONTEXT_CHARS);
	if (LETTERING_BEFORE.test(before)) return true;
	if (found.size.kind === "pixels") return false;
	if (OTHER_MEANING_BEFORE.test(before) || OTHER_MEANING_AFTER.test(after)) return true;
	if (hasSideOfOne(found.size) && (BESIDE_ONE_BEFORE.test(before) || BESIDE_ONE_AFTER.test(after))) return true;
	if (RIVAL_BEFORE.test(before) && RIVAL_AFTER.test(after)) return true;
	if (mayBeTime(found) && (TIME_BEFORE.test(before) || TIME_AFTER.test(after))) return true;
	return mayBeScore(found) && TEAM_BEFORE.test(before);
}

/** Returns false for a part of a sentence or a name. */
function standsApart(text: string, { start, end, size }: FoundSize): boolean {
	const before = text.slice(Math.max(0, start - CONTEXT_CHARS), start);
	const after = text.slice(end, end + CONTEXT_CHARS);
	if (ENDS_IN_WORD.test(before) || BEGINS_WITH_WORD.test(after)) return false;
	if (size.kind === "pixels" || standsInPhrase(text, { start, end }) || isFilmRatio(text.slice(start, end)))
		return true;
	const left = before.replace(/[ \t]{1,40}$/, "");
	const right = after.replace(/^[ \t]+/, "");
	if (/(?:^|\n)$/.test(left) || /^(?:\r?\n|[.!?。]?\s*$)/.test(right)) return true;
	return !ENDS_IN_WORD.test(left) && !BEGINS_WITH_WORD.test(right);
}
