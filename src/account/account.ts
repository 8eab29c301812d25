/** One account's object: it gives out job ids, lists its jobs, and joins requests that are made again. */
import type { Env } from "../env.ts";
import { callJob } from "../stub.ts";
import {
	type Admission,
	type AskedJob,
	type ClaimAnswer,
	decideAdmission,
	type EarlierJob,
	isDeclaredRetry,
} from "./admission.ts";
import { KeyKeeper } from "./key-keeper.ts";
import type { KeyRefusal, LimitHit, RateState } from "./limits.ts";
import { type AccountStore, createAccountStore, type ListedJob } from "./store.ts";

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

const KEY_WINDOW_MS = 24 * 3_600_000;
const RETRY_WINDOW_MS = 30 * 60_000;

/** Workers and objects of the previous deploy call these methods, too: their names, arguments and answers stay. */
export class Account extends KeyKeeper {
	readonly #store: AccountStore;

	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		this.#store = createAccountStore(ctx.storage.sql);
	}

	/** The last decision and its row are one turn, so two equal requests at once cannot both find nothing. */
	async admit(admission: Admission): Promise<Admitted> {
		const { digest, key } = admission;
		const now = Date.now();
		const rowsAtFirst = this.#earlierJobs(admission, now);
		let rowsNow = rowsAtFirst;
		const asked: AskedJob[] = [];
		while (true) {
			const decision = decideAdmission(admission, { rowsAtFirst, rowsNow, asked });
			switch (decision.type) {
				case "join":
					return { kind: "joined", id: decision.id };
				case "start":
					return { kind: "new", id: decision.id, listing: decision.listing };
				case "conflict":
					return { kind: "conflict" };
				case "create": {
					const id = admission.id ?? this.env.JOB.newUniqueId().toString();
					return { kind: "new", id, listing: this.#store.add({ id, at: now, digest, key }).n };
				}
			}
			const { job } = decision;
			const declared = isDeclaredRetry(admission);
			asked.push({ job, answer: await callJob<ClaimAnswer>(this.env, job.id, (stub) => stub.claim(declared)) });
			rowsNow = this.#earlierJobs(admission, now);
		}
	}

	/** Newest first: the jobs before `cursor`, or the newest of all. */
	list(cursor: number | null, limit: number): readonly ListedJob[] {
		return this.#store.before(cursor ?? Number.MAX_SAFE_INTEGER, limit);
	}

	/**
	 * Takes a job off the list. Idempotent: SQLite gives the place of a deleted newest row again, so the id has to fit, too.
	 * @param id Null from an object of the previous deploy, which sends none
	 */
	forget(listing: number, id: string | null = null): void {
		this.#store.remove(listing, id);
	}

	#earlierJobs({ digest, key }: Admission, now: number): readonly EarlierJob[] {
		return key === null
			? this.#store.withDigest(digest, now - RETRY_WINDOW_MS)
			: this.#store.withKey(key, now - KEY_WINDOW_MS);
	}
}
