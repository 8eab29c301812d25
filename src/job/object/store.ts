/** All that a job's object keeps: one table, the log, and its alarm. All of the job's SQL is here. */
import schema from "../../../migrations/job/0001_log.sql";
import type { JobEvent } from "../../core/events.ts";

export interface JobStore {
	/** In order; empty if there is no job. Never writes. */
	readLog(): JobEvent[];
	/** The same as a JSON text: nothing is parsed for a reader that parses it anyway. */
	readText(): string;
	/** The log's events after `seq`. */
	readAfter(seq: number): JobEvent[];
	/** Writes one row, and before the first one the table. */
	append(events: readonly JobEvent[]): void;
	/** Waits until all that was written is on the disk. */
	saved(): Promise<void>;
	/** The time that the alarm is set to, in milliseconds since 1970; null for none. */
	alarm(): number | null;
	setAlarm(at: number): void;
	/** The alarm fired: none is set any more. */
	alarmFired(): void;
	/** Reads the alarm that an earlier instance set. */
	loadAlarm(): Promise<void>;
	deleteAll(): Promise<void>;
	/** The rows that this instance wrote, alarms included: the object is billed for them. */
	rowsWritten(): number;
}

const LOG = "SELECT events FROM log ORDER BY seq";
/** From the row on that holds the first event asked for: a row may hold earlier ones, too. */
const LOG_FROM =
	"SELECT events FROM log WHERE seq >= (SELECT coalesce(max(seq), 0) FROM log WHERE seq <= ?) ORDER BY seq";

export function createJobStore({ storage }: DurableObjectState): JobStore {
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
		readText: () => {
			const rows = run(LOG).map(({ events }) => String(events).slice(1, -1));
			return `[${rows.join(",")}]`;
		},
		readAfter: (seq) => parse(run(LOG_FROM, seq)).filter((event) => event.seq > seq),
		append: (events) => {
			const [first] = events;
			if (first === undefined) return;
			if (first.seq === 1) run(schema);
			run("INSERT INTO log (seq, events) VALUES (?, ?)", first.seq, JSON.stringify(events));
		},
		saved: () => storage.sync(),
		alarm: () => alarm,
		setAlarm: (at) => {
			alarm = at;
			written += 1;
			void storage.setAlarm(at);
		},
		alarmFired: () => {
			alarm = null;
		},
		loadAlarm: async () => {
			alarm = await storage.getAlarm();
		},
		deleteAll: async () => {
			await storage.deleteAll();
			alarm = null;
		},
		rowsWritten: () => written,
	};
}
