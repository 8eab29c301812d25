/** The addresses of OpenAI's old billing, from which chat clients read what is left. */

import * as z from "zod/mini";
import type { KeySettings, ShownKey } from "../../account/key-record.ts";
import type { UsageSums } from "../../account/usage-record.ts";
import type { Context } from "../../context.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { orRefuse, Refusal } from "../../http/refusal.ts";
import { toUsd } from "../../money.ts";
import { callAccount } from "../../stub.ts";
import { parseQuery } from "../request/fields.ts";
import { day } from "./dates.ts";
import { NOT_STORED } from "./not-stored.ts";

/** Stands for no limit, as one-api and new-api say it: clients divide by it. */
const NO_LIMIT_USD = 100_000_000;
const DAY_MS = 86_400_000;
/** No time zone is farther behind UTC. */
const MAX_BEHIND_UTC_MS = 12 * 3_600_000;
/** One bucket holds all times. */
const ALL_TIMES_MS = 1e15;

export const BillingQuery = z.object({ start_date: z.optional(day()), end_date: z.optional(day()) });

/** Says how much the key may spend. */
export async function getSubscription(_request: Request, context: Context): Promise<Response> {
	const settings = await settingsOf(context);
	const limit = settings === null ? NO_LIMIT_USD : hardLimitOf(settings);
	const subscription = {
		object: "billing_subscription",
		has_payment_method: true,
		canceled: false,
		soft_limit_usd: limit,
		hard_limit_usd: limit,
		system_hard_limit_usd: limit,
		access_until: Math.floor((settings?.expiresAt ?? 0) / 1000),
	};
	return jsonResponse(subscription, NOT_STORED);
}

/** Says what was spent from one day up to, but not on, another: by an issued key, or by the whole account of any other. */
export async function getBillingUsage({ url }: Request, { env, caller }: Context): Promise<Response> {
	const { start_date: from = 0, end_date: end } = orRefuse(parseQuery(BillingQuery, url));
	const until = end === undefined || mayBeTomorrow(end) ? Date.now() + DAY_MS : end;
	const only = caller.key === null ? {} : { api_key: [caller.key.id] };
	const query = { from, until, bucketMs: ALL_TIMES_MS, groupBy: [], only };
	const { sums } = await callAccount<UsageSums>(env, caller.account, async (object) => object.readUsage(query));
	const usd = toUsd(sums[0]?.cost ?? 0);
	// In cents, of which there may be parts.
	return jsonResponse({ object: "list", total_usage: usd * 100 }, NOT_STORED);
}

/** Chat clients ask until tomorrow. Theirs may have begun in UTC, and what was made since then would be missing. */
function mayBeTomorrow(end: number): boolean {
	return end > Date.now() - MAX_BEHIND_UTC_MS;
}

/** Returns null for a key of `WORKER_ACCESS_KEY`. */
async function settingsOf({ env, caller: { account, key } }: Context): Promise<KeySettings | null> {
	if (key === null) return null;
	const issued = await callAccount<ShownKey | null>(env, account, async (object) => object.readKey(key.id));
	if (issued === null) throw new Refusal({ kind: "key_refused", why: "revoked" });
	return issued.settings;
}

/** Of several budgets the one that clients know about is `max_budget`, or else the smallest. */
function hardLimitOf({ maxBudget, budgetLimits }: KeySettings): number {
	if (maxBudget !== null) return toUsd(maxBudget);
	return Math.min(NO_LIMIT_USD, ...budgetLimits.map((limit) => toUsd(limit.maxBudget)));
}
