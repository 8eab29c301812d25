import type { Config } from "../config.ts";
import type { Env } from "../env.ts";

/** What a route's handler has besides the request. */
export interface Context {
	readonly env: Env;
	readonly config: Config;
	readonly ctx: ExecutionContext;
	readonly requestId: string;
	/** Whose key it was; empty on open routes. */
	readonly account: string;
	/** The named parts of the path, decoded. */
	readonly params: Readonly<Record<string, string>>;
}

export type Handler = (request: Request, context: Context) => Response | Promise<Response>;
