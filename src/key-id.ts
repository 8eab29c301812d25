/** Defines the form of an issued key's id: it names the key's account in the API and in the log, and stands alone in the account's own rows. */

/** Tells which key is meant. */
interface KeyName {
	readonly account: string;
	readonly id: string;
}

const PUBLIC_ID = /^(?:key_)?([a-z0-9_-]{1,32})-([0-9A-Za-z]{12})$/;
const BARE_ID = /^[0-9A-Za-z]{12}$/;

/** Stands in an error for what an id looks like. */
export const KEY_ID_EXAMPLE = "key_alice-Bxuu5ad8B9Ue";

/** Returns the id that the API and the log show. It names the account, so that a key is found by it. Null for a key of the operator's. */
export function toPublicKeyId(key: KeyName): string;
export function toPublicKeyId(key: { readonly account: string; readonly id: string | null }): string | null;
export function toPublicKeyId({ account, id }: { readonly account: string; readonly id: string | null }) {
	return id === null ? null : `key_${account}-${id}`;
}

/** Reads an id as the API shows it, with or without `key_`; null for any other text. The id of an account whose name begins with `key_` needs it. */
export function parsePublicKeyId(text: string): KeyName | null {
	const [, account, id] = PUBLIC_ID.exec(text) ?? [];
	return account === undefined || id === undefined ? null : { account, id };
}

/** True for an id that `parseKeyId` reads. */
export function isKeyId(text: string): boolean {
	return BARE_ID.test(text) || PUBLIC_ID.test(text);
}

/** Reads an id as `parsePublicKeyId` does, and one without an account as that of the caller's own. */
export function parseKeyId(text: string, ownAccount: string): KeyName | null {
	return BARE_ID.test(text) ? { account: ownAccount, id: text } : parsePublicKeyId(text);
}
