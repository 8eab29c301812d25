/** The route that tells the owner what is left at fal. */

import type { Context } from "../../context.ts";
import { type AccountBalance, readBalances } from "../../fal/balances.ts";
import type { BillingMiss } from "../../fal/billing.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { Refusal } from "../../http/refusal.ts";

export async function showBalance(_request: Request, { config }: Context): Promise<Response> {
	if (config.falAdmins.length === 0) throw new Refusal({ kind: "no_admin_key" });
	const accounts = (await readBalances(config)).map(toAccount);
	return jsonResponse(
		{ object: "fal.balance", low_balance: config.lowBalance, accounts },
		{ headers: { "cache-control": "no-store" } },
	);
}

function toAccount({ fingerprint, balance, readAt, isLow }: AccountBalance) {
	const known = balance.ok ? balance.value : null;
	return {
		fingerprint,
		username: known?.username ?? null,
		balance: known?.amount ?? null,
		currency: known?.currency ?? null,
		is_low: isLow,
		read_at: Math.floor(readAt / 1000),
		error: balance.ok ? null : toProblem(balance.error),
	};
}

function toProblem(miss: BillingMiss) {
	const [code, message] = PROBLEMS[miss];
	return { code, message };
}

const PROBLEMS: Readonly<Record<BillingMiss, readonly [code: string, message: string]>> = {
	refused: ["fal_key_refused", "fal refuses this key of FAL_ADMIN_KEY: it is wrong, or lacks the scope ADMIN."],
	unavailable: ["fal_unavailable", "fal gives no balance now. Try again later."],
};
