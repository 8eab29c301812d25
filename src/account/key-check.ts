/** Asks an account's object if an issued key is still good, and remembers the answer for a while. */

import type { Caller } from "../context.ts";
import type { Env } from "../env.ts";
import type { KeyRefusedWhy, RequestError } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { callAccount } from "../stub.ts";

/** For so long a key that was revoked or blocked may still read. */
const REMEMBERED_MS = 30_000;
/** The longest known is forgotten first. */
const MAX_REMEMBERED = 1_000;

interface Remembered {
	readonly why: KeyRefusedWhy | null;
	/** Milliseconds since 1970. */
	readonly askedAt: number;
}

/** By account, id and digest. */
type Memory = Map<string, Remembered>;

const memoryByEnv = new WeakMap<Env, Memory>();

/** A key of `WORKER_ACCESS_KEY` is always good. */
export async function checkKey(env: Env, { account, key }: Caller): Promise<Result<null, RequestError>> {
	if (key === null) return ok(null);
	const memory = memoryOf(env);
	const name = `${account} ${key.id} ${key.secretSha256}`;
	const remembered = memory.get(name);
	if (remembered !== undefined && Date.now() < remembered.askedAt + REMEMBERED_MS) return toResult(remembered.why);
	const why = await callAccount(env, account, async (object) => object.checkKey(key.id, key.secretSha256));
	memory.delete(name);
	memory.set(name, { why, askedAt: Date.now() });
	const [oldest] = memory.keys();
	if (memory.size > MAX_REMEMBERED && oldest !== undefined) memory.delete(oldest);
	return toResult(why);
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

function toResult(why: KeyRefusedWhy | null): Result<null, RequestError> {
	return why === null ? ok(null) : err({ kind: "key_refused", why });
}
