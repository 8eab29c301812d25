/** Renders usage as OpenAI's reports do. */

import type { UsageSum } from "../../account/usage-record.ts";
import { toUsd } from "../../money.ts";
import { type Page, toCursor } from "./buckets.ts";

/** A sum of one account or of several. */
export interface Sum extends UsageSum {
	/** Null if accounts are not told apart. */
	readonly project: string | null;
}

export interface Sums {
	readonly page: Page;
	readonly sums: readonly Sum[];
}

export function toImagesPage({ page, sums }: Sums) {
	return toPage(page, sums, ({ jobs, pictures, size, source, model, apiKey, project }) => ({
		object: "organization.usage.images.result",
		images: pictures,
		num_model_requests: jobs,
		size,
		source: source === null ? null : `image.${source}`,
		project_id: project,
		user_id: null,
		api_key_id: apiKey,
		model,
	}));
}

/** A line item is a model, and its quantity is that of its pictures. */
export function toCostsPage({ page, sums }: Sums) {
	return toPage(page, sums, ({ cost, pictures, model, apiKey, project }) => ({
		object: "organization.costs.result",
		amount: { value: toUsd(cost), currency: "usd" },
		line_item: model,
		project_id: project,
		user_id: null,
		api_key_id: apiKey,
		quantity: model === null ? null : pictures,
		quantity_unit: model === null ? null : "images",
	}));
}

function toPage({ buckets, next }: Page, sums: readonly Sum[], toResult: (sum: Sum) => object) {
	const byBucket = Map.groupBy(sums, ({ bucket }) => bucket);
	return {
		object: "page",
		data: buckets.map(({ number, start, end }) => ({
			object: "bucket",
			start_time: start,
			end_time: end,
			results: (byBucket.get(number) ?? []).map(toResult),
		})),
		has_more: next !== null,
		next_page: next === null ? null : toCursor(next),
	};
}
