/** Finds the accounts of a usage report. OpenAI's projects are accounts here. */

import type { ListedAccount } from "../../account/registry-store.ts";
import type { Context } from "../../context.ts";
import { Refusal } from "../../http/refusal.ts";
import { callRegistry } from "../../stub.ts";

/** Each is asked for its sums, in one request of the Worker's. */
export const MAX_ACCOUNTS = 200;

/**
 * Returns the accounts that are asked about; without any the caller's own, or all of them for the owner.
 * @throws Refusal for another account, if the key may not administer, and for too many
 */
export async function accountsOf(context: Context, asked: readonly string[] | undefined): Promise<readonly string[]> {
	const { caller } = context;
	const mayAll = caller.scopes.includes("admin");
	if (!mayAll && asked?.some((name) => name !== caller.account) === true)
		throw new Refusal({ kind: "scope_missing", scope: "admin" });
	if (!mayAll) return [caller.account];
	const names = new Set(asked ?? (await allAccounts(context)));
	if (names.size > MAX_ACCOUNTS)
		throw new Refusal({
			kind: "invalid_value",
			param: "project_ids",
			fault: { is: "too_many_accounts", max: MAX_ACCOUNTS },
		});
	return [...names];
}

/** Those that have a key, and those that made a job with a key that is no longer in `WORKER_ACCESS_KEY`. */
async function allAccounts({ env, config, caller }: Context): Promise<readonly string[]> {
	const limit = MAX_ACCOUNTS + 1;
	const [listed, active] = await Promise.all([
		callRegistry<readonly ListedAccount[]>(env, async (registry) => registry.listAccounts(null, limit)),
		callRegistry<readonly string[]>(env, async (registry) => registry.activeSince(0, limit)),
	]);
	const configured = config.accessKeys.map(({ account }) => account);
	return [caller.account, ...configured, ...listed.map(({ name }) => name), ...active];
}
