/** Describes accounts. */

import * as z from "zod/mini";
import { described, named } from "../answer/schema.ts";

const Account = {
	object: z.literal("account"),
	name: z.string(),
	created_at: described(z.nullable(z.int()), "When its first key was issued, in seconds since 1970; null if none was."),
	has_access_key: described(z.boolean(), "It has a key in `WORKER_ACCESS_KEY`."),
};

export const AccountList = named(
	"AccountList",
	"A page of accounts, by name.",
	z.object({ object: z.literal("list"), data: z.array(z.object(Account)), has_more: z.boolean() }),
);

export const ErasedAccount = z.object({
	object: z.literal("account"),
	name: z.string(),
	deleted: described(z.boolean(), "False while jobs are left. It goes on by itself."),
	jobs_left: z.int(),
});
