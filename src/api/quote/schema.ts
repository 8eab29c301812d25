/** Describes what a request would cost. */

import * as z from "zod/mini";
import { BUDGET_DURATIONS } from "../../account/key-record.ts";
import { described, named } from "../answer/schema.ts";

export const Quote = named(
	"Quote",
	"What a request would cost at most, and what would be sent to fal. Of one that makes no picture all is 0 or null.",
	z.object({
		object: z.literal("quote"),
		usd: described(z.number(), "For all pictures, at most: as much as would be reserved."),
		known: described(z.boolean(), "False: nobody has told the model's price, and `DEFAULT_PRICE` stands for it."),
		per_picture_usd: z.number(),
		model: described(z.nullable(z.string()), "The model that would draw."),
		endpoint: described(z.nullable(z.string()), "The endpoint of fal's."),
		operation: z.nullable(z.enum(["generation", "edit"])),
		size: described(z.nullable(z.string()), "As the model takes it; `auto` if it chooses."),
		aspect_ratio: z.nullable(z.string()),
		n: described(z.int(), "The pictures."),
		requests: described(z.int(), "The requests to fal that they take."),
		limit: described(
			z.nullable(
				z.object({
					name: described(z.string(), "Such as `max_budget` or `rpm_limit`."),
					of: z.enum(["key", "account"]),
					value: described(z.number(), "In USD of a budget, else a count."),
					window: described(z.nullable(z.enum(BUDGET_DURATIONS)), "Of a budget that begins anew."),
					ends_at: described(
						z.nullable(z.int()),
						"In seconds since 1970; null if nobody knows, or if it never passes the request.",
					),
					code: described(z.string(), "As the request would be refused with."),
					message: z.string(),
				}),
			),
			"The limit that would refuse the request now; null if none would.",
		),
	}),
);
