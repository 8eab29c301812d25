/** Knows which accounts made or ended jobs lately, so that /metrics asks these alone, and reports miss none that has no key any more. The registry keeps their names, and each account tells it once an hour. */

import type { Env } from "../env.ts";
import { callRegistry } from "../stub.ts";
import { type ActiveStore, createActiveStore } from "./active-store.ts";
import { KeyKeeper } from "./key-keeper.ts";
import { type AccountTables, createAccountTables } from "./store.ts";

const HOUR_MS = 3_600_000;

/** Workers and objects of the previous deploy call these methods, too: their names, arguments and answers stay. */
export abstract class ActivityKeeper extends KeyKeeper {
	protected readonly tables: AccountTables;
	readonly #active: ActiveStore;
	/** The hour that the registry is being told of, or was by this instance. */
	#tellingHour: number | null = null;

	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		this.tables = createAccountTables(ctx.storage.sql);
		this.#active = createActiveStore(ctx.storage.sql, this.tables);
	}

	/** Of the registry: an account made or ended a job in this hour. Idempotent. */
	noteActive(account: string, hour: number): void {
		this.#active.note(account, hour);
	}

	/** Of the registry. Idempotent. */
	override unlistAccount(name: string): void {
		super.unlistAccount(name);
		this.#active.forget(name);
	}

	/** Of the registry: the accounts that made or ended jobs in this hour or later, the latest first. */
	activeSince(hour: number, limit: number): readonly string[] {
		return this.#active.since(hour, limit);
	}

	/** Once an hour. If the call is lost, the next job tells again. */
	protected async tellActive(account: string): Promise<void> {
		const hour = Math.floor(Date.now() / HOUR_MS);
		if (this.#tellingHour === hour || this.#active.toldHour() === hour) return;
		this.#tellingHour = hour;
		try {
			await callRegistry(this.env, async (registry) => registry.noteActive(account, hour));
			this.#active.setToldHour(hour);
		} catch {
			// /metrics leaves the account out until then. So do reports, if it has no key.
			this.#tellingHour = null;
		}
	}
}
