/** Makes and checks the MAC at the end of an issued key, by which an invented key is told from one of ours without asking anybody. */

import {
	beginKey,
	completeKey,
	KEY_ID_BYTES,
	KEY_SECRET_BYTES,
	type KeyParts,
	macText,
	newKeyId,
	splitMac,
} from "./key-form.ts";

const MAC = { name: "HMAC", hash: "SHA-256" };
const LABEL = "darkroom issued key\n";

/** @param secret In hex */
export function importMacSecret(secret: string): Promise<CryptoKey> {
	return crypto.subtle.importKey("raw", Uint8Array.fromHex(secret), MAC, false, ["sign"]);
}

/** Makes the id of a new key. */
export function mintKeyId(): string {
	return newKeyId(crypto.getRandomValues(new Uint8Array(KEY_ID_BYTES)));
}

/** Makes a key, which nobody but its receiver ever sees. */
export async function mintKey(macSecret: CryptoKey, account: string, id: string): Promise<string> {
	const begun = beginKey(account, id, crypto.getRandomValues(new Uint8Array(KEY_SECRET_BYTES)));
	return completeKey(begun, await macOf(macSecret, begun));
}

/** True if the key was made here. It may be revoked since. */
export async function isMintedHere(macSecret: CryptoKey, parts: KeyParts): Promise<boolean> {
	const { begun, mac } = splitMac(parts);
	return crypto.subtle.timingSafeEqual(encode(mac), encode(macText(await macOf(macSecret, begun))));
}

async function macOf(macSecret: CryptoKey, begun: string): Promise<Uint8Array> {
	return new Uint8Array(await crypto.subtle.sign(MAC.name, macSecret, encode(`${LABEL}${begun}`)));
}

function encode(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

/** Returns the SHA-256 of a key, in hex: what an account keeps of it. */
export async function digestOfKey(key: string): Promise<string> {
	return new Uint8Array(await crypto.subtle.digest("SHA-256", encode(key))).toHex();
}
