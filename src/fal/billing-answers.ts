/**
 * Reads what fal's platform says of money to an admin key. Sources: fal's pages "Account billing" and "Billing events"
 * (fal.ai/docs/platform-apis/v1/account/billing, …/v1/models/billing-events).
 */

import * as z from "zod/mini";
import type { Billed } from "../core/events.ts";
import { toMicroUsd } from "../money.ts";
import { clip } from "../text.ts";
import { validate } from "../validate.ts";
import { parseJson } from "./json.ts";
import { orNull } from "./or-null.ts";

export interface Balance {
	/** Null if fal does not say. */
	readonly username: string | null;
	/** May be below 0. */
	readonly amount: number;
	readonly currency: string;
}

const MAX_CHARS = 100;

const Billing = z.object({
	username: orNull(z.string()),
	credits: z.object({ current_balance: z.number(), currency: z.string() }),
});

/** Returns null for an answer without a balance. */
export function readBalance(text: string): Balance | null {
	const { data } = validate(Billing, parseJson(text));
	if (data === undefined) return null;
	const { username, credits } = data;
	return {
		username: username ? clip(username, MAX_CHARS) : null,
		amount: credits.current_balance,
		currency: clip(credits.currency, MAX_CHARS),
	};
}

const Events = z.object({ billing_events: z.array(z.unknown()), has_more: orNull(z.boolean()) });
const Event = z.object({
	request_id: z.string(),
	cost_total: orNull(z.number()),
	cost_estimate_nano_usd: orNull(z.number()),
});

const MAX_USD = 10_000;
const NANO_PER_USD = 1_000_000_000;

/**
 * Reads what fal charged for requests, after its discounts. A request may have several events. One with an event that cannot be read is left
 * out. Null if the answer cannot be read, or goes on behind this page.
 */
export function readBilled(text: string): readonly Billed[] | null {
	const { data } = validate(Events, parseJson(text));
	if (data === undefined || data.has_more === true) return null;
	const costs = new Map<string, number>();
	for (const entry of data.billing_events) {
		const event = validate(Event, entry).data;
		if (event === undefined) continue;
		const before = costs.get(event.request_id) ?? 0;
		costs.set(event.request_id, before + usdOf(event));
	}
	return [...costs].flatMap(([requestId, usd]) => (Number.isNaN(usd) ? [] : [{ requestId, cost: toMicroUsd(usd) }]));
}

/** Both fields say the same. NaN for what no charge can be. */
function usdOf({ cost_total, cost_estimate_nano_usd }: z.output<typeof Event>): number {
	const usd = cost_total ?? (cost_estimate_nano_usd ?? Number.NaN) / NANO_PER_USD;
	return usd >= 0 && usd <= MAX_USD ? usd : Number.NaN;
}
