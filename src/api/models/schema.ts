/** Describes the answers of the model list. */

import * as z from "zod/mini";
import { described, named, seconds } from "../answer/schema.ts";

const Price = z.object({
	billable: z.literal("output_image"),
	unit: described(z.enum(["image", "megapixel"]), "A megapixel is begun: 1.2 of them cost as 2."),
	cost_usd: z.number(),
	variant: described(z.nullable(z.string()), "What makes the difference, such as `resolution 4K`."),
});

const sizes = [
	z.object({
		kind: z.literal("list"),
		sizes: described(z.array(z.string()), "One of these, as `16:9` or `1024x1024`."),
	}),
	described(
		z.object({
			kind: z.literal("pixels"),
			min: z.int(),
			max: z.int(),
			multiple: described(z.int(), "Each side is a multiple of it."),
			min_area: described(z.nullable(z.int()), "Of the whole picture."),
			max_area: z.nullable(z.int()),
			max_elongation: described(z.nullable(z.number()), "The longer side by the shorter one, at most."),
		}),
		"Any width and height within the bounds, in pixels. A ratio is drawn with about a megapixel.",
	),
	described(
		z.object({ kind: z.literal("none") }),
		"No size is heeded: the picture is as large as its input, or always the same.",
	),
	described(z.object({ kind: z.literal("unknown") }), "Nobody has told which."),
] as const;

const Operation = named(
	"ModelOperation",
	"What a request may ask of a model. Each value that is listed is taken as it is.",
	z.object({
		supported_parameters: described(z.array(z.string()), "The fields that it heeds."),
		required_parameters: described(z.array(z.string()), "The fields without which it is refused, beside its pictures."),
		max_images: described(z.int(), "The most pictures that it may bring along."),
		max_prompt_chars: described(z.nullable(z.int()), "Null if fal tells no bound."),
		sizes: described(z.discriminatedUnion("kind", sizes), "Another size is fitted to these."),
		resolutions: described(z.array(z.string()), "Such as `2K`."),
		qualities: described(z.array(z.string()), "Beside `auto`, which any request may say."),
		output_formats: z.array(z.string()),
		backgrounds: z.array(z.string()),
		fal_inputs: z.optional(
			described(
				z.array(z.string()),
				"The inputs at fal that only the field `fal` can set. Absent in the list, and if nobody knows them.",
			),
		),
	}),
);

export const Model = named(
	"Model",
	"A model, under one of its names.",
	z.object({
		id: z.string(),
		object: z.literal("model"),
		created: seconds("When the model came out; 0 if fal does not tell"),
		owned_by: z.literal("fal-ai"),
		permission: described(z.array(z.never()), "Always empty: older clients read it."),
		root: z.string(),
		parent: z.null(),
		canonical_slug: described(
			z.string(),
			"The model behind the name, as OpenRouter calls it: equal for all its names.",
		),
		shutdown_date: described(z.nullable(z.string()), "The day since which fal has it no longer, as `2026-08-02`."),
		successor: described(z.nullable(z.string()), "The model that takes over its jobs then."),
		architecture: z.object({
			input_modalities: z.array(z.enum(["text", "image"])),
			output_modalities: z.array(z.literal("image")),
		}),
		supported_parameters: described(z.array(z.string()), "The fields of a request that it heeds."),
		edit_model: described(
			z.nullable(z.string()),
			"The model that draws a request with pictures: itself or another one. Null if none does.",
		),
		max_input_images: z.int(),
		max_n: described(z.int(), "The most pictures that a request may ask for."),
		operations: described(
			z.object({
				generation: z.nullable(Operation),
				edit: z.nullable(Operation),
				masked_edit: z.nullable(Operation),
			}),
			"By what a request brings along: nothing, pictures, or pictures and a mask. Null: such a request is refused.",
		),
		prices: described(z.array(Price), "What a picture costs at fal. Empty if that is not known."),
	}),
);

export const ModelList = named(
	"ModelList",
	"The models that are offered, best known first.",
	z.object({ object: z.literal("list"), data: z.array(Model) }),
);
