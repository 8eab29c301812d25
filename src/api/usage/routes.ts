/** The routes that report usage and costs in OpenAI's shapes. */

import type * as z from "zod/mini";
import type { UsageColumn } from "../../account/usage-record.ts";
import type { Context } from "../../context.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { orRefuse, Refusal } from "../../http/refusal.ts";
import { NOT_STORED } from "./not-stored.ts";
import { CostsQuery, ImagesQuery, MAX_BUCKETS, parseLists } from "./query.ts";
import { toCostsPage, toImagesPage } from "./render.ts";
import { type Report, readSums } from "./sums.ts";

const SECONDS = { "1m": 60, "1h": 3_600, "1d": 86_400 } as const;
const DEFAULT_BUCKETS = { "1m": 60, "1h": 24, "1d": 7 } as const;

/** The columns of OpenAI's groups. Nothing is told apart by users, who do not exist here. */
const GROUPS: ReadonlyMap<string, UsageColumn | "project"> = new Map([
	["project_id", "project"],
	["api_key_id", "api_key"],
	["model", "model"],
	["line_item", "model"],
	["size", "size"],
	["source", "source"],
]);

/** Reports pictures and jobs, by minutes, hours or days. */
export async function reportImages({ url }: Request, context: Context): Promise<Response> {
	const query = orRefuse(parseLists(ImagesQuery, url));
	const { bucket_width: width = "1d", limit = DEFAULT_BUCKETS[width], models, sizes, sources } = query;
	const max = MAX_BUCKETS[width];
	if (limit > max)
		throw new Refusal({ kind: "invalid_value", param: "limit", fault: { is: "too_large", max, got: limit } });
	const only = {
		...(models === undefined ? {} : { model: models }),
		...(sizes === undefined ? {} : { size: sizes }),
		...(sources === undefined ? {} : { source: sources.map((source) => source.slice("image.".length)) }),
	};
	return jsonResponse(toImagesPage(await readSums(context, toReport(query, SECONDS[width], limit, only))), NOT_STORED);
}

/** Reports what was spent, by days. */
export async function reportCosts({ url }: Request, context: Context): Promise<Response> {
	const query = orRefuse(parseLists(CostsQuery, url));
	const { limit = DEFAULT_BUCKETS["1d"], line_items: models } = query;
	const only = models === undefined ? {} : { model: models };
	return jsonResponse(toCostsPage(await readSums(context, toReport(query, SECONDS["1d"], limit, only))), NOT_STORED);
}

type Query = z.output<typeof ImagesQuery> | z.output<typeof CostsQuery>;

function toReport(query: Query, width: number, limit: number, only: Report["only"]): Report {
	const now = Math.ceil(Date.now() / 1000);
	return {
		range: { start: query.start_time, end: Math.min(query.end_time ?? now, now) },
		page: query.page,
		width,
		limit,
		groupBy: new Set((query.group_by ?? []).flatMap((group) => GROUPS.get(group) ?? [])),
		only,
		keys: "user_ids" in query && query.user_ids !== undefined ? [] : query.api_key_ids,
		projects: query.project_ids,
	};
}
