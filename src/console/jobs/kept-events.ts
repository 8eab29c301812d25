/** Keeps the events of jobs that go on over a reload of the page: their streams go on behind the last one. */

import type { JobEvent } from "../api/types.ts";
import { type Entry, hasEnded, lastOf } from "./entry.ts";

export type KeptEvents = ReadonlyMap<string, readonly JobEvent[]>;

/** In characters: a tab may keep some millions. */
const MAX_CHARS = 500_000;

/** Returns the text that is kept; null for nothing. @param account whose jobs they are */
export function toKept(account: string, entries: readonly Entry[]): string | null {
	const open = entries.filter((entry) => entry.events.length > 0 && !hasEnded(entry));
	let [text, kept]: [string | null, readonly Entry[]] = [null, []];
	for (const entry of open) {
		kept = [...kept, entry];
		const longer = JSON.stringify({ account, jobs: Object.fromEntries(kept.map(({ id, events }) => [id, events])) });
		if (longer.length > MAX_CHARS) break;
		text = longer;
	}
	return text;
}

/** Reads what this page wrote before it was loaded again. What cannot be read is no loss: it is streamed once more. */
export function readKept(text: string | null, account: string): KeptEvents {
	try {
		const kept: { account: string; jobs: Record<string, JobEvent[]> } | null = JSON.parse(text ?? "null");
		if (kept === null || kept.account !== account) return new Map();
		return new Map(Object.entries(kept.jobs).filter(([, events]) => lastOf({ events }) === events.length));
	} catch {
		return new Map();
	}
}
