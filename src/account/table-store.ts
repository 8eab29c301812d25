/** Reads and writes tables that are made before the first row is written: an object that stores nothing costs nothing. */

export interface Tables {
	/** Returns no rows while the tables are not there. */
	read<T extends Record<string, SqlStorageValue>>(query: string, ...values: SqlStorageValue[]): readonly T[];
	/** Makes the tables, if they are not there. */
	create(): void;
	/** Makes the tables first, if they are not there. */
	write(query: string, ...values: SqlStorageValue[]): void;
}

/** @param schema The statements that make the tables @param table One of them */
export function createTables(sql: SqlStorage, schema: string, table: string): Tables {
	let isThere = sql.exec("SELECT 1 FROM sqlite_master WHERE name = ?", table).toArray().length > 0;
	const create = (): void => {
		if (!isThere) sql.exec(schema);
		isThere = true;
	};
	return {
		create,
		read: <T extends Record<string, SqlStorageValue>>(query: string, ...values: SqlStorageValue[]) =>
			isThere ? sql.exec<T>(query, ...values).toArray() : [],
		write: (query, ...values) => {
			create();
			sql.exec(query, ...values);
		},
	};
}
