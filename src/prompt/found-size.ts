/** A size that is found in a message: how its numbers are read, and the resolution beside it. */

import { type Dimensions, parseSize, type Size } from "../models/size.ts";
import type { Span } from "./size-clause.ts";
import { CONTEXT_CHARS, RESOLUTION_AFTER, RESOLUTION_BEFORE } from "./size-patterns.ts";

/** Each cut copies the prompt, so their number is bounded. */
export const MAX_SIZES = 16;

/** A size that is said in numbers. */
export type SizeInNumbers = Exclude<Size, { kind: "auto" }>;

/** A size, a resolution or both, and their place in the message. */
export interface Found extends Span {
	readonly size?: SizeInNumbers;
	readonly resolution?: string;
}

/** A size and its place. */
export interface FoundSize extends Found {
	readonly size: SizeInNumbers;
}

export function hasSideOfOne({ width, height }: Dimensions): boolean {
	return Math.min(width, height) === 1;
}

/** Reads a size as people write it: `16比9`, `十六比九`, `16 by 9` and `1024 by 1024`, beside the forms of a field. */
export function toSize(text: string): SizeInNumbers | null {
	const words = text.replace(/[一二三四五六九十]{1,3}/g, (digits) => DIGITS.get(digits) ?? digits);
	const size = parseSize(
		words
			.replace(/画素|픽셀|ピクセル/g, "像素")
			.replace("乘", "x")
			.replace(/ ?比 ?/, ":")
			.replace(/^(\d{1,2}) by /i, "$1:")
			.replace(/ by /i, "x"),
	);
	return size?.kind === "auto" ? null : size;
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
export function withResolution(text: string, { start, end, size }: FoundSize): FoundSize {
	const after = RESOLUTION_AFTER.exec(text.slice(end, end + CONTEXT_CHARS));
	if (after) return { start, end: end + after[0].length, size, ...levelOf(after) };
	const before = RESOLUTION_BEFORE.exec(text.slice(Math.max(0, start - CONTEXT_CHARS), start));
	return before ? { start: start - before[0].length, end, size, ...levelOf(before) } : { start, end, size };
}

/** Returns the level that a pattern of resolutions has found. */
export function levelOf({ groups }: RegExpMatchArray): { readonly resolution?: string } {
	const level = groups?.level ?? groups?.before;
	return level === undefined ? {} : { resolution: level.toLowerCase() };
}
