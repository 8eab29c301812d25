/** The routes by which the owner sees and erases accounts. */

import * as z from "zod/mini";
import { ACCOUNT_NAME } from "../../account/key-form.ts";
import type { ListedAccount } from "../../account/registry-store.ts";
import type { Context } from "../../context.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { orRefuse, Refusal } from "../../http/refusal.ts";
import { callAccount, callRegistry } from "../../stub.ts";
import { parseQuery, wholeNumber } from "../request/fields.ts";

const LIST_DEFAULT = 100;
const LIST_MAX = 1_000;

export const AccountsQuery = z.object({
	limit: z.optional(wholeNumber(1, LIST_MAX)),
	after: z.optional(z.string()),
});

/** Lists the accounts that have a key of `WORKER_ACCESS_KEY`, and those that were issued one. */
export async function listAccounts({ url }: Request, { env, config }: Context): Promise<Response> {
	const { limit = LIST_DEFAULT, after = "" } = orRefuse(parseQuery(AccountsQuery, url));
	const listed = await callRegistry<readonly ListedAccount[]>(env, async (registry) =>
		registry.listAccounts(after, limit + 1),
	);
	const issued = new Map(listed.map(({ name, createdAt }) => [name, Math.floor(createdAt / 1000)]));
	const configured = new Set(config.accessKeys.map(({ account }) => account).filter((name) => name > after));
	const names = [...new Set([...configured, ...issued.keys()])].toSorted();
	const data = names.slice(0, limit).map((name) => ({
		object: "account",
		name,
		created_at: issued.get(name) ?? null,
		has_access_key: configured.has(name),
	}));
	return jsonResponse({ object: "list", data, has_more: names.length > limit });
}

export const EraseQuery = z.object({ confirm: z.optional(z.string()) });

/** Begins to erase an account, or says how far that is. 202 while jobs are left. The owner's own has to be named twice. */
export async function eraseAccount({ url }: Request, { env, config, params }: Context): Promise<Response> {
	const { name = "" } = params;
	if (!ACCOUNT_NAME.test(name)) throw new Refusal({ kind: "not_found", what: "account" });
	const { confirm } = orRefuse(parseQuery(EraseQuery, url));
	if (name === config.owner && confirm !== name) throw unconfirmed(name, confirm ?? null);
	const left = await callAccount<number>(env, name, async (account) => account.erase(name));
	const status = left === 0 ? 200 : 202;
	return jsonResponse({ object: "account", name, deleted: left === 0, jobs_left: left }, { status });
}

function unconfirmed(name: string, got: string | null): Refusal {
	return new Refusal({ kind: "invalid_value", param: "confirm", fault: { is: "not_one_of", allowed: [name], got } });
}
