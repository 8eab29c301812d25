/** Declares what a route's handler has besides the request. */

import type { Config } from "./config.ts";
import type { Env } from "./env.ts";

/** Whoever sent a request, as its access key tells. */
export interface Caller {
	/** The account that the key belongs to. It owns the jobs that the key makes. */
	readonly account: string;
	/** Null for a key of `WORKER_ACCESS_KEY`. */
	readonly key: IssuedKey | null;
	readonly scopes: readonly Scope[];
}

/** An issued key, as a request has it. */
export interface IssuedKey {
	readonly id: string;
	/** Of the whole key, in hex. */
	readonly secretSha256: string;
}

/** `make`: make, cancel and delete jobs. `read`: see jobs and models. `admin`: the same for the jobs of every account, and manage keys and accounts. */
export type Scope = "make" | "read" | "admin";

/** Carries what every route has besides the request. */
export interface OpenContext {
	readonly env: Env;
	readonly config: Config;
	readonly ctx: ExecutionContext;
	/** `req_` and 32 hex digits. */
	readonly requestId: string;
	/** Puts a job into the id of this request, whatever its answer becomes: the id that a client reports then finds the job. */
	readonly nameJob: (job: string) => void;
	/** Says who sent this request, for the log. The router does so for a route that wants a key. */
	readonly nameCaller: (caller: Caller) => void;
	/** Adds headers to this request's answer, whatever it becomes. */
	readonly addHeaders: (headers: Readonly<Record<string, string>>) => void;
	/** The base of the links in this request's answer, without a slash at its end. */
	readonly origin: string;
	/** The named parts of the path, decoded. */
	readonly params: Readonly<Record<string, string>>;
}

/** Carries what a route has that wants an access key. */
export interface Context extends OpenContext {
	readonly caller: Caller;
}
