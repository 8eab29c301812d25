/** Who is signed in: the access key, kept in this browser alone, and what the gateway says of it. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { err, ok, type Result } from "../../result.ts";
import { type Api, createApi } from "../api/client.ts";
import { KEY_NAME, KEY_PATH, ofTab } from "../api/early.ts";
import type { Failure } from "../api/failure.ts";
import type { Key } from "../api/types.ts";
import { recall, remember } from "../remembered.ts";
import { go } from "../router.ts";
import { parseKeyFragment } from "./key-fragment.ts";

export interface Session {
	/** The access key itself. */
	readonly secret: string;
	readonly api: Api;
	/** What the gateway says of the key. */
	readonly key: Key;
	/** True if the key may administer keys and accounts. */
	readonly isOwner: boolean;
}

/** Why nobody is signed in, beside that nobody has tried yet. */
export type Absence =
	| { readonly kind: "signed_out" }
	| { readonly kind: "expired" }
	| { readonly kind: "failed"; readonly failure: Failure };

const current = signal<Session | null>(null);
const absence = signal<Absence>({ kind: "signed_out" });
const busy = signal(false);
const restoring = signal(false);

export const session: ReadonlySignal<Session | null> = current;
export const absent: ReadonlySignal<Absence> = absence;
/** True while the key is tried that the page begins with, which mostly is good. */
export const isRestoring: ReadonlySignal<boolean> = restoring;
/** True while a key is tried. */
export const isSigningIn: ReadonlySignal<boolean> = busy;

/** Signs in with the key of a link (`#key=…`), else with the one that was kept. */
export async function restoreSession(): Promise<void> {
	const linked = parseKeyFragment(location.hash);
	const before = recall(KEY_NAME, ofTab);
	if (linked !== null) {
		// The key must not stay in the address, where a screenshot or the history would show it.
		go("/", { replace: true });
		// From here on a reload finds it. Whoever sends a link signs in this tab alone: the key that the device remembers stays.
		remember(KEY_NAME, linked, ofTab);
	}
	const kept = keptKey();
	if (kept === null) return;
	// What is drawn meanwhile may have words that were typed here under another key.
	restoring.value = before === null || before === kept;
	await signInAgain(kept);
	restoring.value = false;
}

/** Returns the key that a reload would sign in with; null if there is none. */
export function keptKey(): string | null {
	return recall(KEY_NAME, ofTab) ?? recall(KEY_NAME);
}

/** Signs in with a key that is kept, and keeps it for as long as before. */
export async function signInAgain(kept: string): Promise<void> {
	await signIn(kept, { isRemembered: kept === recall(KEY_NAME) });
}

// A page that began without a connection goes on by itself.
addEventListener("online", () => {
	const { value } = absence;
	if (current.value === null && value.kind === "failed" && value.failure.kind === "unreachable") void restoreSession();
});

// A link that signs in may be opened where the console is open already: then no page is loaded.
addEventListener("hashchange", () => {
	if (parseKeyFragment(location.hash) !== null) void restoreSession();
});

/** Asks if the gateway has its settings, so that nobody types a key in vain. */
export async function checkGateway(): Promise<void> {
	const before = absence.value;
	const asked = await createApi("", () => {}).open("/healthz");
	// Keep the answer that a key got meanwhile: it says more.
	if (current.value !== null || absence.value !== before) return;
	if (asked.ok) absence.value = { kind: "signed_out" };
	else if (asked.error.kind === "refused") absence.value = { kind: "failed", failure: asked.error };
}

/** Tries a key. It is kept if the gateway takes it: until the tab is closed, or for good. */
export async function signIn(
	typed: string,
	{ isRemembered }: { readonly isRemembered: boolean },
): Promise<Result<Session, Failure>> {
	const secret = typed.trim();
	busy.value = true;
	const api = createApi(secret, () => leave(secret, { kind: "expired" }));
	const asked = await api.ask<Key>(KEY_PATH);
	busy.value = false;
	if (!asked.ok) {
		absence.value = { kind: "failed", failure: asked.error };
		if (asked.error.kind === "refused" && asked.error.status === 401) forget(secret);
		return err(asked.error);
	}
	if (isRemembered) remember(KEY_NAME, secret);
	remember(KEY_NAME, isRemembered ? null : secret, ofTab);
	const key = asked.value;
	const signedIn = { secret, api, key, isOwner: key.scopes.includes("admin") };
	current.value = signedIn;
	return ok(signedIn);
}

/** Forgets the key. */
export function signOut(): void {
	const secret = current.value?.secret;
	if (secret !== undefined) leave(secret, { kind: "signed_out" });
}

/** A key that is refused may be of a session before this one: that one only. */
function leave(secret: string, why: Absence): void {
	if (current.value?.secret !== secret) return;
	forget(secret);
	absence.value = why;
	current.value = null;
}

/** Another key that is kept stays. */
function forget(secret: string): void {
	if (recall(KEY_NAME) === secret) remember(KEY_NAME, null);
	if (recall(KEY_NAME, ofTab) === secret) remember(KEY_NAME, null, ofTab);
}
