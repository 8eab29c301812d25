/** The fields that the bodies of all APIs have in common. Their values are read by image-request.ts, which knows the model. */

import * as z from "zod/mini";
import { described } from "../answer/schema.ts";
import { anyObject, integer, optional, text } from "./fields.ts";

const SEED_MAX = 2 ** 32 - 1;

export const pictureFields = {
	model: optional(
		described(
			text(200).check(z.trim()),
			"A name that `GET /v1/models` lists, an alias of one, or the id of a model of fal's that makes pictures.",
		),
	),
	n: optional(described(integer(1, 10), "How many pictures; no more than the model makes in one request.")),
	size: optional(
		described(
			text(100),
			"`1024x1024`, `16:9`, `auto`, or one of fal's presets. The nearest that the model has is used.",
		),
	),
	quality: optional(described(text(20), "auto, low, medium, high, standard, hd, xhigh, max, 2k or 4k.")),
	output_format: optional(described(text(10), "png, jpeg or webp. The model's own if it does not have that.")),
	seed: optional(
		described(integer(0, SEED_MAX), "The same seed and prompt give the same picture, if the model takes seeds."),
	),
	fal: optional(
		described(
			anyObject(),
			"Further inputs that the model has, in fal's words: no prompt, count, file or address. They win over all other fields.",
		),
	),
};
