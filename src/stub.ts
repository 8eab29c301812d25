/** Reaches Durable Objects: one way to a job and to an account, and one rule for trying again. */
import type { Account } from "./account/account.ts";
import type { Env } from "./env.ts";
import type { Job } from "./job/object/job.ts";

const MAX_TRIES = 3;
const RETRY_MIN_MS = 20;
const RETRY_MAX_MS = 200;

/** @param id 64 hex digits. Throws if no object of ours can have it */
export function jobStub(env: Pick<Env, "JOB">, id: string): DurableObjectStub<Job> {
	return env.JOB.get(env.JOB.idFromString(id));
}

/**
 * Calls a job's object, up to three times. The call may run twice, so it has to be idempotent. Each try takes a new stub, since
 * one whose object was reset stays broken.
 * @param id 64 hex digits
 */
export function callJob<T>(
	env: Pick<Env, "JOB">,
	id: string,
	call: (job: DurableObjectStub<Job>) => Promise<T>,
): Promise<T> {
	return retry(async () => call(jobStub(env, id)));
}

/** Calls an account's object, as `callJob` does. @param name The account's name */
export function callAccount<T>(
	env: Pick<Env, "ACCOUNT">,
	name: string,
	call: (account: DurableObjectStub<Account>) => Promise<T>,
): Promise<T> {
	return retry(async () => call(env.ACCOUNT.getByName(name)));
}

/** Calls the object that keeps what belongs to all accounts, as `callJob` does. */
export function callRegistry<T>(
	env: Pick<Env, "ACCOUNT">,
	call: (registry: DurableObjectStub<Account>) => Promise<T>,
): Promise<T> {
	return callAccount(env, REGISTRY, call);
}

/** No account can have this name. The registry does not depend on `OWNER`: another owner must not end all keys. */
const REGISTRY = "@registry";

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

/**
 * Reads the marks that the runtime puts on a stub's errors
 * (developers.cloudflare.com/durable-objects/best-practices/error-handling; workerd, src/workerd/jsg/util.c++). `retryable`
 * marks a lost connection, `durableObjectReset` an instance that broke and that the next call replaces. A deploy's reset has
 * both, one after a failure of the storage or an abort only the second. `overloaded`, which a reset for too much load has too,
 * forbids a retry: it would add load. What the object's own code throws has none of the three. The runtime itself repeats a
 * call that never reached the object (…/best-practices/automatic-retries), so this is for the others.
 */
function isRetryable(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	const has = (mark: string) => Reflect.get(error, mark) === true;
	return (has("retryable") || has("durableObjectReset")) && !has("overloaded");
}
