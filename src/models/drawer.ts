/** Finds the endpoint that really draws a request: a model's own, or the one that edits pictures for it. */

import { rowOf } from "./catalogue/index.ts";
import type { Endpoint, Model } from "./catalogue/types.ts";
import type { InputRole } from "./request.ts";

/** The roles of a request's pictures, stored or not. */
export interface BroughtAlong {
	readonly inputs?: readonly { readonly role: InputRole }[];
}

/**
 * Returns the model with the endpoint and the traits that draw the request. With another model's endpoint it has that model's id. If no
 * endpoint takes the pictures, it is the one that takes most of them: `toFalInput` says what is too much for it.
 */
export function drawerOf(model: Model, { inputs = [] }: BroughtAlong): Model {
	if (inputs.length === 0) return model;
	const other = model.editedBy === undefined ? undefined : rowOf(model.editedBy);
	if (other !== undefined) return drawerOf(other, { inputs });
	const { edits } = model;
	if (edits === undefined) return model;
	const images = inputs.filter(({ role }) => role === "image").length;
	const isMasked = inputs.some(({ role }) => role === "mask");
	const suited = edits.filter(({ mask }) => (isMasked ? mask !== undefined : mask?.required !== true));
	const candidates = suited.length > 0 ? suited : edits;
	const found =
		candidates.find((edit) => maxOf(edit) >= images) ?? candidates.toSorted((a, b) => maxOf(b) - maxOf(a))[0];
	return found === undefined ? model : { ...found, id: model.id };
}

function maxOf({ images }: Endpoint): number {
	return images?.max ?? 0;
}
