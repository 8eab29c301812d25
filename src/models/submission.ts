/** Turns a stored request into the submission to fal. */

import type { Json, JsonObject } from "../json-value.ts";
import type { Attachment } from "./attachments.ts";
import type { Model, SchemaTraits } from "./catalogue/types.ts";
import { drawerOf } from "./drawer.ts";
import { SEED_COUNT, toFalInput } from "./fal-input.ts";
import { resolveModel } from "./names.ts";
import type { ImageRequest, Used } from "./request.ts";

export interface Submission {
	readonly endpoint: string;
	readonly input: JsonObject;
	readonly used: Used;
	/** The pictures whose addresses have to be put into the input. */
	readonly attachments: readonly Attachment[];
	/** The pictures that are asked for: as many as are wanted, and as the model makes in one request. */
	readonly count: number;
	/** The job's own seed, if the input carries it. */
	readonly ownSeed: number | null;
}

/** The pictures that one request to fal is wanted for. */
export interface Wanted {
	/** The index of the first. */
	readonly first: number;
	readonly count: number;
}

/**
 * Returns null if the model, or one of its limits, has changed since the request was accepted.
 * @param wanted With the traits that the request was accepted with, if they are none of the catalogue's
 * @param ownSeed Sent if the client gave no seed and the model takes one. Null for none
 */
export function toSubmission(
	modelId: string,
	request: ImageRequest,
	ownSeed: number | null,
	{ traits, ...wanted }: Wanted & { readonly traits?: SchemaTraits },
): Submission | null {
	// A successor is the catalogue's.
	const own = modelId === request.model ? traits : undefined;
	const found = own === undefined ? resolveModel(modelId) : toSchemaModel(modelId, own);
	if (found === null) return null;
	const model = drawerOf(found, request);
	const count = Math.min(wanted.count, model.maxImages);
	const falInput = toFalInput(model, { ...request, n: count });
	if (!falInput.ok) return null;
	const { input, used, attachments } = falInput.value;
	const seed = takesOwnSeed(model, input) && ownSeed !== null ? moveOwnSeed(ownSeed, wanted) : null;
	return {
		endpoint: model.endpoint,
		input: seed === null ? moveSeed(input, wanted) : { ...input, seed },
		used,
		attachments,
		count,
		ownSeed: seed,
	};
}

/** Returns the model of a raw id that is asked as fal's schema says. */
export function toSchemaModel(id: string, traits: SchemaTraits): Model {
	return { ...traits, id, endpoint: id };
}

/** Leaves of the inputs those that a request sets: the others are never asked for again. */
export function toKeptTraits(traits: SchemaTraits, { fal }: ImageRequest): SchemaTraits {
	return { ...traits, inputs: traits.inputs.filter((name) => Object.hasOwn(fal, name)) };
}

/** Returns the model whose endpoint edits a request's pictures for the request's own model; null if that draws itself. */
export function otherDrawerOf(request: ImageRequest): string | null {
	const model = resolveModel(request.model);
	const drawer = model === null ? null : drawerOf(model, request);
	return drawer === null || drawer.id === request.model ? null : drawer.id;
}

/** Moves a seed by the pictures before, or equal requests would draw equal pictures. A negative one leaves it to chance. */
function moveSeed(input: JsonObject, { first }: Wanted): JsonObject {
	const { seed } = input;
	return first > 0 && isSeed(seed) ? { ...input, seed: (seed + first) % SEED_COUNT } : input;
}

function isSeed(seed: Json | undefined): seed is number {
	return typeof seed === "number" && seed >= 0;
}

/** Moves the job's own seed likewise. It is never 0. */
function moveOwnSeed(ownSeed: number, { first }: Wanted): number {
	return 1 + ((ownSeed - 1 + first) % (SEED_COUNT - 1));
}

/** An unknown model gets only the fields that the client asked for: it may refuse a field that it does not have. */
function takesOwnSeed({ seed, dialect }: Model, input: JsonObject): boolean {
	return seed && dialect.kind !== "unknown" && !("seed" in input);
}

/** Turns a random fraction, from 0 up to but not 1, into a seed that every model takes. Some models read 0 as none. */
export function toOwnSeed(random: number): number {
	return 1 + Math.floor(random * (SEED_COUNT - 1));
}
