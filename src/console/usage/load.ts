/** Asks for all that the usage view shows. */

import { ok, type Result } from "../../result.ts";
import type { Api } from "../api/client.ts";
import type { Failure } from "../api/failure.ts";
import type { AccessKeyList, AccountList, Key, ModelsUsage } from "../api/types.ts";
import type { CostsResult, ImagesResult, ModelUsage, Page } from "./answers.ts";
import { joinAccounts } from "./compare.ts";
import { readPages } from "./pages.ts";
import { daysOf, type Span } from "./span.ts";
import { type Sums, sumUp } from "./sums.ts";

/** Accounts whose models are compared, and whose keys are named: a request each. */
export const MAX_ACCOUNTS_ASKED = 12;
/** Buckets of a page, as the API bounds them. */
const IMAGES_DAYS = "31";
const COSTS_DAYS = "180";
const KEYS_NAMED = "100";
const ACCOUNTS_LISTED = "1000";

export interface Choice {
	readonly span: Span;
	/** Null: all that the key may see. */
	readonly account: string | null;
	readonly isOwner: boolean;
}

export interface UsageReport {
	readonly sums: Sums;
	readonly models: readonly ModelUsage[];
	/** The names of issued keys, by their ids. */
	readonly names: ReadonlyMap<string, string>;
	/** False if there are more accounts with jobs than were asked for their models. */
	readonly isWhole: boolean;
	/** What is left of the limits of the key that asks. */
	readonly left: Key["left"];
}

/** @param now Milliseconds since 1970 */
export async function loadReport(
	api: Api,
	{ span, account, isOwner }: Choice,
	now: number,
	signal: AbortSignal,
): Promise<Result<UsageReport, Failure>> {
	const days = daysOf(span, now);
	const start_time = String(days[0] ?? 0);
	const only = account === null ? {} : { project_ids: account };
	const pagesOf = <R>(path: string, query: Readonly<Record<string, string>>) =>
		readPages<R, Failure>((page) =>
			api.ask<Page<R>>(withQuery(path, { start_time, ...only, ...query, ...(page === null ? {} : { page }) }), {
				signal,
			}),
		);
	const [images, costs, key] = await Promise.all([
		pagesOf<ImagesResult>("/v1/organization/usage/images", {
			bucket_width: "1d",
			limit: IMAGES_DAYS,
			group_by: "project_id,api_key_id,model",
		}),
		pagesOf<CostsResult>("/v1/organization/costs", { limit: COSTS_DAYS, group_by: "project_id,api_key_id,line_item" }),
		api.ask<Key>("/v1/key", { signal }),
	]);
	if (!images.ok) return images;
	if (!costs.ok) return costs;
	if (!key.ok) return key;

	const sums = sumUp(images.value.buckets, costs.value.buckets, days);
	const busy = sums.accounts.map(({ name }) => name);
	const asked = busy.slice(0, MAX_ACCOUNTS_ASKED);
	const models = await Promise.all(
		asked.map((name) =>
			api.ask<ModelsUsage>(
				withQuery("/v1/usage/models", { days: String(span), ...(isOwner ? { account: name } : {}) }),
				{ signal },
			),
		),
	);
	const compared: ModelUsage[][] = [];
	for (const one of models) {
		if (!one.ok) return one;
		compared.push(one.value.data);
	}
	return ok({
		sums,
		models: joinAccounts(compared),
		names: isOwner ? await namesOf(api, asked, sums, signal) : namesOfSelf(key.value),
		isWhole: asked.length === busy.length && !images.value.isCut && !costs.value.isCut,
		left: key.value.left,
	});
}

/** The accounts that the owner may choose from. */
export async function loadAccounts(api: Api, signal: AbortSignal): Promise<Result<readonly string[], Failure>> {
	const listed = await api.ask<AccountList>(withQuery("/v1/accounts", { limit: ACCOUNTS_LISTED }), { signal });
	return listed.ok ? ok(listed.value.data.map(({ name }) => name)) : listed;
}

/** A key that cannot be named is shown by its id. */
async function namesOf(
	api: Api,
	accounts: readonly string[],
	{ keys }: Sums,
	signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
	const withKeys = accounts.filter((account) => keys.some((key) => key.id !== null && key.account === account));
	const lists = await Promise.all(
		withKeys.map((account) =>
			api.ask<AccessKeyList>(withQuery("/v1/keys", { account, limit: KEYS_NAMED }), { signal }),
		),
	);
	return new Map(lists.flatMap((list) => (list.ok ? list.value.data.map(({ id, name }) => [id, name] as const) : [])));
}

function namesOfSelf({ id, limits }: Key): ReadonlyMap<string, string> {
	return new Map(id === null || limits === null ? [] : [[id, limits.name]]);
}

function withQuery(path: string, query: Readonly<Record<string, string>>): string {
	return `${path}?${new URLSearchParams(query)}`;
}
