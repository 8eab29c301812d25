import type { JsonObject } from "../models/request.ts";
import type { Accepted, StoredImage, Upstream } from "./events.ts";
import type { CancelAnswer, FalResult, FalStatus, SubmitAnswer } from "./fal-answers.ts";
import type { StoreRetry } from "./schedule.ts";

/** What can happen to a job. Each input may come at any time, in any order, and again. */
export type Input =
	| { readonly type: "start"; readonly accepted: Omit<Accepted, "type"> }
	| { readonly type: "submit_answered"; readonly answer: SubmitAnswer }
	| { readonly type: "status"; readonly status: FalStatus }
	/** `result` null: fal is done and says so, but what came of it has to be fetched. */
	| { readonly type: "result"; readonly requestId: string; readonly result: FalResult | null }
	| { readonly type: "stored"; readonly image: Omit<StoredImage, "nsfw"> }
	| {
			readonly type: "store_failed";
			readonly index: number;
			readonly why: string;
			/** How long after fal's result it makes sense to try again. */
			readonly retryFor: StoreRetry;
	  }
	| { readonly type: "cancel" }
	| { readonly type: "delete" }
	/** The last client that waited is gone, with its answer or without. */
	| { readonly type: "client_gone"; readonly delivered: boolean }
	| { readonly type: "cancel_answered"; readonly answer: CancelAnswer }
	/** The alarm rang. */
	| { readonly type: "tick"; readonly submitInFlight: boolean }
	/** A new instance met its log: what an earlier one had under way is gone. */
	| { readonly type: "woke" };

/** What the shell is to do. Each may run twice, but for `submit`, which the log guards. */
export type Effect =
	| {
			readonly type: "submit";
			readonly endpoint: string;
			readonly input: JsonObject;
			readonly webhook: string | null;
			/** fal is told not to start it later than this. */
			readonly startTimeoutSeconds: number;
	  }
	| { readonly type: "poll"; readonly upstream: Upstream; readonly endpoint: string }
	| { readonly type: "fetch_result"; readonly upstream: Upstream; readonly endpoint: string }
	| { readonly type: "cancel"; readonly upstream: Upstream; readonly endpoint: string }
	/** `url` null: the picture lies in fal's result itself. */
	| {
			readonly type: "store";
			readonly index: number;
			readonly url: string | null;
			readonly upstream: Upstream;
			readonly endpoint: string;
	  }
	/** Delete the pictures, then all that the object holds. */
	| { readonly type: "erase" };
