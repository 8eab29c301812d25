/** What somebody chose, whatever can be asked for at the moment: what the model's endpoint lacks now is kept, and comes back with another one. */

import type { Choices } from "./draft.ts";

export interface Wish {
	readonly choices: Choices;
	/** The size of an edit that began with a picture of the gallery: the picture's own until another one is chosen. Null: no such edit is being made. */
	readonly ofEdit: { readonly size: string | null } | null;
}

/** Returns what is chosen. What of it the model takes, `fitChoices` says. */
export function chosenIn({ choices, ofEdit }: Wish): Choices {
	return ofEdit === null ? choices : { ...choices, size: ofEdit.size };
}

/** Takes what was chosen. The size of an edit leaves that of other pictures alone. */
export function withChoices({ choices, ofEdit }: Wish, { size, ...changes }: Partial<Choices>): Wish {
	const others = { ...choices, ...changes };
	if (size === undefined) return { choices: others, ofEdit };
	return ofEdit === null ? { choices: { ...others, size }, ofEdit } : { choices: others, ofEdit: { size } };
}

/** Begins an edit, in the shape of its picture. */
export function beginEdit({ choices }: Wish): Wish {
	return { choices, ofEdit: { size: null } };
}

/** Ends it: the size of before is back. */
export function endEdit({ choices }: Wish): Wish {
	return { choices, ofEdit: null };
}
