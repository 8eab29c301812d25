/** The answers that the usage view reads, with the fields that it needs of them. */

import type { Costs, ImagesUsage, ModelsUsage } from "../api/types.ts";

/** A page of a report over time. */
export interface Page<R> {
	readonly data: readonly Bucket<R>[];
	readonly next_page: string | null;
}

export interface Bucket<R> {
	/** Unix seconds. */
	readonly start_time: number;
	readonly results: readonly R[];
}

type ResultOf<Report extends ImagesUsage | Costs> = Report["data"][number]["results"][number];

/** Pictures and jobs of a group. */
export type ImagesResult = Pick<
	ResultOf<ImagesUsage>,
	"images" | "num_model_requests" | "model" | "api_key_id" | "project_id"
>;

/** What a group came to. Its line item is its model. */
export type CostsResult = Pick<ResultOf<Costs>, "line_item" | "api_key_id" | "project_id"> & {
	readonly amount: { readonly value: number };
};

/** A row of the comparison of models, of one account. */
export type ModelUsage = Omit<ModelsUsage["data"][number], "object">;
