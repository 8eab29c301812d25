/** The simulator, with a clock that a test sets. */

import type { Env } from "../../../sim/env.ts";
import { FalRequest as RealRequest } from "../../../sim/request.ts";
import simulator from "../../../sim/worker.ts";
import { followClock, rearm, serveClock } from "./clock.ts";

export { Ledger } from "../../../sim/ledger.ts";

interface ClockedEnv extends Env {
	REQUESTS: DurableObjectNamespace<FalRequest>;
}

export class FalRequest extends RealRequest {
	constructor(ctx: DurableObjectState, env: ClockedEnv) {
		followClock(ctx, () => env.REQUESTS.get(ctx.id));
		super(ctx, env);
	}
	rearm(): Promise<void> {
		return rearm(this.ctx);
	}
}

export default {
	fetch: async (request, env, ctx) => (await serveClock(request)) ?? simulator.fetch(request, env, ctx),
} satisfies ExportedHandler<ClockedEnv>;
