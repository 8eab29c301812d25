/** Shows what a job came to. */

import type { LinkedEvent } from "../../core/linked.ts";
import { type Settlement, settlementOf } from "../../core/settlement.ts";
import { toUsd } from "../../money.ts";

export interface ShownCost {
	readonly usd: number;
	readonly basis: Settlement["basis"];
	readonly charge: Settlement["charge"];
}

/** Returns null for a job that has not ended, and for one from before there were prices. */
export function costOf(log: readonly LinkedEvent[]): ShownCost | null {
	const [accepted] = log;
	const settlement = settlementOf(log);
	if (accepted?.type !== "accepted" || accepted.price === undefined || settlement === null) return null;
	const { cost, basis, charge } = settlement;
	return { usd: toUsd(cost), basis, charge };
}

export function costHeader(log: readonly LinkedEvent[]): Readonly<Record<string, string>> {
	const cost = costOf(log);
	return cost === null ? {} : { "x-darkroom-cost": String(cost.usd) };
}
