/** Finds a size in a chat message, in English or Chinese, and takes it out of the prompt. */

import { type Dimensions, isCommonRatio, parseSize, type Size, toHalfWidth } from "../models/size.ts";
import { cut } from "./cut.ts";
import { hideLettering, QUOTES } from "./lettering.ts";
import {
	clauseAround,
	describesPicture,
	isOfPicture,
	isRefused,
	type Span,
	standsBeforeVerb,
	standsInPhrase,
} from "./size-clause.ts";
import {
	ADDRESS,
	BARE_SIZE,
	BEGINS_WITH_WORD,
	CONTEXT_CHARS,
	DIRECTIVE,
	ENDS_IN_WORD,
	LETTERING_BEFORE,
	OTHER_MEANING_AFTER,
	OTHER_MEANING_BEFORE,
	RESOLUTION_AFTER,
	RESOLUTION_BEFORE,
	RESOLUTION_DIRECTIVE,
	TIME_AFTER,
	TIME_BEFORE,
} from "./size-patterns.ts";
import { toSimplified } from "./traditional.ts";

const MIN_BARE_SIDE_PX = 256;
/** Each cut copies the prompt, so their number is bounded. */
const MAX_DIRECTIVES = 16;

/** A size, a resolution or both, and their place in the message. */
interface Found extends Span {
	readonly size?: Size;
	readonly resolution?: string;
}

/** A size and its place. */
interface FoundSize extends Span {
	readonly size: Size;
}

export interface SizeInProse {
	/** The message without the clauses that say the size; the whole message if one of them is not wholly understood. */
	readonly prompt: string;
	readonly size: Size | null;
	/** `2k`, beside a size or alone. Absent: none. */
	readonly resolution?: string;
}

/**
 * Takes the size out of a message, with the clause that governs it. Keeps everything else, to the byte. A clause that is not wholly
 * understood stays, and its size is taken all the same.
 *
 * - With a keyword (`size: 9:16`, `比例16:9`, `--ar 3:4`, `16:9比例`) a size is taken anywhere; the last of several counts.
 * - Without a keyword `16:9` or `1024x1024` is taken only if it is the text's only candidate: a common ratio with a colon, or
 *   pixels from 256 on. Pixels may stand anywhere. A ratio must begin or end the text or a line, or stand between Chinese
 *   characters or punctuation, or describe a picture, and not beside a word of scores, verses, clocks, scales or mixtures.
 * - A resolution is taken with a keyword (`分辨率2K`), or right beside a size (`16:9 2K`).
 * - Addresses are left alone, and so is lettering: what stands in quotes. A directive without a sensible size (`size: big`) stays in the prompt.
 * - A size that is refused (`不要16:9`) is not taken, and the prompt stays whole.
 */
export function extractSize(message: string): SizeInProse {
	const unlinked = message.replace(ADDRESS, (address) => "_".repeat(address.length));
	const text = hideLettering(toSimplified(toHalfWidth(unlinked)));
	if (!/\d|比/.test(text)) return { prompt: message, size: null };
	/** The sizes that are not wanted. */
	const refused: Found[] = [];
	const isWanted = (found: Found) => !isRefused(text, found) || refused.push(found) === 0;
	const directives = findDirectives(text)
		.slice(-MAX_DIRECTIVES)
		.filter((found) => isOfPicture(text, found) && isWanted(found));
	const sizes =
		directives.length > 0 ? directives.map((found) => withResolution(text, found)) : findBareSize(text, isWanted);
	const resolutions = findResolutions(text).filter(isWanted);
	const found = [...sizes, ...resolutions].toSorted((a, b) => a.start - b.start).slice(-MAX_DIRECTIVES);
	const resolution = found.findLast((one) => one.resolution !== undefined)?.resolution;
	return {
		prompt: refused.length > 0 ? message : withoutClauses(message, clausesOf(text, found)),
		size: found.findLast(({ size }) => size !== undefined)?.size ?? null,
		...(resolution === undefined ? {} : { resolution }),
	};
}

function withoutClauses(message: string, clauses: readonly Span[]): string {
	return clauses.reduceRight((rest, { start, end }) => cut(rest, start, end), message);
}

/** Returns what is cut out: clauses that do not overlap. */
function clausesOf(text: string, found: readonly Found[]): readonly Span[] {
	const clauses: Span[] = [];
	for (const size of found) {
		const clause = clauseAround(text, size);
		const taken = clauses.at(-1)?.end ?? 0;
		if (clause !== null && clause.end > taken) clauses.push({ start: Math.max(clause.start, taken), end: clause.end });
	}
	return clauses;
}

function findDirectives(text: string): readonly FoundSize[] {
	return [...text.matchAll(DIRECTIVE)].flatMap((match) => {
		const { clear, connector, quote, after, before } = match.groups ?? {};
		const sizeText = after ?? before ?? "";
		const size = toSize(sizeText);
		const vague = clear === undefined && connector === undefined;
		if (!size || (vague && size.kind === "ratio" && isDoubtful(size, sizeText))) return [];
		const end = match.index + match[0].length;
		if (quote === undefined) return [{ start: match.index, end, size }];
		return text.charAt(end) === (QUOTES.get(quote) ?? quote) ? [{ start: match.index, end: end + 1, size }] : [];
	});
}

/** Reads a size as people write it: `16比9`, `十六比九`, `16 by 9` and `1024 by 1024`, beside the forms of a field. */
function toSize(text: string): Size | null {
	const words = text.replace(/[一二三四五六九十]{1,3}/g, (digits) => DIGITS.get(digits) ?? digits);
	return parseSize(
		words
			.replace(/ ?比 ?/, ":")
			.replace(/^(\d{1,2}) by /i, "$1:")
			.replace(/ by /i, "x"),
	);
}

const DIGITS: ReadonlyMap<string, string> = new Map([
	["一", "1"],
	["二", "2"],
	["三", "3"],
	["四", "4"],
	["五", "5"],
	["九", "9"],
	["十六", "16"],
	["二十一", "21"],
]);

/** Takes a resolution that stands right beside a size. */
function withResolution(text: string, { start, end, size }: FoundSize): Found {
	const after = RESOLUTION_AFTER.exec(text.slice(end, end + CONTEXT_CHARS));
	if (after) return { start, end: end + after[0].length, size, ...levelOf(after) };
	const before = RESOLUTION_BEFORE.exec(text.slice(Math.max(0, start - CONTEXT_CHARS), start));
	return before ? { start: start - before[0].length, end, size, ...levelOf(before) } : { start, end, size };
}

function findResolutions(text: string): readonly Found[] {
	return [...text.matchAll(RESOLUTION_DIRECTIVE)]
		.slice(-MAX_DIRECTIVES)
		.map((match) => ({ start: match.index, end: match.index + match[0].length, ...levelOf(match) }))
		.filter((found) => isOfPicture(text, found));
}

function levelOf({ groups }: RegExpMatchArray): { readonly resolution?: string } {
	const level = groups?.level;
	return level === undefined ? {} : { resolution: level.toLowerCase() };
}

/** `size 9/10` are boots, and 比例 1:12 is a model's scale. */
function isDoubtful({ width, height }: Dimensions, sizeText: string): boolean {
	return !isCommonRatio(`${width}:${height}`) && (sizeText.includes("/") || Math.min(width, height) === 1);
}

/** Returns the size without a keyword, or an empty list. */
function findBareSize(text: string, isWanted: (found: FoundSize) => boolean): readonly Found[] {
	let only: FoundSize | null = null;
	for (const { 0: part, index } of text.matchAll(BARE_SIZE)) {
		const size = toSize(part);
		if (size === null || !isPlausible(size)) continue;
		const candidate = { start: index, end: index + part.length, size };
		if (!isWanted(candidate)) continue;
		// Two candidates are none.
		if (only !== null) return [];
		only = candidate;
	}
	if (only === null) return [];
	const { size } = only;
	const found = { ...withResolution(text, only), size };
	if (!isOfPicture(text, found)) return [];
	return describesPicture(text, found) || standsBeforeVerb(text, found) || standsAlone(text, found) ? [found] : [];
}

function isPlausible(size: Size): boolean {
	if (size.kind === "pixels") return Math.min(size.width, size.height) >= MIN_BARE_SIDE_PX;
	return size.kind === "ratio" && isCommonRatio(`${size.width}:${size.height}`);
}

/** Returns false for a part of a sentence or a name, and for numbers that their neighbours give another meaning. */
function standsAlone(text: string, { start, end, size }: FoundSize): boolean {
	const before = text.slice(Math.max(0, start - CONTEXT_CHARS), start);
	const after = text.slice(end, end + CONTEXT_CHARS);
	if (ENDS_IN_WORD.test(before) || BEGINS_WITH_WORD.test(after)) return false;
	if (LETTERING_BEFORE.test(before)) return false;
	if (size.kind === "pixels") return true;
	if (OTHER_MEANING_BEFORE.test(before) || OTHER_MEANING_AFTER.test(after)) return false;
	const maybeTime = size.kind === "ratio" && size.height >= 10;
	if (maybeTime && (TIME_BEFORE.test(before) || TIME_AFTER.test(after))) return false;
	if (standsInPhrase(text, { start, end })) return true;
	const left = before.replace(/[ \t]{1,40}$/, "");
	const right = after.replace(/^[ \t]+/, "");
	if (/(?:^|\n)$/.test(left) || /^(?:\r?\n|[.!?。]?\s*$)/.test(right)) return true;
	return !ENDS_IN_WORD.test(left) && !BEGINS_WITH_WORD.test(right);
}
