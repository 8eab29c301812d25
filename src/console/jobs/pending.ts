/** Keeps requests that are not answered yet for as long as the tab lives, so that a reload of the page neither loses nor doubles them. */

import { type Draft, NO_CHOICES } from "../make/draft.ts";

export interface Pending {
	/** Whose request it is: nobody else may send it. */
	readonly account: string;
	readonly draft: Draft;
	readonly idempotencyKey: string;
	/** When it was sent first, in milliseconds since 1970. */
	readonly since: number;
}

/** The gateway knows a key for 24 hours. Later the request would make a second job. */
const MAX_AGE_MS = 23 * 60 * 60 * 1000;
const MAX_KEPT = 16;

/** True for a draft without bytes of its own. A file of the person's outlives no reload. */
export function canBeKept({ references, mask }: Draft): boolean {
	return mask === null && references.every(({ source }) => source.kind !== "file");
}

export function toText(pending: readonly Pending[]): string | null {
	return pending.length === 0 ? null : JSON.stringify(pending.slice(0, MAX_KEPT));
}

/** Reads what this page wrote before it was loaded again. What cannot be read, or is too old, is dropped. The page of before may have known fewer choices. */
export function readPending(text: string | null, now: number): readonly Pending[] {
	try {
		const kept: readonly Pending[] = JSON.parse(text ?? "[]");
		return kept
			.filter(isRequest)
			.filter(({ since }) => now - since < MAX_AGE_MS)
			.map((one) => ({ ...one, draft: { ...NO_CHOICES, ...one.draft } }));
	} catch {
		return [];
	}
}

function isRequest({ idempotencyKey, draft }: Pending): boolean {
	return typeof idempotencyKey === "string" && typeof draft.prompt === "string" && Array.isArray(draft.references);
}
