/** Reads the storage of a job's object, and moves its request at fal. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { JobEvent } from "../../../src/core/events.ts";
import type { Env } from "../../../src/env.ts";
import { eventually, queueCalls, sim } from "./gateway.ts";

export function stubOf(job: string) {
	return env.JOB.get(env.JOB.idFromString(job));
}

/** Mints an id for a job, as the Worker does. */
export function newId(): string {
	return env.JOB.newUniqueId().toString();
}

export function logOf(job: string): Promise<readonly JobEvent[]> {
	return runInDurableObject(stubOf(job), (_, { storage }) =>
		storage.sql
			.exec<{ events: string }>("SELECT events FROM log ORDER BY seq")
			.toArray()
			.flatMap(({ events }) => JSON.parse(events)),
	);
}

export function watchersOf(job: string): Promise<number> {
	return runInDurableObject(stubOf(job), (_, state) => state.getWebSockets().length);
}

/** Lists the tables of the object: none after a deletion. */
export function tablesOf(job: string) {
	return runInDurableObject(stubOf(job), (_, { storage }) =>
		storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'log'").toArray(),
	);
}

/** Reads the job's rows in its account's list. */
export function listingOf(job: string, account = "owner") {
	return runInDurableObject(env.ACCOUNT.getByName(account), (_, { storage }) =>
		storage.sql.exec("SELECT id FROM jobs WHERE id = ?", job).toArray(),
	);
}

/** The names under which a log holds times. */
const TIMES = /"(at|retryAt|settleBy|lookUpAt|deadlineAt|expiresAt)":(\d+)/g;

/**
 * Lets time pass for a job at once: moves all times of its log into the past, and lets a new instance read them. Alarms stay.
 * @param drop Ends the old instance. An eviction waits for the calls that it has under way
 */
export async function age(
	job: string,
	ms: number,
	drop: () => Promise<void> = () => evictDurableObject(stubOf(job)),
): Promise<void> {
	await runInDurableObject(stubOf(job), (_, { storage: { sql } }) => {
		for (const { seq, events } of sql.exec<{ seq: number; events: string }>("SELECT seq, events FROM log").toArray()) {
			const older = events.replace(TIMES, (_text, name, at) => `"${name}":${Number(at) - ms}`);
			sql.exec("UPDATE log SET events = ? WHERE seq = ?", older, seq);
		}
	});
	await drop();
}

/** Replaces bindings and settings of a job's object, as its instance sees them. */
export async function overrideEnv(job: string, overrides: Partial<Env>): Promise<void> {
	await runInDurableObject(stubOf(job), (instance) => {
		Reflect.set(instance, "env", { ...env, ...overrides });
	});
}

export function alarmOf(job: string): Promise<number | null> {
	return runInDurableObject(stubOf(job), (_, { storage }) => storage.getAlarm());
}

/** Waits until the simulator has a request with this prompt. */
export async function requestIdOf(prompt: string): Promise<string> {
	const calls = await eventually(
		() => queueCalls(prompt),
		(calls) => calls.some(({ requestId }) => requestId !== null),
	);
	return calls.find(({ requestId }) => requestId !== null)?.requestId ?? "";
}

export async function advance(prompt: string, to: "IN_PROGRESS" | "COMPLETED") {
	const body = JSON.stringify({ to });
	await sim(`/requests/${await requestIdOf(prompt)}/advance`, { method: "POST", body });
}

/** Lets fal draw what it was asked to cancel, and tell of it: a job that was deleted in its queue waits for that. */
export async function drawAllTheSame(prompt: string): Promise<void> {
	const requestId = await requestIdOf(prompt);
	for (const step of ["finish", "webhook"]) await sim(`/requests/${requestId}/${step}`, { method: "POST", body: "{}" });
}
