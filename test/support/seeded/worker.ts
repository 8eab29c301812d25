/**
 * The gateway with a route more: `POST /seed` fills an account with copies of jobs that another account really made. Their rows are written at once, and the
 * log of a copy when somebody asks for it. A copy has the pictures of its original.
 */

import logSchema from "../../../migrations/job/0001_log.sql";
import { Account as GatewayAccount } from "../../../src/account/account.ts";
import { Job as GatewayJob } from "../../../src/api/jobs/object.ts";
import type { Env } from "../../../src/env.ts";
import { handle } from "../../../src/router.ts";
import { copyLog, copyRow, type LogRow, type Original, type Place } from "./copies.ts";

/** Copies are spread over this time, which is less than pictures are kept. */
const SPREAD_MS = 20 * 86_400_000;
/** Columns of the usage that the list has too. */
const USED =
	"at, id, n, api_key, asked, source, model, endpoint, size, status, charge, cost, basis, pictures, bytes, accepted_at, started_at, ended_at";

/** Every copy by its id, in this process: the Worker and its objects share it. */
const copies = new Map<string, Copy>();

interface Copy {
	readonly original: Original;
	readonly place: Place;
	/** Its log was written. What became of it since then stays, also that it was erased. */
	isPlanted: boolean;
}

interface Filling {
	readonly account: string;
	readonly key: string | null;
	readonly count: number;
}

export class Account extends GatewayAccount {
	/** The rows of the jobs that have ended, in an order that every run has: those that succeeded come first. */
	endedRows(): readonly Original["row"][] {
		return this.ctx.storage.sql
			.exec("SELECT * FROM jobs WHERE entry IS NOT NULL ORDER BY status = 'succeeded' DESC, pictures, prompt")
			.toArray();
	}

	/** Fills the account with copies of these, in turn. The newest is of now, and of the first one. */
	fill(originals: readonly Original[], { account, key, count }: Filling): void {
		this.tables.ledger.create();
		const { sql } = this.ctx.storage;
		const last = Number(sql.exec("SELECT coalesce(max(n), 0) AS n FROM jobs").one().n);
		const now = Date.now();
		for (let nth = 1; nth <= count; nth += 1) {
			const original = originals[(count - nth) % originals.length];
			if (original === undefined) throw new Error("there is nothing to copy");
			const id = this.env.JOB.newUniqueId().toString();
			const at = Math.round(now - (SPREAD_MS * (count - nth)) / count);
			const place = { id, account, key, n: last + nth, at, suffix: ` (${nth})` };
			copies.set(id, { original, place, isPlanted: false });
			const row = Object.entries(copyRow(original, place));
			sql.exec(
				`INSERT INTO jobs (${row.map(([name]) => name).join(", ")}) VALUES (${row.map(() => "?").join(", ")})`,
				...row.map(([, value]) => value),
			);
		}
		sql.exec(`INSERT INTO usage (${USED}, counted) SELECT ${USED}, pictures FROM jobs WHERE n > ?`, last);
	}
}

export class Job extends GatewayJob {
	constructor(ctx: DurableObjectState, env: Env) {
		const copy = copies.get(ctx.id.toString());
		if (copy !== undefined) plant(ctx.storage.sql, copy);
		super(ctx, env);
	}

	logRows(): readonly LogRow[] {
		return this.ctx.storage.sql.exec<{ seq: number; events: string }>("SELECT seq, events FROM log").toArray();
	}
}

/** Writes the log of a copy, once. */
function plant(sql: SqlStorage, copy: Copy): void {
	if (copy.isPlanted) return;
	copy.isPlanted = true;
	sql.exec(logSchema);
	for (const { seq, events } of copyLog(copy.original, copy.place))
		sql.exec("INSERT INTO log (seq, events) VALUES (?, ?)", seq, events);
}

interface SeededEnv extends Omit<Env, "ACCOUNT" | "JOB"> {
	readonly ACCOUNT: DurableObjectNamespace<Account>;
	readonly JOB: DurableObjectNamespace<Job>;
}

/** Reads the pictures of copies where their originals have them. */
function withCopies(bucket: R2Bucket): R2Bucket {
	return new Proxy(bucket, {
		get: (target, name) => {
			const value: unknown = Reflect.get(target, name);
			if (typeof value !== "function") return value;
			if (name !== "get" && name !== "head") return value.bind(target);
			return async (key: string, ...rest: unknown[]) =>
				(await value.call(target, key, ...rest)) ?? value.call(target, toOriginalKey(key), ...rest);
		},
	});
}

function toOriginalKey(key: string): string {
	const [, id = ""] = key.split("/");
	return key.replace(id, copies.get(id)?.original.id ?? id);
}

/** Fills `?account=` with copies of the jobs of `?from=`. */
async function seed(env: SeededEnv, query: URLSearchParams): Promise<Response> {
	const rows = await env.ACCOUNT.getByName(query.get("from") ?? "").endedRows();
	const originals = await Promise.all(
		rows.map(async (row): Promise<Original> => {
			const id = String(row.id);
			return { id, row, log: await env.JOB.get(env.JOB.idFromString(id)).logRows() };
		}),
	);
	const [account, key, count] = [query.get("account") ?? "", query.get("key"), Number(query.get("count"))];
	await env.ACCOUNT.getByName(account).fill(originals, { account, key, count });
	return Response.json({ originals: originals.length });
}

export default {
	fetch: (request, env, ctx) => {
		const { pathname, searchParams } = new URL(request.url);
		if (pathname === "/seed") return seed(env, searchParams);
		return handle(request, { ...env, IMAGES: withCopies(env.IMAGES) }, ctx);
	},
} satisfies ExportedHandler<SeededEnv>;
