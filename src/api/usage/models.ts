/** The route that compares models by what they did. */

import * as z from "zod/mini";
import type { ModelUsage } from "../../account/usage-record.ts";
import type { Context } from "../../context.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { orRefuse } from "../../http/refusal.ts";
import { toUsd } from "../../money.ts";
import { callAccount } from "../../stub.ts";
import { parseQuery, wholeNumber } from "../request/fields.ts";
import { AccountQuery, forAccount } from "../request/for-account.ts";
import { NOT_STORED } from "./not-stored.ts";

const DAYS_DEFAULT = 30;
const DAYS_MAX = 366;
const DAY_MS = 86_400_000;

export const ModelsUsageQuery = z.object({ ...AccountQuery.shape, days: z.optional(wholeNumber(1, DAYS_MAX)) });

/** Lists the models that drew in the last days, those with most jobs first. */
export async function reportModels({ url }: Request, asker: Context): Promise<Response> {
	const { account, days = DAYS_DEFAULT } = orRefuse(parseQuery(ModelsUsageQuery, url));
	const { env, caller } = forAccount(asker, account);
	const since = Date.now() - days * DAY_MS;
	const models = await callAccount<readonly ModelUsage[]>(env, caller.account, async (object) =>
		object.readModelUsage(since),
	);
	return jsonResponse({ object: "list", days, data: models.map(toRow) }, NOT_STORED);
}

function toRow({ model, jobs, succeeded, pictures, bytes, cost, p50Ms, p95Ms }: ModelUsage) {
	return {
		object: "usage.model",
		model,
		jobs,
		succeeded,
		pictures,
		bytes,
		usd: toUsd(cost),
		p50_seconds: p50Ms === null ? null : p50Ms / 1000,
		p95_seconds: p95Ms === null ? null : p95Ms / 1000,
	};
}
