/** Counts UTC days, and finds the day, week or month of a budget. */

export const DAY_MS = 86_400_000;
/** Day 0, the first of January 1970, was a Thursday. */
const WEEKDAY_OF_DAY_0 = 3;

/** A UTC day, a week from Monday, a month from the first. */
export type BudgetDuration = "1d" | "7d" | "1mo";

/** The ways to write a duration. `30d` is a month, as it is for LiteLLM (docs.litellm.ai/docs/proxy/users, reset times). */
const DURATIONS: ReadonlyMap<string, BudgetDuration> = new Map([
	["1d", "1d"],
	["24h", "1d"],
	["daily", "1d"],
	["7d", "7d"],
	["1w", "7d"],
	["weekly", "7d"],
	["30d", "1mo"],
	["1mo", "1mo"],
	["monthly", "1mo"],
]);

export const DURATION_WORDS: readonly string[] = [...DURATIONS.keys()];

/** Returns null if there is no such budget. */
export function readDuration(text: string): BudgetDuration | null {
	return DURATIONS.get(text.trim().toLowerCase()) ?? null;
}

/** The days that a budget counts. */
export interface Window {
	/** Days since the first of January 1970, in UTC. */
	readonly firstDay: number;
	/** The budget begins anew then. Milliseconds since 1970. */
	readonly endsAt: number;
}

/** @param at Milliseconds since 1970 @returns Days since the first of January 1970, in UTC */
export function dayOf(at: number): number {
	return Math.floor(at / DAY_MS);
}

/** Returns the window that `now` lies in. */
export function windowAt(now: number, duration: BudgetDuration): Window {
	const day = dayOf(now);
	switch (duration) {
		case "1d":
			return { firstDay: day, endsAt: (day + 1) * DAY_MS };
		case "7d": {
			const monday = day - ((day + WEEKDAY_OF_DAY_0) % 7);
			return { firstDay: monday, endsAt: (monday + 7) * DAY_MS };
		}
		case "1mo": {
			const date = new Date(now);
			const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
			return { firstDay: dayOf(Date.UTC(year, month, 1)), endsAt: Date.UTC(year, month + 1, 1) };
		}
	}
}
