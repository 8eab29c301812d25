/** Reads the storage of a job's object, and moves its request at fal. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { JobEvent } from "../../../src/core/events.ts";
import { eventually, queueCalls, sim } from "./gateway.ts";

export function stubOf(job: string) {
	return env.JOB.get(env.JOB.idFromString(job));
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
