/** Describes what the gateway says of itself. */

import * as z from "zod/mini";
import { described, named } from "../answer/schema.ts";

export const HealthQuery = z.object({
	deep: described(z.optional(z.string()), "Anything but `0`: tries what a job needs. For the owner only."),
});

const Check = z.object({
	name: described(z.string(), "`r2`, `objects`, `fal_key <fingerprint>` for each key, `fal_schemas` or `clock`."),
	ok: z.boolean(),
	ms: z.int(),
	detail: described(z.string(), "Says what is wrong, or what was seen."),
});

export const Health = named(
	"Health",
	"Whether the gateway works.",
	z.object({ status: z.enum(["ok", "failing"]), checks: z.optional(z.array(Check)) }),
);
