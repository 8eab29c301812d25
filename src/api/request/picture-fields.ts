/** The fields that the bodies of all APIs have in common. Their values are read by image-request.ts, which knows the model. */

import * as z from "zod/mini";
import type { Fault } from "../../faults.ts";
import { MAX_COUNT } from "../../models/fal-input.ts";
import { described } from "../answer/schema.ts";
import { anyObject, faulty, integer, optional, text } from "./fields.ts";

const MAX_ADDRESS_CHARS = 2_048;
const MAX_NEGATIVE_CHARS = 10_000;
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

/** Another name of a field. Its value is read by other-names.ts, whatever it is. */
function otherName(description: string) {
	return z.optional(described(z.unknown(), description));
}

export const pictureFields = {
	model: optional(
		described(
			text(200).check(z.trim()),
			"A name that `GET /v1/models` lists, an alias of one, or the id of a model of fal's that makes pictures.",
		),
	),
	n: optional(
		described(
			integer(1, MAX_COUNT),
			"How many pictures. More than the model makes in one request are made by several.",
		),
	),
	size: optional(
		described(
			text(100),
			"`1024x1024`, `16:9`, `auto`, `2K`, or one of fal's presets. The nearest that the model has is used. It wins over its other names.",
		),
	),
	quality: optional(described(text(20), "auto, low, medium, high, standard, hd, xhigh, max, 1k, 2k or 4k.")),
	output_format: optional(described(text(10), "png, jpeg or webp. The model's own if it does not have that.")),
	background: optional(described(text(20), "transparent, opaque or auto, for a model that can be told.")),
	input_fidelity: optional(
		described(text(20), "low or high: how closely an edit keeps to its pictures, for a model that can be told."),
	),
	moderation: optional(
		described(text(20), "low or auto. `low` is the least strict check that the model lets its users choose."),
	),
	negative_prompt: optional(
		described(text(MAX_NEGATIVE_CHARS), "What must not be drawn, for a model that takes such words."),
	),
	seed: optional(
		described(
			seed(),
			"The same seed and prompt give the same picture, if the model takes seeds. -1 is none, and large ones are folded.",
		),
	),
	webhook_url: optional(
		described(
			text(MAX_ADDRESS_CHARS),
			"An https address that is told of the job's end, as Standard Webhooks says. `GET /v1/key` has the secret.",
		),
	),
	fal: optional(
		described(
			anyObject(),
			"Further inputs that the model has, in fal's words: no prompt, count, file or address. They win over all other fields.",
		),
	),
};

/** Read where the pictures of the conversation are, whatever it is. */
export const pictureAction = z.optional(
	described(
		z.unknown(),
		"generate, edit or auto. `edit` edits the conversation's last picture, whatever the message says, and `generate` leaves it alone.",
	),
);

/**
 * Names that others give to the size and the count, for the reference. Any spelling of them is read, and so are those in an `extra_body` and
 * other objects of options: other-names.ts has the whole list.
 */
export const otherNames = {
	aspect_ratio: otherName("Another name of `size`, as at fal and OpenRouter: `16:9`."),
	image_size: otherName(
		"Another name of `size`, as at fal and SiliconFlow: a text, or an object of `width` and `height`.",
	),
	resolution: otherName("Another name of `size`, or `1K`, `2K` or `4K` beside a ratio."),
	width: otherName("Of `size`, in pixels; together with `height`."),
	height: otherName("Of `size`, in pixels; together with `width`."),
	num_images: otherName("Another name of `n`, as at fal."),
	batch_size: otherName("Another name of `n`, as at SiliconFlow; `n_iter` beside it multiplies it, as in A1111."),
	image_config: otherName("OpenRouter's object of `aspect_ratio` and `image_size`."),
};
