/** Tells by a request's access key who sent it. */

import type { Config } from "../config.ts";
import type { Caller, OpenContext, Scope } from "../context.ts";
import type { RequestError } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { parseKey } from "./key-form.ts";
import { isMintedHere } from "./key-mac.ts";
import { macSecretOf } from "./mac-secret.ts";

/** An access key has at most 512 characters. A longer header is refused before anything of it is hashed. */
const MAX_AUTHORIZATION_CHARS = 1024;
const BEARER = /^bearer +(\S.*)$/i;

/** An issued key never administers, whichever account it belongs to: it is made to be given away. */
const SCOPES: readonly Scope[] = ["make", "read"];
const OWNERS_SCOPES: readonly Scope[] = [...SCOPES, "admin"];

interface Digest {
	readonly account: string;
	readonly sha256: ArrayBuffer;
}

/** The digests of each configuration's keys, for this isolate. */
const cache = new WeakMap<Config, readonly Digest[]>();

/**
 * Reads `Authorization: Bearer <access key>`. Compares digests, which have one length, each in constant time and always all of
 * them, so that the time tells nothing about a key. An issued key is known by its MAC; if it is still good, its account says.
 */
export async function authenticate(
	{ env, config }: Pick<OpenContext, "env" | "config">,
	request: Request,
): Promise<Result<Caller, RequestError>> {
	const header = request.headers.get("authorization")?.trim() ?? "";
	const isReadable = header.length <= MAX_AUTHORIZATION_CHARS;
	const [, key] = isReadable ? (BEARER.exec(header) ?? []) : [];
	if (key === undefined) return err({ kind: "unauthorized", missing: isReadable });

	const given = await sha256(key);
	let account: string | null = null;
	for (const digest of await digestsOf(config)) {
		if (crypto.subtle.timingSafeEqual(digest.sha256, given)) account = digest.account;
	}
	if (account !== null) return ok({ account, key: null, scopes: account === config.owner ? OWNERS_SCOPES : SCOPES });

	const issued = parseKey(key);
	const macSecret = issued === null ? null : await macSecretOf(env);
	if (issued === null || macSecret === null || !(await isMintedHere(macSecret, issued)))
		return err({ kind: "unauthorized", missing: false });
	const presented = { id: issued.id, secretSha256: new Uint8Array(given).toHex() };
	return ok({ account: issued.account, key: presented, scopes: SCOPES });
}

async function digestsOf(config: Config): Promise<readonly Digest[]> {
	const digests =
		cache.get(config) ??
		(await Promise.all(config.accessKeys.map(async ({ account, key }) => ({ account, sha256: await sha256(key) }))));
	cache.set(config, digests);
	return digests;
}

function sha256(text: string): Promise<ArrayBuffer> {
	return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
}
