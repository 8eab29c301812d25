/** Stores the reservations of the account's jobs and their costs: the later columns of `jobs`, and the table `usage`, which outlives them. */
import type { Settlement } from "../core/settlement.ts";
import type { AccountTables } from "./store.ts";
import type { Amounts, OpenJob, RecentJob, Spent } from "./tally.ts";
import { DAY_MS, dayOf } from "./windows.ts";

/** A job as its admission left it. */
export interface ReservedJob {
	readonly at: number;
	readonly apiKey: string | null;
	readonly images: number;
	/** Micro-dollars. */
	readonly reserved: number;
	readonly model: string;
	readonly source: "generation" | "edit";
	readonly startBy: number;
	readonly isSettled: boolean;
}

/** Names what the list shows of an ended job. */
export interface Shown {
	/** Its first 200 characters. */
	readonly prompt: string;
	/** JSON, which only the API reads. */
	readonly entry: string;
}

export interface LedgerStore {
	/** The jobs that reserve something and have not ended. */
	openJobs(): readonly OpenJob[];
	/** Returns the spending of each issued key on each day. */
	spent(now: number): readonly Spent[];
	/** The ended jobs of issued keys that were admitted since then. */
	recent(since: number): readonly RecentJob[];
	/** Null if the job is not on the list, or from before there were reservations. */
	find(n: number, id: string): ReservedJob | null;
	/** Lets a job start until this time, if that is later than it was. */
	extend(n: number, id: string, startBy: number): void;
	/**
	 * Writes how a job ended, where that is not known yet. Returns the change of what its issued key spent; null without one.
	 * @param shown Null: the list has to ask the job. Absent: it shows what it did
	 */
	settle(n: number, id: string, settlement: Settlement, shown?: Shown | null): Spent | null;
}

/** Reading so many rows takes about a millisecond. Where more were read, a mark saves the next instance from it. */
const MANY_ROWS = 1_000;
/** A day's usage is summed up for good when the day has been over for a day: by then nearly all of its jobs have ended. */
const OPEN_DAYS = 2;
/** A job is accepted at most so long after its admission: an `Idempotency-Key` may start one for a day. */
export const MAX_ACCEPTED_AFTER_MS = 26 * 3_600_000;
/** The clocks of two objects differ by less. */
const CLOCKS_DIFFER_MS = 60_000;

type OpenRow = {
	n: number;
	id: string;
	at: number;
	apiKey: string | null;
	images: number;
	reserved: number;
	startBy: number;
};
type SpentRow = { day: number; apiKey: string; cost: number; images: number; jobs: number };
type JobRow = {
	at: number;
	apiKey: string | null;
	reserved: number | null;
	images: number;
	model: string;
	source: "generation" | "edit";
	startBy: number;
	status: string | null;
};
type UsageRow = { at: number; apiKey: string | null; asked: number };

const END_COLUMNS =
	"model, endpoint, size, source, status, charge, cost, basis, pictures, bytes, accepted_at, started_at, ended_at";
const END_PLACES = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

export function createLedgerStore({ ledger }: AccountTables): LedgerStore {
	const { read } = ledger;

	/** Returns the last day that `usage_days` has. All usage up to its end is summed up there. */
	function lastSummedDay(): number {
		return read<{ day: number | null }>("SELECT max(day) AS day FROM usage_days")[0]?.day ?? -1;
	}

	function readMark(): OpenMark {
		const [mark] = read<{ value: string }>("SELECT value FROM marks WHERE name = 'open'");
		return mark === undefined ? NO_MARK : JSON.parse(mark.value);
	}

	function readJob(n: number, id: string): JobRow | undefined {
		return read<JobRow>(
			`SELECT at, api_key AS apiKey, reserved, asked AS images, model, source, start_by AS startBy, status
			FROM jobs WHERE n = ? AND id = ?`,
			n,
			id,
		)[0];
	}

	/** Finds the usage of a job that is off the list. */
	function readUsage(id: string, acceptedAt: number): UsageRow | undefined {
		return read<UsageRow>(
			"SELECT at, api_key AS apiKey, asked FROM usage WHERE at BETWEEN ? AND ? AND id = ?",
			acceptedAt - MAX_ACCEPTED_AFTER_MS,
			acceptedAt + CLOCKS_DIFFER_MS,
			id,
		)[0];
	}

	function writeUsage(n: number, id: string, { at, apiKey, asked }: UsageRow, settlement: Settlement): Spent | null {
		const [before] = read<{ cost: number; images: number }>(
			"SELECT cost, counted AS images FROM usage WHERE at = ? AND id = ?",
			at,
			id,
		);
		const columns = `${END_COLUMNS}, counted`;
		const counted = countedImages(settlement, asked);
		ledger.write(
			`INSERT INTO usage (at, id, n, api_key, asked, ${columns}) VALUES (?, ?, ?, ?, ?, ${END_PLACES}, ?)
			ON CONFLICT (at, id) DO UPDATE SET (${columns}) = (${prefixed("excluded", columns)})
			WHERE (${prefixed("usage", columns)}) IS NOT (${prefixed("excluded", columns)})`,
			...[at, id, n, apiKey, asked, ...endOf(settlement), counted],
		);
		const day = dayOf(at);
		if (day <= lastSummedDay()) ledger.write("DELETE FROM usage_days WHERE day >= ?", day);
		if (apiKey === null) return null;
		return { apiKey, day, ...minus({ cost: settlement.cost, images: counted }, before ?? { cost: 0, images: 0 }) };
	}

	return {
		openJobs: () => {
			const columns = "n, id, at, api_key AS apiKey, asked AS images, reserved, start_by AS startBy";
			const isOpen = "reserved IS NOT NULL AND status IS NULL";
			const newest = read<{ n: number | null }>("SELECT max(n) AS n FROM jobs")[0]?.n ?? 0;
			const mark = readMark();
			// The erasure of an account by the code of before let places begin again at 1: a mark ahead of them says nothing.
			const isStale = mark.through > newest;
			const { through, open } = isStale ? NO_MARK : mark;
			const rows = read<OpenRow>(
				`SELECT ${columns} FROM jobs WHERE n IN (SELECT value FROM json_each(?)) AND ${isOpen}
				UNION ALL SELECT ${columns} FROM jobs WHERE n > ? AND ${isOpen}`,
				JSON.stringify(open),
				through,
			);
			if (newest - through > MANY_ROWS || (isStale && newest > 0)) {
				const next: OpenMark = { through: newest, open: rows.map(({ n }) => n) };
				ledger.write(
					"INSERT INTO marks VALUES ('open', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
					JSON.stringify(next),
				);
			}
			return rows;
		},
		spent: (now) => {
			const summed = lastSummedDay();
			const fresh = read<SpentRow>(
				`SELECT at / ${DAY_MS} AS day, coalesce(api_key, '') AS apiKey, sum(cost) AS cost, sum(counted) AS images,
				count(*) AS jobs FROM usage WHERE at >= ? GROUP BY 1, 2`,
				(summed + 1) * DAY_MS,
			);
			const earlier = read<SpentRow>("SELECT day, api_key AS apiKey, cost, images, 0 AS jobs FROM usage_days");
			const over = fresh.filter(({ day }) => day <= dayOf(now) - OPEN_DAYS);
			if (over.reduce((sum, { jobs }) => sum + jobs, 0) > MANY_ROWS) {
				for (const { day, apiKey, cost, images } of over)
					ledger.write(
						"INSERT INTO usage_days (day, api_key, cost, images) VALUES (?, ?, ?, ?)",
						day,
						apiKey,
						cost,
						images,
					);
			}
			return [...earlier, ...fresh].filter(({ apiKey }) => apiKey !== "");
		},
		recent: (since) =>
			read<{ id: string; apiKey: string; at: number }>(
				"SELECT id, api_key AS apiKey, at FROM usage WHERE at > ? AND api_key IS NOT NULL",
				since,
			),
		find: (n, id) => {
			const job = readJob(n, id);
			if (job === undefined || job.reserved === null) return null;
			const { status, reserved, ...rest } = job;
			return { ...rest, reserved, isSettled: status !== null };
		},
		extend: (n, id, startBy) => {
			ledger.write("UPDATE jobs SET start_by = ? WHERE n = ? AND id = ? AND start_by < ?", startBy, n, id, startBy);
		},
		settle: (n, id, settlement, shown) => {
			const job = readJob(n, id);
			if (job !== undefined) {
				const values = shown === undefined ? endOf(settlement) : [...endOf(settlement), shown?.entry ?? null];
				const columns = shown === undefined ? END_COLUMNS : `${END_COLUMNS}, entry`;
				const places = values.map(() => "?").join(", ");
				ledger.write(
					`UPDATE jobs SET (${columns}, prompt) = (${places}, coalesce(?, prompt))
					WHERE n = ? AND (${columns}) IS NOT (${places})`,
					...[...values, shown?.prompt ?? null, n, ...values],
				);
				if (job.reserved === null) return null;
				return writeUsage(n, id, { at: job.at, apiKey: job.apiKey, asked: job.images }, settlement);
			}
			const usage = readUsage(id, settlement.acceptedAt);
			return usage === undefined ? null : writeUsage(n, id, usage, settlement);
		},
	};
}

/** Of the jobs up to a place, only those listed here are open. */
interface OpenMark {
	readonly through: number;
	readonly open: readonly number[];
}
const NO_MARK: OpenMark = { through: 0, open: [] };

/** If fal may have charged and nobody can tell, it may have made all that was asked. */
function countedImages({ charge, pictures }: Settlement, asked: number): number {
	if (charge === "free") return 0;
	return charge === "kept" ? Math.max(asked, pictures) : pictures;
}

function endOf(settlement: Settlement): readonly (string | number | null)[] {
	const { model, endpoint, size, source, status, charge, cost, basis, pictures, bytes } = settlement;
	const { acceptedAt, startedAt, endedAt } = settlement;
	return [model, endpoint, size, source, status, charge, cost, basis, pictures, bytes, acceptedAt, startedAt, endedAt];
}

function prefixed(table: string, columns: string): string {
	return columns
		.split(", ")
		.map((column) => `${table}.${column}`)
		.join(", ");
}

function minus(a: Amounts, b: Amounts): Amounts {
	return { cost: a.cost - b.cost, images: a.images - b.images };
}
