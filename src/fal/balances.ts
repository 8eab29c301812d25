/** Has the balances of fal's accounts, one for each admin key, and remembers them for a minute. */

import type { FalAccount } from "../fal-accounts.ts";
import type { Result } from "../result.ts";
import { type BillingMiss, type BillingOptions, createBilling } from "./billing.ts";
import type { Balance } from "./billing-answers.ts";

export interface AccountBalance {
	/** Of the admin key. */
	readonly fingerprint: string;
	readonly balance: Result<Balance, BillingMiss>;
	/** Milliseconds since 1970. */
	readonly readAt: number;
	/** It is below `LOW_BALANCE`. Null if nobody knows: it could not be read, or is in another currency. */
	readonly isLow: boolean | null;
}

export interface BalanceSettings {
	readonly falApiUrl: string;
	readonly falAdmins: readonly FalAccount[];
	readonly lowBalance: number;
}

const REMEMBERED_MS = 60_000;
/** Of one that could not be read. */
const MISSED_MS = 10_000;
const MAX_REMEMBERED = 100;

type Remembered = Pick<AccountBalance, "balance" | "readAt">;

/** By the address of fal's API and the key. Shared by all requests of an isolate. */
const memory = new Map<string, Remembered>();

/** In the order of the keys. */
export function readBalances(
	{ falApiUrl, falAdmins, lowBalance }: BalanceSettings,
	{ now = Date.now, ...options }: BillingOptions & { readonly now?: () => number } = {},
): Promise<readonly AccountBalance[]> {
	const read = async (admin: FalAccount): Promise<AccountBalance> => {
		const name = `${falApiUrl} ${admin.key}`;
		const earlier = memory.get(name);
		const isFresh = earlier !== undefined && now() - earlier.readAt < (earlier.balance.ok ? REMEMBERED_MS : MISSED_MS);
		const current = isFresh
			? earlier
			: { balance: await createBilling({ falApiUrl }, admin, options).balance(), readAt: now() };
		if (memory.size > MAX_REMEMBERED) memory.clear();
		memory.set(name, current);
		return { fingerprint: admin.fingerprint, ...current, isLow: isLow(current.balance, lowBalance) };
	};
	return Promise.all(falAdmins.map(read));
}

function isLow(balance: Result<Balance, BillingMiss>, lowBalance: number): boolean | null {
	return balance.ok && balance.value.currency === "USD" ? balance.value.amount < lowBalance : null;
}
