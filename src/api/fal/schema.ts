/** Describes what fal has of the operator's money. */

import * as z from "zod/mini";
import { described, named, seconds } from "../answer/schema.ts";

const Problem = z.object({ code: z.enum(["fal_key_refused", "fal_unavailable"]), message: z.string() });

const AccountBalance = z.object({
	fingerprint: described(z.string(), "Names the admin key, as 8 hex digits of its public half."),
	username: described(z.nullable(z.string()), "As fal calls the account."),
	balance: described(z.nullable(z.number()), "What is left. Null if it could not be read."),
	currency: z.nullable(z.string()),
	is_low: described(
		z.nullable(z.boolean()),
		"It is below `LOW_BALANCE`. Null if it could not be read, or is not in US dollars.",
	),
	read_at: seconds("When fal was asked: a minute ago at most"),
	error: described(z.nullable(Problem), "Says why there is no balance. Null if there is one."),
});

export const FalBalance = named(
	"FalBalance",
	"What is left at fal, of each account that `FAL_ADMIN_KEY` has a key of.",
	z.object({
		object: z.literal("fal.balance"),
		low_balance: described(z.number(), "The setting `LOW_BALANCE`, in USD."),
		accounts: z.array(AccountBalance),
	}),
);
