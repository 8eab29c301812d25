/** Chooses the key that a request to fal is asked with: that of the account that has it. */
import type { FalAccounts } from "../fal-accounts.ts";

/** The keys of those accounts that may have a request of a job's. */
export interface Keys {
	readonly keys: readonly string[];
	/** The account that has it is surely among them. */
	readonly certain: boolean;
}

/**
 * Returns one key if the log names an account of the list. An account may have left the list, perhaps for a newer key of its own, and old
 * logs name none: then it may be any.
 */
export function keysFor(falAccounts: FalAccounts, falAccount: string | undefined): Keys {
	const own = falAccounts.find(({ fingerprint }) => fingerprint === falAccount);
	if (own !== undefined) return { keys: [own.key], certain: true };
	return {
		keys: falAccounts.map(({ key }) => key),
		certain: falAccount === undefined && falAccounts.length === 1,
	};
}

/** Returns the key of a submit, which goes to one account only. */
export function keyFor(falAccounts: FalAccounts, falAccount: string | undefined): string {
	return falAccounts.find(({ fingerprint }) => fingerprint === falAccount)?.key ?? falAccounts[0].key;
}

export function authorizationOf(key: string): { readonly authorization: string } {
	return { authorization: `Key ${key}` };
}

/** fal does not know the key, or the account has no such request. */
const NOT_ITS: readonly number[] = [401, 403, 404];

/**
 * Asks with one key after the other, until an account has the request. If none has, an answer about a key counts for more than that there
 * is nothing: the account that has the request may be the one that is locked.
 */
export async function askInTurn(
	{ keys: [first = "", ...others] }: Keys,
	ask: (key: string) => Promise<Response>,
): Promise<Response> {
	let kept = await ask(first);
	for (const key of others) {
		if (!NOT_ITS.includes(kept.status)) break;
		const response = await ask(key);
		const isBetter = !NOT_ITS.includes(response.status) || kept.status === 404;
		await (isBetter ? kept : response).body?.cancel();
		if (isBetter) kept = response;
	}
	return kept;
}
