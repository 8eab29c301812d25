/** One account's object: it gives out job ids, lists its jobs, and joins requests that are made again. */
import type { JobEnd, Settlement } from "../core/settlement.ts";
import type { Env } from "../env.ts";
import { callJob } from "../stub.ts";
import { ActivityKeeper } from "./activity-keeper.ts";
import {
	type Admission,
	type AskedJob,
	type ClaimAnswer,
	decideAdmission,
	type EarlierJob,
	isDeclaredRetry,
	type Reservation,
} from "./admission.ts";
import { createEraser, type Eraser } from "./eraser.ts";
import { type KeySettings, refusalOfKey, type ShownKey, toShown } from "./key-record.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import type { Shown } from "./ledger-store.ts";
import { type LimitLeft, limitsLeft } from "./left.ts";
import {
	hitOf,
	type KeyLimits,
	type KeyRefusal,
	type LimitHit,
	overdueBehind,
	type RateState,
	rateOf,
	refusedModel,
} from "./limits.ts";
import { createListStore, type ListFilter, type ListPage, type ListStore } from "./list-store.ts";
import { type AccountStore, createAccountStore, type ListedJob } from "./store.ts";
import type { OpenJob } from "./tally.ts";
import type { Counters, ModelUsage, UsageQuery, UsageRow, UsageRowsQuery, UsageSums } from "./usage-record.ts";
import { createUsageStore, type UsageStore } from "./usage-store.ts";
import { DAY_MS, dayOf } from "./windows.ts";

export type Admitted =
	/** A job to start, which is idempotent. `listing` is its place in the account's list. */
	| {
			readonly kind: "new";
			readonly id: string;
			readonly listing: number;
			/** Of an issued key that has an `rpm_limit`. */
			readonly rate?: RateState;
			/** The only models that its issued key may use: no other may take over from one that is gone. Absent: any may. */
			readonly models?: readonly string[];
			/** The webhook of its issued key. Absent: it has none. */
			readonly webhookUrl?: string;
	  }
	/** An earlier job, whose answer is this request's, too. */
	| { readonly kind: "joined"; readonly id: string }
	/** The key was used for another request. */
	| { readonly kind: "conflict" };

/** The request gets no job, neither a new one nor an earlier one. */
export type Denied =
	/** A job of its own would pass a limit. */
	| { readonly kind: "limited"; readonly limit: LimitHit }
	/** Its issued key may not make it. */
	| ({ readonly kind: "key_refused" } & KeyRefusal);

export interface KeyLeft {
	/** Null if there is none. */
	readonly key: ShownKey | null;
	readonly left: readonly LimitLeft[];
}

const KEY_WINDOW_MS = 24 * 3_600_000;
const RETRY_WINDOW_MS = 30 * 60_000;
/** An admission waits no longer for jobs that should have ended. */
const OVERDUE_TIMEOUT_MS = 5_000;
/** Prometheus asks every 15 seconds or less often. */
const COUNTED_MS = 10_000;

type StandingKey = KeyLimits & Pick<KeySettings, "webhookUrl">;

type KeyTerms = Pick<Extract<Admitted, { kind: "new" }>, "rate" | "models" | "webhookUrl">;

/** A request before its issued key and the limits, at one moment. */
interface Standing {
	/** Null without an issued key, or if that may not make the request. */
	readonly key: StandingKey | null;
	readonly refusal: KeyRefusal | null;
	readonly hit: LimitHit | null;
	readonly overdue: readonly OpenJob[];
}

/** Workers and objects of the previous deploy call these methods, too: their names, arguments and answers stay. */
export class Account extends ActivityKeeper {
	readonly #store: AccountStore;
	readonly #ledger: Ledger;
	readonly #list: ListStore;
	readonly #eraser: Eraser;
	readonly #usage: UsageStore;
	/** What `counters` said last. */
	#counted: Counters | null = null;

	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		const { tables } = this;
		this.#store = createAccountStore(tables);
		this.#ledger = createLedger(tables);
		this.#usage = createUsageStore(tables.ledger);
		this.#list = createListStore(tables);
		const forget = (n: number, id: string) => this.forget(n, id, null);
		this.#eraser = createEraser({ env, storage: ctx.storage, keys: this.keys, forget });
	}

	/**
	 * The last decision and its row are one turn, so two equal requests at once cannot both find nothing, and two requests cannot
	 * both take the last of a budget. Everything that is awaited comes before it.
	 */
	async admit(admission: Admission): Promise<Admitted | Denied> {
		const now = Date.now();
		const rowsAtFirst = this.#earlierJobs(admission, now);
		let rowsNow = rowsAtFirst;
		const asked: AskedJob[] = [];
		let mayAskOverdue = true;
		while (true) {
			const { key, ...standing } = this.#standing(admission.asked);
			const overdue = mayAskOverdue ? standing.overdue : [];
			const decision = decideAdmission(admission, { rowsAtFirst, rowsNow, asked, ...standing, overdue });
			switch (decision.type) {
				case "refuse":
					return { kind: "key_refused", ...decision.refusal };
				case "join":
					return { kind: "joined", id: decision.id };
				case "start":
					if (admission.asked !== undefined)
						this.#ledger.extend(decision.listing, decision.id, admission.asked.startBy);
					return { kind: "new", id: decision.id, listing: decision.listing, ...this.#termsOf(key) };
				case "conflict":
					return { kind: "conflict" };
				case "limit":
					return { kind: "limited", limit: decision.hit };
				case "create": {
					const { n, id } = this.#create(admission);
					if (admission.account !== undefined) this.ctx.waitUntil(this.tellActive(admission.account));
					return { kind: "new", id, listing: n, ...this.#termsOf(key) };
				}
			}
			if (decision.type === "ask_overdue") {
				mayAskOverdue = false;
				await Promise.all(decision.jobs.map((job) => this.#askOverdue(job)));
			} else {
				const { job } = decision;
				const declared = isDeclaredRetry(admission);
				asked.push({ job, answer: await callJob<ClaimAnswer>(this.env, job.id, (stub) => stub.claim(declared)) });
			}
			rowsNow = this.#earlierJobs(admission, now);
		}
	}

	/** Says whether a job of this reservation would be denied now, and counts nothing. Null: it would not. */
	async examine(asked: Reservation): Promise<Denied | null> {
		const { overdue } = this.#standing(asked);
		await Promise.all(overdue.map((job) => this.#askOverdue(job)));
		const { refusal, hit } = this.#standing(asked);
		if (refusal !== null) return { kind: "key_refused", ...refusal };
		return hit === null ? null : { kind: "limited", limit: hit };
	}

	/** Reads an issued key, and how much is left of its limits. @param id Null for a key of `WORKER_ACCESS_KEY` @param maxOpenJobs Of the account */
	readLeft(id: string | null, maxOpenJobs: number): KeyLeft {
		const stored = id === null ? null : this.keys.find(id);
		const key = stored === null ? null : { id: stored.id, ...stored.settings };
		const now = Date.now();
		const left = limitsLeft(key, maxOpenJobs, this.#ledger.tally(), now);
		return { key: stored === null ? null : toShown(stored, now), left };
	}

	/** For Workers of the previous deploy. Newest first: the jobs before `cursor`, or the newest of all. */
	list(cursor: number | null, limit: number): readonly ListedJob[] {
		return this.#store.before(cursor ?? Number.MAX_SAFE_INTEGER, limit);
	}

	/** Sums up what ended jobs came to. */
	readUsage(query: UsageQuery): UsageSums {
		return this.#usage.sum(query);
	}

	/** Sums up the ended jobs of each model that were admitted since then. */
	readModelUsage(since: number): readonly ModelUsage[] {
		return this.#usage.byModel(since);
	}

	/** Lists ended jobs, the earliest first. */
	listUsage(query: UsageRowsQuery): readonly UsageRow[] {
		return this.#usage.rows(query);
	}

	/** Newest first: a page of the jobs before `cursor`, or of the newest ones. */
	page(cursor: number | null, limit: number, filter: ListFilter): ListPage {
		return this.#list.page(cursor ?? Number.MAX_SAFE_INTEGER, limit, filter);
	}

	/**
	 * Books how a job ended. Absolute and idempotent: a later settlement of the same job replaces the earlier one.
	 * @param shown Null if the list has to ask the job: more may come of it, or it is being deleted. Absent from an object of the previous deploy
	 * @param account Its own name, which it does not know. Absent from an object of the previous deploy
	 */
	settle(
		listing: number,
		id: string,
		settlement: Settlement,
		shown: Shown | null = null,
		account: string | null = null,
	): void {
		this.#ledger.settle(listing, id, settlement, shown);
		if (account !== null) this.ctx.waitUntil(this.tellActive(account));
	}

	/** Counts the jobs that ended since UTC midnight, for /metrics. At most once in `COUNTED_MS`: it reads a row a job. */
	counters(): Counters {
		const now = Date.now();
		if (this.#counted === null || now - this.#counted.at >= COUNTED_MS) this.#counted = this.#count(now);
		return this.#counted;
	}

	/**
	 * Books how a job ended, and takes it off the list. Idempotent: the code of before gives the place of a deleted newest job
	 * again, so the id has to fit, too.
	 * @param id Null from an object of a deploy that sent none
	 * @param settlement Null if the job never began. Absent from an object of the previous deploy: what it reserves counts as spent
	 */
	forget(listing: number, id: string | null = null, settlement?: Settlement | null): void {
		if (id !== null) this.#ledger.close(listing, id, settlement);
		this.#store.remove(listing, id);
	}

	/**
	 * Erases the account's keys, and all its jobs of now with their pictures. Idempotent: it goes on by itself, and a further call
	 * says how many jobs are left; 0 if it has ended.
	 */
	erase(account: string): Promise<number> {
		return this.#eraser.erase(account);
	}

	override alarm(): Promise<void> {
		return this.#eraser.goOn();
	}

	#count(now: number): Counters {
		return { at: now, open: this.#ledger.tally().openJobs(), ended: this.#usage.endedSince(dayOf(now) * DAY_MS) };
	}

	#create({ id = this.env.JOB.newUniqueId().toString(), digest, key, asked }: Admission): ListedJob {
		const job = { id, at: Date.now(), digest, key, reservation: asked ?? null };
		const listed = this.#store.add(job);
		this.#ledger.opened({ ...job, ...listed });
		return listed;
	}

	/** Books what became of a job whose end was not heard of. One that cannot be reached goes on to count as it did. */
	async #askOverdue({ n, id, startBy }: OpenJob): Promise<void> {
		this.#ledger.tally().markAsked(id, Date.now());
		const end = await this.#endOf(id);
		if (end === "never") {
			// Whoever was told to start it meanwhile may still do so.
			if (this.#ledger.isLeft(n, id, startBy)) this.forget(n, id, null);
		} else if (typeof end === "object") this.settle(n, id, end);
	}

	async #endOf(id: string): Promise<JobEnd | "unreachable"> {
		const late = Promise.withResolvers<"unreachable">();
		const timer = setTimeout(() => late.resolve("unreachable"), OVERDUE_TIMEOUT_MS);
		const end = callJob<JobEnd>(this.env, id, (job) => job.settlement());
		try {
			return await Promise.race([end.catch(() => "unreachable" as const), late.promise]);
		} finally {
			clearTimeout(timer);
		}
	}

	/** Reads, and awaits nothing: what it says holds for the turn that it is called in. */
	#standing(asked: Reservation | undefined): Standing {
		if (asked === undefined) return { key: null, refusal: null, hit: null, overdue: [] };
		const now = Date.now();
		const stored = asked.apiKey === null ? null : this.keys.find(asked.apiKey.id);
		const why = asked.apiKey === null ? null : refusalOfKey(stored, asked.apiKey.secretSha256, now);
		if (why !== null) return { key: null, refusal: { why }, hit: null, overdue: [] };
		const key = stored === null ? null : { id: stored.id, ...stored.settings };
		const model = key === null ? null : refusedModel(key, asked.models);
		if (model !== null) return { key: null, refusal: { why: "model", model }, hit: null, overdue: [] };
		const tally = this.#ledger.tally();
		const hit = hitOf(asked, key, tally, now);
		return { key, refusal: null, hit, overdue: hit === null ? [] : overdueBehind(hit, key?.id, tally, now) };
	}

	/** Returns the facts of an issued key that the Worker needs to start a job. */
	#termsOf(key: StandingKey | null): KeyTerms {
		if (key === null) return {};
		const rate = rateOf(key, this.#ledger.tally(), Date.now());
		return {
			...(rate === null ? {} : { rate }),
			...(key.models === null ? {} : { models: key.models }),
			...(key.webhookUrl === null ? {} : { webhookUrl: key.webhookUrl }),
		};
	}

	#earlierJobs({ digest, key }: Admission, now: number): readonly EarlierJob[] {
		return key === null
			? this.#store.withDigest(digest, now - RETRY_WINDOW_MS)
			: this.#store.withKey(key, now - KEY_WINDOW_MS);
	}
}
