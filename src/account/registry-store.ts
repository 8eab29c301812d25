/** Keeps the registry's rows: the accounts that have keys, and the secret that tells invented keys. All SQL about them is here. */

import schema from "../../migrations/account/0004_registry.sql";
import { createTables } from "./table-store.ts";

export interface ListedAccount {
	readonly name: string;
	/** The time of its first key. Milliseconds since 1970. */
	readonly createdAt: number;
}

export interface RegistryStore {
	/** In hex; null before the first key was issued. */
	macSecret(): string | null;
	/** Returns the secret of before, if there was one. */
	mintMacSecret(secret: string): string;
	/** Idempotent. */
	addAccount(account: ListedAccount): void;
	removeAccount(name: string): void;
	/** By name: those behind this one, or the first of all. */
	accountsAfter(name: string | null, limit: number): readonly ListedAccount[];
}

type SecretRow = { secret: string };
type AccountRow = { name: string; createdAt: number };

export function createRegistryStore(sql: SqlStorage): RegistryStore {
	const { read, write } = createTables(sql, schema, "mac_secret");
	const macSecret = () => read<SecretRow>("SELECT secret FROM mac_secret")[0]?.secret ?? null;
	return {
		macSecret,
		mintMacSecret: (secret) => {
			write("INSERT OR IGNORE INTO mac_secret (one, secret) VALUES (1, ?)", secret);
			return macSecret() ?? secret;
		},
		addAccount: ({ name, createdAt }) =>
			write("INSERT OR IGNORE INTO accounts (name, created_at) VALUES (?, ?)", name, createdAt),
		removeAccount: (name) => {
			read("DELETE FROM accounts WHERE name = ?", name);
		},
		accountsAfter: (name, limit) =>
			read<AccountRow>(
				"SELECT name, created_at AS createdAt FROM accounts WHERE name > ? ORDER BY name LIMIT ?",
				name ?? "",
				limit,
			),
	};
}
