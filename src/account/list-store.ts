/** Reads pages of the account's list, newest first, by what its rows say. */
import { MAX_ACCEPTED_AFTER_MS } from "./ledger-store.ts";
import { mayHaveText, searchedPart } from "./list-text.ts";
import type { AccountTables } from "./store.ts";

/** Names the jobs of a page. Null: any. */
export interface ListFilter {
	readonly statuses: readonly string[] | null;
	/** The catalogue's id of the model that drew, or fal's own id. */
	readonly model: string | null;
	/** The id of the issued key that made it. */
	readonly key: string | null;
	/** Accepted at this time or later. Milliseconds since 1970. */
	readonly since: number | null;
	/** Accepted before this time. Milliseconds since 1970. */
	readonly before: number | null;
	/** Stands in the first 200 characters of the prompt, in any case. */
	readonly text: string | null;
}

/** A row that the filter names; or one without an entry that may be named, which the job itself has to tell. */
export interface ListRow {
	readonly n: number;
	readonly id: string;
	/** Null if the job has not told its end, or more may come of it. */
	readonly entry: string | null;
	readonly apiKey: string | null;
}

export interface ListPage {
	/** More than were asked for only by those that the filter may not name. */
	readonly rows: readonly ListRow[];
	readonly hasMore: boolean;
	/** The cursor of the next page; null for an empty page behind which is nothing. */
	readonly next: number | null;
}

export interface ListStore {
	page(cursor: number, limit: number, filter: ListFilter): ListPage;
}

/** A filtered page looks at no more rows. */
export const MAX_LOOKED_AT = 5_000;
/** A page has no more jobs that have to be asked: the free plan allows 50 calls in one request. */
export const MAX_UNTOLD = 40;
/** A clock may be set back by so much. */
const CLOCK_SET_BACK_MS = 60_000;

type Value = string | number;
type Row = [n: number, id: string, entry: string | null, apiKey: string | null, prompt: string | null];

export function createListStore({ list, ledger }: AccountTables): ListStore {
	/** Returns the first place of a job that was admitted since then. Later places have later times, but for a clock that was set back. */
	function firstPlaceSince(at: number): number {
		const [ends] = list.read<{ low: number | null; high: number | null }>(
			"SELECT min(n) AS low, max(n) AS high FROM jobs",
		);
		let [low, high] = [ends?.low ?? 0, (ends?.high ?? 0) + 1];
		while (low < high) {
			const middle = Math.floor((low + high) / 2);
			const [row] = list.read<{ n: number; at: number }>(
				"SELECT n, at FROM jobs WHERE n >= ? ORDER BY n LIMIT 1",
				middle,
			);
			if (row === undefined || row.at >= at) high = middle;
			else low = row.n + 1;
		}
		return low;
	}

	return {
		page: (cursor, limit, filter) => {
			if (list.read("SELECT 1 FROM jobs LIMIT 1").length === 0) return EMPTY;
			// Rows of before get the columns that are read here.
			ledger.create();
			const since = filter.since === null ? 0 : firstPlaceSince(filter.since - MAX_ACCEPTED_AFTER_MS);
			const before =
				filter.before === null ? cursor : Math.min(cursor, firstPlaceSince(filter.before + CLOCK_SET_BACK_MS));
			const conditions = conditionsOf(filter);
			const [last, beyond] =
				conditions.length === 0
					? []
					: list.read<{ n: number }>(
							"SELECT n FROM jobs WHERE n < ? AND n >= ? ORDER BY n DESC LIMIT 2 OFFSET ?",
							...[before, since, MAX_LOOKED_AT - 1],
						);
			const found = list.iterate<Row>(
				`SELECT n, id, entry, api_key, prompt FROM jobs
				WHERE ${["n < ?", "n >= ?", ...conditions.map(([sql]) => sql)].join(" AND ")} ORDER BY n DESC`,
				...[before, last?.n ?? since, ...conditions.flatMap(([, ...values]) => values)],
			);
			const rows: ListRow[] = [];
			let [named, untold] = [0, 0];
			for (const [n, id, entry, apiKey, prompt] of found) {
				if (!mayHaveText(prompt, filter.text)) continue;
				if (named === limit || (entry === null && untold === MAX_UNTOLD))
					return { rows, hasMore: true, next: rows.at(-1)?.n ?? null };
				rows.push({ n, id, entry, apiKey });
				if (entry !== null || isNamed(prompt, filter)) named += 1;
				if (entry === null) untold += 1;
			}
			const hasMore = last !== undefined && beyond !== undefined;
			return { rows, hasMore, next: hasMore ? last.n : (rows.at(-1)?.n ?? null) };
		},
	};
}

const EMPTY: ListPage = { rows: [], hasMore: false, next: null };

/** True if the filter names a row without an entry, whatever its job will tell. */
function isNamed(prompt: string | null, { statuses, model, text }: ListFilter): boolean {
	return statuses === null && model === null && (text === null || prompt !== null);
}

/** A row without an entry is left out only for what no job changes any more. */
function conditionsOf({ statuses, model, key, since, before, text }: ListFilter): readonly [sql: string, ...Value[]][] {
	const conditions: [sql: string, ...Value[]][] = [];
	if (statuses !== null)
		conditions.push(["(entry IS NULL OR status IN (SELECT value FROM json_each(?)))", JSON.stringify(statuses)]);
	if (model !== null) conditions.push(["(entry IS NULL OR model = ?)", model]);
	if (key !== null) conditions.push(["api_key = ?", key]);
	if (since !== null) conditions.push([`coalesce(accepted_at, at + ${MAX_ACCEPTED_AFTER_MS}) >= ?`, since]);
	if (before !== null) conditions.push([`coalesce(accepted_at, at - ${CLOCK_SET_BACK_MS}) < ?`, before]);
	if (text !== null) conditions.push(["(prompt IS NULL OR instr(lower(prompt), ?) > 0)", searchedPart(text)]);
	return conditions;
}
