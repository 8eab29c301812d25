/** The gateway, with a clock that a test sets. */

import type { Env } from "../../../src/env.ts";
import gateway, { Account as RealAccount, Job as RealJob } from "../../../src/worker.ts";
import { followClock, rearm, serveClock } from "./clock.ts";

interface ClockedEnv extends Env {
	readonly JOB: DurableObjectNamespace<Job>;
	readonly ACCOUNT: DurableObjectNamespace<Account>;
}

export class Job extends RealJob {
	constructor(ctx: DurableObjectState, env: ClockedEnv) {
		followClock(ctx, () => env.JOB.get(ctx.id));
		super(ctx, env);
	}
	rearm(): Promise<void> {
		return rearm(this.ctx);
	}
}

export class Account extends RealAccount {
	constructor(ctx: DurableObjectState, env: ClockedEnv) {
		followClock(ctx, () => env.ACCOUNT.get(ctx.id));
		super(ctx, env);
	}
	rearm(): Promise<void> {
		return rearm(this.ctx);
	}
}

export default {
	fetch: async (request, env, ctx) => (await serveClock(request)) ?? gateway.fetch(request, env, ctx),
} satisfies ExportedHandler<ClockedEnv>;
