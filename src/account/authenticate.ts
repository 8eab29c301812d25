/** Tells by a request's access key who sent it. */

import type { Config } from "../config.ts";
import type { Caller } from "../context.ts";
import type { RequestError } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";

/** An access key has at most 512 characters. A longer header is refused before anything of it is hashed. */
const MAX_AUTHORIZATION_CHARS = 1024;
const BEARER = /^bearer +(\S.*)$/i;

interface Digest {
	readonly account: string;
	readonly sha256: ArrayBuffer;
}

/** The digests of each configuration's keys, for this isolate. */
const cache = new WeakMap<Config, readonly Digest[]>();

/**
 * Reads `Authorization: Bearer <access key>`. Compares digests, which have one length, each in constant time and always all of
 * them, so that the time tells nothing about a key.
 */
export async function authenticate(config: Config, request: Request): Promise<Result<Caller, RequestError>> {
	const header = request.headers.get("authorization")?.trim() ?? "";
	const isReadable = header.length <= MAX_AUTHORIZATION_CHARS;
	const [, key] = isReadable ? (BEARER.exec(header) ?? []) : [];
	if (key === undefined) return err({ kind: "unauthorized", missing: isReadable });

	const given = await sha256(key);
	let account: string | null = null;
	for (const digest of await digestsOf(config)) {
		if (crypto.subtle.timingSafeEqual(digest.sha256, given)) account = digest.account;
	}
	if (account === null) return err({ kind: "unauthorized", missing: false });
	return ok({ account, key: null, scopes: ["make", "read"] });
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
