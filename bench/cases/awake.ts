/**
 * Time that a watched job keeps its object awake: while it waits for fal's answers, and hardly any longer. An object is awake while a
 * handler, an effect, a fetch or a timer keeps the runtime from hibernating it.
 */
import { setTimeout as wait } from "node:timers/promises";
import { median } from "simple-statistics";
import { NOTHING_COUNTED, startCountedGateway, waitForAfterwork } from "../counted-gateway.ts";
import { atLeast, atMost, type Case, type Figure, type Size } from "../figure.ts";
import type { Counts } from "../workers/counted/tally.ts";

const LENGTHS_S: Readonly<Record<Size, readonly number[]>> = { guard: [1, 2], quick: [5, 15], full: [5, 30, 300] };
const JOBS: Readonly<Record<Size, number>> = { guard: 1, quick: 5, full: 7 };
const LATENCIES_MS = [0, 300];
/** Time between the starts, so that no job waits for the work of another. */
const APART_MS = 400;
/** The local runtime hibernates an object that was idle for ten seconds. */
const HIBERNATES_AFTER_S = 10;

interface Row {
	readonly latencyMs: number;
	readonly jobSeconds: number;
	readonly counts: readonly Counts[];
}

function ownMs({ awakeMs, fetchMs }: Counts): number {
	return awakeMs - fetchMs;
}
function medianOf({ counts }: Row, of: (counts: Counts) => number): number {
	return median(counts.map(of));
}

export const awake: Case = async (size) => {
	const measured = (await Promise.all(LATENCIES_MS.map((latencyMs) => measure(latencyMs, size)))).flat();
	const hibernated = measured
		.filter(({ jobSeconds }) => jobSeconds > HIBERNATES_AFTER_S + 2)
		.flatMap(({ counts }) => counts);
	const figures = LATENCIES_MS.flatMap((latencyMs): Figure[] => {
		const rows = measured.filter((row) => row.latencyMs === latencyMs);
		const awakeMs = rows.map((row) => medianOf(row, (counts) => counts.awakeMs));
		const detail = rows
			.map(
				(row, index) =>
					`${row.jobSeconds} s: ${awakeMs[index]} ms, ${medianOf(row, (counts) => counts.fetchMs)} of fetches`,
			)
			.join("; ");
		return [
			{
				name: `awake beyond its fetches, fal ${latencyMs} ms away`,
				value: Math.max(...rows.map((row) => medianOf(row, ownMs))),
				unit: "ms",
				goal: atMost(50),
				detail: `the worst of: ${detail} (medians of ${JOBS[size]} jobs)`,
			},
			{
				name: `awake, longest of the lengths ÷ shortest, fal ${latencyMs} ms away`,
				value: Math.max(...awakeMs) / Math.min(...awakeMs),
				unit: "×",
				goal: atMost(1.1),
				detail: "the same medians",
			},
		];
	});
	if (hibernated.length > 0) {
		figures.push({
			name: "watched objects that slept and were made again",
			value: hibernated.filter(({ constructed }) => constructed > 1).length / hibernated.length,
			unit: "×",
			goal: atLeast(1),
			detail: `of ${hibernated.length} jobs longer than ${HIBERNATES_AFTER_S} s; all of their streams came whole`,
		});
	}
	const series = measured.map((row) => ({
		latencyMs: row.latencyMs,
		jobSeconds: row.jobSeconds,
		awakeMs: medianOf(row, (counts) => counts.awakeMs),
		fetchMs: medianOf(row, (counts) => counts.fetchMs),
		constructed: medianOf(row, (counts) => counts.constructed),
	}));
	return { figures, series };
};

async function measure(latencyMs: number, size: Size): Promise<Row[]> {
	const gateway = await startCountedGateway(latencyMs);
	try {
		for (let warm = 0; warm < 3; warm += 1) await gateway.watchJob(0.1, "");
		const lengths = LENGTHS_S[size];
		const watched = await Promise.all(
			lengths.map((jobSeconds, lane) =>
				Promise.all(
					Array.from({ length: JOBS[size] }, async (_, index) => {
						await wait((index * lengths.length + lane) * APART_MS);
						return gateway.watchJob(jobSeconds, "sim:logs=1");
					}),
				),
			),
		);
		await waitForAfterwork();
		const counts = await gateway.counts();
		return watched.map((ids, lane) => ({
			latencyMs,
			jobSeconds: lengths[lane] ?? 0,
			counts: ids.map((id) => counts[id] ?? NOTHING_COUNTED),
		}));
	} finally {
		await gateway.stop();
	}
}
