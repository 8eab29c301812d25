/** Asks fal's platform what it tells of money to an admin key. Nothing here throws. */

import type { FalAccount } from "../fal-accounts.ts";
import { readJsonText } from "../http/read-json-text.ts";
import { withTimeout } from "../http/timeout.ts";
import { err, ok, type Result } from "../result.ts";
import { type Balance, readBalance } from "./billing-answers.ts";

export interface Billing {
	balance(): Promise<Result<Balance, BillingMiss>>;
}

/** `refused`: fal does not take the key, or it is none of an admin. `unavailable`: fal gave no answer that can be read. */
export type BillingMiss = "refused" | "unavailable";

export interface BillingSettings {
	/** Without a slash at the end. The key goes nowhere else. */
	readonly falApiUrl: string;
}

export interface BillingOptions {
	readonly fetch?: typeof fetch;
	readonly timeoutMs?: number;
}

/** Of a whole answer. */
const TIMEOUT_MS = 5_000;
const MAX_ANSWER_BYTES = 256 * 1024;

export function createBilling(
	{ falApiUrl }: BillingSettings,
	{ key }: FalAccount,
	{ fetch: fetchBilling = fetch, timeoutMs = TIMEOUT_MS }: BillingOptions = {},
): Billing {
	const ask = async <T>(path: string, read: (text: string) => T | null): Promise<Result<T, BillingMiss>> =>
		withTimeout(timeoutMs, async (signal) => {
			const response = await fetchBilling(`${falApiUrl}${path}`, {
				// A redirect would carry the key away.
				redirect: "manual",
				headers: { authorization: `Key ${key}`, accept: "application/json" },
				signal,
			});
			if (response.status !== 200) {
				await response.body?.cancel();
				return err<BillingMiss>(response.status === 401 || response.status === 403 ? "refused" : "unavailable");
			}
			const text = await readJsonText(response.body, MAX_ANSWER_BYTES);
			const value = text === null ? null : read(text);
			return value === null ? err<BillingMiss>("unavailable") : ok(value);
		}).catch(() => err<BillingMiss>("unavailable"));

	return { balance: () => ask("/v1/account/billing?expand=credits", readBalance) };
}
