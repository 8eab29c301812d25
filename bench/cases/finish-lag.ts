/**
 * Time from the end of a request at fal to the end of the answer to its client. The simulator's timeline names the end at fal, by the same
 * clock. Each answer has a link to the picture: Darkroom has stored it by then, and the other designs pass fal's own link on.
 */
import { setTimeout as wait } from "node:timers/promises";
import { median, quantile } from "simple-statistics";
import { aPrompt, type Design, sideBySide, startDesigns, timesOf } from "../designs.ts";
import { atMost, type Case, type Figure, type Size } from "../figure.ts";

export const finishLag: Case = async (size) => {
	const { simUrl, draws, stop } = await startDesigns();
	try {
		const { lanes, jobs, fromSeconds, toSeconds } = EXTENT[size];
		const ended: Ended[] = [];
		/** Evenly spread, so that the phases between a poll and the end of a job are, too. */
		const durations = Array.from(
			{ length: jobs },
			(_, job) => fromSeconds + ((job + 0.5) * (toSeconds - fromSeconds)) / jobs,
		);
		// Each lane runs short and long jobs, one after the other, so that few jobs run at any time.
		const run = async (lane: number): Promise<void> => {
			await wait((lane * LANES_APART_MS) / lanes);
			for (const [job, jobSeconds] of durations.entries()) {
				if (laneOf(job, lanes) !== lane) continue;
				const words = `sim:queue=1 sim:queue-ms=250 sim:run-ms=${Math.round(jobSeconds * 1000) - 500}`;
				const measure = async (design: Design, draw: (prompt: string) => Promise<void>) => {
					const prompt = aPrompt(words);
					await draw(prompt);
					ended.push({ design, jobSeconds, prompt, at: Date.now() });
				};
				await sideBySide(draws, measure, job);
			}
		};
		await Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)));

		// The simulator is asked afterwards, so that nothing else runs beside the jobs.
		const lags: Lag[] = [];
		const webhookDelays: number[] = [];
		for (const { design, jobSeconds, prompt, at } of ended) {
			const { completedAt, webhookAt } = await timesOf(simUrl, prompt);
			lags.push({ design, jobSeconds, lagMs: at - completedAt });
			if (design === "Darkroom by webhook" && webhookAt !== null) webhookDelays.push(webhookAt - completedAt);
		}
		return { figures: toFigures(lags, median(webhookDelays)), series: lags };
	} finally {
		await stop();
	}
};

const EXTENT: Readonly<Record<Size, { lanes: number; jobs: number; fromSeconds: number; toSeconds: number }>> = {
	guard: { lanes: 1, jobs: 1, fromSeconds: 1, toSeconds: 1 },
	quick: { lanes: 3, jobs: 6, fromSeconds: 1, toSeconds: 5 },
	full: { lanes: 8, jobs: 24, fromSeconds: 1, toSeconds: 20 },
};

const LANES_APART_MS = 630;

/** Deals jobs to and fro, so that all lanes have about as much to do. */
function laneOf(job: number, lanes: number): number {
	const at = job % (2 * lanes);
	return at < lanes ? at : 2 * lanes - 1 - at;
}

interface Ended {
	readonly design: Design;
	readonly jobSeconds: number;
	readonly prompt: string;
	readonly at: number;
}

/** A point of the plot. */
export interface Lag {
	readonly design: Design;
	readonly jobSeconds: number;
	readonly lagMs: number;
}

function toFigures(lags: readonly Lag[], webhookDelayMs: number): readonly Figure[] {
	const of = (design: Design) => lags.filter((lag) => lag.design === design).map(({ lagMs }) => lagMs);
	const quantilesOf = (design: Design) => {
		const all = of(design);
		return `${design}: p50 ${median(all).toFixed(0)} ms, p95 ${quantile(all, 0.95).toFixed(0)} ms`;
	};
	const count = of(PEER).length;
	const ratio = (name: string, design: Design, goal: Figure["goal"], at = 0.5): Figure => ({
		name: `finish lag, ${name}, p${at * 100} to fal's client's`,
		value: quantile(of(design), at) / quantile(of(PEER), at),
		unit: "×",
		goal,
		detail: `${quantilesOf(design)}; ${quantilesOf(PEER)}; ${count} jobs each`,
	});
	return [
		{
			name: "finish lag, by webhook, p50",
			value: median(of("Darkroom by webhook")),
			unit: "ms",
			goal: atMost(30),
			detail: `${quantilesOf("Darkroom by webhook")}; ${count} jobs; of which ${webhookDelayMs.toFixed(0)} ms until the simulator's webhook left`,
		},
		ratio("by webhook", "Darkroom by webhook", atMost(0.15)),
		ratio("by webhook", "Darkroom by webhook", null, 0.95),
		ratio("by follower only", "Darkroom by follower", atMost(0.5)),
		ratio("by polls only", "Darkroom by polls", atMost(1.3)),
		ratio("AI SDK over Darkroom", "AI SDK over Darkroom", null),
		ratio("fal's client by its status stream", "fal's client by stream", null),
		ratio("in-request Worker", "in-request Worker", null),
	];
}

const PEER: Design = "fal's client";
