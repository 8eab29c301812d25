/** Brings the jobs of the fuzz suite to their ends, counts what they left, and takes them away. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { JobEvent } from "../../../src/core/events.ts";
import { flatten } from "../../../src/core/linked.ts";
import { transferOf } from "../../../src/core/slot.ts";
import { areSlotsOver, detailsOf, fold, type State } from "../../../src/core/state.ts";
import { ACCESS_KEYS } from "./fuzz-requests.ts";
import type { Account } from "./fuzz-sessions.ts";
import { ask, type Call, sim } from "./gateway.ts";
import { age, listingOf, logOf, stubOf, tablesOf } from "./job-of.ts";

/** A job while it is brought to its end. */
export interface Job {
	readonly id: string;
	readonly account: Account;
	readonly seenAt: number;
	/** Alarms that came sooner than by themselves. */
	ticks: number;
	/** Times that it was made older. */
	ages: number;
	log: readonly JobEvent[];
	/** Nothing comes any more by itself but its expiry. */
	over: boolean;
	/** It is looked at, or hurried. An eviction waits for the calls that its object has under way. */
	busy: boolean;
}

const ACCOUNTS: readonly Account[] = ["owner", "other"];

/** A job that is left alone for longer than this is hurried. */
const HURRY_AFTER_MS = 1_200;
const AGE_EVERY_MS = 500;
const MINUTE_MS = 60_000;
/** Beyond the wait for a lost answer, the deadline, the hour of a result and the day of a picture. */
const AGES_MS = [6, 10, 60, 24 * 60].map((minutes) => minutes * MINUTE_MS);
/** The deadline: fal begins no job later. */
const DEADLINE_MS = 15 * MINUTE_MS;
/** Pictures are expired, and so are their jobs. */
const EXPIRY_MS = 31 * 24 * 60 * MINUTE_MS;

/** Lists all jobs that the accounts have. */
export async function listJobs(): Promise<readonly Pick<Job, "id" | "account">[]> {
	const lists = await Promise.all(
		ACCOUNTS.map((account) =>
			runInDurableObject(env.ACCOUNT.getByName(account), (_, { storage: { sql } }) =>
				sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'jobs'").toArray().length === 0
					? []
					: sql
							.exec<{ id: string }>("SELECT id FROM jobs ORDER BY n")
							.toArray()
							.map(({ id }) => ({ id, account })),
			),
		),
	);
	return lists.flat();
}

/** Adds new jobs to `jobs`, and lets time pass faster for those that do not end by themselves. */
export async function drive(jobs: Map<string, Job>): Promise<void> {
	const listed = await listJobs();
	for (const { id, account } of listed)
		if (!jobs.has(id))
			jobs.set(id, { id, account, seenAt: Date.now(), ticks: 0, ages: 0, log: [], over: false, busy: false });
	const ids = new Set(listed.map(({ id }) => id));
	for (const job of jobs.values()) {
		if (job.over || job.busy) continue;
		job.busy = true;
		// Not awaited: one job must not hold the others back.
		void driveOne(job, ids.has(job.id)).finally(() => {
			job.busy = false;
		});
	}
}

async function driveOne(job: Job, isListed: boolean): Promise<void> {
	const log = await logOf(job.id).catch(() => null);
	const ageMs = Date.now() - job.seenAt;
	if (log === null) {
		// It was deleted. One whose client left before it began stays in the list, and has no log.
		job.over = !isListed || ageMs > HURRY_AFTER_MS;
		return;
	}
	job.log = log;
	job.over = isOver(fold(log));
	if (job.over || ageMs < HURRY_AFTER_MS) return;
	job.ticks += 1;
	await runDurableObjectAlarm(stubOf(job.id)).catch(() => false);
	const older = AGES_MS[job.ages];
	if (older === undefined || ageMs < HURRY_AFTER_MS + AGE_EVERY_MS * (job.ages + 1)) return;
	job.ages += 1;
	await age(job.id, older).catch(() => {});
}

function isOver(state: State): boolean {
	const isPending = state.slots.some((slot) => (transferOf(slot)?.pending.length ?? 0) > 0);
	return state.end !== null && areSlotsOver(state) && !isPending && !detailsOf(state)?.deleting;
}

/** The cost of an ordinary job, and the most that its bounds add: for results that are no result, looks into fal's list, alarms. */
const ROWS_MAX = 12 + 20 + 6;
const ROWS_PER_TICK = 2;
const CALLS_MAX = 4 + 20 + 6;
const CALLS_PER_TICK = 3;
const LOG_BYTES_MAX = 400_000;

/** Says what is wrong with what a job left: it must have ended, and have cost no more than its bounds. */
export async function objectionsToJob(job: Job): Promise<string[]> {
	if (job.log.length === 0) return [];
	const requestIds = [...new Set(requestIdsOf(job))];
	const calls = (await Promise.all(requestIds.map(callsAbout))).flat();
	const webhooks = (await Promise.all(requestIds.map(webhooksOf))).flat();
	const { ticks } = job;
	const requests = requestsOf(job);
	const text = JSON.stringify(job.log);
	return [
		...(job.over ? [] : [`it does not end: ${text}`]),
		...(job.log.length <= (ROWS_MAX + ROWS_PER_TICK * ticks) * requests
			? []
			: [`it has ${job.log.length} events: ${text}`]),
		...(text.length <= LOG_BYTES_MAX ? [] : [`its log has ${text.length} bytes`]),
		...(await objectionsToPictures(job.id)),
		...objectionsToWebhooks(webhooks),
		...(calls.length <= (CALLS_MAX + CALLS_PER_TICK * ticks) * requests
			? []
			: [
					`it made ${calls.length} calls in ${ticks} alarms: ${calls.map(({ method, status }) => `${method} ${status}`)}`,
				]),
	];
}

/** A picture that comes late is on its way to R2 for a moment, and one of a job that is being deleted from it. */
const SETTLED_WITHIN_MS = 5_000;

/** The pictures in R2 are those of the log: none, if the job was deleted. */
async function objectionsToPictures(job: string): Promise<string[]> {
	for (const until = Date.now() + SETTLED_WITHIN_MS; ; ) {
		const log = await logOf(job).catch(() => []);
		const stored = log
			.map(flatten)
			.flatMap((event) => (event.type === "image" || event.type === "late_image" ? [event.key] : []))
			.toSorted();
		const { objects } = await env.IMAGES.list({ prefix: `images/${job}/` });
		const told = `R2 has [${objects.map(({ key }) => key).toSorted()}], the log [${stored}]`;
		if (told === `R2 has [${stored}], the log [${stored}]`) return [];
		if (Date.now() > until) return [told];
		await scheduler.wait(LOOK_EVERY_MS);
	}
}

/** The number of requests to fal that a job has begun. */
export function requestsOf({ log }: Pick<Job, "log">): number {
	return new Set(log.map(flatten).map(({ slot = 0 }) => slot)).size;
}

/** The ids that fal gave a job. */
function requestIdsOf({ log }: Job): readonly string[] {
	return log
		.map(flatten)
		.flatMap((event) => (event.type === "submitted" || event.type === "generated" ? [event.requestId] : []));
}

export function promptOf({ log }: Job): string | null {
	const [accepted] = log;
	return accepted?.type === "accepted" ? accepted.request.prompt : null;
}

const GONE_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** Deletes jobs, or lets them expire, and says what is left of them. */
export async function objectionsToRemoval(jobs: readonly Job[]): Promise<string[]> {
	await Promise.all(jobs.map(remove));
	const until = Date.now() + GONE_WITHIN_MS;
	for (let left = jobs; ; ) {
		const whatIsLeft = await Promise.all(left.map(leftOf));
		left = left.filter((_, index) => (whatIsLeft[index]?.length ?? 0) > 0);
		if (left.length === 0 || Date.now() > until) return whatIsLeft.flat();
		await Promise.all(left.map(({ id }) => runDurableObjectAlarm(stubOf(id)).catch(() => false)));
		await scheduler.wait(LOOK_EVERY_MS);
	}
}

async function remove({ id, account }: Job, index: number): Promise<void> {
	if (index % 2 === 0) {
		const headers = { authorization: `Bearer ${ACCESS_KEYS[account]}` };
		await (await ask(`/v1/jobs/${id}`, { method: "DELETE", headers })).text();
		await age(id, DEADLINE_MS).catch(() => {});
	} else {
		await age(id, EXPIRY_MS).catch(() => {});
		await runDurableObjectAlarm(stubOf(id)).catch(() => false);
	}
}

async function leftOf({ id, account, log }: Job): Promise<string[]> {
	const { objects } = await env.IMAGES.list({ prefix: `images/${id}/` });
	const inputs = await env.IMAGES.list({ prefix: `inputs/${id}/` });
	return [
		...(objects.length > 0 ? [`${id} leaves pictures`] : []),
		...(inputs.objects.length > 0 ? [`${id} leaves what it was drawn from`] : []),
		...((await tablesOf(id)).length > 0 ? [`${id} leaves its log`] : []),
		// A row is written before its job starts: one that never did keeps its row.
		...(log.length > 0 && (await listingOf(id, account)).length > 0 ? [`${id} stays in its account's list`] : []),
	];
}

/** The calls about one request of fal's, without its submit. */
async function callsAbout(requestId: string): Promise<readonly Call[]> {
	const calls: readonly Call[] = await (await sim(`/calls?request_id=${encodeURIComponent(requestId)}`)).json();
	return calls.filter(({ method }) => method !== "POST");
}

/** Returns the Worker's answers to the webhooks of one request; null for no answer. */
async function webhooksOf(requestId: string): Promise<readonly (number | null)[]> {
	const response = await sim(`/requests/${encodeURIComponent(requestId)}`);
	if (!response.ok) return [];
	const { deliveries }: { deliveries: readonly { status: number | null }[] } = await response.json();
	return deliveries.map(({ status }) => status);
}

export function objectionsToWebhooks(statuses: readonly (number | null)[]): string[] {
	const bad = statuses.filter((status) => status === null || status >= 500);
	return bad.length === 0 ? [] : [`fal's webhooks were answered with ${statuses}`];
}
