/** Declares the limits of accounts and issued keys, and says which of them a job would pass. */

/** The limits of one issued key. Null: it has none of the kind. */
export interface KeyLimits {
	readonly id: string;
	/** The ids of the models that it may use. */
	readonly models: readonly string[] | null;
	readonly blocked: boolean;
	/** Milliseconds since 1970. */
	readonly expiresAt: number | null;
	/** Requests that make a job, in any 60 seconds. */
	readonly rpmLimit: number | null;
	/** Jobs that have not ended. */
	readonly maxParallelRequests: number | null;
	/** Of a UTC day. */
	readonly imagesPerDay: number | null;
	/** Micro-dollars. Of the key's whole life if there is no `budgetDuration`. */
	readonly maxBudget: number | null;
	readonly budgetDuration: BudgetDuration | null;
	/** Further budgets, which hold at the same time. */
	readonly budgetLimits: readonly BudgetLimit[];
}

export interface BudgetLimit {
	/** Micro-dollars. */
	readonly maxBudget: number;
	readonly budgetDuration: BudgetDuration;
}

/** A UTC day, a week from Monday, a month from the first. */
export type BudgetDuration = "1d" | "7d" | "1mo";

/** The limit that a job would pass. */
export interface LimitHit {
	readonly limit:
		| "max_open_jobs"
		| "rpm_limit"
		| "max_parallel_requests"
		| "images_per_day"
		| "max_budget"
		| "budget_limits";
	/** Jobs, requests or images; micro-dollars of a budget. */
	readonly value: number;
	/** The duration of a budget. Absent: it has none, or the limit is no budget. */
	readonly window?: BudgetDuration;
	/** The request may be made again then, as far as this limit goes. Milliseconds since 1970; null if nobody knows. */
	readonly endsAt: number | null;
	readonly of: "key" | "account";
}

/** How many more requests a key may make. */
export interface RateState {
	readonly limit: number;
	readonly remaining: number;
	/** All of `limit` may be made again then, if no other request comes. Milliseconds since 1970. */
	readonly resetAt: number;
}

/** Why an issued key may not make a job. */
export type KeyRefusal =
	| { readonly why: "unknown" | "revoked" | "expired" | "blocked" }
	/** It may not use this model. */
	| { readonly why: "model"; readonly model: string };
