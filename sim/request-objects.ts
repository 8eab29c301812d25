/** Finds the object that has a request. */
import type { Env } from "./env.ts";
import type { FalRequest } from "./request.ts";

/** Number of objects: enough that their work overlaps, and few enough that all are soon awake. */
const SHARDS = 16;

/** Hashes a request's id to the name of its object. */
function shardOf(id: string): string {
	let sum = 0;
	for (let at = 0; at < id.length; at++) sum = (Math.imul(sum, 31) + id.charCodeAt(at)) | 0;
	return `shard-${(sum >>> 0) % SHARDS}`;
}

/** Every object that holds requests. */
export function allRequestObjects(env: Env): DurableObjectStub<FalRequest>[] {
	return Array.from({ length: SHARDS }, (_, shard) => env.REQUESTS.getByName(`shard-${shard}`));
}

export function requestObjectOf(env: Env, id: string): DurableObjectStub<FalRequest> {
	return env.REQUESTS.getByName(shardOf(id));
}
