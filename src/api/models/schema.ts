/** Describes the answers of the model list. */

import * as z from "zod/mini";
import { described, named, seconds } from "../answer/schema.ts";

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
	}),
);

export const ModelList = named(
	"ModelList",
	"The models that are offered, best known first.",
	z.object({ object: z.literal("list"), data: z.array(Model) }),
);
