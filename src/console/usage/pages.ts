/** Reads a report to its end, page by page. */

import type { Bucket, Page } from "./answers.ts";

/** A page ends early if it has many groups, so there may be one for each of 90 days. */
export const MAX_PAGES = 90;

/** The buckets of all pages, and whether there are more than were read. */
export interface Report<R> {
	readonly buckets: readonly Bucket<R>[];
	readonly isCut: boolean;
}

/** @param ask Asks for a page by the `next_page` of the one before; null for the first */
export async function readPages<R>(ask: (page: string | null) => Promise<Page<R>>): Promise<Report<R>> {
	const buckets: Bucket<R>[] = [];
	let next: string | null = null;
	for (let pages = 0; pages < MAX_PAGES; pages += 1) {
		const page: Page<R> = await ask(next);
		buckets.push(...page.data);
		next = page.next_page;
		if (next === null) return { buckets, isCut: false };
	}
	return { buckets, isCut: true };
}
