/** Reads what the account's ended jobs came to. It writes nothing: the table is the ledger's. */
import type { Tables } from "./table-store.ts";
import { MAX_SUMS, USAGE_COLUMNS, type UsageColumn, type UsageQuery, type UsageSums } from "./usage-record.ts";

export interface UsageStore {
	sum(query: UsageQuery): UsageSums;
}

type SumRow = {
	bucket: number;
	apiKey: string | null;
	model: string | null;
	size: string | null;
	source: string | null;
	jobs: number;
	pictures: number;
	cost: number;
};

export function createUsageStore({ read }: Pick<Tables, "read">): UsageStore {
	return {
		sum: ({ from, until, bucketMs, groupBy, only }) => {
			const shown = USAGE_COLUMNS.map((column) => `${groupBy.includes(column) ? column : "NULL"} AS ${NAMES[column]}`);
			const filters = USAGE_COLUMNS.flatMap((column) => (only[column] === undefined ? [] : [column]));
			const rows = read<SumRow>(
				`SELECT at / CAST(? AS INTEGER) AS bucket, ${shown.join(", ")}, count(*) AS jobs, sum(pictures) AS pictures, sum(cost) AS cost
				FROM usage WHERE at >= ? AND at < ?${filters.map((column) => ` AND ${column} IN (SELECT value FROM json_each(?))`).join("")}
				GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5 LIMIT ?`,
				...[bucketMs, from, until, ...filters.map((column) => JSON.stringify(only[column])), MAX_SUMS + 1],
			);
			const cutAt = rows[MAX_SUMS]?.bucket ?? null;
			return { sums: cutAt === null ? rows : rows.filter(({ bucket }) => bucket < cutAt), cutAt };
		},
	};
}

const NAMES: Readonly<Record<UsageColumn, string>> = {
	api_key: "apiKey",
	model: "model",
	size: "size",
	source: "source",
};
