/** Describes what an access key is told of itself. */

import * as z from "zod/mini";
import { described, named } from "../answer/schema.ts";

export const Key = named(
	"Key",
	"The access key that asks.",
	z.object({
		object: z.literal("key"),
		account: described(z.string(), "The account that its jobs belong to."),
		scopes: described(
			z.array(z.enum(["make", "read", "admin"])),
			"What it may do: make jobs, see them, and administer: all that for every account.",
		),
		webhook_secret: described(
			z.string(),
			"Checks the webhooks that the account's jobs call, as Standard Webhooks says. All keys of an account have the same.",
		),
	}),
);
