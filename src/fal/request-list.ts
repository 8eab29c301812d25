/**
 * Reads fal's list of the requests that an endpoint got, and judges by it whether fal has a submit whose answer was lost. Source: fal's
 * page "List requests by endpoint(s)" (fal.ai/docs/platform-apis/v1/models/requests/by-endpoint). It does not say whether the list has
 * a request before it has started, nor how late one comes into it, so a request that is missing proves nothing by itself.
 */
import * as z from "zod/mini";
import type { LookUp } from "../core/fal-answers.ts";
import type { SoughtSubmit } from "../core/inputs.ts";
import { validate } from "../validate.ts";
import { RequestId } from "./fal-request-id.ts";
import { parseJson } from "./json.ts";
import { orNull } from "./or-null.ts";

/** One page of the list. */
export interface ListPage {
	/** Null for an item that cannot be read. */
	readonly items: readonly (ListItem | null)[];
	/** The next page's cursor; null if this is the last one. */
	readonly next: string | null;
}

export interface ListItem {
	readonly requestId: string;
	/** Null if fal does not repeat it. */
	readonly endpoint: string | null;
	/** Milliseconds since 1970, by fal's clock. */
	readonly sentAt: number;
	/** The prompt that the request was sent with. Null if it cannot be read: fal did not keep the input, or that has no prompt. */
	readonly prompt: string | null;
	readonly seed: number | null;
}

/** The least and the most that fal's clock is ahead of ours. Milliseconds. */
export interface ClockOffset {
	readonly min: number;
	readonly max: number;
}

/** The part of the list that was read. */
export interface ListReading {
	readonly items: readonly (ListItem | null)[];
	/** There is no page behind those that were read. */
	readonly complete: boolean;
	/** Null if fal did not tell its time. */
	readonly offset: ClockOffset | null;
}

/** The list is read from so long before the submit, so that clocks which differ by less cut nothing off. */
export const LIST_MARGIN_MS = 300_000;
/** A submit whose connection broke may reach fal so much later. */
export const IN_FLIGHT_MS = 5_000;
/** `Date` headers have whole seconds. */
const DATE_STEP_MS = 1_000;
const MAX_CURSOR_CHARS = 1_024;

const Item = z.object({
	request_id: RequestId,
	endpoint_id: orNull(z.string()),
	sent_at: z.string(),
	json_input: orNull(z.object({ prompt: orNull(z.string()), seed: orNull(z.number()) })),
});

const PageBody = z.object({
	items: z.array(z.unknown()),
	has_more: orNull(z.boolean()),
	next_cursor: orNull(z.string().check(z.minLength(1), z.maxLength(MAX_CURSOR_CHARS))),
});

/** Returns null for a text that is no page, or one that hides the page behind it. */
export function readListPage(text: string): ListPage | null {
	const parsed = validate(PageBody, parseJson(text));
	if (!parsed.success) return null;
	const { items, has_more, next_cursor } = parsed.data;
	if (has_more === true && !next_cursor) return null;
	return { items: items.map(readItem), next: has_more === false ? null : (next_cursor ?? null) };
}

function readItem(item: unknown): ListItem | null {
	const parsed = validate(Item, item);
	if (!parsed.success) return null;
	const { request_id: requestId, endpoint_id, sent_at, json_input } = parsed.data;
	const sentAt = Date.parse(sent_at);
	if (Number.isNaN(sentAt)) return null;
	const { prompt = null, seed = null } = json_input ?? {};
	return { requestId, endpoint: endpoint_id ?? null, sentAt, prompt, seed };
}

/**
 * Compares fal's clock with ours by an answer's `Date` header. Returns null if there is none.
 * @param askedAt No later than the request left, by our clock
 * @param answeredAt No earlier than the answer's head came, by our clock
 */
export function readClockOffset(date: string | null, askedAt: number, answeredAt: number): ClockOffset | null {
	const told = Date.parse(date ?? "");
	return Number.isNaN(told) ? null : { min: told - answeredAt, max: told + DATE_STEP_MS - askedAt };
}

/** Judges what a part of the list tells. Only the whole list, with clocks that can be compared, proves that fal has nothing. */
export function judgeList(sought: SoughtSubmit, { items, complete, offset }: ListReading): LookUp {
	const found = new Set<string>();
	const isAlike = likenessTo(sought.prompt);
	let isDoubtful = !complete || offset === null;
	let hasLater = false;
	for (const item of items) {
		const likeness = item === null ? "doubtful" : compare(item, sought, offset, isAlike);
		isDoubtful ||= likeness === "doubtful";
		if (item === null) continue;
		if (likeness === "sought") found.add(item.requestId);
		hasLater ||= offset !== null && isLater(item, sought, offset);
	}
	const [requestId] = found;
	if (requestId !== undefined) return found.size === 1 ? { kind: "found", requestId } : { kind: "unclear" };
	return isDoubtful || !hasLater ? { kind: "unclear" } : { kind: "absent" };
}

type Likeness = "sought" | "another" | "doubtful";

/** Only the job's own seed tells a submit from an equal one. Whatever could be the submit is doubtful, so that it is never sent twice. */
function compare(
	{ prompt, seed, sentAt }: ListItem,
	sought: SoughtSubmit,
	offset: ClockOffset | null,
	isAlike: (listed: string) => boolean,
): Likeness {
	const mayHavePrompt = () => prompt === null || isAlike(prompt);
	if (sought.seed === null) {
		// A `Date` header may be wrong, too: it never moves a bound towards a surer answer.
		const isEarlier = offset !== null && sentAt < sought.leftAfter + Math.min(offset.min, 0) - DATE_STEP_MS;
		return !isEarlier && mayHavePrompt() ? "doubtful" : "another";
	}
	if (seed === sought.seed) return prompt !== null && mayHavePrompt() ? "sought" : "doubtful";
	return seed === null && mayHavePrompt() ? "doubtful" : "another";
}

/**
 * Returns what tells texts that have much in common with what was sent: what is taken for another prompt may be paid a second time. A
 * list has hundreds of long ones, so what was sent is read once.
 */
function likenessTo(sent: string): (listed: string) => boolean {
	const sentLetters = lettersOf(sent);
	const sentRuns = new Map<number, ReadonlySet<string>>();
	return (listed) => {
		if (ONE_WORD.test(listed)) return true;
		const letters = lettersOf(listed);
		const length = Math.min(RUN_LETTERS, letters.length, sentLetters.length);
		const runs = sentRuns.get(length) ?? runsOf(sentLetters, length);
		sentRuns.set(length, runs);
		const last = letters.length - length;
		const least = Math.min(last + 1, runs.size) / LEAST_SHARE;
		let common = 0;
		for (let at = 0; at <= last && common < least; at += 1) if (runs.has(letters.slice(at, at + length))) common += 1;
		return common >= least;
	};
}

/** Matches what may stand for a prompt: `REDACTED`, a hash, base64. */
const ONE_WORD = /^[\x21-\x7e]+$/;
/** Unlike texts share few runs of so many letters. */
const RUN_LETTERS = 5;
/** Of the runs of the shorter text, a quarter. */
const LEAST_SHARE = 4;

/** Leaves out blanks, signs, accents and case, which differ where a text was shortened, cleaned or escaped. */
function lettersOf(text: string): string {
	return text
		.normalize("NFKD")
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, "");
}

function runsOf(text: string, length: number): ReadonlySet<string> {
	return new Set(Array.from({ length: text.length - length + 1 }, (_, at) => text.slice(at, at + length)));
}

/** True if fal surely got the request after it would have got the submit, and the list begins before that. */
function isLater({ endpoint, sentAt }: ListItem, sought: SoughtSubmit, { min, max }: ClockOffset): boolean {
	if (min < -LIST_MARGIN_MS || (endpoint ?? sought.endpoint) !== sought.endpoint) return false;
	return sentAt > sought.leftBefore + Math.max(max, 0) + IN_FLIGHT_MS;
}
