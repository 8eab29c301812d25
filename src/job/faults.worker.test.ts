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

/**
 * Whatever happens, and when: one submit, one log, one rendering of it, every picture stored, an end. Schedules run several at a
 * time, so that an abort of all objects falls on each at another moment. Run again what failed: FAULTS_SEED and FAULTS_PATH.
 */

const AT_ONCE = 5;
/** A storm and its rescue take about three seconds; a slow machine has more. */
const STORM_MAX_MS = 45_000;
const ENDS_WITHIN_MS = 30_000;
/** A moment that does not come is not waited for longer. */
const MOMENT_MAX_MS = 500;
const ACTION_MAX_MS = 1_000;
const LOOK_EVERY_MS = 10;
const RESCUE_EVERY_MS = 100;
/** What holds fal back is let go of only then. */
const RESCUE_FAL_AFTER_MS = 600;

const { schedules, seed, path } = inject("faults");

it(`${schedules} random schedules of faults: nothing is lost, nothing is paid twice`, {
	timeout: Math.ceil(schedules / AT_ONCE) * STORM_MAX_MS,
}, async () => {
	const storm = fc.array(anySchedule, { minLength: AT_ONCE, maxLength: AT_ONCE, size: "max" });
	await fc.assert(
		fc.asyncProperty(storm, async (all) => {
			const outcomes = await Promise.allSettled(all.map(weather));
			const failed = outcomes.flatMap((outcome, index) =>
				outcome.status === "rejected" ? [`schedule ${index}: ${String(outcome.reason?.stack ?? outcome.reason)}`] : [],
			);
			if (failed.length > 0) throw new Error(failed.join("\n"));
		}),
		// Moments differ from run to run, so a smaller schedule proves nothing: the whole one is told.
		{ numRuns: Math.ceil(schedules / AT_ONCE), seed, endOnFailure: true, ...(path === "" ? {} : { path }) },
	);
});

/** What is known while a schedule runs. */
interface Scene {
	readonly prompt: string;
	readonly jobs: Set<string>;
	frames: number;
	over: boolean;
}

/** One schedule, from the first request to the last check. */
async function weather(schedule: Schedule): Promise<void> {
	const scene: Scene = { prompt: aPrompt(schedule.words), jobs: new Set(), frames: 0, over: false };
	const reading = runClient(
		schedule,
		scene.prompt,
		(job) => scene.jobs.add(job),
		(count) => {
			scene.frames = Math.max(scene.frames, count);
		},
	);
	const all = (async (): Promise<readonly [Readings, readonly Watched[]]> => {
		try {
			const acting = schedule.actions.map(async ({ when, waitMs, action }) => {
				await comes(when, scene);
				await scheduler.wait(waitMs);
				await act(action, scene);
			});
			const watching = schedule.watchers.map((watcher) => watchAfter(watcher, scene));
			const read = await Promise.all([reading, Promise.all(watching)]);
			await Promise.all(acting);
			return read;
		} finally {
			scene.over = true;
		}
	})();
	const [[readings, watched]] = await Promise.all([all, rescue(schedule, scene)]);
	await check(schedule, scene, readings, watched);
}

function jobOf({ jobs }: Scene): string | null {
	return jobs.values().next().value ?? null;
}

/** What fal has of this prompt: more than one only where a job was not joined. */
async function requestsOf(scene: Scene): Promise<readonly string[]> {
	const calls = await queueCalls(scene.prompt);
	const known = new Set(calls.flatMap(({ requestId }) => requestId ?? []));
	for (const job of scene.jobs) {
		// An abort may have taken the simulator's note of the call.
		const log = await logOf(job).catch(() => []);
		for (const event of log) if (event.type === "submitted" || event.type === "generated") known.add(event.requestId);
	}
	return [...known];
}

interface FalRequest {
	readonly moment: { readonly status: string; readonly ending?: string };
}

async function falRequestOf(requestId: string): Promise<FalRequest | null> {
	const response = await sim(`/requests/${requestId}`);
	return response.ok ? response.json() : null;
}

async function order(requestId: string, what: string, body: object = {}): Promise<{ status?: number | null }> {
	const response = await sim(`/requests/${requestId}/${what}`, { method: "POST", body: JSON.stringify(body) });
	return response.ok ? response.json() : {};
}

/** Waits for progress, for a while. */
async function comes(moment: Moment, scene: Scene): Promise<void> {
	const has = async (): Promise<boolean> => {
		switch (moment.type) {
			case "start":
				return true;
			case "frame":
				return scene.frames >= moment.count;
			case "request":
				return (await requestsOf(scene)).length > 0;
			case "done": {
				const [requestId] = await requestsOf(scene);
				return requestId !== undefined && (await falRequestOf(requestId))?.moment.status === "COMPLETED";
			}
		}
	};
	const until = Date.now() + MOMENT_MAX_MS;
	while (!scene.over && Date.now() < until && !(await has().catch(() => false))) await scheduler.wait(LOOK_EVERY_MS);
}

/** Nothing here may fail the schedule: what is not there cannot be evicted, and an abort breaks off any of these. */
async function act(action: Action, scene: Scene): Promise<void> {
	// An eviction waits for what is under way, such as a submit that hangs.
	await Promise.race([perform(action, scene).catch(() => {}), scheduler.wait(ACTION_MAX_MS)]);
}

async function perform(action: Action, scene: Scene): Promise<unknown> {
	if (action.type === "abort") return abortAllDurableObjects();
	const job = jobOf(scene);
	if (job === null) return;
	switch (action.type) {
		case "evict":
			return evictDurableObject(stubOf(job), { webSockets: action.webSockets });
		case "alarm":
			return runDurableObjectAlarm(stubOf(job));
		case "look":
			return (await ask(`/v1/jobs/job_${job}`)).text();
		case "cancel":
			return (await ask(`/v1/jobs/job_${job}/cancel`, { method: "POST" })).text();
	}
	const [requestId] = await requestsOf(scene);
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

interface Watched {
	readonly kind: Watcher["kind"];
	readonly frames: readonly string[];
}

async function watchAfter({ kind, from, cuts }: Watcher, scene: Scene): Promise<Watched> {
	await comes(from, scene);
	while (jobOf(scene) === null) await scheduler.wait(LOOK_EVERY_MS);
	const job = jobOf(scene) ?? "";
	return { kind, frames: await (kind === "chat" ? readChat : readEvents)(job, cuts) };
}

/** Time passes faster: alarms ring, and in the end fal lets go of what it holds and tells of it. */
async function rescue({ hooked }: Schedule, scene: Scene): Promise<void> {
	const began = Date.now();
	while (!scene.over) {
		await scheduler.wait(RESCUE_EVERY_MS);
		if (Date.now() - began > ENDS_WITHIN_MS) {
			const job = jobOf(scene);
			const log = job === null ? [] : await logOf(job);
			const calls = (await queueCalls(scene.prompt)).map(({ method, path: at, status }) => `${method} ${at} ${status}`);
			throw new Error(`the job does not end: ${JSON.stringify(log, null, 1)}\n${calls.join("\n")}`);
		}
		const late = Date.now() - began > RESCUE_FAL_AFTER_MS;
		for (const job of scene.jobs) await runDurableObjectAlarm(stubOf(job)).catch(() => false);
		for (const requestId of late ? await requestsOf(scene) : []) {
			const moment = (await falRequestOf(requestId))?.moment;
			if (moment?.status !== "COMPLETED") await order(requestId, "finish");
			else if (hooked) await order(requestId, "webhook");
		}
	}
}

async function check(schedule: Schedule, scene: Scene, readings: Readings, watched: readonly Watched[]) {
	const [job = "", ...others] = scene.jobs;
	// What comes late is still stored: the last webhook is the simulator's own word that it was told.
	const told = await tellAgain(schedule, scene);
	const log = await settledLog(job);
	const state = foldLegal(log);
	const explain = JSON.stringify({ prompt: scene.prompt, log }, null, 1);
	if (state.phase !== "ended") throw new Error(`not ended: ${explain}`);

	// A request that is made again is another job only where the first one surely cost nothing, or was cancelled.
	expect(others.length === 0 || !isJoinable(state), `joined instead of ${others}: ${explain}`).toBe(true);
	expect(await stubOf(job).claim(true), explain).toBe(isJoinable(state) ? "yes" : "no");
	const calls = await queueCalls(scene.prompt);
	const accepted = calls.filter(({ method, requestId }) => method === "POST" && requestId !== null);
	expect(accepted.length, explain).toBeLessThanOrEqual(1 + others.length);

	await checkPictures(schedule, state, log, job, told, explain);

	const whole = await readChat(job, []);
	for (const [index, frames] of readings.entries()) {
		// A reading that was given up is the beginning of one.
		if (others.length > 0) continue;
		const expected = index === readings.length - 1 ? whole : whole.slice(0, frames.length);
		const isWhole = frames.at(-1) === "data: [DONE]";
		expect(frames, explain).toEqual(isWhole ? whole : expected);
	}
	const events = await readEvents(job, []);
	for (const { kind, frames } of watched) expect(frames, explain).toEqual(kind === "chat" ? whole : events);
}

/** Whether fal was done in truth, and the job was told so with all that it needs. */
async function tellAgain({ hooked, outcome }: Schedule, scene: Scene): Promise<boolean> {
	const good = hooked && (outcome === "ok" || outcome === "nsfw");
	const [requestId] = good && scene.jobs.size === 1 ? await requestsOf(scene) : [];
	if (requestId === undefined) return false;
	const { moment } = (await falRequestOf(requestId)) ?? {};
	if (moment?.status !== "COMPLETED" || moment.ending !== "ran") return false;
	return (await order(requestId, "webhook")).status === 200;
}

/** When nothing is on its way to R2 any more. */
async function settledLog(job: string): Promise<readonly JobEvent[]> {
	for (const until = Date.now() + ENDS_WITHIN_MS; ; ) {
		const log = await logOf(job);
		const state = fold(log);
		const pending = transferOf(state)?.pending.length ?? 0;
		if ((state.phase === "ended" && pending === 0) || Date.now() > until) return log;
		await runDurableObjectAlarm(stubOf(job)).catch(() => false);
		await scheduler.wait(RESCUE_EVERY_MS);
	}
}

async function checkPictures(
	{ pictures, hooked, onDisconnect, outcome, actions }: Schedule,
	state: State & { phase: "ended" },
	log: readonly JobEvent[],
	job: string,
	told: boolean,
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
	if (hooked && !cancelled) {
		const good = outcome === "ok" || outcome === "nsfw";
		expect(state.outcome, explain).toBe(good ? "succeeded" : "failed");
	}
}
