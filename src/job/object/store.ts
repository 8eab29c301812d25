import schema from "../../../migrations/job/0001_log.sql";
import type { JobEvent } from "../../core/events.ts";

/** What an object keeps: one table, the log, and its alarm. All of the job's SQL is here. */
export interface Store {
	/** In order; empty where there is no job. Never writes. */
	readLog(): JobEvent[];
	/** The same as JSON, as it is stored: nothing is parsed for a reader far away. */
	readText(): string;
	/** The log's events after `seq`. */
	readAfter(seq: number): JobEvent[];
	/** One row. Creates the table before the first. */
	append(events: readonly JobEvent[]): void;
	/** When the alarm is set for, in milliseconds since 1970; null where it is not. */
	alarm(): number | null;
	setAlarm(at: number): void;
	/** The alarm rang, and is used up. */
	alarmRang(): void;
	/** Reads the alarm that an earlier instance set. */
	load(): Promise<void>;
	deleteAll(): Promise<void>;
	/** Rows written by this instance, alarms included: what an object is billed for. */
	rowsWritten(): number;
}

const LOG = "SELECT events FROM log ORDER BY seq";

export function createStore({ storage }: DurableObjectState): Store {
	const { sql } = storage;
	let written = 0;
	let alarm: number | null = null;
	const run = (query: string, ...values: SqlStorageValue[]) => {
		const cursor = sql.exec(query, ...values);
		const rows = cursor.toArray();
		written += cursor.rowsWritten;
		return rows;
	};
	const exists = () => run("SELECT 1 FROM sqlite_master WHERE name = 'log'").length > 0;
	const parse = (rows: Record<string, SqlStorageValue>[]): JobEvent[] =>
		rows.flatMap(({ events }) => JSON.parse(String(events)) as JobEvent[]);

	return {
		readLog: () => (exists() ? parse(run(LOG)) : []),
		readText: () =>
			`[${run(LOG)
				.map(({ events }) => String(events).slice(1, -1))
				.join(",")}]`,
		readAfter: (seq) =>
			parse(
				run(
					"SELECT events FROM log WHERE seq >= (SELECT coalesce(max(seq), 0) FROM log WHERE seq <= ?) ORDER BY seq",
					seq,
				),
			).filter((event) => event.seq > seq),
		append: (events) => {
			const [first] = events;
			if (first === undefined) return;
			if (first.seq === 1) run(schema);
			run("INSERT INTO log (seq, events) VALUES (?, ?)", first.seq, JSON.stringify(events));
		},
		alarm: () => alarm,
		setAlarm: (at) => {
			alarm = at;
			written += 1;
			void storage.setAlarm(at);
		},
		alarmRang: () => {
			alarm = null;
		},
		load: async () => {
			alarm = await storage.getAlarm();
		},
		deleteAll: async () => {
			await storage.deleteAll();
			alarm = null;
		},
		rowsWritten: () => written,
	};
}
