/** Finds a size whose sides have a word each, as in `宽1024，高1536` and `1080px wide by 1920px tall`. */

import type { Dimensions } from "../models/size.ts";
import type { Span } from "./size-clause.ts";
import { BOTH_SIDES, CONTEXT_CHARS, PICTURE_WITH_SIDES_BEFORE, THING_WITH_SIDES_BEFORE } from "./size-patterns.ts";
import { MIN_PICTURE_SIDE_PX, PICTURE_SIDES } from "./size-words.ts";

/** Most texts are without. They are spared the longer search. */
const HAS_WIDTH = /宽|wid|--w/i;

/**
 * Returns the sizes whose sides are in pixels, are usual for pictures, stand in JSON or behind the name of a picture: `桌子宽1200，高750` is none.
 * @param text In half-width and simplified, with its lettering hidden
 */
export function findBothSides(
	text: string,
): readonly (Span & { readonly size: { readonly kind: "pixels" } & Dimensions })[] {
	if (!HAS_WIDTH.test(text)) return [];
	return [...text.matchAll(BOTH_SIDES)].flatMap(({ 0: match, index: start, groups = {} }) => {
		const end = start + match.length;
		const isField = /["']/.test(match);
		const sides = [groups.width ?? groups.widthLast ?? groups.wide, groups.height ?? groups.heightFirst ?? groups.tall];
		const [width = 0, height = 0] = sides.map((side = "") => Number.parseInt(side, 10));
		const hasUnit = sides.some((side = "") => /\D/.test(side));
		if (Math.min(width, height) < MIN_PICTURE_SIDE_PX) return [];
		const before = text.slice(Math.max(0, start - CONTEXT_CHARS), start);
		const areUsual = isUsual(width) && isUsual(height) && !THING_WITH_SIDES_BEFORE.test(before);
		if (!isField && !hasUnit && !areUsual && !PICTURE_WITH_SIDES_BEFORE.test(before)) return [];
		return [{ start, end, size: { kind: "pixels", width, height } }];
	});
}

function isUsual(side: number): boolean {
	return PICTURE_SIDES.some((usual) => usual === side);
}
