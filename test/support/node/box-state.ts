/** Reads and changes the state that a killed box left on the disk, as its local runtime keeps it. */

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** The gateway may write to a file that is read here. */
const BUSY_MS = 5_000;

function open(state: string, pattern: string, readOnly = false): DatabaseSync {
	const [file, ...more] = globSync(join(state, pattern));
	if (file === undefined || more.length > 0) throw new Error(`${more.length + 1} files are ${pattern}`);
	return new DatabaseSync(file, { timeout: BUSY_MS, readOnly });
}

/** Opens R2's list of objects, to read it. A gateway that runs finds the file locked meanwhile: ask seldom. */
function openBucket(state: string): DatabaseSync {
	return open(state, "r2/miniflare-R2BucketObject/[0-9a-f]*.sqlite", true);
}

/** 1970, as the runtime writes it. */
const LONG_AGO = 1;
const ALARM_KEY = 1;

/**
 * Lets the alarms of all jobs be due, as if days had passed. Returns how many there are. The runtime has each time twice, in the list of all
 * alarms and in its object, and fires only if both agree.
 */
export function makeAlarmsDue(state: string): number {
	const jobs = globSync(join(state, "do/*-Job/*.sqlite"));
	for (const file of jobs.filter((name) => !name.endsWith("/metadata.sqlite"))) {
		using object = new DatabaseSync(file, { timeout: BUSY_MS });
		object.prepare("UPDATE _cf_METADATA SET value = ? WHERE key = ?").run(LONG_AGO, ALARM_KEY);
	}
	using list = open(state, "do/*-Job/metadata.sqlite");
	return Number(list.prepare("UPDATE _cf_ALARM SET scheduled_time = ?").run(LONG_AGO).changes);
}

export interface BucketState {
	/** But for fal's prices, which are of no job. */
	readonly keys: readonly string[];
	/** The keys of uploads in parts that are neither finished nor aborted. */
	readonly uploads: readonly string[];
	/** The parts of those. */
	readonly parts: number;
}

const IN_PROGRESS = 0;

/** Reads what lies in R2. A gateway that runs finds the file locked meanwhile: ask seldom. */
export function readBucket(state: string): BucketState {
	using database = openBucket(state);
	const keysOf = (query: string, ...values: number[]) =>
		database
			.prepare(query)
			.all(...values)
			.map(({ key }) => String(key));
	return {
		keys: keysOf("SELECT key FROM _mf_objects WHERE key NOT LIKE 'prices/%' ORDER BY key"),
		uploads: keysOf("SELECT key FROM _mf_multipart_uploads WHERE state = ? ORDER BY key", IN_PROGRESS),
		parts: keysOf(
			"SELECT key FROM _mf_multipart_parts JOIN _mf_multipart_uploads USING (upload_id) WHERE state = ?",
			IN_PROGRESS,
		).length,
	};
}

/** Returns the bytes of an object in R2. Null if there is none. A gateway that runs finds the file locked meanwhile: ask seldom. */
export function readObject(state: string, key: string): Buffer | null {
	using database = openBucket(state);
	const [object] = database.prepare("SELECT blob_id FROM _mf_objects WHERE key = ?").all(key);
	const [file] = object === undefined ? [] : globSync(join(state, `r2/*/blobs/${object.blob_id}`));
	return file === undefined ? null : readFileSync(file);
}
