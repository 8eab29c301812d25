import { setTimeout as wait } from "node:timers/promises";
import { median } from "simple-statistics";
import { NOTHING_COUNTED, settle, startCounted } from "../counted.ts";
import { atLeast, atMost, type Case, type Figure, type Size } from "../figure.ts";
import type { Counts } from "../workers/counted/tally.ts";

/**
 * How long a watched job keeps its object awake: while fal is asked, and hardly any longer, however long fal takes. Awake is
 * whatever would keep the runtime from putting it to sleep: a handler, an effect, a fetch, a timer.
 */

const LENGTHS_S: Readonly<Record<Size, readonly number[]>> = { guard: [1, 2], quick: [5, 15], full: [5, 30, 300] };
const JOBS: Readonly<Record<Size, number>> = { guard: 1, quick: 5, full: 7 };
const LATENCIES_MS = [0, 300];
/** One after another, so that none waits for another's work. */
const APART_MS = 400;
/** The local runtime puts an object to sleep after ten seconds in which it had nothing to do. */
const SLEEPS_AFTER_S = 10;

interface Measured {
	readonly latencyMs: number;
	readonly jobSeconds: number;
	readonly counts: readonly Counts[];
}

function ownMs({ awakeMs, fetchMs }: Counts): number {
	return awakeMs - fetchMs;
}
function medianOf({ counts }: Measured, of: (counts: Counts) => number): number {
	return median(counts.map(of));
}

export const awake: Case = async (size) => {
	const measured = (await Promise.all(LATENCIES_MS.map((latencyMs) => measure(latencyMs, size)))).flat();
	const asleep = measured.filter(({ jobSeconds }) => jobSeconds > SLEEPS_AFTER_S + 2).flatMap(({ counts }) => counts);
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
	if (asleep.length > 0) {
		figures.push({
			name: "watched objects that slept and were made again",
			value: asleep.filter(({ constructed }) => constructed > 1).length / asleep.length,
			unit: "×",
			goal: atLeast(1),
			detail: `of ${asleep.length} jobs longer than ${SLEEPS_AFTER_S} s; all of their streams came whole`,
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

async function measure(latencyMs: number, size: Size): Promise<Measured[]> {
	const counted = await startCounted(latencyMs);
	try {
		for (let warm = 0; warm < 3; warm += 1) await counted.watchJob(0.1, "");
		const lengths = LENGTHS_S[size];
		const watched = await Promise.all(
			lengths.map((jobSeconds, lane) =>
				Promise.all(
					Array.from({ length: JOBS[size] }, async (_, index) => {
						await wait((index * lengths.length + lane) * APART_MS);
						return counted.watchJob(jobSeconds, "sim:logs=1");
					}),
				),
			),
		);
		await settle();
		const counts = await counted.counts();
		return watched.map((ids, lane) => ({
			latencyMs,
			jobSeconds: lengths[lane] ?? 0,
			counts: ids.map((id) => counts[id] ?? NOTHING_COUNTED),
		}));
	} finally {
		await counted.stop();
	}
}
