/** The gateway, with accounts whose lists the bench fills at once. */
import { Account } from "../../../src/account/account.ts";
import type { Env } from "../../../src/env.ts";
import { handle } from "../../../src/router.ts";

export { Job } from "../../../src/job/object/job.ts";

/** Age of the filled jobs: older than any that a request may join. */
const LONG_AGO_MS = 2 * 86_400_000;

export class FilledAccount extends Account {
	async fill(count: number): Promise<void> {
		// The first admission creates the table.
		await this.admit({ digest: crypto.randomUUID(), key: null, retried: false });
		this.ctx.storage.sql.exec(
			`WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
			INSERT INTO jobs (id, at, digest) SELECT hex(randomblob(32)), ?, hex(randomblob(32)) FROM numbers`,
			count,
			Date.now() - LONG_AGO_MS,
		);
	}
}

interface FilledEnv extends Omit<Env, "ACCOUNT"> {
	readonly ACCOUNT: DurableObjectNamespace<FilledAccount>;
}

/** Serves the gateway, and `POST /bench/<fill|admit>?account=…&count=…`, for which several accounts take turns. */
export default {
	fetch: async (request, env, ctx) => {
		const { pathname, searchParams: query } = new URL(request.url);
		if (!pathname.startsWith("/bench/")) return handle(request, env, ctx);
		const accounts = query.getAll("account").map((name) => env.ACCOUNT.getByName(name));
		const count = Number(query.get("count") ?? 1);
		if (pathname === "/bench/fill") {
			for (const account of accounts) await account.fill(count);
		} else {
			const turns = Array.from({ length: count }, (_, turn) => accounts[turn % accounts.length]);
			await Promise.all(
				turns.map((account) => account?.admit({ digest: crypto.randomUUID(), key: null, retried: false })),
			);
		}
		return new Response("{}");
	},
} satisfies ExportedHandler<FilledEnv>;
