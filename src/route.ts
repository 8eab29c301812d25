/** Says what a route is: what the router needs of it, and what the reference says. */

import type * as z from "zod/mini";
import type { Context, OpenContext } from "./context.ts";
import type { RequestError } from "./errors.ts";

export type Route = Described & (KeyRoute | OpenRoute);

interface Described {
	readonly method: "GET" | "HEAD" | "POST" | "DELETE";
	/** As itty-router reads it: `:id` is one segment, `:id+` one or more. */
	readonly path: string;
	/** One line for people. */
	readonly summary: string;
	readonly query?: z.ZodMiniObject;
	readonly headers?: z.ZodMiniObject;
	readonly body?: z.ZodMiniType;
	/** The body may be a form with files, too. */
	readonly form?: true;
	readonly answers: readonly Answer[];
	/** Why the request may be refused, beside what every route can say: a wrong key, a wrong configuration, a fault of ours. */
	readonly refusals: readonly RequestError["kind"][];
	/** It waits for a job's end, so any failure of a job may be its answer. */
	readonly awaitsJob?: true;
}

/** One way in which a route answers a good request. */
export interface Answer {
	readonly status: number;
	readonly when: string;
	/** The JSON body; absent for an answer without one. */
	readonly json?: z.ZodMiniType;
	/** The data of each server-sent event. */
	readonly events?: z.ZodMiniType;
	/** The body is a picture. */
	readonly picture?: true;
}

/**
 * Wants an access key. `head` answers HEAD for a GET route that waits or streams: the runtime would read a stream to its end only to
 * drop it. The handler of any other GET route answers HEAD, too.
 */
interface KeyRoute {
	readonly access: "key";
	readonly handler: (request: Request, context: Context) => Response | Promise<Response>;
	readonly head?: (request: Request, context: Context) => Response | Promise<Response>;
}

/** Checks for itself what it needs. */
interface OpenRoute {
	readonly access: "open";
	readonly handler: (request: Request, context: OpenContext) => Response | Promise<Response>;
	readonly head?: (request: Request, context: OpenContext) => Response | Promise<Response>;
}
