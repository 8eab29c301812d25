/** Reads how long fal asks to wait (RFC 9110, 10.2.3). */

/** A longer wait than this is not kept: asking again then costs nothing, and fal may have changed its mind. */
export const MAX_RETRY_AFTER_MS = 300_000;

const SECONDS = /^\d{1,9}$/;
/** Each form of an HTTP date begins with the day's name. */
const DATE = /^[A-Z][a-z]{2,8},? [\w: ,-]{1,40}$/;

/** Returns milliseconds from now on, from 0 to `MAX_RETRY_AFTER_MS`; null for a header that is missing or makes no sense. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
	const value = header?.trim() ?? "";
	const ms = SECONDS.test(value) ? Number(value) * 1000 : DATE.test(value) ? Date.parse(value) - nowMs : Number.NaN;
	return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}
