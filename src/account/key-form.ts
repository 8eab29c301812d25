/** The form of an issued key, `sk-dr-<account>-<id>-<secret>`. It is read from the right, since the account's name may hold a `-`. */

export interface KeyParts {
	/** The account that the key belongs to. */
	readonly account: string;
	/** Tells the account's keys apart. It is no secret. */
	readonly id: string;
	readonly secret: string;
}

const BEGINNING = "sk-dr-";
const KEY_ID_CHARS = 12;
/** 190 bits, which nobody guesses. */
const RANDOM_CHARS = 32;
/** 95 bits of a MAC of ours, behind the random part. */
const MAC_CHARS = 16;

/** Random bytes that `newKeyId` and `makeKey` want: one for each character. */
export const KEY_ID_BYTES = KEY_ID_CHARS;
export const KEY_SECRET_BYTES = RANDOM_CHARS;

/** An account's name, as `WORKER_ACCESS_KEY` takes it. */
export const ACCOUNT_NAME = /^[a-z0-9_-]{1,32}$/;

const KEY = /^sk-dr-([a-z0-9_-]{1,32})-([0-9A-Za-z]{12})-([0-9A-Za-z]{48})$/;
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Returns a character for each byte. Eight of the 62 are a quarter likelier than the others, which costs a key less than two bits. */
function toBase62(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => BASE62.charAt(byte % BASE62.length)).join("");
}

/** @param random `KEY_ID_BYTES` random bytes */
export function newKeyId(random: Uint8Array): string {
	return toBase62(random.subarray(0, KEY_ID_CHARS));
}

/** Returns what the MAC of a new key is made of. @param random `KEY_SECRET_BYTES` random bytes */
export function beginKey(account: string, id: string, random: Uint8Array): string {
	return `${account}-${id}-${toBase62(random.subarray(0, RANDOM_CHARS))}`;
}

/** Completes a key. @param begun By `beginKey` @param mac Of `begun`, at least 16 bytes */
export function completeKey(begun: string, mac: Uint8Array): string {
	return `${BEGINNING}${begun}${macText(mac)}`;
}

/** Returns the part of a MAC that stands in a key. */
export function macText(mac: Uint8Array): string {
	return toBase62(mac.subarray(0, MAC_CHARS));
}

/** Returns null for any other text. The work is bounded, whatever the text is. */
export function parseKey(text: string): KeyParts | null {
	const [, account, id, secret] = KEY.exec(text) ?? [];
	return account === undefined || id === undefined || secret === undefined ? null : { account, id, secret };
}

/** Splits a key into what its MAC is made of, and that MAC. */
export function splitMac({ account, id, secret }: KeyParts): { readonly begun: string; readonly mac: string } {
	const [random, mac] = [secret.slice(0, RANDOM_CHARS), secret.slice(RANDOM_CHARS)];
	return { begun: `${account}-${id}-${random}`, mac };
}

/** Returns what may be shown of a key: its beginning and its last four characters. */
export function redactKey(key: string): string {
	return `${BEGINNING}…${key.slice(-4)}`;
}
