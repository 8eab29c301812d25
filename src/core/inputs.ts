/** The inputs that a job can get, and the effects that a step asks the object to run. */
import type { JsonObject } from "../json-value.ts";
import type { Attachment } from "../models/attachments.ts";
import type { Accepted, Billed, OfFalAccount, StoredImage, Thumbnail, Upstream } from "./events.ts";
import type { CancelAnswer, FalResult, FalStatus, LookUp, SubmitAnswer } from "./fal-answers.ts";
import type { StoreRetry } from "./schedule.ts";

/** Says which request to fal is meant. */
export interface OfSlot {
	/** Absent: slot 0, or the job as a whole. */
	readonly slot?: number;
}

/** Names a further slot. Slot 0 is not named, as before there were others. */
export function ofSlot(slot: number): OfSlot {
	return slot === 0 ? {} : { slot };
}

/** Each input may come at any time, in any order, and more than once. */
export type Input = OfSlot & InputBody;

/** Speaks to the job as a whole, and to none of its slots. */
export type JobInput = Extract<
	Input,
	{ type: "thumbnail_brought" | "thumbnail_kept" | "notice_answered" | "bill_answered" }
>;

/** Speaks to slots, or to both. */
export type SlotsInput = Exclude<Input, JobInput>;

type InputBody =
	| { readonly type: "start"; readonly accepted: Omit<Accepted, "type"> }
	| { readonly type: "submit_answered"; readonly answer: SubmitAnswer }
	/** fal's list of requests was asked for a submit whose answer was lost. */
	| { readonly type: "looked_up"; readonly answer: LookUp }
	| { readonly type: "status"; readonly status: FalStatus }
	/** fal was asked for its status, and the answer cannot be read. `inARow` counts those that this instance got without one that can. */
	| { readonly type: "status_unreadable"; readonly inARow: number }
	| {
			readonly type: "result";
			readonly requestId: string;
			/** Null if fal only says that it is done: the result has to be fetched. */
			readonly result: FalResult | null;
			/** Nobody had said that fal is done: that there is no result proves nothing. */
			readonly probed?: boolean;
	  }
	| { readonly type: "stored"; readonly image: Omit<StoredImage, "nsfw"> }
	| {
			readonly type: "store_failed";
			readonly index: number;
			readonly why: string;
			/** Another try makes sense for this long after fal's result. */
			readonly retryFor: StoreRetry;
	  }
	/** A client brings the thumbnail of a picture. */
	| { readonly type: "thumbnail_brought"; readonly thumbnail: BroughtThumbnail }
	/** It is in R2: this one, or one that was there before. */
	| { readonly type: "thumbnail_kept"; readonly thumbnail: Thumbnail }
	| { readonly type: "cancel" }
	/** `atOnce`: nobody counts any more what may still come of it. */
	| { readonly type: "delete"; readonly atOnce?: true }
	/** The last client that waited is gone. `delivered` is true if it has its answer. */
	| { readonly type: "client_disconnected"; readonly delivered: boolean }
	| { readonly type: "cancel_answered"; readonly answer: CancelAnswer }
	/** The client's webhook was told of the end. */
	| { readonly type: "notice_answered"; readonly answer: NoticeAnswer }
	/** fal was asked what it charges. Empty if it did not tell. */
	| { readonly type: "bill_answered"; readonly costs: readonly Billed[] }
	/** The alarm fired. */
	| {
			readonly type: "tick";
			/** The slots whose submit is under way in this instance. Absent: none. */
			readonly submitsInFlight?: readonly number[];
			/** The slots whose status stream a watcher follows. Absent: none. */
			readonly followed?: readonly number[];
	  }
	/** A new instance has read the log. The effects of the earlier one are lost. */
	| { readonly type: "restarted" };

/** A thumbnail that is not in R2 yet, its bytes checked. */
export interface BroughtThumbnail {
	/** The picture's. */
	readonly index: number;
	readonly contentType: string;
	readonly bytes: Uint8Array;
}

/** Each effect may run twice, except `submit`, which the log guards. */
export type Effect = OfSlot & EffectBody;

/** A request to fal, and the account that it is made with. */
export interface AtFal extends OfFalAccount {
	/** Addresses that fal did not give are built from this. */
	readonly endpoint: string;
}

type EffectBody =
	| ({
			readonly type: "submit";
			readonly input: JsonObject;
			/** Pictures whose addresses are put into the input before it leaves. Absent: none. */
			readonly attachments?: readonly Attachment[];
			/** The webhook's address of slot 0; a further slot has one of its own if this is not null. */
			readonly webhook: string | null;
			/** fal must not start the request later than this. */
			readonly startTimeoutSeconds: number;
	  } & AtFal)
	/** Look for a submit whose answer was lost in fal's list of requests. */
	| ({ readonly type: "look_up" } & SoughtSubmit)
	| ({ readonly type: "poll"; readonly upstream: Upstream } & AtFal)
	| ({
			readonly type: "fetch_result";
			readonly upstream: Upstream;
			/** fal's statuses cannot be read: the result is asked for though it may be too early. */
			readonly probe?: true;
	  } & AtFal)
	| ({ readonly type: "cancel"; readonly upstream: Upstream } & AtFal)
	| ({
			readonly type: "store";
			readonly index: number;
			/** Its place in fal's result. Absent: its index. */
			readonly place?: number;
			/** Null if the picture is a `data:` URI in fal's result. */
			readonly url: string | null;
			readonly upstream: Upstream;
	  } & AtFal)
	/** Put the thumbnail of a picture into R2, unless there is one. */
	| { readonly type: "keep_thumbnail"; readonly thumbnail: BroughtThumbnail }
	/** Tell the client's webhook how the job ended. */
	| { readonly type: "notify"; readonly address: string }
	/** Ask fal what it charges for these requests. */
	| { readonly type: "bill"; readonly requestIds: readonly string[]; readonly since: number }
	/** Tell the account what the job came to. */
	| { readonly type: "settle" }
	/** Delete the pictures of a job that stays, unseen, for what may come of it. */
	| { readonly type: "drop_pictures" }
	/** Delete the pictures, then all that the object holds. The account is told what the job came to, too. */
	| { readonly type: "erase" };

/** Says what a webhook of the client's made of a notice. `status` is null if there was no answer. */
export type NoticeAnswer =
	| { readonly kind: "taken"; readonly status: number }
	| { readonly kind: "failed"; readonly status: number | null }
	/** It wants no more, or it may not be called. */
	| { readonly kind: "refused"; readonly status: number | null };

/** A submit that fal may have or not, and what it can be told by. Times are milliseconds since 1970, by the object's clock. */
export interface SoughtSubmit extends AtFal {
	readonly prompt: string;
	/** The job's own seed. Null if the submit did not carry it: then it cannot be told from an equal one. */
	readonly seed: number | null;
	/** It did not leave before this time. */
	readonly leftAfter: number;
	/** It left by this time, or never. */
	readonly leftBefore: number;
}
