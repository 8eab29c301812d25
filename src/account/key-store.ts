/** The issued keys of an account. All SQL about them is here. */

import schema from "../../migrations/account/0003_keys.sql";
import { fromRow, type KeyRow, type StoredKey, toRow } from "./key-record.ts";
import { createTables } from "./table-store.ts";

export interface KeyStore {
	find(id: string): StoredKey | null;
	count(): number;
	/** The newest first: those before the key of this id, or the newest of all. Null for an id that no key has: nobody knows its place. */
	before(id: string | null, limit: number): readonly StoredKey[] | null;
	/** Writes one row, and before the first one the table. A key of the same id is left as it is. */
	add(key: StoredKey): void;
	replace(key: StoredKey): void;
	/** False if there is none. */
	remove(id: string): boolean;
	removeAll(): void;
	/** The erasure that has begun; null for none. */
	erasure(): Erasure | null;
	beginErasure(erasure: Erasure): void;
	endErasure(): void;
}

/** The account is being erased. */
export interface Erasure {
	readonly account: string;
	/** The place in the list of the newest job that goes. */
	readonly upTo: number;
	/** Milliseconds since 1970. */
	readonly begunAt: number;
}

const COLUMNS = "id, created_at, redacted, secret_sha256, earlier, settings";

type ErasureRow = { account: string; upTo: number; begunAt: number };

export function createKeyStore(sql: SqlStorage): KeyStore {
	const { read, write } = createTables(sql, schema, "keys");
	/** Keys as they were read or written, since each admission looks at one. Nobody else writes the rows. */
	const known = new Map<string, StoredKey>();
	const put = (verb: "INSERT OR IGNORE" | "REPLACE", key: StoredKey): void => {
		const { id, created_at, redacted, secret_sha256, earlier, settings } = toRow(key);
		const values = [id, created_at, redacted, secret_sha256, earlier, settings];
		write(`${verb} INTO keys (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`, ...values);
		known.delete(key.id);
	};
	const find = (id: string): StoredKey | null => {
		const [row] = known.has(id) ? [] : read<KeyRow>(`SELECT ${COLUMNS} FROM keys WHERE id = ?`, id);
		if (row !== undefined) known.set(id, fromRow(row));
		return known.get(id) ?? null;
	};
	return {
		find,
		count: () => read<{ keys: number }>("SELECT count(*) AS keys FROM keys")[0]?.keys ?? 0,
		before: (id, limit) => {
			const order = "ORDER BY created_at DESC, id DESC LIMIT ?";
			if (id === null) return read<KeyRow>(`SELECT ${COLUMNS} FROM keys ${order}`, limit).map(fromRow);
			const from = find(id);
			if (from === null) return null;
			const older = `SELECT ${COLUMNS} FROM keys WHERE (created_at, id) < (?, ?) ${order}`;
			return read<KeyRow>(older, from.createdAt, id, limit).map(fromRow);
		},
		add: (key) => put("INSERT OR IGNORE", key),
		replace: (key) => put("REPLACE", key),
		remove: (id) => {
			const found = find(id) !== null;
			if (found) write("DELETE FROM keys WHERE id = ?", id);
			known.delete(id);
			return found;
		},
		removeAll: () => {
			read("DELETE FROM keys");
			known.clear();
		},
		erasure: () =>
			read<ErasureRow>("SELECT account, up_to AS upTo, begun_at AS begunAt FROM erasure LIMIT 1")[0] ?? null,
		beginErasure: ({ account, upTo, begunAt }) =>
			write("REPLACE INTO erasure (account, up_to, begun_at) VALUES (?, ?, ?)", account, upTo, begunAt),
		endErasure: () => {
			read("DELETE FROM erasure");
		},
	};
}
