import type { Keeper } from "./keeper.ts";

export interface Env {
	readonly KEEPER: DurableObjectNamespace<Keeper>;
	readonly IMAGES: R2Bucket;
}

/** The least that the runtime can do for one kind of request. */
export type Floor = (request: Request, env: Env, ctx: ExecutionContext) => Response | Promise<Response>;
