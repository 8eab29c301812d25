/**
 * Reads what fal's platform says of money to an admin key. Source: fal's page "Account billing"
 * (fal.ai/docs/platform-apis/v1/account/billing).
 */

import * as z from "zod/mini";
import { clip } from "../text.ts";
import { validate } from "../validate.ts";
import { parseJson } from "./json.ts";
import { orNull } from "./or-null.ts";

export interface Balance {
	/** Null if fal does not say. */
	readonly username: string | null;
	/** May be below 0. */
	readonly amount: number;
	readonly currency: string;
}

const MAX_CHARS = 100;

const Billing = z.object({
	username: orNull(z.string()),
	credits: z.object({ current_balance: z.number(), currency: z.string() }),
});

/** Returns null for an answer without a balance. */
export function readBalance(text: string): Balance | null {
	const { data } = validate(Billing, parseJson(text));
	if (data === undefined) return null;
	const { username, credits } = data;
	return {
		username: username ? clip(username, MAX_CHARS) : null,
		amount: credits.current_balance,
		currency: clip(credits.currency, MAX_CHARS),
	};
}
