/** Says which jobs the gallery shows: by state, model, key, time and words of the prompt. It stands in the address, so a view can be shared. */

export interface Filter {
	readonly state: State | null;
	readonly model: string | null;
	/** The id of an access key. */
	readonly key: string | null;
	readonly time: Time | null;
	/** Stands in the prompt. Empty: any prompt. */
	readonly text: string;
}

export type State = "running" | "succeeded" | "failed" | "cancelled";

/** The last hours or days, which go on with the clock; or days of the calendar, `YYYY-MM-DD`, the last one included. */
export type Time = Recent | { readonly from: string | null; readonly to: string | null };
export type Recent = "day" | "week" | "month";

export const NO_FILTER: Filter = { state: null, model: null, key: null, time: null, text: "" };

const DAY_MS = 86_400_000;

/** The API's statuses of each state. */
const STATUSES: Readonly<Record<State, string>> = {
	running: "queued,in_progress,storing,cancelling",
	succeeded: "succeeded",
	failed: "failed",
	cancelled: "cancelled",
};
export const STATES: readonly State[] = ["running", "succeeded", "failed", "cancelled"];

const RECENT_MS: Readonly<Record<Recent, number>> = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS };
export const RECENT: readonly Recent[] = ["day", "week", "month"];

/** The API's bounds. */
const MAX_NAME_CHARS = 200;
export const MAX_TEXT_CHARS = 100;

export function isFiltered({ state, model, key, time, text }: Filter): boolean {
	return state !== null || model !== null || key !== null || time !== null || text !== "";
}

/** Returns the parameters of `GET /v1/jobs` that name the same jobs. @param now Milliseconds since 1970 */
export function toParameters({ state, model, key, time, text }: Filter, now: number): Readonly<Record<string, string>> {
	return {
		...(state === null ? {} : { status: STATUSES[state] }),
		...(model === null ? {} : { model }),
		...(key === null ? {} : { key }),
		...(time === null ? {} : toSeconds(time, now)),
		...(text === "" ? {} : { q: text }),
	};
}

function toSeconds(time: Time, now: number): Readonly<Record<string, string>> {
	if (typeof time === "string") return { after: seconds(now - RECENT_MS[time]) };
	return {
		...(time.from === null ? {} : { after: seconds(startOfDay(time.from, 0)) }),
		...(time.to === null ? {} : { before: seconds(startOfDay(time.to, 1)) }),
	};
}

function seconds(at: number): string {
	return String(Math.max(0, Math.floor(at / 1000)));
}

/** Returns the local midnight that a day begins with, or that of some days later. */
function startOfDay(date: string, later: number): number {
	const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
	return new Date(year, month - 1, day + later).getTime();
}

/** Writes a filter as the query of an address; empty if it names all jobs. */
export function toQuery({ state, model, key, time, text }: Filter): string {
	const query = new URLSearchParams();
	if (state !== null) query.set("state", state);
	if (model !== null) query.set("model", model);
	if (key !== null) query.set("key", key);
	if (typeof time === "string") query.set("time", time);
	else if (time !== null) {
		if (time.from !== null) query.set("from", time.from);
		if (time.to !== null) query.set("to", time.to);
	}
	if (text !== "") query.set("q", text);
	return query.toString();
}

/** Reads a filter from the query of an address. It leaves out what is none: anybody may have written the address. */
export function parseQuery(text: string): Filter {
	const query = new URLSearchParams(text);
	const recent = RECENT.find((name) => name === query.get("time"));
	const [from, to] = [parseDate(query.get("from")), parseDate(query.get("to"))];
	return {
		state: STATES.find((state) => state === query.get("state")) ?? null,
		model: parseName(query.get("model")),
		key: parseName(query.get("key")),
		time: recent ?? (from === null && to === null ? null : { from, to }),
		text: boundText(query.get("q") ?? ""),
	};
}

/** Cuts a search to what the API takes. */
export function boundText(text: string): string {
	const cut = text.trim().slice(0, MAX_TEXT_CHARS);
	const whole = /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
	return whole.trim().toWellFormed();
}

function parseName(name: string | null): string | null {
	return name === null || name === "" || name.length > MAX_NAME_CHARS ? null : name;
}

/** Returns null for a text that is no day of the calendar. */
export function parseDate(text: string | null): string | null {
	if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
	const date = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}
