import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { createStore, type Listed, type Store } from "./store.ts";

/** What a request says of itself, for `admit` to tell whether it was made before. */
export interface Admission {
	/** Of the route and the canonical body: equal requests have equal digests. */
	readonly digest: string;
	/** The client's own `Idempotency-Key`. */
	readonly key: string | null;
	/** The client says that it has asked before. */
	readonly retried: boolean;
}

export type Admitted =
	/** A job to be started, which is idempotent. `listing` is its place in the account's list. */
	| { readonly kind: "new"; readonly id: string; readonly listing: number }
	/** An earlier job, whose answer is this request's too. */
	| { readonly kind: "joined"; readonly id: string }
	/** The key was used for another request. */
	| { readonly kind: "conflict" };

const KEY_WINDOW_MS = 24 * 3_600_000;
const RETRY_WINDOW_MS = 30 * 60_000;
/** An object that a deploy just reset takes a new stub. */
const CLAIM_TRIES = 3;

/** One account's object: it gives out job ids, keeps the list of them, and knows which request is an earlier one again. */
export class Account extends DurableObject<Env> {
	readonly #store: Store;

	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		this.#store = createStore(ctx.storage.sql);
	}

	async admit(admission: Admission): Promise<Admitted> {
		const { digest, key, retried } = admission;
		const now = Date.now();
		const find = () =>
			key === null
				? this.#store.withDigest(digest, now - RETRY_WINDOW_MS)
				: this.#store.withKey(key, now - KEY_WINDOW_MS);
		const knownRetry = key !== null || retried;
		const earlier = find();
		if (earlier.some((job) => job.digest !== digest)) return { kind: "conflict" };
		for (const { id, n } of earlier) {
			const claimed = await this.#claim(id, knownRetry);
			if (claimed === "yes") return { kind: "joined", id };
			// It may be on its way, or its Worker may have died: whoever comes first starts it, once.
			if (claimed === "unstarted" && knownRetry) return { kind: "new", id, listing: n };
		}
		// While the jobs were asked, a twin of this request may have been admitted.
		if (knownRetry && find()[0]?.n !== earlier[0]?.n) return this.admit(admission);
		const id = this.env.JOB.newUniqueId().toString();
		return { kind: "new", id, listing: this.#store.add({ id, at: now, digest, key }).n };
	}

	/** Newest first: those listed before `cursor`, or the newest of all. */
	list(cursor: number | null, limit: number): readonly Listed[] {
		return this.#store.before(cursor ?? Number.MAX_SAFE_INTEGER, limit);
	}

	forget(listing: number): void {
		this.#store.remove(listing);
	}

	/** The job itself knows whether its client has left. */
	async #claim(id: string, knownRetry: boolean): Promise<"yes" | "no" | "unstarted"> {
		for (let tries = 1; ; tries += 1) {
			try {
				return await this.env.JOB.get(this.env.JOB.idFromString(id)).claim(knownRetry);
			} catch (error) {
				if (tries >= CLAIM_TRIES) throw error;
			}
		}
	}
}
