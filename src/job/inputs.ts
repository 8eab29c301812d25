/** The pictures of a request, as far as they tell whether it was made before, and under whose id they lie. */

import { fileOf, keyOfInputFile } from "../media/keys.ts";
import type { ImageRequest, InputPicture } from "../models/request.ts";

/** Returns a request in which the bytes of each picture stand for the place where they lie. */
export function withoutKeys({ inputs, ...request }: ImageRequest): object {
	return inputs === undefined ? request : { ...request, inputs: inputs.map(toSame) };
}

function toSame({ role, source }: InputPicture): object {
	return source.kind === "link" ? { role, url: source.url } : { role, sha256: source.sha256 };
}

/** True for a request whose pictures have to be there when its job starts. */
export function holdsInputs({ inputs = [] }: ImageRequest): boolean {
	return inputs.some(({ source }) => source.kind === "stored");
}

/** Returns the request with the pictures of an equal one, which lie under the id of its job. */
export function withInputsOf(job: string, request: ImageRequest): ImageRequest {
	if (request.inputs === undefined) return request;
	const inputs = request.inputs.map(({ role, source }) => ({
		role,
		source: source.kind === "link" ? source : { ...source, key: keyOfInputFile(job, fileOf(source.key)) },
	}));
	return { ...request, inputs };
}
