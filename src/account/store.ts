import schema from "../../migrations/account/0001_jobs.sql";

/** The account's only table. All of its SQL is here. */
export interface Store {
	/** Creates the table before the first row. One row. */
	add(job: string, at: number): void;
	remove(job: string): void;
}

export const createStore = (sql: SqlStorage): Store => {
	let exists = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'jobs'").toArray().length > 0;
	return {
		add: (job, at) => {
			if (!exists) sql.exec(schema);
			exists = true;
			sql.exec("INSERT INTO jobs (id, at) VALUES (?, ?)", job, at);
		},
		remove: (job) => {
			if (exists) sql.exec("DELETE FROM jobs WHERE id = ?", job);
		},
	};
};
