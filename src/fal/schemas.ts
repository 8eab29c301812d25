/** Has the schemas that fal publishes of its endpoints: fetched once a week, and kept in R2 and in the isolate. */

import { readJsonBeginning } from "../http/json-beginning.ts";
import { withTimeout } from "../http/timeout.ts";
import { type Described, readSchema } from "../models/schema.ts";
import { err, ok, type Result } from "../result.ts";
import { parseJson } from "./json.ts";

export interface Schemas {
	/** Says how an endpoint is asked. @param endpoint An id of fal's */
	describe(endpoint: string): Promise<Result<Described, SchemaMiss>>;
}

/** `missing`: fal has no such endpoint. `unreadable`: fal's document is of no use. `unavailable`: fal gave none. */
export type SchemaMiss = "missing" | "unreadable" | "unavailable";

export interface SchemaSettings {
	/** Without a query. */
	readonly falSchemaUrl: string;
}

export interface SchemaOptions {
	readonly fetch?: typeof fetch;
	readonly now?: () => number;
	readonly timeoutMs?: number;
	/** Lets work go on behind the answer. */
	readonly waitUntil?: (work: Promise<unknown>) => void;
}

/** Of a whole document, from the request to its last byte. */
const TIMEOUT_MS = 2_000;
const MAX_DOCUMENT_BYTES = 1024 * 1024;
const WEEK_MS = 7 * 86_400_000;
/** A schema that an isolate has in memory is not looked at again for this long. */
const REMEMBERED_MS = 3_600_000;
/** So long nobody asks again for what could not be had. */
const MISSED_MS = 10_000;
const MAX_REMEMBERED = 200;

interface Remembered {
	readonly result: Result<Described, SchemaMiss>;
	readonly until: number;
}

/** By the address of the schema. Shared by all requests of an isolate. */
const memory = new Map<string, Remembered>();

export function createSchemas(
	{ falSchemaUrl }: SchemaSettings,
	bucket: R2Bucket,
	{ fetch: fetchSchema = fetch, now = Date.now, timeoutMs = TIMEOUT_MS, waitUntil }: SchemaOptions = {},
): Schemas {
	/** Fetches a document. No key goes along, and no redirect is followed. */
	const download = (url: string): Promise<Result<string, SchemaMiss>> =>
		withTimeout(timeoutMs, async (signal) => {
			const response = await fetchSchema(url, { redirect: "manual", signal, headers: { accept: "application/json" } });
			if (response.status !== 200) {
				await response.body?.cancel();
				return err<SchemaMiss>(response.status === 404 ? "missing" : "unavailable");
			}
			const { text, cut } = await readJsonBeginning(response.body, { maxBytes: MAX_DOCUMENT_BYTES });
			return cut ? err<SchemaMiss>("unreadable") : ok(text);
		}).catch(() => err<SchemaMiss>("unavailable"));

	const find = async (endpoint: string, url: string): Promise<Result<Described, SchemaMiss>> => {
		const key = `schemas/${endpoint}`;
		const kept = await bucket.get(key);
		const isFresh = kept !== null && now() - kept.uploaded.getTime() < WEEK_MS;
		if (isFresh) return toDescribed(await kept.text(), endpoint);
		const fetched = await download(url);
		const described = fetched.ok ? toDescribed(fetched.value, endpoint) : fetched;
		if (!fetched.ok || !described.ok) return kept === null ? described : toDescribed(await kept.text(), endpoint);
		// Without it the next isolate fetches again.
		const putting = bucket.put(key, fetched.value).catch(() => null);
		if (waitUntil === undefined) await putting;
		else waitUntil(putting);
		return described;
	};

	return {
		describe: async (endpoint) => {
			const url = `${falSchemaUrl}?endpoint_id=${encodeURIComponent(endpoint)}`;
			const remembered = memory.get(url);
			if (remembered !== undefined && remembered.until > now()) return remembered.result;
			const result = await find(endpoint, url);
			remember(url, { result, until: now() + (result.ok ? REMEMBERED_MS : MISSED_MS) });
			return result;
		},
	};
}

function toDescribed(text: string, endpoint: string): Result<Described, SchemaMiss> {
	const described = readSchema(parseJson(text), endpoint);
	return described.ok ? described : err("unreadable");
}

/** Forgets the oldest of too many. */
function remember(url: string, entry: Remembered): void {
	memory.delete(url);
	memory.set(url, entry);
	const oldest = memory.keys().next();
	if (memory.size > MAX_REMEMBERED && !oldest.done) memory.delete(oldest.value);
}
