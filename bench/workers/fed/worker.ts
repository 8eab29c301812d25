import type { FalStatus } from "../../../src/core/fal.ts";
import type { Env as GatewayEnv } from "../../../src/env.ts";
import { Job as GatewayJob } from "../../../src/job/job.ts";
import { handle } from "../../../src/router.ts";

/** The gateway, whose jobs can be told news without fal: at fal's own pace a log of a thousand events takes an hour. */

export { Account } from "../../../src/account/account.ts";

export class Job extends GatewayJob {
	/** Each position as a follower sends it up: a step, a row, and a message to every watcher. */
	feed(positions: readonly number[]): void {
		const { 0: follower } = new WebSocketPair();
		for (const position of positions) {
			const status: FalStatus = { kind: "queued", position };
			this.webSocketMessage(follower, JSON.stringify({ type: "status", status }));
		}
	}
}

type Env = Omit<GatewayEnv, "JOB"> & { readonly JOB: DurableObjectNamespace<Job> };

export default {
	async fetch(request, env, ctx) {
		const [, id] = /^\/bench\/feed\/([0-9a-f]{64})$/.exec(new URL(request.url).pathname) ?? [];
		if (id === undefined) return handle(request, env as unknown as GatewayEnv, ctx);
		await env.JOB.get(env.JOB.idFromString(id)).feed(await request.json());
		return new Response(null, { status: 204 });
	},
} satisfies ExportedHandler<Env>;
