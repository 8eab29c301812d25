/** Decides when a follower passes on a changed status. Each one that it passes on wakes the job's object and costs a row. */
import type { FalStatus } from "../core/fal-answers.ts";

export interface LastSent {
	readonly status: FalStatus;
	readonly at: number;
}

/** Progress inside one state is sent at most once in this time. */
export const PROGRESS_EVERY_MS = 2_000;

/**
 * Returns how long to hold a status back, in milliseconds; null if it says nothing new. Another state is sent at once. Progress inside
 * a state waits until the time followed has doubled, so that a job costs rows by the logarithm of its length.
 */
export function progressDelay(
	status: FalStatus,
	last: LastSent | null,
	{ followingSince, now }: { readonly followingSince: number; readonly now: number },
): number | null {
	if (last === null) return 0;
	if (JSON.stringify(status) === JSON.stringify(last.status)) return null;
	if (status.kind !== last.status.kind) return 0;
	const spacing = Math.max(PROGRESS_EVERY_MS, last.at - followingSince);
	return Math.max(0, last.at + spacing - now);
}
