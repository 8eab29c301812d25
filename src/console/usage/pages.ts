/** Reads a report to its end, page by page. */

import { ok, type Result } from "../../result.ts";
import type { Bucket, Page } from "./answers.ts";

/** A page ends early if it has many groups, so there may be one for each of 90 days. */
export const MAX_PAGES = 90;

/** The buckets of all pages, and whether there are more than were read. */
export interface Pages<R> {
	readonly buckets: readonly Bucket<R>[];
	readonly isCut: boolean;
}

/** @param ask Asks for a page by the `next_page` of the one before; null for the first */
export async function readPages<R, E>(
	ask: (page: string | null) => Promise<Result<Page<R>, E>>,
): Promise<Result<Pages<R>, E>> {
	const buckets: Bucket<R>[] = [];
	let next: string | null = null;
	for (let pages = 0; pages < MAX_PAGES; pages += 1) {
		const asked: Result<Page<R>, E> = await ask(next);
		if (!asked.ok) return asked;
		buckets.push(...asked.value.data);
		next = asked.value.next_page;
		if (next === null) return ok({ buckets, isCut: false });
	}
	return ok({ buckets, isCut: true });
}
