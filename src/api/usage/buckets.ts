/** Cuts a range of time into the buckets of a usage report, page by page. */

/** In one unit: Unix seconds, where nothing else is said. */
export interface Range {
	readonly start: number;
	/** Exclusive. */
	readonly end: number;
}

export interface Bucket extends Range {
	/** Counts the buckets since 1970. */
	readonly number: number;
}

export interface Page {
	readonly buckets: readonly Bucket[];
	/** Where the next page begins; null if this is the last one. */
	readonly next: number | null;
}

/**
 * Returns the first buckets of a range. They begin at multiples of their width, in UTC; the first and the last end with the range.
 * @param width Seconds @param limit At most so many
 */
export function pageOf({ start, end }: Range, width: number, limit: number): Page {
	const buckets: Bucket[] = [];
	let from = start;
	while (from < end && buckets.length < limit) {
		const number = Math.floor(from / width);
		const until = Math.min(end, (number + 1) * width);
		buckets.push({ number, start: from, end: until });
		from = until;
	}
	return { buckets, next: from < end ? from : null };
}

/** Ends a page before a bucket. */
export function cutBefore({ buckets }: Page, number: number): Page {
	const kept = buckets.filter((bucket) => bucket.number < number);
	return { buckets: kept, next: kept.at(-1)?.end ?? buckets[0]?.start ?? null };
}

const CURSOR = /^page_(\d{1,12})$/;

/** Returns the time that a page begins at. Null for what is no cursor of ours. */
export function readCursor(text: string): number | null {
	const [, seconds] = CURSOR.exec(text) ?? [];
	return seconds === undefined ? null : Number(seconds);
}

export function toCursor(seconds: number): string {
	return `page_${seconds}`;
}
