/** Undoes the filters of PNG's rows (W3C, 9.2), for all of a row's bytes or for one sample of each pixel alone. */

/** Zeros before a row, for what lies left of its first pixel: as many as the largest pixel has bytes. */
export const MARGIN_BYTES = 8;

export const [NONE, SUB, UP, AVERAGE, PAETH] = [0, 1, 2, 3, 4] as const;

/** The bytes of a row that are wanted. Every `step`th from `first` on; a filter never mixes them with others. */
export interface Lane {
	readonly first: number;
	readonly step: number;
	/** Of a whole pixel; 1 for pixels that share a byte. */
	readonly pixelBytes: number;
}

/**
 * Undoes a filter in place. Both rows have a margin. Returns false for a filter that PNG does not have.
 * @param above The row before, undone; zeros for the first one
 */
export function unfilter(
	filter: number,
	row: Uint8Array,
	above: Uint8Array,
	{ first, step, pixelBytes }: Lane,
): boolean {
	const end = row.length;
	const start = MARGIN_BYTES + first;
	switch (filter) {
		case NONE:
			return true;
		case SUB:
			for (let at = start; at < end; at += step) row[at] = (row[at] ?? 0) + (row[at - pixelBytes] ?? 0);
			return true;
		case UP:
			for (let at = start; at < end; at += step) row[at] = (row[at] ?? 0) + (above[at] ?? 0);
			return true;
		case AVERAGE:
			for (let at = start; at < end; at += step)
				row[at] = (row[at] ?? 0) + (((row[at - pixelBytes] ?? 0) + (above[at] ?? 0)) >> 1);
			return true;
		case PAETH:
			for (let at = start; at < end; at += step) {
				const left = row[at - pixelBytes] ?? 0;
				const up = above[at] ?? 0;
				const corner = above[at - pixelBytes] ?? 0;
				row[at] = (row[at] ?? 0) + nearest(left, up, corner);
			}
			return true;
		default:
			return false;
	}
}

/** Of the three the one that is nearest to `left + up - corner`; the earlier of equals. */
function nearest(left: number, up: number, corner: number): number {
	const toLeft = Math.abs(up - corner);
	const toUp = Math.abs(left - corner);
	const toCorner = Math.abs(left + up - 2 * corner);
	if (toLeft <= toUp && toLeft <= toCorner) return left;
	return toUp <= toCorner ? up : corner;
}
