/**
 * Random sessions over the whole API, with requests and answers of fal's that are mutated: never a fault of ours, a shapeless error, a leak,
 * a long silence, a submit that nobody meant, or growth without bound. FUZZ_SEED runs one seed again.
 */
import { afterAll, beforeAll, expect, inject, it, vi } from "vitest";
import { objectionsTo, SECRETS, SILENCE_MAX_MS } from "../test/support/workerd/fuzz-checks.ts";
import { type Answer, cut, describeSent } from "../test/support/workerd/fuzz-client.ts";
import {
	drive,
	type Job,
	listJobs,
	objectionsToJob,
	objectionsToRemoval,
	objectionsToWebhooks,
} from "../test/support/workerd/fuzz-jobs.ts";
import { linksIn, type Run, startSession } from "../test/support/workerd/fuzz-run.ts";
import { blame, objectionsToSubmits, seedOfJob } from "../test/support/workerd/fuzz-submits.ts";
import { sim } from "../test/support/workerd/gateway.ts";
import { collectLines, objectionsToLine, type RawLine } from "../test/support/workerd/log-lines.ts";

const AT_ONCE = 25;
/** A batch takes a few seconds; a slow machine has more. */
const BATCH_MAX_MS = 300_000;
const DRIVE_EVERY_MS = 200;
/** A pass takes no longer, or the machine is busy with something else. */
const STALL_MS = 1_000;
/** By then every job has been made older than all of its bounds, however slow the machine. */
const JOBS_END_WITHIN_MS = 120_000;

/** Of one failure: a log may be long. */
const MAX_SHOWN_CHARS = 6_000;

const { first, count } = inject("fuzz");

let lines: RawLine[] = [];
beforeAll(async () => {
	lines = collectLines();
	// Of prompts that have lost their words.
	await sim("/scenario", { method: "POST", body: JSON.stringify({ name: "quick", "max-side": 64 }) });
});
afterAll(() => {
	vi.restoreAllMocks();
});

const batches = Array.from({ length: Math.ceil(count / AT_ONCE) }, (_, batch) =>
	Array.from({ length: Math.min(AT_ONCE, count - batch * AT_ONCE) }, (_, place) => first + batch * AT_ONCE + place),
);

it.each(batches.map((seeds) => ({ from: seeds[0], to: seeds.at(-1), seeds })))(
	"nothing breaks in the sessions of the seeds $from to $to",
	{ timeout: BATCH_MAX_MS },
	async ({ seeds }) => {
		const objections = await runBatch(seeds);
		if (objections.length > 0) expect.fail(objections.join("\n"));
	},
);

async function runBatch(seeds: readonly number[]): Promise<readonly string[]> {
	lines.length = 0;
	await sim("/calls", { method: "DELETE" });
	const runs = seeds.map(startSession);
	const jobs = new Map<string, Job>();
	const stalls: [from: number, to: number][] = [];
	const late = await driveToEnd(runs, jobs, stalls);
	const all = [...jobs.values()];
	const world = {
		jobs: new Map(all.map(({ id, account }) => [id, account])),
		stalls,
		links: new Set(runs.flatMap(({ answers }) => linksIn(answers))),
	};
	const seedOf = (job: Job) => runs.find(({ answers }) => answers.some(isOf(job.id)))?.seed ?? seedOfJob(job);
	const objections = await Promise.all([
		late,
		runs.flatMap((run) => run.answers.flatMap((answer) => objectionsTo(answer, world).map(by(run.seed, answer)))),
		...runs.map(({ seed, webhooks }) => objectionsToWebhooks(webhooks).map((text) => blame(seed, text))),
		...all.map(async (job) => (await objectionsToJob(job)).map((text) => blame(seedOf(job), `job ${job.id}: ${text}`))),
		objectionsToSubmits(all, runs),
	]);
	const left = await objectionsToRemoval(all);
	return [...objections.flat(), ...left, ...objectionsToLines()].map((text) => cut(text, MAX_SHOWN_CHARS));
}

function isOf(id: string) {
	return ({ headers }: Answer) => headers.get("x-job-id") === id;
}

function by(seed: number, { sent, status }: Answer) {
	return (text: string) => blame(seed, `${text}\n  ${status} to ${describeSent(sent)}`);
}

/**
 * Drives all jobs until every session is over and every job has ended. Says who was silent for too long.
 * @param stalls Gets the times in which the machine stood still
 */
async function driveToEnd(
	runs: readonly Run[],
	jobs: Map<string, Job>,
	stalls: [from: number, to: number][],
): Promise<string[]> {
	const began = Date.now();
	let open = runs.length;
	for (const { done, seed } of runs)
		void done
			.catch((error: unknown) => lines.push([`the session of the seed ${seed} broke off`, String(error)]))
			.finally(() => {
				open -= 1;
			});
	/** Time since the last job ended. A pause in which the machine stood still counts as `STALL_MS` at most. */
	let quietMs = 0;
	let passedAt = began;
	while (Date.now() - began < JOBS_END_WITHIN_MS + SILENCE_MAX_MS && quietMs <= SILENCE_MAX_MS) {
		await drive(jobs);
		const ended = [...jobs.values()].every(({ over, busy }) => over && !busy);
		if (ended && open === 0) return [];
		const passMs = Date.now() - passedAt;
		if (passMs > STALL_MS) stalls.push([passedAt, passedAt + passMs]);
		passedAt += passMs;
		quietMs = ended ? quietMs + Math.min(passMs, STALL_MS) : 0;
		await scheduler.wait(DRIVE_EVERY_MS);
	}
	return runs.flatMap(({ seed, answers }) =>
		answers
			.filter(({ end }) => end === "open")
			.map((answer) =>
				by(seed, answer)(`no end of its answer, though ${quietMs === 0 ? "not " : ""}all jobs have ended`),
			),
	);
}

function objectionsToLines(): string[] {
	return lines.flatMap((line) => objectionsToLine(line, [...SECRETS, "prompt-"]));
}

it("leaves nothing behind", async () => {
	expect(await listJobs()).toEqual([]);
});
