/** Gives each room its words in the language of the console, and writes numbers as that language does. */

import type { Language } from "../language.ts";
import { language } from "./language.ts";
import { toDigits } from "./numbers.ts";

/** Returns a function that gives a room's words. A component that calls it is drawn anew if the language changes. */
export function say<Words>(both: Readonly<Record<Language, Words>>): () => Words {
	return () => both[language.value];
}

const LOCALES: Readonly<Record<Language, string>> = { en: "en", zh: "zh-CN" };

/** Returns the locale for `Intl`. */
export function locale(): string {
	return LOCALES[language.value];
}

/** Writes an amount as $0.04; a small one with as many digits as it needs. */
export function formatUsd(usd: number): string {
	const digits = usd !== 0 && Math.abs(usd) < 0.1 ? 4 : 2;
	return `$${toDigits(usd, 2, digits)}`;
}

/** Writes a whole or broken number. */
export function formatNumber(value: number, digits = 0): string {
	return toDigits(value, 0, digits);
}

const SECONDS: Readonly<Record<Language, string>> = { en: "s", zh: "秒" };

/** Writes a duration as 4.2 s or 2:05. @param seconds not negative */
export function formatSeconds(seconds: number): string {
	if (seconds < 60) return `${formatNumber(seconds, seconds < 10 ? 1 : 0)} ${SECONDS[language.value]}`;
	const whole = Math.round(seconds);
	const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
	const end = `${hours > 0 ? String(minutes).padStart(2, "0") : minutes}:${String(rest).padStart(2, "0")}`;
	return hours > 0 ? `${hours}:${end}` : end;
}

/** Writes a size as 66 KB. */
export function formatBytes(bytes: number): string {
	if (bytes < 1_000_000) return `${formatNumber(Math.ceil(bytes / 1000))} KB`;
	if (bytes < 1_000_000_000) return `${formatNumber(bytes / 1_000_000, 1)} MB`;
	return `${formatNumber(bytes / 1_000_000_000, 1)} GB`;
}

/** Writes a moment as a date and a time. @param seconds since 1970 */
export function formatTime(seconds: number): string {
	return new Date(seconds * 1000).toLocaleString(locale(), { dateStyle: "medium", timeStyle: "short" });
}
