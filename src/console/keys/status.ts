/** Says what a key is worth now. */

export interface Standing {
	readonly blocked: boolean;
	/** Unix seconds. */
	readonly expires_at: number | null;
	readonly grace_until: number | null;
}

export type KeyStatus = "blocked" | "expired" | "expiring" | "rotating" | "active";

/** An end is said to be near so long before it. */
const NEAR_SECONDS = 3 * 86_400;

/** The most urgent word comes first: a key that is refused is not said to be rotating. @param now Unix seconds */
export function statusOf({ blocked, expires_at, grace_until }: Standing, now: number): KeyStatus {
	if (expires_at !== null && now >= expires_at) return "expired";
	if (blocked) return "blocked";
	if (expires_at !== null && expires_at - now <= NEAR_SECONDS) return "expiring";
	return grace_until !== null && grace_until > now ? "rotating" : "active";
}
