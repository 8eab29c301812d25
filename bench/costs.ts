/**
 * Computes the cost of a job at Cloudflare: the counts of the bench, times the prices. `node bench/costs.ts` prints the tables of
 * docs/costs.md.
 */
import * as z from "zod";

/** Dollars for a million, on the paid plan, beyond its included usage: developers.cloudflare.com/{durable-objects/platform,workers/platform,r2}/pricing. */
const PRICES = {
	rowsWritten: 1,
	rowsRead: 0.001,
	objectRequests: 0.15,
	gbSeconds: 12.5,
	workerRequests: 0.3,
	cpuMs: 0.02,
	classA: 4.5,
	classB: 0.36,
} as const;

/** Dollars for a GB in a month. */
const STORAGE_PRICES = { objects: 0.2, pictures: 0.015 } as const;

/** Number of each billed operation. */
export type Usage = Readonly<Record<keyof typeof PRICES, number>>;

/** Memory that Cloudflare bills for each object, however little it uses. */
const OBJECT_GB = 0.128;

/** Counts of one watched job and its deletion, as the case `counts` yields them. */
export const JOB_COUNTS = z.object({
	jobSeconds: z.number(),
	rowsJob: z.number(),
	rowsAccount: z.number(),
	requests: z.number(),
	awakeMs: z.number(),
});
export type JobCounts = z.infer<typeof JOB_COUNTS>;

/** Counts that docs/costs.md is computed from, rounded up. */
export const ON_PAPER: readonly JobCounts[] = [
	{ jobSeconds: 5, rowsJob: 10, rowsAccount: 5, requests: 7.2, awakeMs: 150 },
	{ jobSeconds: 30, rowsJob: 12, rowsAccount: 5, requests: 7.4, awakeMs: 150 },
	{ jobSeconds: 120, rowsJob: 12, rowsAccount: 5, requests: 7.5, awakeMs: 150 },
];

/** Time that an object waits for fal and its CDN beyond that for the simulator: for a submit, a result and a picture. */
const FAL_DISTANCE_MS = 1_000;
/** The request, fal's webhook, and one view of the picture. */
const WORKER_REQUESTS = 3;
/** Upper bound: all that the local runtime uses for a job, with its objects and R2. */
const CPU_MS = 25;
/** Upper bound: each instance of the object reads its log several times, which has at most as many rows as it writes. */
const ROWS_READ = 100;
/** Deletion is free. */
const PICTURE = { puts: 1, reads: 1, mb: 1.5 } as const;
/** Size of an object's database at the end of a job. */
const OBJECT_KB = 12;

function gbSeconds(awakeMs: number): number {
	return (awakeMs / 1000) * OBJECT_GB;
}

/** Returns the usage of one job, without R2. */
export function usageOf({ rowsJob, rowsAccount, requests, awakeMs }: Omit<JobCounts, "jobSeconds">): Usage {
	return {
		rowsWritten: rowsJob + rowsAccount,
		rowsRead: ROWS_READ,
		objectRequests: requests,
		gbSeconds: gbSeconds(awakeMs + FAL_DISTANCE_MS),
		workerRequests: WORKER_REQUESTS,
		cpuMs: CPU_MS,
		classA: 0,
		classB: 0,
	};
}

/**
 * Returns the usage of the same job in an object that holds its client's stream open and polls fal. It is the cheapest such design: it
 * writes no progress, needs no webhook, and is listed, counted and deleted like any other.
 */
export function heldOpenUsageOf(jobSeconds: number): Usage {
	return {
		...usageOf({ rowsJob: 6, rowsAccount: 5, requests: 5, awakeMs: jobSeconds * 1000 }),
		workerRequests: WORKER_REQUESTS - 1,
	};
}

/** Usage of a picture in R2 that is stored once and seen once. */
export const PICTURE_USAGE: Pick<Usage, "classA" | "classB"> = {
	classA: PICTURE.puts,
	classB: PICTURE.reads,
};

/** Returns the dollars for a million times this usage. */
export function dollarsOf(usage: Partial<Usage>): number {
	return KINDS.reduce((sum, kind) => sum + (usage[kind] ?? 0) * PRICES[kind], 0);
}

const KINDS = Object.keys(PRICES) as readonly (keyof Usage)[];

/** Dollars for the logs and the pictures of a million jobs that are kept for a month. */
export const KEPT_DOLLARS = {
	logs: OBJECT_KB * STORAGE_PRICES.objects,
	pictures: PICTURE.mb * 1000 * STORAGE_PRICES.pictures,
} as const;

const DAYS_A_MONTH = 30;

function round(value: number): string {
	return `${Number(value.toPrecision(2))}`;
}
function dollars(value: number): string {
	return `$${value.toFixed(2)}`;
}
function toRows(rows: readonly (readonly string[])[]): string {
	return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Builds the table of the cost of a million jobs, by length, in Darkroom and held open. */
export function toCostTable(counted: readonly JobCounts[]): string {
	const columns = counted.flatMap((job) => [
		{ head: `${job.jobSeconds} s`, usage: usageOf(job) },
		{ head: `${job.jobSeconds} s, held open`, usage: heldOpenUsageOf(job.jobSeconds) },
	]);
	const lines = KINDS.filter((kind) => columns.some(({ usage }) => usage[kind] > 0)).map((kind) => [
		`${LABELS[kind]}, $${PRICES[kind]}`,
		...columns.map(({ usage }) => `${round(usage[kind])} → ${dollars(usage[kind] * PRICES[kind])}`),
	]);
	return toRows([
		["a million of", ...columns.map(({ head }) => head)],
		["---", ...columns.map(() => "---:")],
		...lines,
		["**a million jobs**", ...columns.map(({ usage }) => `**${dollars(dollarsOf(usage))}**`)],
	]);
}

/** Builds the table of the jobs a day that each allowance of the free plan carries, if all are as costly as the costliest. */
export function toFreePlanTable(counted: readonly JobCounts[]): string {
	const usages = counted.map(usageOf);
	const most = (kind: keyof Usage): number => Math.max(...usages.map((usage) => usage[kind]));
	const lines = [
		["100,000 rows written a day", `${most("rowsWritten")}`, 100_000 / most("rowsWritten")],
		["100,000 object requests a day", round(most("objectRequests")), 100_000 / most("objectRequests")],
		["100,000 Worker requests a day", `${most("workerRequests")}`, 100_000 / most("workerRequests")],
		["5,000,000 rows read a day", `${most("rowsRead")}`, 5_000_000 / most("rowsRead")],
		["13,000 GB-s of objects a day", round(most("gbSeconds")), 13_000 / most("gbSeconds")],
		["1,000,000 R2 writes and lists a month", `${PICTURE_USAGE.classA}`, 1e6 / PICTURE_USAGE.classA / DAYS_A_MONTH],
		["5 GB in objects", `${OBJECT_KB} KB for 30 days`, 5e6 / OBJECT_KB / DAYS_A_MONTH],
		["10 GB in R2", `${PICTURE.mb} MB for 30 days`, 10_000 / PICTURE.mb / DAYS_A_MONTH],
		["the same", `${PICTURE.mb} MB for one day`, 10_000 / PICTURE.mb],
	] as const;
	return toRows([
		["allowance", "a job takes", "jobs a day"],
		["---", "---", "---:"],
		...lines.map(([allowance, takes, jobsADay]) => [allowance, takes, toRoundNumber(jobsADay)]),
	]);
}

/** Rounds down to two digits. */
function toRoundNumber(value: number): string {
	const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
	return (Math.floor(value / unit) * unit).toLocaleString("en");
}

const LABELS: Readonly<Record<keyof Usage, string>> = {
	rowsWritten: "rows written",
	rowsRead: "rows read",
	objectRequests: "object requests",
	gbSeconds: "GB-s of objects awake",
	workerRequests: "Worker requests",
	cpuMs: "ms of Worker CPU",
	classA: "R2 writes and lists",
	classB: "R2 reads",
};

if (import.meta.main) console.log(`${toCostTable(ON_PAPER)}\n\n${toFreePlanTable(ON_PAPER)}`);
