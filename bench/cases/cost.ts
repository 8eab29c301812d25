/** Dollars for the counts of this run. For a length that it has not counted, those of docs/costs.md. */
import * as z from "zod";
import { dollarsOf, heldOpenUsageOf, JOB_COUNTS, KEPT_DOLLARS, ON_PAPER, PICTURE_USAGE, usageOf } from "../costs.ts";
import { atMost, type Case } from "../figure.ts";

export const cost: Case = async (_, { counts = [] }) => {
	const counted = z.array(JOB_COUNTS).parse(counts);
	const jobs = ON_PAPER.map((paper) => counted.find(({ jobSeconds }) => jobSeconds === paper.jobSeconds) ?? paper);
	const series = jobs.map((job) => ({
		jobSeconds: job.jobSeconds,
		darkroom: dollarsOf(usageOf(job)),
		heldOpen: dollarsOf(heldOpenUsageOf(job.jobSeconds)),
	}));
	return {
		figures: [
			...jobs.map((job) => ({
				name: `a million jobs of ${job.jobSeconds} s`,
				value: dollarsOf(usageOf(job)),
				unit: "$" as const,
				goal: atMost(22),
				detail: `${counted.includes(job) ? "counted in this run" : "as in docs/costs.md"}: ${(job.rowsJob + job.rowsAccount).toFixed(1)} rows, ${job.requests.toFixed(1)} object requests, ${job.awakeMs.toFixed(0)} ms awake and a second more for fal's distance; held open $${dollarsOf(heldOpenUsageOf(job.jobSeconds)).toFixed(0)}; fal and R2 aside`,
			})),
			{
				name: "a million pictures in R2",
				value: dollarsOf(PICTURE_USAGE),
				unit: "$",
				goal: null,
				detail: `put once and seen once; kept for a month $${KEPT_DOLLARS.pictures.toFixed(2)} more, and their jobs' logs $${KEPT_DOLLARS.logs.toFixed(2)}`,
			},
		],
		series,
	};
};
