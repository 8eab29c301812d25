import type { Env } from "./env.ts";
import type { FalRequest } from "./request.ts";

/** Enough that their work can overlap, few enough that they are soon all awake. */
const SHARDS = 16;

/** The name of the object that keeps a request. */
function shardOf(id: string): string {
	let sum = 0;
	for (let at = 0; at < id.length; at++) sum = (Math.imul(sum, 31) + id.charCodeAt(at)) | 0;
	return `shard-${(sum >>> 0) % SHARDS}`;
}

export function keeperOf(env: Env, id: string): DurableObjectStub<FalRequest> {
	return env.REQUESTS.getByName(shardOf(id));
}
