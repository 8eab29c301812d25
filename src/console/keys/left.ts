/** Says how much of a limit is taken. */

import type { Key } from "../api/types.ts";

/** A limit, as the API tells what is left of it. */
export type Left = Key["left"][number];

export type Level = "free" | "near" | "spent";

/** From here on, little is left. */
const NEAR = 0.8;

/** From 0 to 1. A limit of 0 is all taken. */
export function shareOf({ value, used }: Pick<Left, "value" | "used">): number {
	return value <= 0 ? 1 : Math.min(1, Math.max(0, used / value));
}

export function levelOf(left: Pick<Left, "value" | "used" | "remaining">): Level {
	if (left.remaining <= 0) return "spent";
	return shareOf(left) >= NEAR ? "near" : "free";
}

/** True for a limit in US dollars; false for a count. */
export function isMoney({ limit }: Pick<Left, "limit">): boolean {
	return limit === "max_budget" || limit === "budget_limits";
}

/** The limit that ends first, by its share: it stands for the key in a list. Null if none is of the key. */
export function tightest<L extends Left>(left: readonly L[]): L | null {
	const own = left.filter(({ of }) => of === "key").toSorted((a, b) => shareOf(b) - shareOf(a));
	return own[0] ?? null;
}
