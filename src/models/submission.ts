/** Turns a stored request into the submission to fal. */

import type { Attachment } from "./attachments.ts";
import type { Model } from "./catalogue/types.ts";
import { drawerOf } from "./drawer.ts";
import { SEED_COUNT, toFalInput } from "./fal-input.ts";
import { resolveModel } from "./names.ts";
import type { ImageRequest, JsonObject, Used } from "./request.ts";

export interface Submission {
	readonly endpoint: string;
	readonly input: JsonObject;
	readonly used: Used;
	/** The pictures whose addresses have to be put into the input. */
	readonly attachments: readonly Attachment[];
	/** The job's own seed, if the input carries it. */
	readonly ownSeed: number | null;
}

/**
 * Returns null if the model, or one of its limits, has changed since the request was accepted.
 * @param ownSeed Sent if the client gave no seed and the model takes one. Null for none
 */
export function toSubmission(modelId: string, request: ImageRequest, ownSeed: number | null): Submission | null {
	const found = resolveModel(modelId);
	if (found === null) return null;
	const model = drawerOf(found, request);
	const falInput = toFalInput(model, request);
	if (!falInput.ok) return null;
	const { input, used, attachments } = falInput.value;
	const seed = takesOwnSeed(model, input) ? ownSeed : null;
	return {
		endpoint: model.endpoint,
		input: seed === null ? input : { ...input, seed },
		used,
		attachments,
		ownSeed: seed,
	};
}

/** Returns the model whose endpoint edits a request's pictures for the request's own model; null if that draws itself. */
export function otherDrawerOf(request: ImageRequest): string | null {
	const model = resolveModel(request.model);
	const drawer = model === null ? null : drawerOf(model, request);
	return drawer === null || drawer.id === request.model ? null : drawer.id;
}

/** An unknown model gets only the fields that the client asked for: it may refuse a field that it does not have. */
function takesOwnSeed({ seed, dialect }: Model, input: JsonObject): boolean {
	return seed && dialect.kind !== "unknown" && !("seed" in input);
}

/** Turns a random fraction, from 0 up to but not 1, into a seed that every model takes. Some models read 0 as none. */
export function toOwnSeed(random: number): number {
	return 1 + Math.floor(random * (SEED_COUNT - 1));
}
