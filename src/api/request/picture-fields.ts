/**
 * The fields that the bodies of all APIs have in common. Their values are read by image-request.ts, which knows the model. For their words
 * in the reference see reference/requests.ts.
 */

import * as z from "zod/mini";
import type { Fault } from "../../faults.ts";
import { MAX_COUNT } from "../../models/fal-input.ts";
import { anyObject, faulty, integer, optional, text } from "./fields.ts";

export const MAX_ADDRESS_CHARS = 2_048;
export const MAX_NEGATIVE_CHARS = 10_000;
/** Clients send seeds of 64 bits. */
const MAX_SEED = 2 ** 64;

/** As A1111 says it. */
const NO_SEED = -1;

/** A seed, folded later into what models take. */
function seed() {
	const faultOf = (got: number): Fault | null => {
		if (!Number.isInteger(got)) return { is: "type", expected: ["integer"], got: "decimal" };
		if (got > MAX_SEED) return { is: "too_large", max: MAX_SEED, got };
		return got < NO_SEED ? { is: "too_small", min: NO_SEED, got } : null;
	};
	const schema = z.pipe(
		z.number().check(faulty(faultOf)),
		z.transform((value) => (value === NO_SEED ? undefined : value)),
	);
	z.globalRegistry.add(schema, { override: { type: "integer", minimum: NO_SEED, maximum: MAX_SEED } });
	return schema;
}

export const pictureFields = {
	model: optional(text(200).check(z.trim())),
	n: optional(integer(1, MAX_COUNT)),
	size: optional(text(100)),
	quality: optional(text(20)),
	output_format: optional(text(10)),
	background: optional(text(20)),
	input_fidelity: optional(text(20)),
	moderation: optional(text(20)),
	negative_prompt: optional(text(MAX_NEGATIVE_CHARS)),
	seed: optional(seed()),
	webhook_url: optional(text(MAX_ADDRESS_CHARS)),
	fal: optional(anyObject()),
};

/** Read where the pictures of the conversation are, whatever it is. */
export const pictureAction = z.optional(z.unknown());
