/** Describes issued keys, and what an access key is told of itself. */

import * as z from "zod/mini";
import { BUDGET_DURATIONS } from "../../account/key-record.ts";
import type { LimitHit } from "../../account/limits.ts";
import { described, named, seconds } from "../answer/schema.ts";

const LIMITS = [
	"max_budget",
	"budget_limits",
	"images_per_day",
	"max_parallel_requests",
	"rpm_limit",
	"max_open_jobs",
] as const satisfies readonly LimitHit["limit"][];

const count = (description: string) => described(z.nullable(z.int()), `${description}; null for no limit.`);

const Budget = {
	max_budget: described(z.number(), "In USD."),
	budget_duration: described(
		z.enum(BUDGET_DURATIONS),
		"It begins anew each UTC day, each Monday, or on the first of each month.",
	),
};

const limits = {
	name: z.string(),
	models: described(z.nullable(z.array(z.string())), "The models that it may use; null for all."),
	max_budget: described(z.nullable(z.number()), "In USD; null for no limit."),
	budget_duration: described(
		z.nullable(z.enum(BUDGET_DURATIONS)),
		"The budget begins anew each UTC day, each Monday, or on the first of each month; null: it is of the key's whole life.",
	),
	budget_limits: described(z.array(z.object(Budget)), "Further budgets, which hold at the same time."),
	rpm_limit: count("Requests that make a job, in any 60 seconds"),
	max_parallel_requests: count("Jobs that have not ended"),
	images_per_day: count("Pictures, in a UTC day"),
	expires_at: described(z.nullable(z.int()), "In seconds since 1970; null for never."),
	blocked: z.boolean(),
};

const IssuedKey = {
	id: described(z.string(), "`key_<account>-<id>`: names the key, and is no secret."),
	object: z.literal("access_key"),
	account: described(z.string(), "The account that its jobs belong to."),
	...limits,
	webhook_url: described(
		z.nullable(z.string()),
		"Is told of the end of each job of the key that names no webhook of its own.",
	),
	metadata: described(z.record(z.string(), z.string()), "The operator's own words."),
	redacted_value: described(z.string(), "The beginning and the last four characters of the key."),
	created_at: seconds("When it was issued"),
	grace_until: described(
		z.nullable(z.int()),
		"Keys from before a rotation are good until then, in seconds since 1970; null if there are none.",
	),
};

const Left = described(
	z.array(
		z.object({
			limit: described(z.enum(LIMITS), "Its field; `max_open_jobs` is the account's."),
			of: z.enum(["key", "account"]),
			window: described(z.nullable(z.enum(BUDGET_DURATIONS)), "Of a budget that begins anew."),
			value: described(z.number(), "In USD of a budget, else a count."),
			used: described(z.number(), "With all that running jobs reserve."),
			remaining: z.number(),
			resets_at: described(
				z.nullable(z.int()),
				"All of it can be used again then, in seconds since 1970; null if that is no question of time.",
			),
		}),
	),
	"How much is left of each limit that there is.",
);

export const ShownAccessKey = named(
	"ShownAccessKey",
	"An issued key, and what is left of its limits.",
	z.object({ ...IssuedKey, left: Left }),
);

export const AccessKey = named("AccessKey", "An issued key.", z.object(IssuedKey));

export const NewAccessKey = named(
	"NewAccessKey",
	"An issued key, with the key itself. It is shown this once.",
	z.object({ ...IssuedKey, key: z.string() }),
);

export const AccessKeyList = named(
	"AccessKeyList",
	"A page of an account's keys, the newest first.",
	z.object({ object: z.literal("list"), data: z.array(AccessKey), has_more: z.boolean() }),
);

export const DeletedKey = z.object({ id: z.string(), object: z.literal("access_key"), deleted: z.literal(true) });

export const Key = named(
	"Key",
	"The access key that asks.",
	z.object({
		object: z.literal("key"),
		id: described(
			z.nullable(z.string()),
			"Of an issued key; null for a key of `WORKER_ACCESS_KEY`, which has no limits.",
		),
		account: described(z.string(), "The account that its jobs belong to."),
		scopes: described(
			z.array(z.enum(["make", "read", "admin"])),
			"What it may do: make jobs, see them, and administer: all that for every account.",
		),
		limits: described(z.nullable(z.object(limits)), "Of an issued key."),
		left: Left,
		webhook_secret: described(
			z.string(),
			"Checks the webhooks that the account's jobs call, as Standard Webhooks says. All keys of an account have the same.",
		),
	}),
);
