/** Books ended jobs with an account, at any time. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createLedger } from "../../../src/account/ledger.ts";
import { createAccountStore, createAccountTables } from "../../../src/account/store.ts";
import type { Settlement } from "../../../src/core/settlement.ts";
import { makeReservation, makeSettlement } from "../make-ledger.ts";
import { ask } from "./gateway.ts";

export interface Booked extends Partial<Settlement> {
	/** Of its admission. */
	readonly at: number;
	/** The id of an issued key. Absent: a key of `WORKER_ACCESS_KEY`. */
	readonly apiKey?: string;
}

/** @returns The ids of the jobs */
export async function book(account: string, jobs: readonly Booked[]): Promise<readonly string[]> {
	const object = env.ACCOUNT.getByName(account);
	const ids = await runInDurableObject(object, (_, { storage: { sql } }) => {
		const tables = createAccountTables(sql);
		const [store, ledger] = [createAccountStore(tables), createLedger(tables)];
		return jobs.map(({ at, apiKey, ...settlement }) => {
			const id = crypto.randomUUID();
			const key = apiKey === undefined ? null : { id: apiKey, secretSha256: "00" };
			const job = { id, at, digest: id, key: null, reservation: makeReservation({ apiKey: key }) };
			const { n } = store.add(job);
			ledger.settle(n, id, makeSettlement({ acceptedAt: at, startedAt: at, endedAt: at + 1_000, ...settlement }));
			return id;
		});
	});
	// Its own instance does not know of the tables that were made behind its back.
	await evictDurableObject(object);
	return ids;
}

export interface Issued {
	readonly account: string;
	/** As the account has it. */
	readonly id: string;
	readonly key: string;
}

/** Issues a key of a new account, or of this one. */
export async function issueKey(fields: object = {}): Promise<Issued> {
	const account = `test-${crypto.randomUUID().slice(0, 8)}`;
	const issued = await ask("/v1/keys", { json: { account, ...fields } });
	const key = await issued.json<{ account: string; id: string; key: string }>();
	return { account: key.account, id: key.id.split("-").at(-1) ?? "", key: key.key };
}

export function askBy(key: string, path: string, init: RequestInit & { json?: unknown } = {}): Promise<Response> {
	return ask(path, { ...init, headers: { authorization: `Bearer ${key}`, ...init.headers } });
}
