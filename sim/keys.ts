/**
 * Development keys, published here on purpose: they sign the simulator's webhooks and nothing else, and being fixed
 * they survive a restart. A gateway that trusts them in production has pointed FAL_JWKS_URL at a simulator.
 */
const DEVELOPMENT_KEY = {
	kty: "OKP",
	crv: "Ed25519",
	x: "rE31wRTNTsxQgwaTAWY3bGnwUfFds_tPUVpqrv5YfUE",
	d: "yiueHiAvwvB_Yu5GsiYhG1OMey8L6dklAVpKnqUFJdI",
};

/** A key that is not in the JWKS: what it signs is forged. */
const STRANGER_KEY = {
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

export type Signable = { requestId: string; userId: string; timestamp: number; body: string; forged: boolean };

/** The four headers of fal's signature over `requestId\nuserId\ntimestamp\nhex(sha256(body))`; seconds. */
export async function signWebhook(message: Signable): Promise<Record<string, string>> {
	const { requestId, userId, timestamp, body, forged } = message;
	const encoder = new TextEncoder();
	const digest = hex(await crypto.subtle.digest("SHA-256", encoder.encode(body)));
	const text = encoder.encode([requestId, userId, timestamp, digest].join("\n"));
	const key = await importKey(forged ? STRANGER_KEY : DEVELOPMENT_KEY);
	return {
		"x-fal-webhook-request-id": requestId,
		"x-fal-webhook-user-id": userId,
		"x-fal-webhook-timestamp": String(timestamp),
		"x-fal-webhook-signature": hex(await crypto.subtle.sign({ name: "Ed25519" }, key, text)),
	};
}
