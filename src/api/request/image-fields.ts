/** Puts together what a request says about its pictures: OpenAI's own fields win over other names for them, and those over its words. */

import type { JsonObject } from "../../json-value.ts";
import type { InvalidValue } from "../../models/fal-input.ts";
import { err, ok, type Result } from "../../result.ts";
import type { Asked, AskedFields } from "./asked.ts";
import { faultOf, readPrompt } from "./conversation.ts";
import type { ImageFields } from "./image-request.ts";
import { type OtherNames, readOtherNames, saysNoSize, toResolution } from "./other-names.ts";

/**
 * Returns the fields as a model is asked for them. The size in the words is read, and taken out of them, only if nothing else says one:
 * else the prompt stays as it was written.
 * @param sent The body as it was sent
 */
export function readImageFields({ said, param, fields }: Asked, sent: JsonObject): Result<ImageFields, InvalidValue> {
	const ownResolution = fields.size === undefined ? null : toResolution(fields.size);
	const isSaid = fields.size !== undefined && ownResolution === null && !saysNoSize(fields.size);
	const size = isSaid ? fields.size : undefined;
	const names = readOtherNames(sent, { size: size !== undefined, n: fields.n !== undefined });
	if (!names.ok) return names;
	const named = withNames({ ...fields, size }, names.value);
	const params = { ...named.params, resolution: fields.params?.size ?? "size" };
	const resolved = ownResolution === null ? named : { ...named, resolution: ownResolution, params };
	const hasSize =
		resolved.size !== undefined || "aspect_ratio" in (resolved.fal ?? {}) || "image_size" in (resolved.fal ?? {});
	const inProse = readPrompt(said, !hasSize);
	const fault = faultOf(inProse, param);
	if (fault !== null) return err(fault);
	return ok({
		...resolved,
		params: { ...resolved.params, ...(param !== "prompt" && { prompt: param }) },
		prompt: inProse.prompt,
		size: resolved.size ?? inProse.size,
		resolution: resolved.resolution ?? inProse.resolution,
	});
}

/** Fills in what the own fields leave out, and remembers the names for errors. Counts and sizes under other names were checked with those. */
function withNames(own: AskedFields, other: OtherNames): Omit<ImageFields, "prompt"> {
	const params = {
		...own.params,
		...(other.resolution && { resolution: other.resolution.param }),
		...(own.quality === undefined && other.quality && { quality: other.quality.param }),
		...(own.outputFormat === undefined && other.outputFormat && { outputFormat: other.outputFormat.param }),
		...(own.background === undefined && other.background && { background: other.background.param }),
		...(own.inputFidelity === undefined && other.inputFidelity && { inputFidelity: other.inputFidelity.param }),
		...(own.moderation === undefined && other.moderation && { moderation: other.moderation.param }),
	};
	return {
		...own,
		n: own.n ?? other.n?.value,
		size: own.size ?? other.size?.value,
		resolution: other.resolution?.value,
		quality: own.quality ?? other.quality?.value,
		outputFormat: own.outputFormat ?? other.outputFormat?.value,
		fal: own.fal ?? other.fal?.value,
		seed: own.seed ?? other.seed?.value,
		background: own.background ?? other.background?.value,
		inputFidelity: own.inputFidelity ?? other.inputFidelity?.value,
		moderation: own.moderation ?? other.moderation?.value,
		negativePrompt: own.negativePrompt ?? other.negativePrompt?.value,
		params,
	};
}
