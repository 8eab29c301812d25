/** Describes the reports on usage and costs. */

import * as z from "zod/mini";
import { described, named, seconds } from "../answer/schema.ts";

const grouped = (by: string) => described(z.nullable(z.string()), `With \`group_by=${by}\`; null otherwise.`);

const places = {
	project_id: described(z.nullable(z.string()), "The account, with `group_by=project_id`; null otherwise."),
	user_id: described(z.null(), "There are no users below accounts."),
	api_key_id: described(
		z.nullable(z.string()),
		"The issued key, with `group_by=api_key_id`; null otherwise, and for a key of `WORKER_ACCESS_KEY`.",
	),
};

const ImagesResult = z.object({
	object: z.literal("organization.usage.images.result"),
	images: described(z.int(), "The pictures that were stored, late ones too."),
	num_model_requests: described(z.int(), "The jobs that have ended, however they did."),
	size: grouped("size"),
	source: described(z.nullable(z.enum(["image.generation", "image.edit"])), "With `group_by=source`; null otherwise."),
	...places,
	model: described(z.nullable(z.string()), "The model that really drew, with `group_by=model`; null otherwise."),
});

const CostsResult = z.object({
	object: z.literal("organization.costs.result"),
	amount: z.object({ value: z.number(), currency: z.literal("usd") }),
	line_item: described(
		z.nullable(z.string()),
		"The model that really drew, with `group_by=line_item`; null otherwise.",
	),
	...places,
	quantity: described(z.nullable(z.int()), "The stored pictures of a line item."),
	quantity_unit: z.nullable(z.literal("images")),
});

function pageOf<T extends z.ZodMiniType>(result: T) {
	return z.object({
		object: z.literal("page"),
		data: z.array(
			z.object({
				object: z.literal("bucket"),
				start_time: seconds("Inclusive"),
				end_time: seconds("Exclusive"),
				results: described(z.array(result), "Empty if there was nothing."),
			}),
		),
		has_more: z.boolean(),
		next_page: described(z.nullable(z.string()), "The `page` of the next request."),
	});
}

export const ImagesUsage = named("ImagesUsage", "A page of usage, by time.", pageOf(ImagesResult));
export const Costs = named("Costs", "A page of costs in USD, by days.", pageOf(CostsResult));

export const Subscription = named(
	"Subscription",
	"What the key may spend, as OpenAI's old billing said it.",
	z.object({
		object: z.literal("billing_subscription"),
		has_payment_method: z.literal(true),
		canceled: z.literal(false),
		soft_limit_usd: z.number(),
		hard_limit_usd: described(
			z.number(),
			"The `max_budget` of an issued key, or the smallest of its `budget_limits`; 100000000 if nothing bounds it.",
		),
		system_hard_limit_usd: z.number(),
		access_until: described(z.int(), "When the key expires, in seconds since 1970; 0 for never."),
	}),
);

export const BillingUsage = named(
	"BillingUsage",
	"What was spent, as OpenAI's old billing said it.",
	z.object({ object: z.literal("list"), total_usage: described(z.number(), "In cents of a US dollar.") }),
);

const secondsTaken = (share: string) =>
	described(z.nullable(z.number()), `${share} of the jobs that succeeded took no longer; null if none did.`);

export const ModelsUsage = named(
	"ModelsUsage",
	"What each model did in the last days.",
	z.object({
		object: z.literal("list"),
		days: z.int(),
		data: z.array(
			z.object({
				object: z.literal("usage.model"),
				model: described(z.string(), "That really drew."),
				jobs: described(z.int(), "Those that have ended, however they did."),
				succeeded: z.int(),
				pictures: described(z.int(), "Those that were stored, late ones too."),
				bytes: described(z.int(), "Of these pictures."),
				usd: described(z.number(), "What was paid or kept."),
				p50_seconds: secondsTaken("Half"),
				p95_seconds: secondsTaken("95 of a hundred"),
			}),
		),
	}),
);
