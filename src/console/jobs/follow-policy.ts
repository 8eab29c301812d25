/** Says how the jobs that go on are followed: a few by a stream, the others by asking now and then. */

/** A browser has six connections to a host over HTTP/1.1: pictures and other requests need the rest. */
export const MAX_STREAMS = 4;
const POLL_SEEN_MS = 4_000;
const POLL_UNSEEN_MS = 15_000;
/** All polls together. */
const MS_PER_POLL = 250;
/** A picture that is late is tried for a day. */
const POLL_LATE_MS = 60_000;
/** Nobody looks at a page that is hidden for so long. */
export const PAUSE_HIDDEN_MS = 120_000;

const RETRY_FIRST_MS = 500;
const RETRY_MOST_MS = 30_000;

export interface Candidate {
	readonly id: string;
	/** In any unit: the newest counts most. */
	readonly createdAt: number;
	/** True while its card is near the window. */
	readonly isSeen: boolean;
	/** True if it has ended, and only a late picture may come. */
	readonly isLate: boolean;
}

export interface Circumstances {
	readonly isOnline: boolean;
	/** 0 while the page is shown. */
	readonly hiddenForMs: number;
}

export type Follow = { readonly by: "stream" } | { readonly by: "poll"; readonly everyMs: number };

/** Returns how each job is followed. One that is left out is not. */
export function planFollows(
	candidates: readonly Candidate[],
	{ isOnline, hiddenForMs }: Circumstances,
): ReadonlyMap<string, Follow> {
	if (!isOnline || hiddenForMs >= PAUSE_HIDDEN_MS) return new Map();
	const running = candidates.filter(({ isLate }) => !isLate).sort(byInterest);
	const late = candidates.filter(({ isLate, isSeen }) => isLate && isSeen);
	const polled = running.slice(MAX_STREAMS);
	const leastMs = (polled.length + late.length) * MS_PER_POLL;
	return new Map<string, Follow>([
		...running.slice(0, MAX_STREAMS).map(({ id }) => [id, { by: "stream" }] as const),
		...polled.map(({ id, isSeen }) => [id, polling(isSeen ? POLL_SEEN_MS : POLL_UNSEEN_MS, leastMs)] as const),
		...late.map(({ id }) => [id, polling(POLL_LATE_MS, leastMs)] as const),
	]);
}

function byInterest(a: Candidate, b: Candidate): number {
	return Number(b.isSeen) - Number(a.isSeen) || b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1);
}

function polling(everyMs: number, leastMs: number): Follow {
	return { by: "poll", everyMs: Math.max(everyMs, leastMs) };
}

/** Returns how long to wait before the next try. Many pages that lost one gateway do not come back at once. @param failures in a row, from 0 @param random 0 to 1 */
export function retryDelay(failures: number, random: number): number {
	const most = Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** Math.min(failures, 16));
	return most / 2 + (most / 2) * random;
}
