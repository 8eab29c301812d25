/** Remembers, for /metrics and for reports, which accounts made or ended jobs lately: in the registry a row an account, and in each account a mark, so that it tells the registry once an hour. */

import schema from "../../migrations/account/0006_active.sql";
import type { AccountTables } from "./store.ts";
import { createTables } from "./table-store.ts";

export interface ActiveStore {
	/** Of an account: the last hour that the registry was told of; null before the first. Hours since 1970. */
	toldHour(): number | null;
	setToldHour(hour: number): void;
	/** Of the registry. Idempotent. */
	note(account: string, hour: number): void;
	forget(account: string): void;
	/** Of the registry: those that were active in this hour or later, the latest first. */
	since(hour: number, limit: number): readonly string[];
}

export function createActiveStore(sql: SqlStorage, { ledger }: AccountTables): ActiveStore {
	const { read, write } = createTables(sql, schema, "active");
	return {
		toldHour: () =>
			ledger.read<{ hour: number }>("SELECT CAST(value AS INTEGER) AS hour FROM marks WHERE name = 'told_hour'")[0]
				?.hour ?? null,
		setToldHour: (hour) =>
			ledger.write(
				"INSERT INTO marks VALUES ('told_hour', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
				String(hour),
			),
		note: (account, hour) =>
			write("INSERT INTO active VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET hour = excluded.hour", account, hour),
		forget: (account) => {
			read("DELETE FROM active WHERE account = ?", account);
		},
		since: (hour, limit) =>
			read<{ account: string }>(
				"SELECT account FROM active WHERE hour >= ? ORDER BY hour DESC, account LIMIT ?",
				hour,
				limit,
			).map(({ account }) => account),
	};
}
