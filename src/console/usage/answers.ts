/** The answers that the usage view reads, with the fields that it needs of them. */

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

/** Pictures and jobs of a group. */
export interface ImagesResult {
	readonly images: number;
	readonly num_model_requests: number;
	readonly model: string | null;
	readonly api_key_id: string | null;
	readonly project_id: string | null;
}

/** What a group came to. */
export interface CostsResult {
	/** In USD. */
	readonly amount: { readonly value: number };
	/** The model. */
	readonly line_item: string | null;
	readonly api_key_id: string | null;
	readonly project_id: string | null;
}

/** A row of the comparison of models, of one account. */
export interface ModelUsage {
	readonly model: string;
	readonly jobs: number;
	readonly succeeded: number;
	readonly pictures: number;
	readonly bytes: number;
	readonly usd: number;
	readonly p50_seconds: number | null;
	readonly p95_seconds: number | null;
}
