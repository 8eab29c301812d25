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
