/** Bindings of the floors. */
import type { Keeper } from "./keeper.ts";
import type { Log } from "./log.ts";

export interface Env {
	readonly KEEPER: DurableObjectNamespace<Keeper>;
	readonly LOG: DurableObjectNamespace<Log>;
	readonly IMAGES: R2Bucket;
}

/** The least work of the runtime for one kind of request. */
export type Floor = (request: Request, env: Env, ctx: ExecutionContext) => Response | Promise<Response>;
