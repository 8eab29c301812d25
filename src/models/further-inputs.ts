/** Names the inputs of an endpoint that no field of a request but `fal` can set. */

import type { Endpoint } from "./catalogue/types.ts";
import { sizeFieldOf } from "./fit-size.ts";
import { findForbiddenField } from "./forbidden-fields.ts";
import { inputsOf } from "./inputs.ts";

/** Other fields of a request set these, under whatever name. */
const SET_BY_FIELDS = [
	"seed",
	"output_format",
	"image_size",
	"aspect_ratio",
	"width",
	"height",
	"resolution",
	"quality",
	"background",
	"input_fidelity",
	"negative_prompt",
];

/** Returns their names at fal, in its order; null if nobody knows. */
export function furtherInputsOf(endpoint: Endpoint): readonly string[] | null {
	const { formatField, quality, dialect } = endpoint;
	const set = [...SET_BY_FIELDS, formatField, quality?.field, sizeFieldOf(dialect)];
	const inputs = inputsOf(endpoint);
	if (inputs === null) return null;
	return [...inputs].filter((name) => !set.includes(name) && findForbiddenField({ [name]: null }, null) === null);
}
