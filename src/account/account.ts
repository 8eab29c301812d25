import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { createStore, type Store } from "./store.ts";

/** One account's object: it gives out job ids and keeps the list of them. */
export class Account extends DurableObject<Env> {
	readonly #store: Store;

	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		this.#store = createStore(ctx.storage.sql);
	}

	/** A new job's id: the lower-case hex of its object's. */
	admit(): string {
		const id = this.env.JOB.newUniqueId().toString();
		this.#store.add(id, Date.now());
		return id;
	}

	forget(job: string): void {
		this.#store.remove(job);
	}
}
