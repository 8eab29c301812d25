/** Describes the answers of the model list. */

import * as z from "zod/mini";
import { described, named, seconds } from "../answer/schema.ts";

const Price = z.object({
	billable: z.literal("output_image"),
	unit: described(z.enum(["image", "megapixel"]), "A megapixel is begun: 1.2 of them cost as 2."),
	cost_usd: z.number(),
	variant: described(z.nullable(z.string()), "What makes the difference, such as `resolution 4K`."),
});

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
		prices: described(z.array(Price), "What a picture costs at fal. Empty if that is not known."),
	}),
);

export const ModelList = named(
	"ModelList",
	"The models that are offered, best known first.",
	z.object({ object: z.literal("list"), data: z.array(Model) }),
);
