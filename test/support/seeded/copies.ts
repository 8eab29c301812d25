/** Copies of jobs that really were made, under ids of their own: so many jobs that a test could not wait for them. */

/** A job that was made, as its account and its object keep it. */
export interface Original {
	readonly id: string;
	/** The columns of its row in the account. */
	readonly row: Readonly<Record<string, SqlStorageValue>>;
	/** The rows of its log. */
	readonly log: readonly LogRow[];
}

export interface LogRow {
	readonly seq: number;
	/** A JSON array. */
	readonly events: string;
}

/** Where a copy lies. */
export interface Place {
	readonly id: string;
	readonly account: string;
	/** The issued key that made it; null for a key of the account itself. */
	readonly key: string | null;
	/** In the account's list. */
	readonly n: number;
	/** When it was accepted. Milliseconds since 1970. */
	readonly at: number;
	/** Stands behind its prompt. */
	readonly suffix: string;
}

/** Words for the simulator, which no person types. */
const SIMULATOR_WORDS = /\s*sim:\S+/g;

/** Columns of the account's row, and fields of its entry and its events, that hold a time. */
const TIMES_OF_ROW = ["accepted_at", "started_at", "ended_at"];
const TIMES_OF_ENTRY = ["created_at", "submitted_at", "started_at", "ended_at", "deadline_at", "expires_at"];
const TIMES_OF_EVENT = ["at", "deadlineAt", "expiresAt", "startBy"];

type Fields = Record<string, unknown>;
/** The entry, and the event that begins a log. */
type Asked = { readonly request: { prompt: string } };

/** Returns the account's row of a copy. */
export function copyRow({ id, row }: Original, place: Place): Readonly<Record<string, SqlStorageValue>> {
	const shift = shiftOf(row, place);
	const entry: Fields & Asked = JSON.parse(String(row.entry).replaceAll(id, place.id));
	shiftAll(entry, TIMES_OF_ENTRY, shift / 1000);
	entry.request.prompt = toPrompt(entry.request.prompt, place);
	const copy: Record<string, SqlStorageValue> = { ...row, n: place.n, id: place.id, at: place.at, key: null };
	copy.digest = place.id;
	copy.api_key = place.key;
	copy.prompt = entry.request.prompt;
	copy.entry = JSON.stringify(entry);
	for (const name of TIMES_OF_ROW) if (typeof copy[name] === "number") copy[name] += shift;
	return copy;
}

/** Returns the rows of a copy's log. */
export function copyLog({ id, row, log }: Original, place: Place): readonly LogRow[] {
	const shift = shiftOf(row, place);
	return log.map(({ seq, events }) => {
		const copied: (Fields & Partial<Asked>)[] = JSON.parse(events.replaceAll(id, place.id));
		for (const event of copied) {
			shiftAll(event, TIMES_OF_EVENT, shift);
			if (event.request === undefined) continue;
			Object.assign(event, { account: place.account, listing: place.n });
			event.request.prompt = toPrompt(event.request.prompt, place);
		}
		return { seq, events: JSON.stringify(copied) };
	});
}

function toPrompt(prompt: string, { suffix }: Place): string {
	return `${prompt.replace(SIMULATOR_WORDS, "")}${suffix}`;
}

/** Whole seconds, because the entry has no others. */
function shiftOf(row: Original["row"], { at }: Place): number {
	return Math.floor((at - Number(row.at)) / 1000) * 1000;
}

function shiftAll(fields: Fields, names: readonly string[], shift: number): void {
	for (const name of names) {
		const time = fields[name];
		if (typeof time === "number") fields[name] = time + shift;
	}
}
