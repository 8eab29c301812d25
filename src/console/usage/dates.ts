/** Writes UTC days, and says when they begin for the person. */

import { locale } from "../words.ts";

/** As `29 Nov`. @param day Unix seconds */
export function shortDay(day: number): string {
	return new Date(day * 1000).toLocaleDateString(locale(), { timeZone: "UTC", month: "short", day: "numeric" });
}

/** As `Sun, 29 Nov 2026`. @param day Unix seconds */
export function longDay(day: number): string {
	return new Date(day * 1000).toLocaleDateString(locale(), {
		timeZone: "UTC",
		weekday: "short",
		year: "numeric",
		month: "short",
		day: "numeric",
	});
}

/** As `November 2026`. @param month as the API writes it */
export function monthName(month: string): string {
	return new Date(`${month}-01T00:00:00Z`).toLocaleDateString(locale(), {
		timeZone: "UTC",
		year: "numeric",
		month: "long",
	});
}

/** The person's own time at which a UTC day begins; null if that is midnight. @param day Unix seconds */
export function beginsAt(day: number): string | null {
	const date = new Date(day * 1000);
	if (date.getHours() === 0 && date.getMinutes() === 0) return null;
	return date.toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });
}
