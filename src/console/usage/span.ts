/** Names the days that a report shows. The API counts them in UTC. */

export const SPANS = [7, 30, 90] as const;
export type Span = (typeof SPANS)[number];

export const DAY_SECONDS = 86_400;

/** The UTC days up to today, today with them: the beginning of each, in Unix seconds. @param now Milliseconds since 1970 */
export function daysOf(span: Span, now: number): readonly number[] {
	const today = Math.floor(now / 1000 / DAY_SECONDS) * DAY_SECONDS;
	return Array.from({ length: span }, (_, at) => today - (span - 1 - at) * DAY_SECONDS);
}

/** The month of a time in UTC, as the API writes it: `2026-11`. */
export function monthOf(now: number): string {
	return new Date(now).toISOString().slice(0, 7);
}

/** The last months in UTC, the newest first. */
export function monthsUpTo(now: number, count: number): readonly string[] {
	const date = new Date(now);
	return Array.from({ length: count }, (_, back) =>
		monthOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 1)),
	);
}
