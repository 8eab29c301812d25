/** The gateway, with a way to let a job write the line and the point of its end again and again, for the case `lines`. */

import { Job as RealJob } from "../../../src/api/jobs/object.ts";
import { isTerminal, type JobEvent } from "../../../src/core/events.ts";
import type { Env } from "../../../src/env.ts";
import gateway from "../../../src/worker.ts";

export { Account } from "../../../src/account/account.ts";

export class Job extends RealJob {
	/** Reports the job's end so many times, each as a turn of its own. */
	async tell(times: number): Promise<void> {
		const text = this.read("owner") ?? "[]";
		const log: readonly JobEvent[] = JSON.parse(text);
		const end = log.filter(isTerminal);
		if (end.length === 0) throw new Error("the job has not ended");
		for (let time = 0; time < times; time += 1) {
			this.report(end);
			await this.ctx.storage.sync();
		}
	}
}

const TELL = /^\/bench\/tell\/([0-9a-f]{64})\/(\d+)$/;

export default {
	async fetch(request: Request, env: Omit<Env, "JOB"> & { JOB: DurableObjectNamespace<Job> }, ctx: ExecutionContext) {
		const [, id, times] = TELL.exec(new URL(request.url).pathname) ?? [];
		if (id === undefined) return gateway.fetch(request, env, ctx);
		await env.JOB.get(env.JOB.idFromString(id)).tell(Number(times));
		return new Response();
	},
};
