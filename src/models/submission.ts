/** Turns a stored request into the submission to fal. */

import { toFalInput } from "./fal-input.ts";
import { resolveModel } from "./names.ts";
import type { ImageRequest, JsonObject, Used } from "./request.ts";

export interface Submission {
	readonly endpoint: string;
	readonly input: JsonObject;
	readonly used: Used;
}

/** Returns null if the model, or one of its limits, has changed since the request was accepted. */
export function toSubmission(modelId: string, request: ImageRequest): Submission | null {
	const model = resolveModel(modelId);
	if (model === null) return null;
	const falInput = toFalInput(model, request);
	return falInput.ok ? { endpoint: model.endpoint, ...falInput.value } : null;
}
