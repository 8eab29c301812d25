/** Signs notices to clients as Standard Webhooks says (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md). */

import type { Config } from "../config.ts";

const LABEL = "darkroom webhooks to the client\n";
const SECRET_BITS = 256;

type Secrets = Pick<Config, "signingSecrets">;

/** Returns the secret by which an account checks its notices: `whsec_` and base64. */
export async function webhookSecretOf({ signingSecrets: [first] }: Secrets, account: string): Promise<string> {
	return `whsec_${(await deriveSecret(first, account)).toBase64()}`;
}

/**
 * Returns the headers of a notice. It is signed by every signing secret, so that an account's secret of before is good during a rotation.
 * @param id The same for each try
 */
export async function signNotice(
	{ signingSecrets }: Secrets,
	account: string,
	{ id, body, now }: { readonly id: string; readonly body: string; readonly now: number },
): Promise<Readonly<Record<string, string>>> {
	const timestamp = String(Math.floor(now / 1000));
	const signed = encode(`${id}.${timestamp}.${body}`);
	const signatures = await Promise.all(
		signingSecrets.map(async (secret) => {
			const key = await crypto.subtle.importKey(
				"raw",
				await deriveSecret(secret, account),
				{ name: "HMAC", hash: "SHA-256" },
				false,
				["sign"],
			);
			return `v1,${new Uint8Array(await crypto.subtle.sign("HMAC", key, signed)).toBase64()}`;
		}),
	);
	return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}

async function deriveSecret(secret: string, account: string): Promise<Uint8Array<ArrayBuffer>> {
	const base = await crypto.subtle.importKey("raw", encode(secret), "HKDF", false, ["deriveBits"]);
	const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: encode(`${LABEL}${account}`) };
	return new Uint8Array(await crypto.subtle.deriveBits(derivation, base, SECRET_BITS));
}

function encode(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}
