/** Asks fal for its list of an endpoint's requests, to find a submit whose answer was lost. Nothing here throws. */
import type { LookUp } from "../core/fal-answers.ts";
import type { SoughtSubmit } from "../core/inputs.ts";
import { CALL_TIMEOUT_MS } from "../core/schedule.ts";
import type { FalAccounts } from "../fal-accounts.ts";
import { readJsonText } from "../http/read-json-text.ts";
import { withTimeout } from "../http/timeout.ts";
import { authorizationOf, keysFor } from "./keys.ts";
import {
	type ClockOffset,
	judgeList,
	LIST_MARGIN_MS,
	type ListItem,
	readClockOffset,
	readListPage,
} from "./request-list.ts";

export interface Requests {
	find(sought: SoughtSubmit): Promise<LookUp>;
}

export interface RequestsSettings {
	/** Without a slash at the end. The key goes nowhere else. */
	readonly falApiUrl: string;
	readonly falAccounts: FalAccounts;
}

export interface RequestsOptions {
	readonly fetch?: typeof fetch;
	readonly timeoutMs?: number;
}

/** fal's own maximum. */
const PAGE_ITEMS = 100;
/** A list that goes on behind them proves nothing of what it does not show. */
export const MAX_PAGES = 3;
/** Inputs may hold pictures. A larger page is not parsed. */
export const MAX_PAGE_BYTES = 1024 * 1024;

/** The key may not read the list, or there is none here. */
const FORBIDDEN: readonly number[] = [401, 403, 404];

export function createRequests(
	{ falApiUrl, falAccounts }: RequestsSettings,
	{ fetch: fetchList = fetch, timeoutMs = CALL_TIMEOUT_MS }: RequestsOptions = {},
): Requests {
	const urlOf = ({ endpoint, leftAfter }: SoughtSubmit, cursor: string | null) => {
		const query = new URLSearchParams({
			endpoint_id: endpoint,
			// `end` is left out: it is fal's own now, whatever our clock says.
			start: new Date(leftAfter - LIST_MARGIN_MS).toISOString(),
			limit: String(PAGE_ITEMS),
			expand: "payloads",
			...(cursor === null ? {} : { cursor }),
		});
		return `${falApiUrl}/v1/models/requests/by-endpoint?${query}`;
	};

	/** Reads into `reading`, so that what came before a failure counts. Returns an answer only if the list cannot be had. */
	const read = async (
		sought: SoughtSubmit,
		key: string,
		reading: Reading,
		signal: AbortSignal,
	): Promise<LookUp | null> => {
		let cursor: string | null = null;
		for (let pages = 0; pages < MAX_PAGES; pages += 1) {
			const askedAt = Date.now();
			const response = await fetchList(urlOf(sought, cursor), {
				// A redirect would carry the key away.
				redirect: "manual",
				headers: authorizationOf(key),
				signal,
			});
			reading.offset ??= readClockOffset(response.headers.get("date"), askedAt, Date.now());
			if (response.status !== 200) {
				await response.body?.cancel();
				return FORBIDDEN.includes(response.status) ? { kind: "forbidden" } : null;
			}
			const text = await readJsonText(response.body, MAX_PAGE_BYTES);
			const page = text === null ? null : readListPage(text);
			if (page === null) return null;
			reading.items.push(...page.items);
			reading.complete = page.next === null;
			if (page.next === null) return null;
			cursor = page.next;
		}
		return null;
	};

	/** Looks into the list of one account. */
	const findAs = async (sought: SoughtSubmit, key: string): Promise<LookUp> => {
		const reading: Reading = { items: [], complete: false, offset: null };
		try {
			const answer = await withTimeout(timeoutMs, (signal) => read(sought, key, reading, signal));
			if (answer !== null) return answer;
		} catch {
			// The entries that were read before the failure count.
		}
		return judgeList(sought, reading);
	};

	return {
		find: async (sought) => {
			const { keys, certain } = keysFor(falAccounts, sought.falAccount);
			const answers: LookUp[] = [];
			for (const key of keys) {
				const answer = await findAs(sought, key);
				if (answer.kind === "found") return answer;
				answers.push(answer);
			}
			if (answers.every(({ kind }) => kind === "forbidden")) return { kind: "forbidden" };
			// The list of another account does not show that fal has nothing.
			const [answer = UNCLEAR] = certain ? answers : [];
			return answer;
		},
	};
}

const UNCLEAR: LookUp = { kind: "unclear" };

/** Grows with each page. */
interface Reading {
	readonly items: (ListItem | null)[];
	complete: boolean;
	offset: ClockOffset | null;
}
