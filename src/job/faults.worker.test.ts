/**
 * Whatever happens, and when: one submit, one log, one rendering of it, every picture stored, an end that the client's webhook is told,
 * the account's books right to the last cent, and nothing left in the end. Several schedules run at a time, so that an abort of all objects meets each at another moment. FAULTS_SEED and FAULTS_PATH run a failed one again.
 */
import fc from "fast-check";
import { beforeAll, expect, inject, it } from "vitest";
import { passTime, resetClock } from "../../test/support/workerd/clock.ts";
import { checkRun, expectNothingLeft } from "../../test/support/workerd/fault-checks.ts";
import { countSockets } from "../../test/support/workerd/fault-costs.ts";
import { checkNotices } from "../../test/support/workerd/fault-hooks.ts";
import { billOf, booksOf, checkNothingReserved, keepLastLogs } from "../../test/support/workerd/fault-money.ts";
import { fireAlarm, jumpOn, newRun, play, type Run } from "../../test/support/workerd/fault-run.ts";
import { anyBatch, type Batch } from "../../test/support/workerd/fault-schedules.ts";
import { logOf } from "../../test/support/workerd/job-of.ts";

const AT_ONCE = 5;
/** A batch takes about three seconds; a slow machine has more. */
const BATCH_MAX_MS = 45_000;
const MINUTE_MS = 60_000;

const { schedules, seed, path } = inject("faults");

beforeAll(() => {
	countSockets();
	keepLastLogs();
});

it(`loses nothing and pays nothing twice in ${schedules} random schedules of faults`, {
	timeout: Math.ceil(schedules / AT_ONCE) * BATCH_MAX_MS,
}, async () => {
	await fc.assert(
		fc.asyncProperty(anyBatch(AT_ONCE), async (batch) => {
			try {
				await runBatch(batch);
			} finally {
				resetClock();
			}
		}),
		// Moments differ from run to run, so a smaller schedule would prove nothing: the whole one is shown.
		{ numRuns: Math.ceil(schedules / AT_ONCE), seed, endOnFailure: true, ...(path === "" ? {} : { path }) },
	);
});

async function runBatch(batch: Batch): Promise<void> {
	const runs = batch.schedules.map((schedule) => newRun(schedule, batch));
	let over = false;
	const jumping = jumpOn(batch, () => over);
	const outcomes = await Promise.allSettled(runs.map(async (run) => checkRun(run, await play(run))));
	over = true;
	await jumping;
	throwAll(outcomes);
	throwAll(await Promise.allSettled([checkHooks(runs)]));
	throwAll(await Promise.allSettled([checkExpiry(runs)]));
	// No job that is left may begin any more.
	passTime(5 * MINUTE_MS);
	await checkNothingReserved();
}

function throwAll(outcomes: readonly PromiseSettledResult<unknown>[]): void {
	const failed = outcomes.flatMap((outcome, index) =>
		outcome.status === "rejected" ? [`schedule ${index}: ${String(outcome.reason?.stack ?? outcome.reason)}`] : [],
	);
	if (failed.length > 0) throw new Error(failed.join("\n"));
}

/** The webhook of each job that is kept is told of its end. */
async function checkHooks(runs: readonly Run[]): Promise<void> {
	for (const run of runs) {
		for (const job of run.jobs) if ((await logOf(job).catch(() => [])).length > 0) await checkNotices(run, job);
	}
}

/** The clock passes the expiry of one job after another: until then it is there, and nothing of it is left behind it. */
async function checkExpiry(runs: readonly Run[]): Promise<void> {
	const kept: { run: Run; job: string; expiresAt: number }[] = [];
	for (const run of runs) {
		for (const job of run.jobs) {
			const [accepted] = await logOf(job).catch(() => []);
			if (accepted?.type === "accepted") kept.push({ run, job, expiresAt: accepted.expiresAt });
		}
	}
	for (const { run, job, expiresAt } of kept.toSorted((a, b) => a.expiresAt - b.expiresAt)) {
		passTime(Math.max(0, expiresAt - MINUTE_MS - Date.now()));
		// The job before it may have had nearly the same expiry.
		if (Date.now() < expiresAt) {
			await fireAlarm(run, job);
			const shown = await run.ask(`/v1/jobs/${job}`);
			await shown.body?.cancel();
			expect(shown.status, `a job is gone too early: ${run.prompt}`).toBe(200);
		}
		passTime(Math.max(0, expiresAt + 1 - Date.now()));
		const bill = billOf(await logOf(job));
		await fireAlarm(run, job);
		await expectNothingLeft(run, job);
		expect(await booksOf(job), `the usage of an expired job: ${run.prompt}`).toEqual({ open: null, usage: bill });
	}
}
