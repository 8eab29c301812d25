/** Checks what a schedule left behind: one submit a job, one log, one rendering of it, every picture, or nothing at all. */
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { JobEvent } from "../../../src/core/events.ts";
import { flatten } from "../../../src/core/linked.ts";
import { realNow } from "./clock.ts";
import { hasEnd, type Reading, runWatcher } from "./fault-clients.ts";
import { checkCosts } from "./fault-costs.ts";
import { checkLegal, endOf, hasToBeJoined, madeIn, pendingIn } from "./fault-log.ts";
import { checkMoney, checkMoneyOfDeleted } from "./fault-money.ts";
import { checkReasons } from "./fault-reasons.ts";
import {
	ALARM_EVERY_MS,
	drive,
	ENDS_WITHIN_MS,
	falRequestOf,
	fireAlarm,
	order,
	type Run,
	requestsOf,
} from "./fault-run.ts";
import { requestsIn } from "./fault-schedules.ts";
import { checkDeletedStream, checkStream } from "./fault-streams.ts";
import { queueCalls } from "./gateway.ts";
import { alarmOf, listingOf, logOf, stubOf, tablesOf } from "./job-of.ts";

/** A job can be joined for so long. */
const JOIN_WINDOWS_MS = { key: 24 * 3_600_000, retry: 30 * 60_000 };
const ALL = { cuts: [], leaves: false };

export async function checkRun(run: Run, readings: readonly Reading[]): Promise<void> {
	expect(run.objections, run.prompt).toEqual([]);
	// A late picture is still stored. The simulator's own answer to its last webhook tells that the job knows of it.
	const told = await sendWebhookAgain(run);
	for (const job of run.jobs) await checkJob(run, job, told, readings);
	const accepted = (await queueCalls(run.prompt)).filter(
		({ method, requestId }) => method === "POST" && requestId !== null,
	);
	const most = run.jobs.size * requestsIn(run.schedule);
	expect(accepted.length, `more submits than jobs: ${run.prompt}`).toBeLessThanOrEqual(most);
	// The address of its webhook tells which request of which job a submit is.
	const addresses = run.schedule.webhook ? accepted.map(({ path }) => path.slice(path.indexOf("?"))) : [];
	expect(new Set(addresses).size, `a job was submitted twice: ${run.prompt}`).toBe(addresses.length);
}

async function checkJob(run: Run, job: string, told: boolean, readings: readonly Reading[]): Promise<void> {
	const own = readings.filter((reading) => reading.job === job);
	if (run.deleted.has(job) && (await isDeleted(run, job))) return checkErased(run, job, own);
	const log = await logWithoutPending(run, job);
	const explain = JSON.stringify({ prompt: run.prompt, log }, null, 1);
	try {
		if (endOf(log) === undefined) throw new Error("not ended");
		checkLegal(log);
		checkReasons(run.schedule, run.batch, log);
		await checkReadings(run, job, log, own);
		await checkCosts(run, job, log);
	} catch (error) {
		throw new Error(`${String(error instanceof Error ? error.stack : error)}: ${explain}`);
	}
	// A repeated request makes another job only if the earlier one surely cost nothing, was cancelled, or is too long ago.
	const isLast = job === [...run.jobs].at(-1);
	const [ageMs, windowMs] = [await ageOfNext(run, job, log), JOIN_WINDOWS_MS[run.schedule.client.declares]];
	expect(isLast || ageMs > windowMs || !hasToBeJoined(log), `not joined: ${explain}`).toBe(true);
	expect(await stubOf(job).claim(true), explain).toBe(hasToBeJoined(log) ? "yes" : "no");
	await checkPictures(run, job, log, told && isLast, explain);
	await checkMoney(run, job);
}

/** Returns the age of a job when the next one of its schedule began. */
async function ageOfNext({ jobs }: Run, job: string, [accepted]: readonly JobEvent[]): Promise<number> {
	const next = [...jobs][[...jobs].indexOf(job) + 1];
	const [later] = next === undefined ? [] : await logOf(next).catch(() => []);
	return (later?.at ?? 0) - (accepted?.at ?? 0);
}

/** Every reader got the same stream, and it says what the log says. */
async function checkReadings({ ask, schedule }: Run, job: string, log: readonly JobEvent[], own: readonly Reading[]) {
	const chat = await runWatcher(ask, job, { kind: "chat", ...ALL });
	const events = await runWatcher(ask, job, { kind: "events", ...ALL });
	checkStream(chat.frames, log, schedule, job);
	const public_ = {
		...{ image: "output", late_image: "output", image_lost: "output_lost", slot_ended: "request_ended" },
	} as const;
	const names = log
		.slice(0, endOf(log)?.seq)
		.map(flatten)
		.map(({ type }) => (type in public_ ? Reflect.get(public_, type) : type));
	expect(events.frames.map((frame) => /^event: (.*)$/m.exec(frame)?.[1])).toEqual(names);
	for (const reading of own) {
		const whole = reading.kind === "chat" ? chat.frames : events.frames;
		// A client that came back later, or not at all, has the beginning of the stream.
		const expected = hasEnd(reading) ? whole : whole.slice(0, reading.frames.length);
		if (JSON.stringify(reading.frames) !== JSON.stringify(expected))
			throw new Error(`a reader got:\n${reading.frames.join("\n")}\nand another one:\n${whole.join("\n")}`);
		expect([reading.missing, hasEnd(reading) || reading.left]).toEqual([false, true]);
	}
}

/** A deletion that an abort broke off before it was written down leaves the job as it is. */
async function isDeleted({ surelyDeleted }: Run, job: string): Promise<boolean> {
	if (surelyDeleted.has(job)) return true;
	const log = await logOf(job).catch(() => []);
	return log.length === 0 || log.some(({ type }) => type === "deleting");
}

/** Nothing is left of a deleted job, nobody sees it any more, and nothing that comes late brings it back. */
async function checkErased(run: Run, job: string, readings: readonly Reading[]): Promise<void> {
	for (const { kind, frames, missing, left } of readings) {
		if (kind === "chat" && !missing && !left) checkDeletedStream(frames, run.schedule, run.batch);
	}
	for (const until = realNow() + ENDS_WITHIN_MS; ; ) {
		if ((await tablesOf(job)).length === 0) break;
		if (realNow() > until) throw new Error(`not erased: ${JSON.stringify(await logOf(job), null, 1)}`);
		await drive(run);
		await scheduler.wait(ALARM_EVERY_MS);
	}
	await expectNothingLeft(run, job);
	await checkMoneyOfDeleted(run, job);
	for (const requestId of await requestsOf(run)) {
		await order(requestId, "finish");
		if (run.schedule.webhook && run.jobs.size === 1)
			expect((await order(requestId, "webhook")).status, "a webhook for a deleted job").toBe(404);
	}
	await fireAlarm(run, job);
	await expectNothingLeft(run, job);
}

export async function expectNothingLeft({ ask, prompt }: Run, job: string): Promise<void> {
	expect(await tablesOf(job), prompt).toEqual([]);
	expect(await alarmOf(job), prompt).toBeNull();
	expect((await env.IMAGES.list({ prefix: `images/${job}/` })).objects, prompt).toEqual([]);
	expect(await listingOf(job), prompt).toEqual([]);
	for (const path of [`/v1/jobs/${job}`, `/v1/jobs/${job}/events`, `/v1/chat/completions/chatcmpl-${job}`]) {
		const response = await ask(path);
		await response.body?.cancel();
		expect(response.status, prompt).toBe(404);
	}
	expect(await stubOf(job).claim(true)).toBe("unstarted");
}

/** True if fal was really done, and the job took a webhook with all that it needs. */
async function sendWebhookAgain(run: Run): Promise<boolean> {
	const { webhook, fal } = run.schedule;
	const good = webhook && (fal.outcome === "ok" || fal.outcome === "nsfw");
	const requests = good && run.jobs.size === 1 ? await requestsOf(run) : [];
	const told = await Promise.all(
		requests.map(async (requestId) => {
			const { moment } = (await falRequestOf(requestId)) ?? {};
			if (moment?.status !== "COMPLETED" || moment.ending !== "ran") return false;
			return (await order(requestId, "webhook")).status === 200;
		}),
	);
	return told.length === requestsIn(run.schedule) && !told.includes(false);
}

/** The log once no picture is on its way to R2. */
async function logWithoutPending(run: Run, job: string): Promise<readonly JobEvent[]> {
	for (const until = realNow() + ENDS_WITHIN_MS; ; ) {
		const log = await logOf(job);
		if ((endOf(log) !== undefined && pendingIn(log) === 0) || realNow() > until) return log;
		await fireAlarm(run, job);
		await scheduler.wait(ALARM_EVERY_MS);
	}
}

async function checkPictures(
	{ schedule, batch, jobs, prompt, ...run }: Run,
	job: string,
	log: readonly JobEvent[],
	told: boolean,
	explain: string,
) {
	const { pictures, webhook, onDisconnect, settings, fal, actions } = schedule;
	const flat = log.map(flatten);
	const stored = flat.filter((event) => event.type === "image" || event.type === "late_image");
	const { objects } = await env.IMAGES.list({ prefix: `images/${job}/` });
	expect(objects.map(({ key }) => key).toSorted(), explain).toEqual(stored.map(({ key }) => key).toSorted());
	expect(new Set(stored.map(({ index }) => index)).size, explain).toBe(stored.length);
	// Each picture is its own. Those that are blacked out are all alike.
	if (fal.outcome !== "nsfw") expect(new Set(objects.map(({ etag }) => etag)).size, explain).toBe(objects.length);

	const lost = flat.filter(({ type }) => type === "image_lost").length;
	expect(stored.length + lost, explain).toBe(madeIn(log));
	if (told) expect(stored.length + lost, `a paid picture was dropped: ${explain}`).toBe(pictures);

	const cancelled =
		onDisconnect === "cancel" || actions.some(({ action }) => action.type === "cancel" || action.type === "delete");
	const [requestId] = jobs.size === 1 ? await requestsOf({ schedule, batch, jobs, prompt, ...run }) : [];
	// Darkroom learns of each request that fal has, by the webhook, by the submit's answer or from fal's list: nothing ends as unknown.
	if (
		(webhook || requestId !== undefined) &&
		!cancelled &&
		settings.deadlineSeconds === null &&
		batch.jumps.length === 0
	) {
		const good = fal.outcome === "ok" || fal.outcome === "nsfw";
		// The simulator counts requests, and an abort may take its count: of several one may have failed, or all.
		const ends = good ? ["succeeded"] : schedule.only > 0 ? ["succeeded", "failed"] : ["failed"];
		expect(ends, explain).toContain(endOf(log)?.type);
	}
}
