/** Reads and writes tables that are made before the first row is written: an object that stores nothing costs nothing. */

export interface Tables {
	/** Returns no rows while the tables are not there. */
	read<T extends Record<string, SqlStorageValue>>(query: string, ...values: SqlStorageValue[]): readonly T[];
	/** As `read`, a row at a time, as a list of its columns: whoever stops early does not read the rest. */
	iterate<T extends SqlStorageValue[]>(query: string, ...values: SqlStorageValue[]): Iterable<T>;
	/** Makes the tables, if they are not there. */
	create(): void;
	/** Makes the tables first, if they are not there. */
	write(query: string, ...values: SqlStorageValue[]): void;
}

/**
 * @param schema The statements that make the tables, or a column
 * @param table One of the tables
 * @param column Its column, as it is declared, if that is what they make
 */
export function createTables(sql: SqlStorage, schema: string, table: string, column = ""): Tables {
	const isMade = "SELECT 1 FROM sqlite_master WHERE name = ? AND instr(sql, ?) > 0";
	let isThere = sql.exec(isMade, table, column).toArray().length > 0;
	const create = (): void => {
		if (!isThere) sql.exec(schema);
		isThere = true;
	};
	return {
		create,
		read: <T extends Record<string, SqlStorageValue>>(query: string, ...values: SqlStorageValue[]) =>
			isThere ? sql.exec<T>(query, ...values).toArray() : [],
		iterate: <T extends SqlStorageValue[]>(query: string, ...values: SqlStorageValue[]) =>
			isThere ? sql.exec(query, ...values).raw<T>() : [],
		write: (query, ...values) => {
			create();
			sql.exec(query, ...values);
		},
	};
}
