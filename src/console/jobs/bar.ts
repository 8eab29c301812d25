/** Says how far a job's bar is. */

import type { Progress } from "./progress.ts";

/** A job that takes its usual time ends here: the rest is for those that take longer. */
const AT_USUAL = 0.8;
/** The bar of a job that has not ended is never full. */
const MOST = 0.99;
/** fal is done, and the pictures are fetched. */
const AT_STORING = 0.95;

/**
 * Returns 0 to 0.99: what the model's log tells, else the elapsed time against the usual one; behind that it slows, and never comes to its end.
 * Null if neither is known. @param usualMs how long the model usually takes, from acceptance to the end
 */
export function barOf({ createdAt, told, phase }: Progress, now: number, usualMs: number | null): number | null {
	const floor = phase === "storing" ? AT_STORING : 0;
	if (told !== null) {
		const before = ofTime(told.since - createdAt, usualMs) ?? 0;
		return Math.max(floor, before + (AT_STORING - before) * (told.percent / 100));
	}
	const byTime = ofTime(now - createdAt, usualMs);
	return byTime === null && floor === 0 ? null : Math.max(floor, byTime ?? 0);
}

function ofTime(elapsedMs: number, usualMs: number | null): number | null {
	if (usualMs === null || usualMs <= 0) return null;
	const part = Math.max(0, elapsedMs) / usualMs;
	return Math.min(MOST, part <= 1 ? AT_USUAL * part : 1 - (1 - AT_USUAL) / part);
}
