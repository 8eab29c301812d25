/** Asks accounts for their usage, and adds up what comes. */

import {
	MAX_SUMS,
	type UsageColumn,
	type UsageQuery,
	type UsageSum,
	type UsageSums,
} from "../../account/usage-record.ts";
import type { Context } from "../../context.ts";
import { Refusal } from "../../http/refusal.ts";
import { parsePublicKeyId, toPublicKeyId } from "../../key-id.ts";
import { callAccount } from "../../stub.ts";
import { accountsOf } from "./accounts.ts";
import { cutBefore, pageOf, type Range, readCursor } from "./buckets.ts";
import type { Sum, Sums } from "./render.ts";

/** A report, as both routes read it from their queries. */
export interface Report {
	readonly range: Range;
	readonly page: string | undefined;
	/** Seconds. */
	readonly width: number;
	readonly limit: number;
	readonly groupBy: ReadonlySet<UsageColumn | "project">;
	readonly only: UsageQuery["only"];
	/** As the API shows them. */
	readonly keys: readonly string[] | undefined;
	readonly projects: readonly string[] | undefined;
}

/** Accounts that are asked at once. */
const AT_ONCE = 20;

/** @throws Refusal for accounts that the caller may not see, and for too many groups */
export async function readSums(context: Context, report: Report): Promise<Sums> {
	const { range, groupBy, width, limit } = report;
	const start = Math.max(range.start, readCursor(report.page ?? "") ?? 0);
	let page = pageOf({ ...range, start }, width, limit);
	const accounts = await accountsOf(context, report.projects);
	const [first, last] = [page.buckets[0], page.buckets.at(-1)];
	if (first === undefined || last === undefined) return { page, sums: [] };

	const query: UsageQuery = {
		from: first.start * 1000,
		until: last.end * 1000,
		bucketMs: width * 1000,
		groupBy: [...groupBy].filter((column) => column !== "project"),
		only: report.only,
	};
	const sums = new Map<string, Sum>();
	for (let at = 0; at < accounts.length; at += AT_ONCE) {
		const asked = accounts.slice(at, at + AT_ONCE).map(async (account) => {
			return { account, ...(await readAccount(context, account, query, report.keys)) };
		});
		for (const { account, sums: found, cutAt } of await Promise.all(asked)) {
			if (cutAt !== null) page = cutBefore(page, cutAt);
			for (const sum of found) add(sums, toSum(account, sum, groupBy.has("project")));
		}
		if (page.buckets.length === 0 || sums.size > MAX_SUMS * AT_ONCE)
			throw new Refusal({ kind: "invalid_value", param: "group_by", fault: { is: "too_many_groups", max: MAX_SUMS } });
	}
	return { page, sums: [...sums.values()] };
}

async function readAccount(
	{ env }: Context,
	account: string,
	query: UsageQuery,
	keys: readonly string[] | undefined,
): Promise<UsageSums> {
	const ids = keys?.flatMap((key) => {
		const parsed = parsePublicKeyId(key);
		return parsed?.account === account ? [parsed.id] : [];
	});
	if (ids?.length === 0) return { sums: [], cutAt: null };
	const only = ids === undefined ? query.only : { ...query.only, api_key: ids };
	return callAccount<UsageSums>(env, account, async (object) => object.readUsage({ ...query, only }));
}

function toSum(account: string, { apiKey, ...sum }: UsageSum, byProject: boolean): Sum {
	return { ...sum, apiKey: toPublicKeyId({ account, id: apiKey }), project: byProject ? account : null };
}

function add(sums: Map<string, Sum>, sum: Sum): void {
	const { jobs, pictures, cost, ...group } = sum;
	const name = JSON.stringify(group);
	const before = sums.get(name) ?? { jobs: 0, pictures: 0, cost: 0 };
	sums.set(name, {
		...group,
		jobs: before.jobs + jobs,
		pictures: before.pictures + pictures,
		cost: before.cost + cost,
	});
}
