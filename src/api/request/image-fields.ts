/** Puts together what a request says about its pictures: OpenAI's own fields win over other names for them, and those over its words. */

import type { JsonObject } from "../../json-value.ts";
import type { InvalidValue } from "../../models/fal-input.ts";
import { err, ok, type Result } from "../../result.ts";
import type { Asked, AskedFields } from "./asked.ts";
import { faultOf, readPrompt } from "./conversation.ts";
import type { ImageFields } from "./image-request.ts";
import { type OtherNames, readOtherNames, toResolution } from "./other-names.ts";

/**
 * Returns the fields as a model is asked for them. The size in the words is read, and taken out of them, only if nothing else says one:
 * else the prompt stays as it was written.
 * @param sent The body as it was sent
 */
export function readImageFields({ said, param, fields }: Asked, sent: JsonObject): Result<ImageFields, InvalidValue> {
	const ownResolution = fields.size === undefined ? null : toResolution(fields.size);
	const size = ownResolution !== null || isAuto(fields.size) ? undefined : fields.size;
	const names = readOtherNames(sent, { size: size !== undefined, n: fields.n !== undefined });
	if (!names.ok) return names;
	const named = withNames({ ...fields, size }, names.value);
	const params = { ...named.params, resolution: fields.params?.size ?? "size" };
	const resolved = ownResolution === null ? named : { ...named, resolution: ownResolution, params };
	const hasSize =
		resolved.size !== undefined || "aspect_ratio" in (fields.fal ?? {}) || "image_size" in (fields.fal ?? {});
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

function isAuto(size: string | undefined): boolean {
	return size?.trim().toLowerCase() === "auto";
}

/** Fills in what the own fields leave out, and remembers the names for errors. Counts and sizes under other names were checked with those. */
function withNames(own: AskedFields, other: OtherNames): Omit<ImageFields, "prompt"> {
	const params = {
		...own.params,
		...(other.resolution && { resolution: other.resolution.param }),
		...(own.quality === undefined && other.quality && { quality: other.quality.param }),
		...(own.outputFormat === undefined && other.outputFormat && { outputFormat: other.outputFormat.param }),
	};
	return {
		...own,
		n: own.n ?? other.n?.value,
		size: own.size ?? other.size?.value,
		resolution: other.resolution?.value,
		quality: own.quality ?? other.quality?.value,
		outputFormat: own.outputFormat ?? other.outputFormat?.value,
		seed: own.seed ?? other.seed?.value,
		params,
	};
}
