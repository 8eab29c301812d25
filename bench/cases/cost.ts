import * as z from "zod";
import { COUNTED, dollarsOf, heldOpenUsageOf, KEPT_DOLLARS, ON_PAPER, PICTURE_USAGE, usageOf } from "../costs.ts";
import { atMost, type Case } from "../figure.ts";

/** What the rows, requests and waking that this run has counted come to in dollars; lengths that it has not counted are those of docs/costs.md. */
export const cost: Case = async (_, { counts = [] }) => {
	const counted = z.array(COUNTED).parse(counts);
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
				goal: atMost(20),
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
