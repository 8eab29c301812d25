/** Walks from picture to picture, through all jobs that are shown. */

import type { Place } from "./address.ts";

/**
 * Returns the next picture, or the one before; null at an end. Jobs without pictures are passed over.
 * @param order the jobs as the gallery shows them @param picturesOf the indexes of a job's pictures
 */
export function walk(
	{ job, index }: Place,
	by: 1 | -1,
	order: readonly string[],
	picturesOf: (job: string) => readonly number[],
): Place | null {
	const own = picturesOf(job);
	const within = own[own.indexOf(index) + by];
	if (own.includes(index) && within !== undefined) return { job, index: within };
	const start = order.indexOf(job);
	// A job that the filter does not name has no neighbours.
	if (start === -1) return null;
	for (let place = start + by; place >= 0 && place < order.length; place += by) {
		const next = order[place] ?? "";
		const first = picturesOf(next).at(by === 1 ? 0 : -1);
		if (first !== undefined) return { job: next, index: first };
	}
	return null;
}
