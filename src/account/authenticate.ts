import type { Config } from "../config.ts";
import type { RequestError } from "../errors.ts";

export type Authentication =
	| { readonly ok: true; readonly account: string }
	| { readonly ok: false; readonly error: RequestError };

/** Nothing longer is hashed: an access key has at most 512 characters. */
const MAX_AUTHORIZATION_CHARS = 1024;
const BEARER = /^bearer +(\S.*)$/i;

interface Digest {
	readonly account: string;
	readonly sha256: ArrayBuffer;
}

const known = new WeakMap<Config, readonly Digest[]>();

/**
 * `Authorization: Bearer <access key>` → the key's account. Digests are compared, which have one length, each in constant time
 * and always all of them, so that the time tells nothing about a key.
 */
export async function authenticate(config: Config, request: Request): Promise<Authentication> {
	const header = request.headers.get("authorization")?.trim() ?? "";
	const [, key] = header.length > MAX_AUTHORIZATION_CHARS ? [] : (BEARER.exec(header) ?? []);
	if (key === undefined) return refused(header.length <= MAX_AUTHORIZATION_CHARS);

	const given = await sha256(key);
	let account: string | null = null;
	for (const digest of await digestsOf(config)) {
		if (crypto.subtle.timingSafeEqual(digest.sha256, given)) account = digest.account;
	}
	return account === null ? refused(false) : { ok: true, account };
}

function refused(missing: boolean): Authentication {
	return { ok: false, error: { kind: "unauthorized", missing } };
}

async function digestsOf(config: Config): Promise<readonly Digest[]> {
	const digests =
		known.get(config) ??
		(await Promise.all(config.accessKeys.map(async ({ account, key }) => ({ account, sha256: await sha256(key) }))));
	known.set(config, digests);
	return digests;
}

function sha256(text: string): Promise<ArrayBuffer> {
	return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
}
