/** Holds an account's books to the logs of its jobs, by the table of docs/money.md alone: it shares no code with what settles them. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Account } from "../../../src/account/account.ts";
import type { Admission } from "../../../src/account/admission.ts";
import type { JobEvent } from "../../../src/core/events.ts";
import type { FlatEvent } from "../../../src/core/linked.ts";
import { makeReservation } from "../make-ledger.ts";
import { realNow } from "./clock.ts";
import { endOf, logsOf } from "./fault-log.ts";
import type { Run } from "./fault-run.ts";
import { logOf } from "./job-of.ts";

/** The account's row of a job, and its usage. */
interface Books {
	/** Null if the job is off the list. */
	readonly open: boolean | null;
	readonly usage: { readonly status: string; readonly charge: string; readonly cost: number } | null;
}

const BOOKED_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 50;

/** What the table makes of one request to fal. */
function costOf(own: readonly FlatEvent[], accepted: JobEvent & { type: "accepted" }): readonly [string, number] {
	const { price, request } = accepted;
	if (price === undefined) throw new Error("a job without a price");
	const last = <T extends FlatEvent["type"]>(type: T) =>
		own.findLast((event): event is FlatEvent & { type: T } => event.type === type);
	const isRerouted = last("rerouted") !== undefined;
	const picture = isRerouted ? (price.successor ?? price.perPicture) : price.perPicture;
	const generated = last("generated");
	if (generated !== undefined) {
		const { billableUnits: units, outputs } = generated;
		const isMetered = units !== undefined && price.unit !== undefined && !isRerouted;
		return ["paid", isMetered ? Math.ceil(units * (price.unit ?? 0)) : outputs.length * picture];
	}
	const kept = ["kept", picture * (last("submitting")?.count ?? request.n)] as const;
	const free = ["free", 0] as const;
	if (last("failed")?.error.free || last("late_failure")?.error.free) return free;
	const atFal = last("submitted");
	if (atFal === undefined) {
		const isLost = last("answer_lost") !== undefined;
		const isAbsent = last("looked_up")?.absent || last("failed")?.error.code === "upstream_unavailable";
		return isLost && !isAbsent ? kept : free;
	}
	const completed = last("completed");
	if (completed !== undefined) return completed.error?.free ? free : kept;
	const status = own.findLast(({ type }) => type === "running" || type === "queued")?.type ?? "queued";
	return status === "queued" && last("cancelling") !== undefined ? free : kept;
}

/** Says what a job came to; null while it goes on. */
export function billOf(log: readonly JobEvent[]): Books["usage"] {
	const [accepted] = log;
	const end = endOf(log);
	if (accepted?.type !== "accepted" || end === undefined) return null;
	const costs = logsOf(log).map((own) => costOf(own, accepted));
	const charge = ["paid", "kept"].find((kind) => costs.some(([one]) => one === kind)) ?? "free";
	return { status: end.type, charge, cost: costs.reduce((sum, [, cost]) => sum + cost, 0) };
}

export function booksOf(job: string): Promise<Books> {
	return runInDurableObject(env.ACCOUNT.getByName("owner"), (_, { storage: { sql } }) => {
		const rows = sql.exec<{ status: string | null }>("SELECT status FROM jobs WHERE id = ?", job).toArray();
		const usage = sql.exec("SELECT status, charge, cost FROM usage WHERE id = ?", job).toArray();
		return JSON.parse(
			JSON.stringify({ open: rows[0] === undefined ? null : rows[0].status === null, usage: usage[0] ?? null }),
		);
	});
}

/** @throws if the account's usage is not what the table makes of a job's log, or if the job still reserves something */
export async function checkMoney({ prompt }: Run, job: string): Promise<void> {
	for (const until = realNow() + BOOKED_WITHIN_MS; ; ) {
		const [log, books] = [await logOf(job), await booksOf(job)];
		const bill = billOf(log);
		if (bill !== null && books.open === false && JSON.stringify(books.usage) === JSON.stringify(bill)) return;
		if (realNow() > until) throw new Error(`${JSON.stringify({ prompt, bill, books, log }, null, 1)}`);
		await scheduler.wait(LOOK_EVERY_MS);
	}
}

/** The logs of jobs as they went off their account's list. */
const lastLogs = new Map<string, readonly JobEvent[]>();

/** Keeps the log of each job that is erased in this isolate from now on. */
export function keepLastLogs(): void {
	const { forget } = Account.prototype;
	const keepAndForget = async function (this: Account, ...args: Parameters<typeof forget>) {
		const [, job] = args;
		const log = job == null ? [] : await logOf(job).catch(() => []);
		if (job != null && log.length > 0) lastLogs.set(job, log);
		forget.apply(this, args);
	};
	Reflect.set(Account.prototype, "forget", keepAndForget);
}

/** @throws if a job that is gone reserves something, or left another usage than the table makes of its last log */
export async function checkMoneyOfDeleted({ prompt }: Run, job: string): Promise<void> {
	const { open, usage } = await booksOf(job);
	const log = lastLogs.get(job) ?? [];
	const bill = billOf(log);
	if (open === null && bill !== null && JSON.stringify(usage) === JSON.stringify(bill)) return;
	throw new Error(`a deleted job left ${JSON.stringify({ prompt, open, usage, bill, log }, null, 1)}`);
}

/** A request that the account refuses for its bound of open jobs: before, it asks those that should have ended. */
const REFUSED: Admission = {
	digest: "refused",
	key: null,
	retried: false,
	asked: makeReservation({ apiKey: null, maxOpenJobs: 0 }),
};

/** Lets the account ask about the jobs that never began, whose rows are all that an abort left of them. @throws if a reservation stays */
export async function checkNothingReserved(): Promise<void> {
	const account = env.ACCOUNT.getByName("owner");
	for (let before = await countOpen(); before > 0; ) {
		await account.admit(REFUSED);
		const left = await countOpen();
		if (left >= before) throw new Error(`${left} reservations are stuck`);
		before = left;
	}
}

function countOpen(): Promise<number> {
	const query = "SELECT count(*) AS open FROM jobs WHERE reserved IS NOT NULL AND status IS NULL";
	return runInDurableObject(
		env.ACCOUNT.getByName("owner"),
		(_, { storage: { sql } }) => sql.exec<{ open: number }>(query).one().open,
	);
}
