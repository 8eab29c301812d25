/** Compares the submits that the simulator took with the jobs that were meant. */
import { cut } from "./fuzz-client.ts";
import { type Job, promptOf, requestsOf } from "./fuzz-jobs.ts";
import type { Run } from "./fuzz-run.ts";
import { type Call, sim } from "./gateway.ts";

/** Refused ones too, in the few seconds before a job is hurried: the first, after one second, after two, and to a successor. */
const SUBMITS_MAX = 5;
/** A job has ten pictures at most. */
const MOST_REQUESTS = 10;

type Submit = Call & { readonly prompt: string };

/** Says which submits nobody meant: a job has one that fal accepted at most, and a client was told of each job or left before it could be. */
export async function objectionsToSubmits(jobs: readonly Job[], runs: readonly Run[]): Promise<string[]> {
	const posts: readonly Call[] = await (await sim("/calls?method=POST")).json();
	// An upload to fal's storage has no prompt.
	const submits = posts.filter((call): call is Submit => typeof Reflect.get(call, "prompt") === "string");
	const accepted = submits.filter(({ requestId }) => requestId !== null);
	const known = new Set([...jobs.map(({ id }) => id), ...runs.flatMap(jobsToldIn)]);
	const byJob = [...Map.groupBy(accepted, webhookIn)].flatMap(([webhook, posts]) => {
		const job = jobOf(webhook);
		if (job === null) return [];
		if (!known.has(job)) return [`a submit of a job that nobody knows: ${job}`];
		// Each request of a job has an address of its own.
		return posts.length <= 1 ? [] : [`${posts.length} submits of ${webhook}: ${cut(posts[0]?.prompt ?? "", 200)}`];
	});
	// Without a webhook a submit does not name its job.
	const unnamed = Map.groupBy(
		accepted.filter((post) => jobOf(webhookIn(post)) === null),
		({ prompt }) => prompt,
	);
	const byPrompt = [...unnamed].flatMap(([prompt, posts]) => {
		const made = jobsOf(prompt, jobs, runs) * requestsIn(prompt, jobs);
		return posts.length <= made ? [] : [`${posts.length} submits for ${made} jobs: ${cut(prompt, 200)}`];
	});
	const tooMany = [...Map.groupBy(submits, ({ prompt }) => prompt)].flatMap(([prompt, posts]) => {
		const ticks = jobs.filter((job) => promptOf(job) === prompt).reduce((sum, job) => sum + job.ticks, 0);
		const bound = (SUBMITS_MAX + ticks) * Math.max(1, jobsOf(prompt, jobs, runs)) * requestsIn(prompt, jobs);
		return posts.length <= bound ? [] : [`${posts.length} submits in ${ticks} alarms: ${cut(prompt, 200)}`];
	});
	return [
		...[...byJob, ...byPrompt, ...tooMany].map((text) => blame(/prompt-(\d+)-/.exec(text)?.[1] ?? "?", text)),
		...objectionsToUntold(jobs, runs),
	];
}

/** The address that fal is to tell of the end. */
function webhookIn({ path }: Call): string {
	return new URL(path, "https://fal.test").searchParams.get("fal_webhook") ?? "";
}

/** The most requests that a job of this prompt makes. One that was deleted has no log. */
function requestsIn(prompt: string, jobs: readonly Job[]): number {
	const known = jobs.filter((job) => promptOf(job) === prompt && job.log.length > 0);
	return known.length === 0 ? MOST_REQUESTS : Math.max(...known.map(requestsOf));
}

function jobOf(webhook: string): string | null {
	return /\/webhooks\/fal\/([0-9a-f]{64})\//.exec(webhook)?.[1] ?? null;
}

function jobsToldIn({ answers }: Run): readonly string[] {
	return answers.flatMap(({ headers }) => headers.get("x-job-id") ?? []);
}

/** Counts the jobs of a prompt. One that was deleted at once is only known from the answer that named it. */
function jobsOf(prompt: string, jobs: readonly Job[], runs: readonly Run[]): number {
	const logged = jobs.filter((job) => promptOf(job) === prompt).map(({ id }) => id);
	const told = runs
		.flatMap(({ answers }) => answers)
		.filter(({ sent }) => sent.marker !== null && prompt.includes(sent.marker))
		.flatMap(({ headers }) => headers.get("x-job-id") ?? []);
	const unseen = prompt.includes("prompt-") ? [] : jobs.filter(({ log }) => log.length === 0).map(({ id }) => id);
	return new Set([...logged, ...told, ...unseen]).size;
}

function objectionsToUntold(jobs: readonly Job[], runs: readonly Run[]): string[] {
	const told = new Set(runs.flatMap(jobsToldIn));
	return jobs
		.filter(({ id, log }) => log.length > 0 && !told.has(id))
		.filter((job) => !runs.some((run) => mayBeOf(run, job) && run.answers.some(hasLeft)))
		.map((job) => blame(seedOfJob(job), `no answer names the job ${job.id}: ${promptOf(job)}`));
}

function mayBeOf({ seed }: Run, job: Job): boolean {
	const of = seedOfJob(job);
	return of === "?" || of === seed;
}

/** The client was not told of its job, if it made one. */
function hasLeft({ end, status, sent }: Run["answers"][number]): boolean {
	return sent.marker !== null && end === "left" && status === null;
}

/** Returns the seed in the prompt of a job; `?` if that has lost it. */
export function seedOfJob(job: Job | undefined): number | "?" {
	const [, seed] = /prompt-(\d+)-/.exec((job && promptOf(job)) ?? "") ?? [];
	return seed === undefined ? "?" : Number(seed);
}

/** Says how to run a seed again. */
export function blame(seed: number | string, text: string): string {
	return `FUZZ_SEED=${seed} npm run test:fuzz\n  ${text}`;
}
