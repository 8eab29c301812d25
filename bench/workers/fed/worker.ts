import type { FalStatus } from "../../../src/core/fal-answers.ts";
import type { Env as GatewayEnv } from "../../../src/env.ts";
import { Job as GatewayJob } from "../../../src/job/object/job.ts";
import { handle } from "../../../src/router.ts";

/** The gateway, whose jobs can be told news without fal: at fal's own pace a log of a thousand events takes an hour. */

export { Account } from "../../../src/account/account.ts";

export class Job extends GatewayJob {
	/** Each position as a follower sends it up: a step, a row, and a message to every watcher. */
	feed(positions: readonly number[]): void {
		const [follower = new WebSocketPair()[0]] = this.ctx.getWebSockets();
		for (const position of positions) {
			const status: FalStatus = { kind: "queued", position };
			this.webSocketMessage(follower, JSON.stringify({ type: "status", status }));
		}
	}
}

/** To many jobs at once, one position each. */
interface News {
	readonly id: string;
	readonly position: number;
}

type Env = Omit<GatewayEnv, "JOB"> & { readonly JOB: DurableObjectNamespace<Job> };

export default {
	async fetch(request, env, ctx) {
		const { pathname } = new URL(request.url);
		if (pathname === "/bench/push") {
			const news = await request.json<readonly News[]>();
			await Promise.all(news.map(({ id, position }) => env.JOB.get(env.JOB.idFromString(id)).feed([position])));
			return new Response(null, { status: 204 });
		}
		const [, id] = /^\/bench\/feed\/([0-9a-f]{64})$/.exec(pathname) ?? [];
		if (id === undefined) return handle(request, env as unknown as GatewayEnv, ctx);
		await env.JOB.get(env.JOB.idFromString(id)).feed(await request.json());
		return new Response(null, { status: 204 });
	},
} satisfies ExportedHandler<Env>;
