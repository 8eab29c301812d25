/** The accounts that keys belong to, and what each may do. */
import type { Env } from "./env.ts";
import type { Plan } from "./plan.ts";
import { detail, refusalOf } from "./refusals.ts";

/** The standing of an account with fal. A control route sets it. */
export const ACCOUNT_STATES = ["ok", "balance", "locked", "permission", "invalid", "down"] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

/** The refusals of a submit or an upload. Only a key that is not valid is refused for all else, too: a locked account still reads what it has. */
const REFUSALS: Readonly<Record<Exclude<AccountState, "down">, Plan["submit"]>> = {
	ok: "ok",
	balance: "403",
	locked: "403-locked",
	permission: "403-app",
	invalid: "401",
};

/** Keys whose state has been there from the beginning. */
const FIXED: Readonly<Record<string, AccountState>> = { "bad-key": "invalid", "locked-key": "balance" };

/** Returns the part of the key before its colon; empty without a key. */
export function keyNameOf(request: Request): string {
	const [, key = ""] = /^Key\s+(\S.*)$/.exec(request.headers.get("authorization") ?? "") ?? [];
	return key.split(":")[0] ?? "";
}

/** Returns the account of a key. One with several keys has names such as `ann.1` and `ann.2` for them. */
export function accountOf(request: Request): string {
	return keyNameOf(request).split(".")[0] ?? "";
}

/** @param what A request that is not of an account, such as for a status, is refused only for want of a valid key, or while fal is down */
export async function keyRefusalOf(
	request: Request,
	what: "spends" | "reads",
	env: Env,
): Promise<Response | undefined> {
	const name = keyNameOf(request);
	if (name === "") {
		return Response.json({ detail: "Authentication is required to access this application" }, { status: 401 });
	}
	const fixed = Object.hasOwn(FIXED, name) ? FIXED[name] : undefined;
	const state = fixed ?? (env.SIM_LEDGER === "off" ? "ok" : await stateOf(accountOf(request), env));
	// The queue does not work, whatever is asked of it.
	if (state === "down") return detail(503, "Service unavailable");
	return what === "spends" || state === "invalid" ? refusalOf(REFUSALS[state], "") : undefined;
}

async function stateOf(account: string, env: Env): Promise<AccountState> {
	return env.LEDGER.getByName("ledger").accountState(account);
}
