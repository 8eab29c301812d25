/** The gateway, whose jobs the bench feeds with events. At fal's own pace a log of a thousand events would take an hour. */

import { Job as GatewayJob } from "../../../src/api/jobs/object.ts";
import type { FalStatus } from "../../../src/core/fal-answers.ts";
import type { Env as GatewayEnv } from "../../../src/env.ts";
import { handle } from "../../../src/router.ts";
import type { QueueUpdate } from "../queue-update.ts";

export { Account } from "../../../src/account/account.ts";

export class Job extends GatewayJob {
	/** Feeds each position as a follower sends it: a step, a row, and a message to every watcher. */
	feed(positions: readonly number[]): void {
		const [follower = new WebSocketPair()[0]] = this.ctx.getWebSockets();
		for (const position of positions) {
			const status: FalStatus = { kind: "queued", position };
			this.webSocketMessage(follower, JSON.stringify({ type: "status", status }));
		}
	}
}

type Env = Omit<GatewayEnv, "JOB"> & { readonly JOB: DurableObjectNamespace<Job> };

export default {
	async fetch(request, env, ctx) {
		const { pathname } = new URL(request.url);
		if (pathname === "/bench/push") {
			const updates = await request.json<readonly QueueUpdate[]>();
			await Promise.all(updates.map(({ id, position }) => env.JOB.get(env.JOB.idFromString(id)).feed([position])));
			return new Response(null, { status: 204 });
		}
		const [, id] = /^\/bench\/feed\/([0-9a-f]{64})$/.exec(pathname) ?? [];
		if (id === undefined) return handle(request, env as unknown as GatewayEnv, ctx);
		await env.JOB.get(env.JOB.idFromString(id)).feed(await request.json());
		return new Response(null, { status: 204 });
	},
} satisfies ExportedHandler<Env>;
