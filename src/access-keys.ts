/** Parses `WORKER_ACCESS_KEY`. No text that is returned here holds a part of a secret, not even a name that could be one. */

import { err, ok, type Result } from "./result.ts";

export interface AccessKey {
	readonly account: string;
	readonly key: string;
}

export interface AccessKeys {
	/** At least one. An account may have two during a rotation. */
	readonly keys: readonly AccessKey[];
	/** Sentences for the operator's log, about keys that work but are weak. */
	readonly warnings: readonly string[];
}

/** The account of a bare key, which administers unless another one is named. Written before a bare key, it tells that key from a named one. */
export const OWNER = "owner";

/** The operator decides how strong a key is. One character is a mistake. The `=` at a key's end, as base64 pads with, count for nothing. */
const MIN_KEY_CHARS = 2;
const MAX_KEY_CHARS = 512;
/** A shorter key is warned of. */
const STRONG_KEY_CHARS = 16;
/** A shorter name without a digit is hardly a key. */
const MIN_KEYLIKE_CHARS = 8;

const PROBLEMS = {
	form: "WORKER_ACCESS_KEY must be one key, or a list `name=key,name=key` with names of a-z, 0-9, `_` and `-`.",
	characters: "WORKER_ACCESS_KEY must hold no spaces, no commas and only ASCII inside a key.",
	length: `WORKER_ACCESS_KEY needs ${MIN_KEY_CHARS} to ${MAX_KEY_CHARS} characters in each key, \`=\` at its end aside.`,
	twins: "WORKER_ACCESS_KEY must not give two accounts the same key.",
	ambiguous: `WORKER_ACCESS_KEY could be one key that holds \`=\`, or a name and a key. Write \`${OWNER}=\` before a key that stands alone.`,
};

/** A word that an HTTP header can carry. */
const VISIBLE_WORD = /^[\x21-\x7e]+$/;
const NAMED_KEY = /^([a-z0-9_-]{1,32})=(.*)/s;

/** @param text One key, or a list `name=key,name=key`. Trimmed and not empty */
export function parseAccessKeys(text: string): Result<AccessKeys, readonly string[]> {
	if (isAmbiguous(text)) return err([PROBLEMS.ambiguous]);
	const entries = NAMED_KEY.test(text) ? text.split(",").map((entry) => entry.trim()) : [`${OWNER}=${text}`];
	const keys: AccessKey[] = [];
	const problems = new Set<string>();
	for (const entry of entries) {
		const [, account, key] = NAMED_KEY.exec(entry) ?? [];
		const problem = account === undefined || key === undefined ? PROBLEMS.form : checkKey(key);
		if (problem !== null) problems.add(problem);
		else if (account !== undefined && key !== undefined) {
			const twin = keys.find((other) => other.key === key);
			if (twin === undefined) keys.push({ account, key });
			else if (twin.account !== account) problems.add(PROBLEMS.twins);
		}
	}
	if (problems.size > 0) return err([...problems]);
	// A key holds no comma, so a list's names are surely names.
	return ok({ keys, warnings: entries.length > 1 ? warningsOfList(keys) : warningsOfOne(keys) });
}

/**
 * True for a lone `name=key` that is as likely one key. Read as a name, the most of that key would be told to everybody who sees names,
 * and its rest, perhaps nothing but base64's padding, would let strangers in.
 */
function isAmbiguous(text: string): boolean {
	const [, name, key] = NAMED_KEY.exec(text) ?? [];
	if (name === undefined || key === undefined || name === OWNER || text.includes(",")) return false;
	const chars = strengthOf(key);
	if (chars < MIN_KEY_CHARS) return true;
	const isKeylike = name.length >= MIN_KEYLIKE_CHARS || /\d/.test(name);
	return isKeylike && chars < name.length && chars < STRONG_KEY_CHARS;
}

function checkKey(key: string): string | null {
	if (strengthOf(key) < MIN_KEY_CHARS || key.length > MAX_KEY_CHARS) return PROBLEMS.length;
	return VISIBLE_WORD.test(key) && !key.includes(",") ? null : PROBLEMS.characters;
}

/** Counts a key's characters without the `=` at its end. */
function strengthOf(key: string): number {
	let end = key.length;
	while (key[end - 1] === "=") end -= 1;
	return end;
}

function isWeak({ key }: AccessKey): boolean {
	return strengthOf(key) < STRONG_KEY_CHARS;
}

function warningsOfOne(keys: readonly AccessKey[]): readonly string[] {
	return keys.filter(isWeak).map(() => `WORKER_ACCESS_KEY ${WEAK}`);
}

function warningsOfList(keys: readonly AccessKey[]): readonly string[] {
	return keys.filter(isWeak).map(({ account }) => `WORKER_ACCESS_KEY, in the key of '${account}', ${WEAK}`);
}

const WEAK = `has fewer than ${STRONG_KEY_CHARS} characters, so it can be guessed.`;
