/** Runs a schedule: its clients and watchers, what happens to it and when, and fal to its end. */
import { abortAllDurableObjects, evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { flatten } from "../../../src/core/linked.ts";
import { passTime, realNow } from "./clock.ts";
import { askerOf, type Reading, runClient, runWatcher } from "./fault-clients.ts";
import type { Action, Batch, Moment, Schedule, Watcher } from "./fault-schedules.ts";
import { type Ask, aPrompt, queueCalls, sim } from "./gateway.ts";
import { logOf, stubOf } from "./job-of.ts";

/** More than the time in which fal's list of requests is asked for a submit that no webhook can settle. */
export const ENDS_WITHIN_MS = 90_000;
/** A moment that does not come is waited for no longer. */
const MOMENT_MAX_MS = 500;
const ACTION_MAX_MS = 1_000;
const LOOK_EVERY_MS = 10;
export const ALARM_EVERY_MS = 100;
/** fal finishes what it holds only then. */
const FINISH_FAL_AFTER_MS = 600;
/** If the schedule has jumps of the clock, it jumps on from then: every job ends by its deadline, whatever fal does. */
const LAST_JUMP_AFTER_MS = 1_500;
const LAST_JUMP_MS = 16 * 60_000;

/** A schedule as it runs. */
export interface Run {
	readonly schedule: Schedule;
	readonly batch: Batch;
	readonly prompt: string;
	readonly ask: Ask;
	readonly began: number;
	readonly jobs: Set<string>;
	/** Jobs that somebody asked to delete. An abort may have come between. */
	readonly deleted: Set<string>;
	/** Jobs whose deletion was answered. */
	readonly surelyDeleted: Set<string>;
	/** Faults that were seen while it ran. */
	readonly objections: string[];
	/** Read by the first client. */
	frames: number;
	/** Alarms that were made to fire. */
	alarms: number;
	/** Streams that clients and watchers asked for. */
	streams: number;
	over: boolean;
}

export function newRun(schedule: Schedule, batch: Batch): Run {
	return {
		schedule,
		batch,
		prompt: aPrompt(schedule.words),
		ask: askerOf(schedule.settings),
		began: realNow(),
		jobs: new Set(),
		deleted: new Set(),
		surelyDeleted: new Set(),
		objections: [],
		frames: 0,
		alarms: 0,
		streams: 0,
		over: false,
	};
}

/** Runs a schedule until all of its clients have their ends. Returns what they read. */
export async function play(run: Run): Promise<readonly Reading[]> {
	const { schedule } = run;
	const reading = runClient(schedule, run.prompt, {
		onJob: (job) => run.jobs.add(job),
		onFrame: (count) => {
			run.frames = Math.max(run.frames, count);
		},
		onStream: () => {
			run.streams += 1;
		},
	});
	const all = (async (): Promise<readonly Reading[]> => {
		try {
			const acting = schedule.actions.map(async ({ when, waitMs, action }) => {
				await waitFor(when, run);
				await scheduler.wait(waitMs);
				await perform(action, run);
			});
			const watching = schedule.watchers.map((watcher) => watchJob(watcher, run));
			const read = await Promise.all([reading, Promise.all(watching)]);
			await Promise.all(acting);
			return read.flat();
		} finally {
			run.over = true;
		}
	})();
	const [readings] = await Promise.all([all, driveToEnd(run)]);
	return readings;
}

/** Lets the clock of a batch jump until all of its schedules are over. */
export async function jumpOn({ jumps }: Batch, areOver: () => boolean): Promise<void> {
	if (jumps.length === 0) return;
	const began = realNow();
	const left = jumps.toSorted((a, b) => a.afterMs - b.afterMs);
	for (let next = LAST_JUMP_AFTER_MS; !areOver(); ) {
		await scheduler.wait(LOOK_EVERY_MS);
		const passedMs = realNow() - began;
		const [jump] = left;
		if (jump !== undefined && passedMs >= jump.afterMs) passTime(left.shift()?.ms ?? 0);
		if (passedMs < next) continue;
		passTime(LAST_JUMP_MS);
		next += LAST_JUMP_AFTER_MS;
	}
}

function jobOf({ jobs }: Run): string | null {
	return jobs.values().next().value ?? null;
}

/** The requests that fal has of this prompt: more than one only if a job was not joined. */
export async function requestsOf(run: Run): Promise<readonly string[]> {
	const calls = await queueCalls(run.prompt);
	const ids = new Set(calls.flatMap(({ requestId }) => requestId ?? []));
	for (const job of run.jobs) {
		// An abort may have taken the simulator's record of the call. A deleted job has no log.
		const log = await logOf(job).catch(() => []);
		for (const event of log.map(flatten))
			if (event.type === "submitted" || event.type === "generated") ids.add(event.requestId);
	}
	return [...ids];
}

interface FalRequest {
	readonly moment: { readonly status: string; readonly ending?: string };
}

export async function falRequestOf(requestId: string): Promise<FalRequest | null> {
	const response = await sim(`/requests/${requestId}`);
	return response.ok ? response.json() : null;
}

/** Gives the simulator an order. Its webhooks are as young as the Worker's clock wants them. */
export async function order(requestId: string, what: string, body: object = {}): Promise<{ status?: number | null }> {
	const json = what === "webhook" ? { timestamp: Math.floor(Date.now() / 1_000), ...body } : body;
	const response = await sim(`/requests/${requestId}/${what}`, { method: "POST", body: JSON.stringify(json) });
	return response.ok ? response.json() : {};
}

export async function fireAlarm(run: Run, job: string): Promise<void> {
	if (await runDurableObjectAlarm(stubOf(job)).catch(() => false)) run.alarms += 1;
}

async function waitFor(moment: Moment, run: Run): Promise<void> {
	const hasCome = async (): Promise<boolean> => {
		switch (moment.type) {
			case "start":
				return true;
			case "frame":
				return run.frames >= moment.count;
			case "request":
				return (await requestsOf(run)).length > 0;
			case "done": {
				const [requestId] = await requestsOf(run);
				return requestId !== undefined && (await falRequestOf(requestId))?.moment.status === "COMPLETED";
			}
		}
	};
	const until = realNow() + MOMENT_MAX_MS;
	while (!run.over && realNow() < until && !(await hasCome().catch(() => false))) await scheduler.wait(LOOK_EVERY_MS);
}

/** Never fails the schedule: an object that is not there cannot be evicted, and an abort breaks off any action. */
async function perform(action: Action, run: Run): Promise<void> {
	// An eviction waits for what is under way, such as a submit that hangs.
	await Promise.race([act(action, run).catch(() => {}), scheduler.wait(ACTION_MAX_MS)]);
}

async function act(action: Action, run: Run): Promise<unknown> {
	if (action.type === "abort") return abortAllDurableObjects();
	const job = jobOf(run);
	if (job === null) return;
	switch (action.type) {
		case "evict":
			return evictDurableObject(stubOf(job), { webSockets: action.webSockets });
		case "alarm":
			return fireAlarm(run, job);
		case "read":
			return (await run.ask(`/v1/jobs/job_${job}`)).text();
		case "cancel":
			return (await run.ask(`/v1/jobs/job_${job}/cancel`, { method: "POST" })).text();
		case "delete":
			return remove(job, run);
	}
	const requests = await requestsOf(run);
	// Of several any one is meant.
	const requestId = requests[run.alarms % Math.max(1, requests.length)];
	if (requestId === undefined) return;
	switch (action.type) {
		case "run":
			return order(requestId, "advance", { to: "IN_PROGRESS" });
		case "finish":
			return order(requestId, "finish");
		case "webhook":
			return order(requestId, "webhook", {
				forged: action.how === "forged",
				...(action.how === "of_another" ? { requestId: crypto.randomUUID() } : {}),
			});
	}
}

/** Deletes a job. From the answer on nobody sees it. */
async function remove(job: string, run: Run): Promise<void> {
	run.deleted.add(job);
	const response = await run.ask(`/v1/jobs/job_${job}`, { method: "DELETE" });
	await response.text();
	if (!response.ok) return;
	run.surelyDeleted.add(job);
	const [shown, list] = await Promise.all([run.ask(`/v1/jobs/job_${job}`), run.ask("/v1/jobs?limit=40")]);
	await shown.body?.cancel();
	if (shown.status !== 404 && shown.status !== 500) run.objections.push(`a deleted job answers ${shown.status}`);
	if ((await list.text()).includes(job)) run.objections.push("the list shows a deleted job");
}

async function watchJob(watcher: Watcher, run: Run): Promise<Reading> {
	await waitFor(watcher.from, run);
	while (jobOf(run) === null) await scheduler.wait(LOOK_EVERY_MS);
	return runWatcher(run.ask, jobOf(run) ?? "", watcher, () => {
		run.streams += 1;
	});
}

async function driveToEnd(run: Run): Promise<void> {
	while (!run.over) {
		await scheduler.wait(ALARM_EVERY_MS);
		if (realNow() - run.began > ENDS_WITHIN_MS) {
			const job = jobOf(run);
			const log = job === null ? [] : await logOf(job);
			const calls = (await queueCalls(run.prompt)).map(({ method, path: at, status }) => `${method} ${at} ${status}`);
			throw new Error(`the job does not end: ${JSON.stringify(log, null, 1)}\n${calls.join("\n")}`);
		}
		await drive(run);
	}
}

/** Lets time pass faster: alarms fire, and in the end fal finishes what it holds and sends its webhook. */
export async function drive(run: Run): Promise<void> {
	for (const job of run.jobs) await fireAlarm(run, job);
	// If the clock jumps, a job that fal holds has to end by its deadline. A submit that hangs keeps the real time.
	const isLeftToTime = run.batch.jumps.length > 0 && run.schedule.fal.submit !== "hangs";
	if (isLeftToTime || realNow() - run.began < FINISH_FAL_AFTER_MS) return;
	for (const requestId of await requestsOf(run)) {
		const moment = (await falRequestOf(requestId))?.moment;
		if (moment?.status !== "COMPLETED") await order(requestId, "finish");
		else if (run.schedule.webhook) await order(requestId, "webhook");
	}
}
