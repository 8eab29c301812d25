/** Keeps the list of jobs that pages of the API make up: further pages below, a fresh first page on top, nothing twice. */

export interface Listed {
	/** The newest first. */
	readonly ids: readonly string[];
	/** The cursor of the next page; null if nothing is left. */
	readonly next: number | null;
}

export interface Page {
	readonly ids: readonly string[];
	readonly next: number | null;
}

export const NOTHING_LISTED: Listed = { ids: [], next: null };

/** Adds the page after the last one. */
export function addPage({ ids }: Listed, page: Page): Listed {
	return { ids: [...ids, ...without(page.ids, ids)], next: page.next };
}

/**
 * Puts a fresh first page in the place of what it covers: rows that it does not name any more are gone.
 * If nothing of it was listed, too much is new, and the list begins anew with it.
 */
export function refresh(listed: Listed, page: Page): Listed {
	const last = listed.ids.findLastIndex((id) => page.ids.includes(id));
	if (last === -1 || page.next === null) return page;
	const below = listed.ids.slice(last + 1);
	// What was listed further down can be on this page only if what lay between is gone.
	return { ids: [...page.ids, ...without(below, page.ids)], next: listed.next };
}

/** Puts jobs that were sent from this page before those that are listed. */
export function mergeFresh(fresh: readonly string[], listed: readonly string[]): readonly string[] {
	const head = without(fresh, listed);
	return head.length === 0 ? listed : [...head, ...listed];
}

function without(ids: readonly string[], known: readonly string[]): readonly string[] {
	const set = new Set(known);
	return ids.filter((id) => !set.has(id));
}
