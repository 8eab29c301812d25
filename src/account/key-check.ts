/** Asks an account's object if an issued key is still good, and remembers the answer for a while. */

import type { Caller } from "../context.ts";
import type { Env } from "../env.ts";
import type { RequestError } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { callAccount } from "../stub.ts";
import type { KeySettings, KeyVerdict } from "./key-record.ts";

/** For so long a key that was revoked or blocked may still read. One whose end was known before never does. */
const REMEMBERED_MS = 30_000;
/** The longest known is forgotten first. */
const MAX_REMEMBERED = 1_000;

interface Remembered {
	readonly verdict: KeyVerdict;
	/** Milliseconds since 1970. */
	readonly until: number;
}

/** By account, id and digest. */
type Memory = Map<string, Remembered>;

const memoryByEnv = new WeakMap<Env, Memory>();

/** The models that a good key may use. */
export type CheckedKey = Pick<KeySettings, "models">;

/** A key of `WORKER_ACCESS_KEY` is always good. */
export async function checkKey(env: Env, { account, key }: Caller): Promise<Result<CheckedKey, RequestError>> {
	if (key === null) return ok({ models: null });
	const memory = memoryOf(env);
	const name = `${account} ${key.id} ${key.secretSha256}`;
	const remembered = memory.get(name);
	if (remembered !== undefined && Date.now() < remembered.until) return toResult(remembered.verdict);
	const verdict = await callAccount<KeyVerdict>(env, account, async (object) =>
		object.checkKey(key.id, key.secretSha256),
	);
	memory.delete(name);
	memory.set(name, { verdict, until: Math.min(Date.now() + REMEMBERED_MS, endOf(verdict)) });
	const [oldest] = memory.keys();
	if (memory.size > MAX_REMEMBERED && oldest !== undefined) memory.delete(oldest);
	return toResult(verdict);
}

/** Forgets what this isolate knows of a key that was just changed here. */
export function forgetKey(env: Env, account: string, id: string): void {
	const memory = memoryOf(env);
	for (const name of memory.keys()) if (name.startsWith(`${account} ${id} `)) memory.delete(name);
}

function memoryOf(env: Env): Memory {
	const memory = memoryByEnv.get(env) ?? new Map<string, Remembered>();
	memoryByEnv.set(env, memory);
	return memory;
}

function endOf(verdict: KeyVerdict): number {
	return "refused" in verdict ? Number.POSITIVE_INFINITY : (verdict.goodUntil ?? Number.POSITIVE_INFINITY);
}

function toResult(verdict: KeyVerdict): Result<CheckedKey, RequestError> {
	return "refused" in verdict ? err({ kind: "key_refused", why: verdict.refused }) : ok(verdict);
}
