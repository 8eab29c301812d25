/** Defines the meanings of fal's answers, as the job decides over them. `fal/wire.ts` reads them from the wire. */
import type { JobError } from "../errors.ts";
import type { Upstream } from "./events.ts";

/** Says what is proved after a submit. */
export type SubmitAnswer =
	| { readonly kind: "accepted"; readonly upstream: Upstream; readonly position: number | null }
	/** fal accepted nothing. The same submit may work later, not sooner than fal asks for. `status` is null if fal could not be reached. */
	| { readonly kind: "busy"; readonly status: number | null; readonly error: JobError; readonly retryAfterMs?: number }
	/** fal accepted nothing, and never will accept this submit. */
	| { readonly kind: "refused"; readonly error: JobError }
	/** fal accepted nothing: it refuses the account, whatever is sent. Another account may do. */
	| { readonly kind: "account_refused"; readonly error: JobError }
	/** fal accepted nothing: it does not have this endpoint, or no longer. */
	| { readonly kind: "gone"; readonly error: JobError }
	/** The answer proves nothing: the request may be running, and billed. */
	| { readonly kind: "lost" };

/** Says what fal's list of requests tells of a submit whose answer was lost. */
export type LookUp =
	| { readonly kind: "found"; readonly requestId: string }
	/** The list holds a request that was surely sent later, and this one it does not hold. */
	| { readonly kind: "absent" }
	/** The list cannot be had or does not tell. Asking again may help. */
	| { readonly kind: "unclear" }
	/** The key may not read the list. */
	| { readonly kind: "forbidden" };

export type FalStatus =
	| { readonly kind: "queued"; readonly position: number | null }
	| { readonly kind: "running"; readonly logs: readonly string[] }
	/** fal is done. `error` is what it says of a failure. */
	| { readonly kind: "completed"; readonly error?: JobError };

export type FalResult =
	| {
			readonly kind: "outputs";
			readonly outputs: readonly FalOutput[];
			/** The prompt that the result names. Absent: it names none. */
			readonly prompt?: string;
			/** fal's charge for it, in units of its price. Absent: fal does not say. */
			readonly billableUnits?: number;
	  }
	| {
			readonly kind: "failure";
			readonly error: JobError;
			/** Those that stand in a result in which no picture could be read. */
			readonly addresses?: readonly string[];
			/** fal only says that it failed: the result itself may say why. */
			readonly unexplained?: true;
	  }
	/** fal is not done, it says. */
	| {
			readonly kind: "too_early";
			/** fal's words, for the end of a job that is given up. */
			readonly error?: JobError;
	  }
	/** fal could not say. Asking again may help. */
	| {
			readonly kind: "unavailable";
			/** Null, or absent, if fal could not be reached. */
			readonly status?: number | null;
			/** Asking again makes sense for so long. Absent: an hour. */
			readonly retryFor?: ResultRetry;
			/** fal's words, for the end of a job that is given up. */
			readonly error?: JobError;
	  };

/** `minutes`: the answer said nothing. `an_hour`: it spoke of the asking and not of the job, or there was none. */
export type ResultRetry = "minutes" | "an_hour";

/** One picture of a result. `url` may be a `data:` URI. */
export interface FalOutput {
	readonly url: string;
	readonly nsfw: boolean;
}

export type CancelAnswer = "accepted" | "already_completed" | "not_found" | "unclear";

/**
 * Bounds the pictures of one result: more than any model makes in one request. Never lower it: a job's stored pictures are deleted
 * by their index.
 */
export const MAX_OUTPUTS = 16;
