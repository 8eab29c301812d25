/** Reads what the account's ended jobs came to. It writes nothing: the table is the ledger's. */
import type { Tables } from "./table-store.ts";
import {
	type EndedJobs,
	MAX_SUMS,
	type ModelUsage,
	USAGE_COLUMNS,
	type UsageColumn,
	type UsageQuery,
	type UsageRow,
	type UsageRowsQuery,
	type UsageSums,
} from "./usage-record.ts";

export interface UsageStore {
	sum(query: UsageQuery): UsageSums;
	/** Of the jobs that were admitted since then. The models with most jobs come first. */
	byModel(since: number): readonly ModelUsage[];
	/** The jobs that ended since then, counted by model and outcome. */
	endedSince(time: number): readonly EndedJobs[];
	/** By the time of their admission, the earliest first. */
	rows(query: UsageRowsQuery): readonly UsageRow[];
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

/** Nobody draws with more of them. */
const MAX_MODELS = 1_000;
/** No deadline is later. */
const MAX_JOB_MS = 24 * 3_600_000;

type ModelRow = { -readonly [Field in keyof ModelUsage]: ModelUsage[Field] };
type EndedRow = { -readonly [Field in keyof EndedJobs]: EndedJobs[Field] };
type RowOfUsage = { -readonly [Field in keyof UsageRow]: UsageRow[Field] };

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
		byModel: (since) =>
			read<ModelRow>(
				`WITH timed AS (
					SELECT *, ended_at - at AS ms, count(*) OVER (PARTITION BY model, status) AS total,
					row_number() OVER (PARTITION BY model, status ORDER BY ended_at - at) AS place FROM usage WHERE at >= ?
				)
				SELECT model, count(*) AS jobs, count(*) FILTER (WHERE status = 'succeeded') AS succeeded, sum(pictures) AS pictures,
				sum(bytes) AS bytes, sum(cost) AS cost,
				min(ms) FILTER (WHERE status = 'succeeded' AND place * 100 >= total * 50) AS p50Ms,
				min(ms) FILTER (WHERE status = 'succeeded' AND place * 100 >= total * 95) AS p95Ms
				FROM timed GROUP BY model ORDER BY jobs DESC, model LIMIT ?`,
				since,
				MAX_MODELS,
			),
		endedSince: (time) =>
			read<EndedRow>(
				`SELECT model, status, count(*) AS jobs, sum(pictures) AS pictures, sum(cost) AS cost, sum(ended_at - at) AS ms
				FROM usage WHERE at >= ? AND ended_at >= ? GROUP BY model, status ORDER BY model, status LIMIT ?`,
				time - MAX_JOB_MS,
				time,
				MAX_MODELS,
			),
		rows: ({ from, until, after, limit }) =>
			read<RowOfUsage>(
				`SELECT at, id, api_key AS apiKey, model, endpoint, size, source, status, charge, cost, basis, asked, pictures, bytes,
				started_at AS startedAt, ended_at AS endedAt
				FROM usage WHERE (at, id) > (?, ?) AND at < ? ORDER BY at, id LIMIT ?`,
				...[after?.at ?? from, after?.id ?? "", until, limit],
			),
	};
}

const NAMES: Readonly<Record<UsageColumn, string>> = {
	api_key: "apiKey",
	model: "model",
	size: "size",
	source: "source",
};
