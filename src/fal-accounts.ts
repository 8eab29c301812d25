/** Parses `FAL_API_KEY` and `FAL_ADMIN_KEY`: one key of fal's, or a list. No sentence that is returned here holds a part of a key. */

import { err, ok, type Result } from "./result.ts";

/** An account at fal, as one of its keys. */
export interface FalAccount {
	readonly key: string;
	/** Names the account in logs: 8 hex digits, of the key's public half alone. */
	readonly fingerprint: string;
}

export type FalAccounts = readonly [FalAccount, ...FalAccount[]];

/** A submit that all refuse costs as many requests. */
export const MAX_FAL_ACCOUNTS = 10;

type Setting = "FAL_API_KEY" | "FAL_ADMIN_KEY";

/** @param text One key, or keys with commas between them, the first to ask first. Trimmed and not empty */
export function parseFalAccounts(text: string, name: Setting = "FAL_API_KEY"): Result<FalAccounts, readonly string[]> {
	const [firstKey = "", ...otherKeys] = text.split(",", MAX_FAL_ACCOUNTS + 1).map((entry) => entry.trim());
	const accounts: FalAccounts = [toFalAccount(firstKey), ...otherKeys.map(toFalAccount)];
	if (accounts.length > MAX_FAL_ACCOUNTS) return err([`${name} must list ${MAX_FAL_ACCOUNTS} keys at most.`]);
	const problems = accounts.flatMap(({ key }, index) => {
		const fault = FAULTS.find(([form]) => form.test(key))?.[1];
		if (fault === undefined) return [];
		return [accounts.length === 1 ? `${name} ${fault}` : `${name}, in its entry ${index + 1}, ${fault}`];
	});
	if (problems.length > 0) return err(problems);
	const fingerprints = new Set(accounts.map(({ fingerprint }) => fingerprint));
	return fingerprints.size === accounts.length ? ok(accounts) : err([`${name} lists a key twice.`]);
}

/** @param key `<id>:<secret>` */
export function toFalAccount(key: string): FalAccount {
	return { key, fingerprint: fingerprintOf(key.slice(0, key.indexOf(":"))) };
}

/** 32-bit FNV-1a. A key's id is no secret, and fal's dashboard shows it: nothing of the secret half goes in. */
function fingerprintOf(id: string): string {
	let hash = 0x811c9dc5;
	for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
	return (hash >>> 0).toString(16).padStart(8, "0");
}

/** Mistakes that people make when they paste a key, `<id>:<secret>`. The first that fits is told. */
const FAULTS: readonly (readonly [form: RegExp, fault: string])[] = [
	[/^$/, "is empty: leave out the comma."],
	[/^["'`“”‘’]|["'`“”‘’]$/, "stands in quotes: give the key alone, without them."],
	[/^(?:export\s+)?\w+\s*=/i, "begins with a name and `=`: give the key alone."],
	[
		/^(?:authorization\s*:\s*)?(?:key|bearer|basic)\s/i,
		"begins with `Key` or the like: leave that word out, it is added here.",
	],
	[/[^\x21-\x7e]/, "holds a space, or a character that no key has."],
	[/^[^:]*$/, "has no colon: a key of fal's is `<id>:<secret>`, and both parts are needed."],
	[/^:|:$/, "lacks the part before or behind its colon: a key of fal's is `<id>:<secret>`."],
];
