/** Knows the secret of the MAC in every issued key. Each isolate asks the registry for it once. */

import type { Env } from "../env.ts";
import { callRegistry } from "../stub.ts";
import { importMacSecret } from "./key-mac.ts";

/** Before the first key is issued there is no secret. For so long an isolate does not ask again, whatever keys it is sent. */
const ABSENT_MS = 5_000;
const SECRET_BYTES = 32;

interface Known {
	/** Null: there was none. */
	readonly secret: CryptoKey | null;
	/** Milliseconds since 1970. */
	readonly askedAt: number;
}

const knownByEnv = new WeakMap<Env, Known>();

/** Null if no key was ever issued here. */
export async function macSecretOf(env: Env): Promise<CryptoKey | null> {
	const known = knownByEnv.get(env);
	if (known !== undefined && (known.secret !== null || Date.now() < known.askedAt + ABSENT_MS)) return known.secret;
	const secret = await callRegistry(env, async (registry) => registry.macSecret());
	return remember(env, secret === null ? null : await importMacSecret(secret));
}

/** Makes the secret if there is none. */
export async function mintMacSecret(env: Env): Promise<CryptoKey> {
	const offered = crypto.getRandomValues(new Uint8Array(SECRET_BYTES)).toHex();
	const secret = await callRegistry(env, async (registry) => registry.mintMacSecret(offered));
	return remember(env, await importMacSecret(secret));
}

function remember<T extends CryptoKey | null>(env: Env, secret: T): T {
	knownByEnv.set(env, { secret, askedAt: Date.now() });
	return secret;
}
