/** Compares models: how often they succeed, and how fast they are. */

import type { ModelUsage } from "./answers.ts";

/** What all models did together. */
export interface Together {
	readonly jobs: number;
	readonly succeeded: number;
	/** From 0 to 1; null without a job. */
	readonly successRate: number | null;
	/** Of the pictures that were stored in these days. */
	readonly bytes: number;
}

export function togetherOf(models: readonly ModelUsage[]): Together {
	const total = (read: (model: ModelUsage) => number) => models.reduce((sum, model) => sum + read(model), 0);
	const [jobs, succeeded] = [total((model) => model.jobs), total((model) => model.succeeded)];
	return { jobs, succeeded, successRate: rateOf(succeeded, jobs), bytes: total((model) => model.bytes) };
}

/** From 0 to 1; null without a job. */
export function rateOf(succeeded: number, jobs: number): number | null {
	return jobs === 0 ? null : succeeded / jobs;
}

/** Joins the comparisons of several accounts. Times of different accounts cannot be joined, so only a model of one account has them. */
export function joinAccounts(accounts: readonly (readonly ModelUsage[])[]): readonly ModelUsage[] {
	const byModel = Map.groupBy(accounts.flat(), ({ model }) => model);
	const joined = [...byModel.values()].map((rows) => rows.reduce(join));
	return joined.toSorted((a, b) => b.jobs - a.jobs || (a.model < b.model ? -1 : 1));
}

const MILLION = 1_000_000;

function join(a: ModelUsage, b: ModelUsage): ModelUsage {
	return {
		model: a.model,
		jobs: a.jobs + b.jobs,
		succeeded: a.succeeded + b.succeeded,
		pictures: a.pictures + b.pictures,
		bytes: a.bytes + b.bytes,
		usd: (Math.round(a.usd * MILLION) + Math.round(b.usd * MILLION)) / MILLION,
		p50_seconds: null,
		p95_seconds: null,
	};
}
