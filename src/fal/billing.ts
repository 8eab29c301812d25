/** Asks fal's platform what it tells of money to an admin key. Nothing here throws. */

import type { Billed } from "../core/events.ts";
import { BILL_TIMEOUT_MS } from "../core/schedule.ts";
import type { FalAccount } from "../fal-accounts.ts";
import { readJsonText } from "../http/read-json-text.ts";
import { withTimeout } from "../http/timeout.ts";
import { err, ok, type Result } from "../result.ts";
import { type Balance, readBalance, readBilled } from "./billing-answers.ts";

export interface Billing {
	balance(): Promise<Result<Balance, BillingMiss>>;
	/** Says what fal charged for those of the requests of which it has told by now. @param since None is older. Milliseconds since 1970 */
	billed(requestIds: readonly string[], since: number): Promise<Result<readonly Billed[], BillingMiss>>;
}

/** `refused`: fal does not take the key, or it is none of an admin. `unavailable`: fal gave no answer that can be read. */
export type BillingMiss = "refused" | "unavailable";

export interface BillingSettings {
	/** Without a slash at the end. The key goes nowhere else. */
	readonly falApiUrl: string;
}

export interface BillingOptions {
	readonly fetch?: typeof fetch;
	readonly timeoutMs?: number;
}

/** Of all requests of a job. */
const MAX_EVENTS = 100;
/** fal's clock may be behind. */
const CLOCKS_DIFFER_MS = 3_600_000;
const MAX_ANSWER_BYTES = 256 * 1024;

export function createBilling(
	{ falApiUrl }: BillingSettings,
	{ key }: FalAccount,
	{ fetch: fetchBilling = fetch, timeoutMs = BILL_TIMEOUT_MS }: BillingOptions = {},
): Billing {
	const ask = async <T>(path: string, read: (text: string) => T | null): Promise<Result<T, BillingMiss>> =>
		withTimeout(timeoutMs, async (signal) => {
			const response = await fetchBilling(`${falApiUrl}${path}`, {
				// A redirect would carry the key away.
				redirect: "manual",
				headers: { authorization: `Key ${key}`, accept: "application/json" },
				signal,
			});
			if (response.status !== 200) {
				await response.body?.cancel();
				return err<BillingMiss>(response.status === 401 || response.status === 403 ? "refused" : "unavailable");
			}
			const text = await readJsonText(response.body, MAX_ANSWER_BYTES);
			const value = text === null ? null : read(text);
			return value === null ? err<BillingMiss>("unavailable") : ok(value);
		}).catch(() => err<BillingMiss>("unavailable"));

	return {
		balance: () => ask("/v1/account/billing?expand=credits", readBalance),
		billed: (requestIds, since) => {
			const start = new Date(since - CLOCKS_DIFFER_MS).toISOString();
			const query = new URLSearchParams({ request_id: requestIds.join(","), start, limit: String(MAX_EVENTS) });
			return ask(`/v1/models/billing-events?${query}`, readBilled);
		},
	};
}

/** Asks the accounts at fal in turn what they were charged: a request belongs to one of them. What none tells is left out. */
export async function askBill(
	{ falApiUrl, falAdmins }: BillingSettings & { readonly falAdmins: readonly FalAccount[] },
	requestIds: readonly string[],
	since: number,
	options: BillingOptions = {},
): Promise<readonly Billed[]> {
	let told: readonly Billed[] = [];
	for (const admin of falAdmins) {
		const left = requestIds.filter((id) => !told.some(({ requestId }) => requestId === id));
		if (left.length === 0) break;
		const answer = await createBilling({ falApiUrl }, admin, options).billed(left, since);
		if (answer.ok) told = [...told, ...answer.value.filter(({ requestId }) => left.includes(requestId))];
	}
	return told;
}
