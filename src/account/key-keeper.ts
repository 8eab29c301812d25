/** Keeps the issued keys of one account. One object, the registry, keeps what belongs to all accounts. */

import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import {
	judgeKey,
	type KeySettings,
	type KeyVerdict,
	MAX_KEYS,
	type Rotation,
	rotated,
	type ShownKey,
	type StoredKey,
	toShown,
	withChanges,
} from "./key-record.ts";
import { createKeyStore, type KeyStore } from "./key-store.ts";
import { createRegistryStore, type ListedAccount, type RegistryStore } from "./registry-store.ts";

/** `full`: the account has as many keys as it can have. `erasing`: it is being erased. */
export type KeyAdded = ShownKey | "full" | "erasing";

/** Workers and objects of the previous deploy call these methods, too: their names, arguments and answers stay. */
export abstract class KeyKeeper extends DurableObject<Env> {
	protected readonly keys: KeyStore;
	readonly #registry: RegistryStore;

	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		this.keys = createKeyStore(ctx.storage.sql);
		this.#registry = createRegistryStore(ctx.storage.sql);
	}

	/** Judges a key that was made here. @param secretSha256 Of the whole key, in hex */
	checkKey(id: string, secretSha256: string): KeyVerdict {
		return judgeKey(this.keys.find(id), secretSha256, Date.now());
	}

	/** Idempotent: the key of an id is written once. */
	addKey(key: Omit<StoredKey, "createdAt" | "earlier">): KeyAdded {
		if (this.keys.erasure() !== null) return "erasing";
		const before = this.keys.find(key.id);
		if (before !== null) return toShown(before, Date.now());
		if (this.keys.count() >= MAX_KEYS) return "full";
		const added = { ...key, createdAt: Date.now(), earlier: [] };
		this.keys.add(added);
		return toShown(added, added.createdAt);
	}

	readKey(id: string): ShownKey | null {
		const key = this.keys.find(id);
		return key === null ? null : toShown(key, Date.now());
	}

	/** The newest first: those before the key of this id, or the newest of all. Null if there is no such key. */
	listKeys(before: string | null, limit: number): readonly ShownKey[] | null {
		return this.keys.before(before, limit)?.map((key) => toShown(key, Date.now())) ?? null;
	}

	/** Changes these settings, and leaves the others. Null if there is no such key. */
	changeKey(id: string, changes: Partial<KeySettings>): ShownKey | null {
		return this.#replace(id, (key) => ({ ...key, settings: withChanges(key.settings, changes) }));
	}

	/** Null if there is no such key. */
	rotateKey(id: string, rotation: Rotation): ShownKey | null {
		return this.#replace(id, (key) => rotated(key, rotation, Date.now()));
	}

	/** From now on it is refused. False if there is no such key. */
	deleteKey(id: string): boolean {
		return this.keys.remove(id);
	}

	/** Of the registry: the secret of the MAC in each key, in hex; null before the first key. */
	macSecret(): string | null {
		return this.#registry.macSecret();
	}

	/** Of the registry: the same. @param offered Becomes it if there is none */
	mintMacSecret(offered: string): string {
		return this.#registry.mintMacSecret(offered);
	}

	/** Of the registry: lists an account from now on. Idempotent. */
	listAccount(name: string): void {
		this.#registry.addAccount({ name, createdAt: Date.now() });
	}

	/** Of the registry. Idempotent. */
	unlistAccount(name: string): void {
		this.#registry.removeAccount(name);
	}

	/** Of the registry, by name: the accounts behind this one, or the first of all. */
	listAccounts(after: string | null, limit: number): readonly ListedAccount[] {
		return this.#registry.accountsAfter(after, limit);
	}

	#replace(id: string, change: (key: StoredKey) => StoredKey): ShownKey | null {
		const key = this.keys.find(id);
		if (key === null) return null;
		const changed = change(key);
		this.keys.replace(changed);
		return toShown(changed, Date.now());
	}
}
