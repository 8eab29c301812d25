/** Warns the operator in the log when little is left at fal. */

import type { Context } from "../context.ts";
import { readBalances } from "../fal/balances.ts";
import { logWarning } from "../telemetry/log.ts";

/** fal is asked once in so long, by all isolates together: the mark in R2 says when. */
const WATCHED_MS = 3_600_000;

/** By the address of fal's API: this isolate does not look before. */
const nextLook = new Map<string, number>();

/** Looks once an hour, behind the answer. Costs nothing without an admin key, or if `LOW_BALANCE` is 0. */
export function watchBalance({ env, config, ctx }: Pick<Context, "env" | "config" | "ctx">, now = Date.now()): void {
	const { falApiUrl, falAdmins, lowBalance } = config;
	if (falAdmins.length === 0 || lowBalance === 0 || now < (nextLook.get(falApiUrl) ?? 0)) return;
	nextLook.set(falApiUrl, now + WATCHED_MS);
	const look = async () => {
		const key = `balances/${new URL(falApiUrl).host}`;
		const mark = await env.IMAGES.head(key);
		if (mark !== null && now - mark.uploaded.getTime() < WATCHED_MS) return;
		await env.IMAGES.put(key, "");
		for (const { fingerprint, balance, isLow } of await readBalances(config)) {
			if (isLow && balance.ok)
				logWarning(
					`$${balance.value.amount.toFixed(2)} are left at fal, in the account of the admin key ${fingerprint}. LOW_BALANCE is $${lowBalance}.`,
				);
		}
	};
	// R2 may fail: the next hour looks again.
	ctx.waitUntil(look().catch(() => {}));
}
