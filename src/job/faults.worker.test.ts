/**
 * Whatever happens, and when: one submit, one log, one rendering of it, every picture stored, an end. Several schedules run at
 * a time, so that an abort of all objects meets each at another moment. FAULTS_SEED and FAULTS_PATH run a failed one again.
 */
import { abortAllDurableObjects, evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, inject, it } from "vitest";
import { foldLegal } from "../../test/support/workerd/fault-checks.ts";
import { type Readings, readChat, readEvents, runClient } from "../../test/support/workerd/fault-clients.ts";
import {
	type Action,
	anySchedule,
	type Moment,
	type Schedule,
	type Watcher,
} from "../../test/support/workerd/fault-schedules.ts";
import { aPrompt, ask, queueCalls, sim } from "../../test/support/workerd/gateway.ts";
import { logOf, stubOf } from "../../test/support/workerd/job-of.ts";
import type { JobEvent } from "../core/events.ts";
import { isJoinable } from "../core/from-client.ts";
import { fold, type State, transferOf } from "../core/state.ts";

const AT_ONCE = 5;
/** A batch takes about three seconds; a slow machine has more. */
const BATCH_MAX_MS = 45_000;
/** More than the time in which fal's list of requests is asked for a submit that no webhook can settle. */
const ENDS_WITHIN_MS = 90_000;
/** A moment that does not come is waited for no longer. */
const MOMENT_MAX_MS = 500;
const ACTION_MAX_MS = 1_000;
const LOOK_EVERY_MS = 10;
const ALARM_EVERY_MS = 100;
/** fal finishes what it holds only then. */
const FINISH_FAL_AFTER_MS = 600;

const { schedules, seed, path } = inject("faults");

it(`loses nothing and pays nothing twice in ${schedules} random schedules of faults`, {
	timeout: Math.ceil(schedules / AT_ONCE) * BATCH_MAX_MS,
}, async () => {
	const batch = fc.array(anySchedule, { minLength: AT_ONCE, maxLength: AT_ONCE, size: "max" });
	await fc.assert(
		fc.asyncProperty(batch, async (all) => {
			const outcomes = await Promise.allSettled(all.map(runSchedule));
			const failed = outcomes.flatMap((outcome, index) =>
				outcome.status === "rejected" ? [`schedule ${index}: ${String(outcome.reason?.stack ?? outcome.reason)}`] : [],
			);
			if (failed.length > 0) throw new Error(failed.join("\n"));
		}),
		// Moments differ from run to run, so a smaller schedule would prove nothing: the whole one is shown.
		{ numRuns: Math.ceil(schedules / AT_ONCE), seed, endOnFailure: true, ...(path === "" ? {} : { path }) },
	);
});

/** A schedule as it runs. */
interface Run {
	readonly prompt: string;
	readonly jobs: Set<string>;
	/** Read by the first client. */
	frames: number;
	over: boolean;
}

/** Runs one schedule, from the first request to the last check. */
async function runSchedule(schedule: Schedule): Promise<void> {
	const run: Run = { prompt: aPrompt(schedule.words), jobs: new Set(), frames: 0, over: false };
	const reading = runClient(
		schedule,
		run.prompt,
		(job) => run.jobs.add(job),
		(count) => {
			run.frames = Math.max(run.frames, count);
		},
	);
	const all = (async (): Promise<readonly [Readings, readonly Watched[]]> => {
		try {
			const acting = schedule.actions.map(async ({ when, waitMs, action }) => {
				await waitFor(when, run);
				await scheduler.wait(waitMs);
				await perform(action, run);
			});
			const watching = schedule.watchers.map((watcher) => watchJob(watcher, run));
			const read = await Promise.all([reading, Promise.all(watching)]);
			await Promise.all(acting);
			return read;
		} finally {
			run.over = true;
		}
	})();
	const [[readings, watched]] = await Promise.all([all, driveToEnd(schedule, run)]);
	await check(schedule, run, readings, watched);
}

function jobOf({ jobs }: Run): string | null {
	return jobs.values().next().value ?? null;
}

/** The requests that fal has of this prompt: more than one only if a job was not joined. */
async function requestsOf(run: Run): Promise<readonly string[]> {
	const calls = await queueCalls(run.prompt);
	const ids = new Set(calls.flatMap(({ requestId }) => requestId ?? []));
	for (const job of run.jobs) {
		// An abort may have taken the simulator's record of the call.
		const log = await logOf(job).catch(() => []);
		for (const event of log) if (event.type === "submitted" || event.type === "generated") ids.add(event.requestId);
	}
	return [...ids];
}

interface FalRequest {
	readonly moment: { readonly status: string; readonly ending?: string };
}

async function falRequestOf(requestId: string): Promise<FalRequest | null> {
	const response = await sim(`/requests/${requestId}`);
	return response.ok ? response.json() : null;
}

/** Gives the simulator an order. */
async function order(requestId: string, what: string, body: object = {}): Promise<{ status?: number | null }> {
	const response = await sim(`/requests/${requestId}/${what}`, { method: "POST", body: JSON.stringify(body) });
	return response.ok ? response.json() : {};
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
	const until = Date.now() + MOMENT_MAX_MS;
	while (!run.over && Date.now() < until && !(await hasCome().catch(() => false))) await scheduler.wait(LOOK_EVERY_MS);
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
			return runDurableObjectAlarm(stubOf(job));
		case "read":
			return (await ask(`/v1/jobs/job_${job}`)).text();
		case "cancel":
			return (await ask(`/v1/jobs/job_${job}/cancel`, { method: "POST" })).text();
	}
	const [requestId] = await requestsOf(run);
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

/** All that a watcher read. */
interface Watched {
	readonly kind: Watcher["kind"];
	readonly frames: readonly string[];
}

async function watchJob({ kind, from, cuts }: Watcher, run: Run): Promise<Watched> {
	await waitFor(from, run);
	while (jobOf(run) === null) await scheduler.wait(LOOK_EVERY_MS);
	const job = jobOf(run) ?? "";
	return { kind, frames: await (kind === "chat" ? readChat : readEvents)(job, cuts) };
}

/** Lets time pass faster: alarms fire, and in the end fal finishes what it holds and sends its webhook. */
async function driveToEnd({ webhook }: Schedule, run: Run): Promise<void> {
	const began = Date.now();
	while (!run.over) {
		await scheduler.wait(ALARM_EVERY_MS);
		if (Date.now() - began > ENDS_WITHIN_MS) {
			const job = jobOf(run);
			const log = job === null ? [] : await logOf(job);
			const calls = (await queueCalls(run.prompt)).map(({ method, path: at, status }) => `${method} ${at} ${status}`);
			throw new Error(`the job does not end: ${JSON.stringify(log, null, 1)}\n${calls.join("\n")}`);
		}
		const late = Date.now() - began > FINISH_FAL_AFTER_MS;
		for (const job of run.jobs) await runDurableObjectAlarm(stubOf(job)).catch(() => false);
		for (const requestId of late ? await requestsOf(run) : []) {
			const moment = (await falRequestOf(requestId))?.moment;
			if (moment?.status !== "COMPLETED") await order(requestId, "finish");
			else if (webhook) await order(requestId, "webhook");
		}
	}
}

async function check(schedule: Schedule, run: Run, readings: Readings, watched: readonly Watched[]) {
	const [job = "", ...others] = run.jobs;
	// A late picture is still stored. The simulator's own answer to its last webhook tells that the job knows of it.
	const told = await sendWebhookAgain(schedule, run);
	const log = await logWithoutPending(job);
	const state = foldLegal(log);
	const explain = JSON.stringify({ prompt: run.prompt, log }, null, 1);
	if (state.phase !== "ended") throw new Error(`not ended: ${explain}`);

	// A repeated request makes another job only if the first one surely cost nothing, or was cancelled.
	expect(others.length === 0 || !isJoinable(state), `not joined, but made ${others}: ${explain}`).toBe(true);
	expect(await stubOf(job).claim(true), explain).toBe(isJoinable(state) ? "yes" : "no");
	const calls = await queueCalls(run.prompt);
	const accepted = calls.filter(({ method, requestId }) => method === "POST" && requestId !== null);
	expect(accepted.length, explain).toBeLessThanOrEqual(1 + others.length);

	const [requestId] = others.length === 0 ? await requestsOf(run) : [];
	await checkPictures(schedule, state, log, job, { told, atFal: requestId !== undefined }, explain);

	const whole = await readChat(job, []);
	for (const [index, frames] of readings.entries()) {
		// Another job has another stream.
		if (others.length > 0) continue;
		// A reading that was given up is the beginning of the stream.
		const expected = index === readings.length - 1 ? whole : whole.slice(0, frames.length);
		const isWhole = frames.at(-1) === "data: [DONE]";
		expect(frames, explain).toEqual(isWhole ? whole : expected);
	}
	const events = await readEvents(job, []);
	for (const { kind, frames } of watched) expect(frames, explain).toEqual(kind === "chat" ? whole : events);
}

/** True if fal was really done, and the job took a webhook with all that it needs. */
async function sendWebhookAgain({ webhook, outcome }: Schedule, run: Run): Promise<boolean> {
	const good = webhook && (outcome === "ok" || outcome === "nsfw");
	const [requestId] = good && run.jobs.size === 1 ? await requestsOf(run) : [];
	if (requestId === undefined) return false;
	const { moment } = (await falRequestOf(requestId)) ?? {};
	if (moment?.status !== "COMPLETED" || moment.ending !== "ran") return false;
	return (await order(requestId, "webhook")).status === 200;
}

/** The log once no picture is on its way to R2. */
async function logWithoutPending(job: string): Promise<readonly JobEvent[]> {
	for (const until = Date.now() + ENDS_WITHIN_MS; ; ) {
		const log = await logOf(job);
		const state = fold(log);
		const pending = transferOf(state)?.pending.length ?? 0;
		if ((state.phase === "ended" && pending === 0) || Date.now() > until) return log;
		await runDurableObjectAlarm(stubOf(job)).catch(() => false);
		await scheduler.wait(ALARM_EVERY_MS);
	}
}

async function checkPictures(
	{ pictures, webhook, onDisconnect, outcome, actions }: Schedule,
	state: State & { phase: "ended" },
	log: readonly JobEvent[],
	job: string,
	{ told, atFal }: { readonly told: boolean; readonly atFal: boolean },
	explain: string,
) {
	const stored = log.filter((event) => event.type === "image" || event.type === "late_image");
	const { objects } = await env.IMAGES.list({ prefix: `images/${job}/` });
	expect(objects.map(({ key }) => key).toSorted(), explain).toEqual(stored.map(({ key }) => key).toSorted());
	expect(new Set(stored.map(({ index }) => index)).size, explain).toBe(stored.length);
	expect(log.filter(({ type }) => type === "image_lost")).toEqual([]);

	const generated = log.find((event) => event.type === "generated");
	expect(stored, explain).toHaveLength(generated?.outputs.length ?? 0);
	if (told) expect(stored, `a paid picture was dropped: ${explain}`).toHaveLength(pictures);

	const cancelled = onDisconnect === "cancel" || actions.some(({ action }) => action.type === "cancel");
	// What fal has is found by its webhook, by the submit's answer or in fal's list: nothing ends as unknown.
	if ((webhook || atFal) && !cancelled) {
		const good = outcome === "ok" || outcome === "nsfw";
		expect(state.outcome, explain).toBe(good ? "succeeded" : "failed");
	}
}
