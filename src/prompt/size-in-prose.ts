/** Finds a size in a chat message, in English or Chinese, and takes it out of the prompt. */

import { type Dimensions, isCommonRatio, parseSize, type Size, toHalfWidth } from "../models/size.ts";
import { cut } from "./cut.ts";
import {
	ADDRESS,
	BARE_SIZE,
	BEGINS_WITH_WORD,
	CONTEXT_CHARS,
	DIRECTIVE,
	ENDS_IN_WORD,
	OTHER_MEANING_AFTER,
	OTHER_MEANING_BEFORE,
	TIME_AFTER,
	TIME_BEFORE,
} from "./size-patterns.ts";

const MIN_BARE_SIDE_PX = 256;
/** Each cut copies the prompt, so their number is bounded. */
const MAX_DIRECTIVES = 16;

/** A size and its place in the message. */
interface FoundSize {
	readonly start: number;
	readonly end: number;
	readonly size: Size;
}

/**
 * Takes the size out of a chat message. Keeps everything else, to the byte.
 *
 * - With a keyword (`size: 9:16`, `比例16:9`, `--ar 3:4`, `16:9比例`) a size is cut anywhere; the last of several counts.
 * - Without a keyword `16:9` or `1024x1024` is taken only if it is the text's only candidate: a common ratio with a colon, or
 *   pixels from 256 on. Pixels may stand anywhere. A ratio must begin or end the text or a line, or stand between Chinese
 *   characters or punctuation, and not beside a word of scores, verses, clocks, scales or mixtures.
 * - Addresses are left alone. A directive without a sensible size (`size: big`) stays in the prompt.
 */
export function extractSize(message: string): { readonly prompt: string; readonly size: Size | null } {
	const text = toHalfWidth(message.replace(ADDRESS, (address) => "_".repeat(address.length)));
	if (!/\d/.test(text)) return { prompt: message, size: null };
	const directives = findDirectives(text);
	const found = directives.length > 0 ? directives.slice(-MAX_DIRECTIVES) : findBareSize(text);
	return {
		prompt: found.reduceRight((rest, { start, end }) => cut(rest, start, end), message),
		size: found.at(-1)?.size ?? null,
	};
}

function findDirectives(text: string): readonly FoundSize[] {
	return [...text.matchAll(DIRECTIVE)].flatMap((match) => {
		const { clear, connector, after, before } = match.groups ?? {};
		const sizeText = after ?? before ?? "";
		const size = parseSize(sizeText);
		const vague = clear === undefined && connector === undefined;
		if (!size || (vague && size.kind === "ratio" && isDoubtful(size, sizeText))) return [];
		return [{ start: match.index, end: match.index + match[0].length, size }];
	});
}

/** `size 9/10` are boots, and 比例 1:12 is a model's scale. */
function isDoubtful({ width, height }: Dimensions, sizeText: string): boolean {
	return !isCommonRatio(`${width}:${height}`) && (sizeText.includes("/") || Math.min(width, height) === 1);
}

/** Returns the size without a keyword, or an empty list. */
function findBareSize(text: string): readonly FoundSize[] {
	const candidates = [...text.matchAll(BARE_SIZE)].flatMap((match): readonly FoundSize[] => {
		const size = parseSize(match[0]);
		return size && isPlausible(size) ? [{ start: match.index, end: match.index + match[0].length, size }] : [];
	});
	const [only] = candidates;
	return only && candidates.length === 1 && standsAlone(text, only) ? [only] : [];
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
	if (size.kind === "pixels") return true;
	if (OTHER_MEANING_BEFORE.test(before) || OTHER_MEANING_AFTER.test(after)) return false;
	const maybeTime = size.kind === "ratio" && size.height >= 10;
	if (maybeTime && (TIME_BEFORE.test(before) || TIME_AFTER.test(after))) return false;
	const left = before.replace(/[ \t]{1,40}$/, "");
	const right = after.trimStart() === "" ? "" : after.replace(/^[ \t]+/, "");
	if (/(?:^|\n)$/.test(left) || /^(?:\r?\n|[.!?。]?\s*$)/.test(right)) return true;
	return !ENDS_IN_WORD.test(left) && !BEGINS_WITH_WORD.test(right);
}
