/** Calls Durable Objects: one way to reach a job or an account, and one rule for trying again. */

import type { Account } from "./account/account.ts";
import type { Env } from "./env.ts";
import type { Job } from "./job/object/job.ts";

const MAX_TRIES = 3;
const RETRY_MIN_MS = 20;
const RETRY_MAX_MS = 200;

/** Calls a job's object. Each try takes a new stub, since one whose object was reset stays broken. @param id 64 hex digits */
export function callJob<T>(env: Env, id: string, call: (job: DurableObjectStub<Job>) => Promise<T>): Promise<T> {
	return retry(async () => call(env.JOB.get(env.JOB.idFromString(id))));
}

/** Calls an account's object, as `callJob` does. @param name The account's name */
export function callAccount<T>(
	env: Env,
	name: string,
	call: (account: DurableObjectStub<Account>) => Promise<T>,
): Promise<T> {
	return retry(async () => call(env.ACCOUNT.getByName(name)));
}

/** Tries again what the runtime calls retryable, unless the object is overloaded: more calls would only make that worse. */
async function retry<T>(call: () => Promise<T>): Promise<T> {
	for (let tries = 1; ; tries += 1) {
		try {
			return await call();
		} catch (error) {
			if (tries >= MAX_TRIES || !isRetryable(error)) throw error;
			await scheduler.wait(RETRY_MIN_MS + Math.random() * (RETRY_MAX_MS - RETRY_MIN_MS));
		}
	}
}

/** Reads the marks that the runtime puts on a stub's errors (developers.cloudflare.com/durable-objects/best-practices/error-handling). */
function isRetryable(error: unknown): boolean {
	return (
		error instanceof Error &&
		"retryable" in error &&
		error.retryable === true &&
		!("overloaded" in error && error.overloaded === true)
	);
}
