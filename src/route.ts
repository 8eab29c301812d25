/** Says what a route is. */

import type { Context, OpenContext, Scope } from "./context.ts";

export type Route = Address & (KeyRoute | OpenRoute);

interface Address {
	readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
	/** As itty-router reads it: `:id` is one segment, `:id+` one or more. */
	readonly path: string;
}

/**
 * Wants an access key. `head` answers HEAD for a GET route that waits or streams: the runtime would read a stream to its end only to
 * drop it. The handler of any other GET route answers HEAD, too.
 */
interface KeyRoute {
	readonly access: "key";
	/** The permission that the key must have. */
	readonly scope: Scope;
	/** It makes a job, whose admission checks an issued key. So nobody is asked before that, unless a picture comes along. */
	readonly admits?: true;
	readonly handler: (request: Request, context: Context) => Response | Promise<Response>;
	readonly head?: (request: Request, context: Context) => Response | Promise<Response>;
}

/** Checks for itself what it needs. */
interface OpenRoute {
	readonly access: "open";
	readonly handler: (request: Request, context: OpenContext) => Response | Promise<Response>;
	readonly head?: (request: Request, context: OpenContext) => Response | Promise<Response>;
}
