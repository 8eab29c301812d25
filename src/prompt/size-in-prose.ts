/** Finds a size in a chat message and takes it out of the prompt. */

import { type Dimensions, isCommonRatio, isSameShape, type Size, toHalfWidth } from "../models/size.ts";
import { findBareSizes } from "./bare-sizes.ts";
import { findBothSides } from "./both-sides.ts";
import { BETWEEN_SIZES } from "./clause-patterns.ts";
import { cut } from "./cut.ts";
import {
	type Found,
	type FoundSize,
	hasSideOfOne,
	levelOf,
	MAX_SIZES,
	type SizeInNumbers,
	toSize,
	withResolution,
} from "./found-size.ts";
import { hideLettering, QUOTES } from "./lettering.ts";
import { clauseAround, isOfPicture, isRefused, isValue, type Span } from "./size-clause.ts";
import {
	ADDRESS,
	CONTEXT_CHARS,
	DIRECTIVE,
	RESOLUTION_DIRECTIVE,
	SCALED_AFTER,
	SHAPE_AFTER,
	SHARE_BEFORE,
} from "./size-patterns.ts";
import { toSimplified } from "./traditional.ts";

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
 * - Without a keyword `16:9` or `1024x1024` is taken only if all candidates of the text agree: common ratios with a colon, and
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
	const directives = [...findDirectives(text), ...findBothSides(text)]
		.slice(-MAX_SIZES)
		.filter((found) => isOfPicture(text, found) && isWanted(found));
	const sizes =
		directives.length > 0 ? directives.map((found) => withResolution(text, found)) : findBareSizes(text, isWanted);
	const resolutions = findResolutions(text).filter(isWanted);
	const found = [...sizes, ...resolutions].toSorted((a, b) => a.start - b.start).slice(-MAX_SIZES);
	const resolution = found.findLast((one) => one.resolution !== undefined)?.resolution;
	return {
		prompt: refused.length > 0 ? message : withoutClauses(message, clausesOf(text, found)),
		size: sizeThatCounts(sizes.toSorted((a, b) => a.start - b.start).map(({ size }) => size)),
		...(resolution === undefined ? {} : { resolution }),
	};
}

/** Returns the last size, or pixels of its shape, which say more: `16:9, 1920x1080`. */
function sizeThatCounts(sizes: readonly SizeInNumbers[]): Size | null {
	const last = sizes.at(-1);
	if (last?.kind !== "ratio") return last ?? null;
	return sizes.findLast((size) => size.kind === "pixels" && isSameShape(size, last)) ?? last;
}

function withoutClauses(message: string, clauses: readonly Span[]): string {
	return clauses.reduceRight((rest, { start, end }) => cut(rest, start, end), message);
}

/** Returns what is cut out: clauses that do not overlap. Nothing if one of them is not wholly understood. */
function clausesOf(text: string, found: readonly Found[]): readonly Span[] {
	const clauses: Span[] = [];
	for (const size of joinSizes(text, found)) {
		const taken = clauses.at(-1)?.end ?? 0;
		if (size.end <= taken) continue;
		const clause = clauseAround(text, size);
		if (clause === null) return [];
		clauses.push({ start: Math.max(clause.start, taken), end: clause.end });
	}
	return clauses;
}

/** Joins sizes of one clause, `16:9, 1920x1080`. Leaves out the values of fields. */
function joinSizes(text: string, found: readonly Found[]): readonly Span[] {
	const sizes: Span[] = [];
	for (const size of found) {
		if (isValue(text, size)) continue;
		const before = sizes.at(-1);
		const goesOn = before && BETWEEN_SIZES.test(text.slice(before.end, size.start));
		if (goesOn) sizes.pop();
		sizes.push(goesOn ? { start: before.start, end: size.end } : size);
	}
	return sizes;
}

const BRACKETS: ReadonlyMap<string, string> = new Map([
	["(", ")"],
	["[", "]"],
	["【", "】"],
	["{", "}"],
]);

function findDirectives(text: string): readonly FoundSize[] {
	return [...text.matchAll(DIRECTIVE)].flatMap((match) => {
		const { clear, connector, quote, after, before, inBrackets, field } = match.groups ?? {};
		const sizeText = after ?? before ?? inBrackets ?? field ?? "";
		const size = toSize(sizeText);
		const vague = clear === undefined && connector === undefined && field === undefined;
		if (!size || (vague && isDoubtful(size, sizeText))) return [];
		const end = match.index + match[0].length;
		if (SHARE_BEFORE.test(text.slice(Math.max(0, match.index - CONTEXT_CHARS), match.index))) return [];
		if (field !== undefined) return [{ start: end - field.length, end, size }];
		if (after === undefined && isScale(size, text.slice(end, end + CONTEXT_CHARS))) return [];
		if (quote === undefined) return [{ start: match.index, end, size }];
		const rest = text.slice(end, end + CONTEXT_CHARS);
		const behindShape = rest.replace(SHAPE_AFTER, "");
		if (!behindShape.startsWith(QUOTES.get(quote) ?? BRACKETS.get(quote) ?? quote)) return [];
		return [{ start: match.index, end: end + rest.length - behindShape.length + 1, size }];
	});
}

/** `1:2比例BJD娃娃` is a doll of half the size. */
function isScale(size: Dimensions, after: string): boolean {
	return hasSideOfOne(size) && SCALED_AFTER.test(after);
}

function findResolutions(text: string): readonly Found[] {
	return [...text.matchAll(RESOLUTION_DIRECTIVE)]
		.slice(-MAX_SIZES)
		.map((match) => ({ start: match.index, end: match.index + match[0].length, ...levelOf(match) }))
		.filter((found) => isOfPicture(text, found));
}

/** `size 9/10` are boots, and 比例 1:12 is a model's scale. */
function isDoubtful(size: Dimensions, sizeText: string): boolean {
	return !isCommonRatio(`${size.width}:${size.height}`) && (sizeText.includes("/") || hasSideOfOne(size));
}
