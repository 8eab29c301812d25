/** Lets the owner speak for another account. */

import * as z from "zod/mini";
import type { Context } from "../../context.ts";
import { Refusal } from "../../http/refusal.ts";
import { accountName } from "./account-name.ts";

/** The owner's query for the jobs of an account. */
export const AccountQuery = z.object({ account: z.optional(accountName()) });

/**
 * Returns the context in which a request is that account's.
 * @param account Absent: the caller's own
 * @throws Refusal for another account, if the key may not administer
 */
export function forAccount(context: Context, account: string | undefined): Context {
	const { caller } = context;
	if (account === undefined || account === caller.account) return context;
	if (!caller.scopes.includes("admin")) throw new Refusal({ kind: "scope_missing", scope: "admin" });
	return { ...context, caller: { ...caller, account } };
}
