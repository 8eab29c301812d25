/** Finds what a model lets a draft ask for, by the pictures that the draft brings along. */

import type { Model } from "../api/types.ts";
import type { Draft } from "./draft.ts";
import { parseFal } from "./fal-inputs.ts";

export type Operation = NonNullable<Model["operations"]["generation"]>;
export type OperationName = keyof Model["operations"];

/** Returns the kind of request that a draft makes. */
export function operationNameOf({ references, mask }: Pick<Draft, "references" | "mask">): OperationName {
	if (references.length === 0) return "generation";
	return mask === null ? "edit" : "masked_edit";
}

/** Returns what the request may ask for; null if the model refuses it. */
export function operationOf(model: Model, draft: Pick<Draft, "references" | "mask">): Operation | null {
	return model.operations[operationNameOf(draft)];
}

/** Returns what the composer shows: what the draft may ask for, or may ask for once its pictures fit. */
export function shownOperationOf({ operations }: Model, draft: Pick<Draft, "references" | "mask">): Operation | null {
	const { generation, edit, masked_edit } = operations;
	return operations[operationNameOf(draft)] ?? generation ?? edit ?? masked_edit;
}

/** Returns how many references the model takes, and how many with a mask; 0 if it takes none. */
export function referenceLimits({ operations }: Model): { readonly max: number; readonly maxMasked: number } {
	const maxMasked = operations.masked_edit?.max_images ?? 0;
	return { max: Math.max(operations.edit?.max_images ?? 0, maxMasked), maxMasked };
}

/** Why a draft cannot be sent to its model, before the API is asked. Null: it can. */
export type Obstacle =
	| { readonly kind: "prompt_missing" }
	| { readonly kind: "picture_missing" }
	| { readonly kind: "pictures_arriving" }
	| { readonly kind: "size_missing" }
	| { readonly kind: "takes_no_pictures" }
	| { readonly kind: "takes_no_mask" }
	| { readonly kind: "too_many_pictures"; readonly max: number }
	| { readonly kind: "prompt_too_long"; readonly max: number; readonly length: number }
	| { readonly kind: "fal_unreadable" };

/** Of any prompt: the API's bound. */
const MAX_PROMPT_CHARS = 32_000;

export function obstacleOf(model: Model, draft: Draft): Obstacle | null {
	const { references, mask, prompt, size, fal } = draft;
	const operation = operationOf(model, draft);
	if (operation === null) {
		if (references.length === 0) return { kind: "picture_missing" };
		return mask !== null && model.operations.edit !== null ? { kind: "takes_no_mask" } : { kind: "takes_no_pictures" };
	}
	const { required_parameters: required, max_images, max_prompt_chars } = operation;
	if (references.length > max_images) return { kind: "too_many_pictures", max: max_images };
	if (fal !== null && parseFal(fal) === null) return { kind: "fal_unreadable" };
	if (required.includes("prompt") && prompt.trim() === "") return { kind: "prompt_missing" };
	const max = Math.min(max_prompt_chars ?? MAX_PROMPT_CHARS, MAX_PROMPT_CHARS);
	if (prompt.length > max) return { kind: "prompt_too_long", max, length: prompt.length };
	return required.includes("size") && size === null ? { kind: "size_missing" } : null;
}
