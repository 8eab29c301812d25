/** Brings the references of the draft back after a reload. Whoever signs out takes them along; a key that ended leaves them to the next one of its account. */

import { effect, signal, untracked } from "@preact/signals";
import { newId } from "../../new-id.ts";
import { recall, remember } from "../../remembered.ts";
import { absent, session } from "../../session/session.ts";
import { KeptDrafts, type KeptReference } from "./kept.ts";
import type { Reference } from "./reference.ts";
import { clearReferences, mask, previewOf, references, restoreReferences } from "./store.ts";

const TAB = "tab";
const NOTHING = { references: [], mask: null } as const;

let isStarted = false;

/** Begins to keep them, once for the page. */
export function keepReferences(): void {
	if (isStarted) return;
	isStarted = true;
	const kept = new KeptDrafts(tabId());
	/** Whose references are in the page, after those that were kept came back. */
	const owner = signal<string | null>(null);

	effect(() => {
		const account = session.value?.key.account ?? null;
		if (account === owner.peek() || (account === null && absent.peek().kind === "expired")) return;
		untracked(() => {
			if (owner.value !== null) forget();
			if (account !== null) void restore(account);
		});
	});

	function forget(): void {
		owner.value = null;
		clearReferences();
		void kept.save("", NOTHING);
	}

	async function restore(account: string): Promise<void> {
		const draft = (await kept.load(account)) ?? NOTHING;
		if (session.value?.key.account !== account) return;
		restoreReferences(draft.references, draft.mask);
		owner.value = account;
	}

	effect(() => {
		const draft = { references: references.value.flatMap(toKept), mask: mask.value };
		if (owner.value !== null) void kept.save(owner.value, draft);
	});
}

function toKept(one: Reference): readonly KeptReference[] {
	const preview = previewOf(one.id);
	return preview === undefined ? [] : [{ ...one, preview }];
}

/** A reload keeps the id of a tab, and a new tab has none. */
function tabId(): string {
	const ofTab = () => sessionStorage;
	const id = recall(TAB, ofTab) ?? newId();
	remember(TAB, id, ofTab);
	return id;
}
