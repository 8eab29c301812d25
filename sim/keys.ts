/** Signs webhooks with development keys, which are published here on purpose. */

/**
 * Signs the simulator's webhooks and nothing else. The key is fixed, so that it survives a restart. A gateway trusts it only if its
 * FAL_JWKS_URL points at a simulator.
 */
const DEVELOPMENT_KEY = {
	kty: "OKP",
	crv: "Ed25519",
	x: "rE31wRTNTsxQgwaTAWY3bGnwUfFds_tPUVpqrv5YfUE",
	d: "yiueHiAvwvB_Yu5GsiYhG1OMey8L6dklAVpKnqUFJdI",
};

/** A key that is not in the JWKS. Its signatures are forged. */
const FORGING_KEY = {
	kty: "OKP",
	crv: "Ed25519",
	x: "G4lI4r-7FgemKr9kAeJX1vQpw3mXjxAOhUI1hTXXo-4",
	d: "RQRApDn1CGlbskRKhVk8DiQKpgAK_RzBPEMIZVW5CJM",
};

const { d: _, ...publicKey } = DEVELOPMENT_KEY;

export const JWKS = { keys: [{ ...publicKey, kid: "simulator-1", use: "sig", alg: "EdDSA" }] };

function importKey(jwk: JsonWebKey): Promise<CryptoKey> {
	return crypto.subtle.importKey("jwk", jwk, { name: "Ed25519" }, false, ["sign"]);
}

function hex(bytes: ArrayBuffer): string {
	return new Uint8Array(bytes).toHex();
}

/** A webhook to sign. `timestamp` is in seconds. */
export type UnsignedWebhook = { requestId: string; userId: string; timestamp: number; body: string; forged: boolean };

/** Returns the four headers of fal's signature over `requestId\nuserId\ntimestamp\nhex(sha256(body))`. */
export async function signWebhook(message: UnsignedWebhook): Promise<Record<string, string>> {
	const { requestId, userId, timestamp, body, forged } = message;
	const encoder = new TextEncoder();
	const digest = hex(await crypto.subtle.digest("SHA-256", encoder.encode(body)));
	const text = encoder.encode([requestId, userId, timestamp, digest].join("\n"));
	const key = await importKey(forged ? FORGING_KEY : DEVELOPMENT_KEY);
	return {
		"x-fal-webhook-request-id": requestId,
		"x-fal-webhook-user-id": userId,
		"x-fal-webhook-timestamp": String(timestamp),
		"x-fal-webhook-signature": hex(await crypto.subtle.sign({ name: "Ed25519" }, key, text)),
	};
}
