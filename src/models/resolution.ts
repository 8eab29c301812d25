/** Reads the levels of a `resolution` field, which each model spells in its own way. */

const LEVEL = /^(\d{1,2}(?:\.\d)?)(k|mp)$/i;

/** Returns a level as the side of its square, in units of 1024 pixels: 2 for `2K`, `2k` and `4MP`. Null for another word. */
export function sideOfLevel(level: string): number | null {
	const [, number, unit = ""] = LEVEL.exec(level) ?? [];
	if (number === undefined) return null;
	return unit.toLowerCase() === "k" ? Number(number) : Math.sqrt(Number(number));
}

/** Returns a model's own word for a level; undefined if it has none. @param side 2 for 2K */
export function levelFor(levels: readonly string[] | undefined, side: number): string | undefined {
	return levels?.find((level) => sideOfLevel(level) === side);
}
