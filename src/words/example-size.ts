/** Chooses the size that a message shows as an example. */

/** Returns a size whose sides have so many pixels: no model that takes larger ones alone is shown the usual one. */
export function exampleOf({ min, max }: { readonly min: number; readonly max: number }): string {
	const side = Math.min(2 * min, max);
	return min <= 768 && max >= 1_024 ? "1024x768" : `${side}x${side}`;
}
