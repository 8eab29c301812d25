import * as z from "zod";

/**
 * What a job costs at Cloudflare, on paper: what the bench counts, times the prices. `node bench/costs.ts` prints the tables of docs/costs.md.
 */

/** Dollars for a million, on the paid plan beyond what it includes: developers.cloudflare.com/{durable-objects/platform,workers/platform,r2}/pricing. */
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

/** Dollars for a GB and month. */
const STORAGE_PRICES = { objects: 0.2, pictures: 0.015 } as const;

/** What is billed by its number. */
export type Usage = Readonly<Record<keyof typeof PRICES, number>>;

/** An object is billed for this much memory, however little it uses. */
const OBJECT_GB = 0.128;

/** One watched job, as the case `counts` counts it, with its expiry. */
export const COUNTED = z.object({
	jobSeconds: z.number(),
	rowsJob: z.number(),
	rowsAccount: z.number(),
	requests: z.number(),
	awakeMs: z.number(),
});
export type Counted = z.infer<typeof COUNTED>;

/** What docs/costs.md is computed from: as counted, rounded up. */
export const ON_PAPER: readonly Counted[] = [
	{ jobSeconds: 5, rowsJob: 10, rowsAccount: 3, requests: 6.2, awakeMs: 150 },
	{ jobSeconds: 30, rowsJob: 12, rowsAccount: 3, requests: 6.4, awakeMs: 150 },
	{ jobSeconds: 120, rowsJob: 12, rowsAccount: 3, requests: 6.5, awakeMs: 150 },
];

/** fal and its CDN are further away than the simulator: so much longer an object waits for a submit, a result and a picture. */
const FURTHER_AWAY_MS = 1_000;
/** The request, fal's webhook, and the picture seen once. */
const WORKER_REQUESTS = 3;
/** All that the local runtime uses for a job, its objects and its R2 with it: an upper bound. */
const CPU_MS = 25;
/** An upper bound: each instance of the object reads its log, of at most as many rows as it writes, a few times. */
const ROWS_READ = 100;
/** Deleting it is free. */
const PICTURE = { puts: 1, reads: 1, mb: 1.5 } as const;
/** An object's database at the end of a job. */
const OBJECT_KB = 12;

function gbSeconds(awakeMs: number): number {
	return (awakeMs / 1000) * OBJECT_GB;
}

/** A job of Darkroom's. What R2 takes is stated apart. */
export function usageOf({ rowsJob, rowsAccount, requests, awakeMs }: Omit<Counted, "jobSeconds">): Usage {
	return {
		rowsWritten: rowsJob + rowsAccount,
		rowsRead: ROWS_READ,
		objectRequests: requests,
		gbSeconds: gbSeconds(awakeMs + FURTHER_AWAY_MS),
		workerRequests: WORKER_REQUESTS,
		cpuMs: CPU_MS,
		classA: 0,
		classB: 0,
	};
}

/**
 * The same job in an object that holds its client and polls fal until it is done, at its cheapest: it writes what must not be lost
 * and nothing of the progress, needs no webhook, and is listed and deleted like any other.
 */
export function heldOpenUsageOf(jobSeconds: number): Usage {
	return {
		...usageOf({ rowsJob: 6, rowsAccount: 3, requests: 4, awakeMs: jobSeconds * 1000 }),
		workerRequests: WORKER_REQUESTS - 1,
	};
}

/** What a picture takes in R2, stored once and seen once. */
export const PICTURE_USAGE: Pick<Usage, "classA" | "classB"> = {
	classA: PICTURE.puts,
	classB: PICTURE.reads,
};

/** Dollars for a million of it. */
export function dollarsOf(usage: Partial<Usage>): number {
	return KINDS.reduce((sum, kind) => sum + (usage[kind] ?? 0) * PRICES[kind], 0);
}

const KINDS = Object.keys(PRICES) as readonly (keyof Usage)[];

/** Dollars for a million jobs kept for a month: their logs, and their pictures. */
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

/** What a million jobs cost, by their length, in Darkroom and held open. */
export function toCostTable(counted: readonly Counted[]): string {
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

/** How many jobs a day the free plan carries, by each of its allowances, if they are all as the costliest of these. */
export function toFreePlanTable(counted: readonly Counted[]): string {
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

/** Two digits, never too many of it. */
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
