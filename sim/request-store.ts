/** Storage of an object: its requests, the deliveries of their webhooks, and the time when each webhook is due. */
import type { RequestRow } from "./request-row.ts";
import type { Delivery } from "./webhook.ts";

export class RequestStore {
	readonly #storage: DurableObjectStorage;

	constructor(storage: DurableObjectStorage) {
		this.#storage = storage;
		storage.sql.exec("CREATE TABLE IF NOT EXISTS due (id TEXT PRIMARY KEY, at INTEGER NOT NULL)");
		storage.sql.exec("CREATE INDEX IF NOT EXISTS due_by_time ON due (at)");
		storage.sql.exec("CREATE TABLE IF NOT EXISTS sent (endpoint TEXT, at INTEGER, id TEXT)");
		storage.sql.exec("CREATE INDEX IF NOT EXISTS sent_by_endpoint ON sent (endpoint, at)");
	}

	load(id: string): RequestRow | undefined {
		return this.#storage.kv.get<RequestRow>(`row:${id}`);
	}

	save(row: RequestRow): void {
		this.#storage.kv.put(`row:${row.id}`, row);
	}

	/** Takes a new request. */
	add(row: RequestRow): void {
		this.save(row);
		this.#storage.sql.exec("INSERT INTO sent VALUES (?, ?, ?)", row.endpoint, row.submittedAt, row.id);
	}

	/** The requests of an endpoint that were sent in a time, the newest first. */
	sent(endpoint: string, from: number, to: number, limit: number): RequestRow[] {
		const ids = this.#storage.sql.exec<{ id: string }>(
			"SELECT id FROM sent WHERE endpoint = ? AND at >= ? AND at < ? ORDER BY at DESC LIMIT ?",
			endpoint,
			from,
			to,
			limit,
		);
		return [...ids].flatMap(({ id }) => this.load(id) ?? []);
	}

	/** All requests, the oldest first. */
	all(): RequestRow[] {
		const ids = this.#storage.sql.exec<{ id: string }>("SELECT id FROM sent ORDER BY at");
		return [...ids].flatMap(({ id }) => this.load(id) ?? []);
	}

	deliveries(id: string): Delivery[] {
		return this.#storage.kv.get<Delivery[]>(`deliveries:${id}`) ?? [];
	}

	addDelivery(id: string, delivery: Delivery): void {
		this.#storage.kv.put(`deliveries:${id}`, [...this.deliveries(id), delivery]);
	}

	/** Counts a GET of one picture, and returns their number. */
	countGet(id: string, index: number): number {
		const key = `gets:${id}:${index}`;
		const gets = (this.#storage.kv.get<number>(key) ?? 0) + 1;
		this.#storage.kv.put(key, gets);
		return gets;
	}

	/** Sets the time of a request's next delivery; null if there is none. */
	setDue(id: string, at: number | null): void {
		if (at === null) this.#storage.sql.exec("DELETE FROM due WHERE id = ?", id);
		else this.#storage.sql.exec("INSERT INTO due VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at", id, at);
	}

	/** Lists the requests whose webhook is due. */
	dueBy(now: number): string[] {
		return [...this.#storage.sql.exec<{ id: string }>("SELECT id FROM due WHERE at <= ?", now)].map(({ id }) => id);
	}

	/** Returns the earliest time of a delivery; null if there is none. */
	nextDue(): number | null {
		return this.#storage.sql.exec<{ at: number | null }>("SELECT min(at) AS at FROM due").one().at;
	}
}
