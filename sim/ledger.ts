/** Records every call, for tests to read, the standing scenario, and the files that were uploaded. */
import { DurableObject } from "cloudflare:workers";
import type { AccountState } from "./accounts.ts";
import type { Env } from "./env.ts";
import { readJson } from "./json.ts";
import type { PlanChanges } from "./plan.ts";
import type { Upload } from "./storage.ts";

/** One call as it came. */
export type Call = {
	at: number;
	method: string;
	/** Path with its query. */
	path: string;
	/** 0 if the answer was never finished. */
	status: number;
	requestId: string | null;
	prompt: string | null;
	/** True if the call had an Authorization header. The key itself is never recorded. */
	authorized: boolean;
	/** The account of its key; empty without one. */
	account: string;
	headers: Record<string, string>;
	/** Body of a submit, or of a call of a client's webhook, as text. */
	input: string | null;
};

/** Number of calls that are kept. The oldest are deleted. */
const MAX_CALLS = 20_000;
/** Number of calls in one answer. */
const MAX_LISTED = 1000;
/** A longer input is not recorded. */
const MAX_INPUT_CHARACTERS = 200_000;
/** Storage key of the standing scenario. */
const STANDING = "standing";

/** Each part is null for any. */
type Filter = { prompt: string | null; requestId: string | null; method: string | null; path: string | null };

/** The one object of its class. */
export class Ledger extends DurableObject<Env> {
	readonly #sql = this.ctx.storage.sql;

	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		this.#sql.exec(
			"CREATE TABLE IF NOT EXISTS calls (n INTEGER PRIMARY KEY, request_id TEXT, prompt TEXT, call TEXT NOT NULL)",
		);
		this.#sql.exec("CREATE INDEX IF NOT EXISTS calls_of_request ON calls (request_id)");
		this.#sql.exec(
			"CREATE TABLE IF NOT EXISTS submits (key TEXT PRIMARY KEY, times INTEGER NOT NULL, first TEXT NOT NULL)",
		);
		this.#sql.exec(
			"CREATE TABLE IF NOT EXISTS uploads (id TEXT PRIMARY KEY, name TEXT NOT NULL, content_type TEXT NOT NULL, expires_at INTEGER)",
		);
		this.#sql.exec(
			"CREATE TABLE IF NOT EXISTS pieces (id TEXT NOT NULL, n INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (id, n))",
		);
	}

	addUpload(upload: Upload): void {
		const { id, name, contentType, expiresAt } = upload;
		this.#sql.exec("INSERT INTO uploads VALUES (?, ?, ?, ?)", id, name, contentType, expiresAt);
	}

	upload(id: string): Upload | null {
		const columns = "id, name, content_type AS contentType, expires_at AS expiresAt";
		return [...this.#sql.exec<Upload>(`SELECT ${columns} FROM uploads WHERE id = ?`, id)][0] ?? null;
	}

	addPiece(id: string, n: number, bytes: Uint8Array): void {
		this.#sql.exec("INSERT OR REPLACE INTO pieces VALUES (?, ?, ?)", id, n, bytes);
	}

	/** Returns the bytes of a file, in pieces. */
	pieces(id: string): ArrayBuffer[] {
		return [...this.#sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM pieces WHERE id = ? ORDER BY n", id)].map(
			({ bytes }) => bytes,
		);
	}

	record(call: Call): void {
		const input = call.input && call.input.length <= MAX_INPUT_CHARACTERS ? call.input : null;
		const prompt = call.prompt ?? this.#promptOf(call.requestId);
		const n = this.#sql
			.exec<{ n: number }>(
				"INSERT INTO calls (request_id, prompt, call) VALUES (?, ?, ?) RETURNING n",
				call.requestId,
				prompt,
				JSON.stringify({ ...call, input, prompt }),
			)
			.one().n;
		if (n % 100 === 0) this.#sql.exec("DELETE FROM calls WHERE n <= ?", n - MAX_CALLS);
	}

	/** Lists calls in their order, as JSON text. A filter keeps those whose prompt contains a text, those of one request, of one method, or those whose path begins so. */
	calls(filter: Filter): string {
		const rows = this.#sql.exec<{ call: string }>(
			`SELECT call FROM (
				SELECT n, call FROM calls
				WHERE (?1 IS NULL OR instr(prompt, ?1) > 0) AND (?2 IS NULL OR request_id = ?2)
				AND (?3 IS NULL OR json_extract(call, '$.method') = ?3)
				AND (?4 IS NULL OR instr(json_extract(call, '$.path'), ?4) = 1)
				ORDER BY n DESC LIMIT ?5
			) ORDER BY n`,
			filter.prompt,
			filter.requestId,
			filter.method,
			filter.path,
			MAX_LISTED,
		);
		const calls = [...rows].map(({ call }) => readJson(call)).map(withInput);
		return JSON.stringify(calls);
	}

	deleteCalls(): void {
		this.#sql.exec("DELETE FROM calls");
		this.#sql.exec("DELETE FROM submits");
	}

	/** Counts a submit of this prompt, and returns the endpoint of the first one. */
	countSubmit(prompt: string, endpoint: string): { times: number; first: string } {
		return this.#sql
			.exec<{ times: number; first: string }>(
				"INSERT INTO submits VALUES (?, 1, ?) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times, first",
				prompt,
				endpoint,
			)
			.one();
	}

	standing(): PlanChanges | null {
		return this.ctx.storage.kv.get<PlanChanges>(STANDING) ?? null;
	}

	setStanding(changes: PlanChanges | null): void {
		if (changes) this.ctx.storage.kv.put(STANDING, changes);
		else this.ctx.storage.kv.delete(STANDING);
	}

	accountState(account: string): AccountState {
		return this.ctx.storage.kv.get<AccountState>(`account:${account}`) ?? "ok";
	}

	setAccountState(account: string, state: AccountState): void {
		this.ctx.storage.kv.put(`account:${account}`, state);
	}

	#promptOf(requestId: string | null): string | null {
		if (requestId === null) return null;
		const [row] = this.#sql.exec<{ prompt: string | null }>(
			"SELECT prompt FROM calls WHERE request_id = ? ORDER BY n LIMIT 1",
			requestId,
		);
		return row?.prompt ?? null;
	}
}

function withInput(call: unknown): unknown {
	return typeof call === "object" && call !== null && "input" in call && typeof call.input === "string"
		? { ...call, input: readJson(call.input) ?? call.input }
		: call;
}
