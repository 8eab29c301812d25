/** The gateway, with accounts whose lists the bench fills at once. */
import { Account } from "../../../src/account/account.ts";
import type { Env } from "../../../src/env.ts";
import { handle } from "../../../src/router.ts";

export { Job } from "../../../src/api/jobs/object.ts";

/** Age of the filled jobs: older than any that a request may join. */
const LONG_AGO_MS = 2 * 86_400_000;
const SECRET_SHA256 = "0".repeat(64);
const KEY = { id: "limited", secretSha256: SECRET_SHA256 };
/** Each is counted, and none is ever reached. */
const NEVER_REACHED = 1e12;

/** A request as a Worker asks for it: with a reservation, by a key of the account or by one that is issued and limited. */
function anAdmission(apiKey: typeof KEY | null) {
	return {
		digest: crypto.randomUUID(),
		key: null,
		retried: false,
		asked: {
			apiKey,
			models: ["imagen4-preview"],
			images: 1,
			reserve: 40_000,
			model: "imagen4-preview",
			prompt: "A red fox in the snow",
			source: "generation" as const,
			startBy: Date.now() + 3_600_000,
			maxOpenJobs: NEVER_REACHED,
		},
	};
}

export class FilledAccount extends Account {
	/** Fills the account with jobs that have ended, of a key that has limits of each kind. */
	async fill(count: number): Promise<void> {
		this.addKey({
			id: KEY.id,
			secretSha256: SECRET_SHA256,
			redacted: "",
			settings: {
				name: "",
				webhookUrl: null,
				metadata: {},
				models: ["imagen4-preview"],
				blocked: false,
				expiresAt: null,
				rpmLimit: NEVER_REACHED,
				maxParallelRequests: NEVER_REACHED,
				imagesPerDay: NEVER_REACHED,
				maxBudget: NEVER_REACHED,
				budgetDuration: null,
				budgetLimits: (["1d", "7d", "1mo"] as const).map((budgetDuration) => ({
					maxBudget: NEVER_REACHED,
					budgetDuration,
				})),
			},
		});
		// The first admission creates the tables.
		await this.admit(anAdmission(null));
		const { sql } = this.ctx.storage;
		const ended = "'imagen4-preview', 'e', 'auto', 'generation', 'succeeded', 'paid', 40000, 'estimated', 1, 1000000";
		const columns = "model, endpoint, size, source, status, charge, cost, basis, pictures, bytes";
		sql.exec(
			`WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
			INSERT INTO jobs (id, at, digest, api_key, reserved, start_by, asked, ${columns}, accepted_at, ended_at, prompt)
			SELECT hex(randomblob(32)), ?, hex(randomblob(32)), ?, 40000, 0, 1, ${ended}, 0, 0, hex(randomblob(100)) FROM numbers`,
			...[count, Date.now() - LONG_AGO_MS, KEY.id],
		);
		sql.exec(
			`INSERT INTO usage (at, id, n, api_key, asked, ${columns}, counted, accepted_at, ended_at)
			SELECT at, id, n, api_key, 1, ${columns}, 1, 0, 0 FROM jobs WHERE status IS NOT NULL`,
		);
	}

	/** Ends the open jobs: an account has a bound of them, and a key's are summed up at each admission. */
	endJobs(): void {
		const { sql } = this.ctx.storage;
		const open = sql.exec<{ n: number; id: string }>("SELECT n, id FROM jobs WHERE reserved > 0 AND status IS NULL");
		for (const { n, id } of open.toArray()) this.forget(n, id, null);
	}

	/** Ends this instance: the next call wakes another one, which reads the rows. */
	end(): void {
		this.ctx.abort("the bench ends it");
	}
}

interface FilledEnv extends Omit<Env, "ACCOUNT"> {
	readonly ACCOUNT: DurableObjectNamespace<FilledAccount>;
}

/**
 * Serves the gateway, and `POST /bench/<fill|end|query|admit|admit-limited>?account=…&count=…`, for which several accounts take turns.
 */
export default {
	fetch: async (request, env, ctx) => {
		const { pathname, searchParams: query } = new URL(request.url);
		if (!pathname.startsWith("/bench/")) return handle(request, env, ctx);
		const accounts = query.getAll("account").map((name) => env.ACCOUNT.getByName(name));
		const count = Number(query.get("count") ?? 1);
		if (pathname === "/bench/fill") {
			for (const account of accounts) await account.fill(count);
		} else if (pathname === "/bench/end") {
			for (const account of accounts) await account.end().catch(() => {});
		} else if (pathname === "/bench/query") {
			const page = await Promise.all(accounts.map((account) => account.list(null, count)));
			return new Response(JSON.stringify(page));
		} else if (pathname === "/bench/end-jobs") {
			for (const account of accounts) await account.endJobs();
		} else {
			const apiKey = pathname === "/bench/admit-limited" ? KEY : null;
			const turns = Array.from({ length: count }, (_, turn) => accounts[turn % accounts.length]);
			const admitted = await Promise.all(turns.map((account) => account?.admit(anAdmission(apiKey))));
			if (admitted.some((one) => one?.kind !== "new")) return new Response("a request got no job", { status: 500 });
		}
		return new Response("{}");
	},
} satisfies ExportedHandler<FilledEnv>;
